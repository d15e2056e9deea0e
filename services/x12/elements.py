"""The door through which the elements of a set enter: cleaned, and cut to their longest length."""

from collections.abc import Callable

from services.clean import clean
from services.x12.envelope import PRINTABLE, Delimiters, Run, Segment
from services.x12.faults import Faults, place

#: The longest text of an element before it is cut, where it is not 80 (X12 data element lengths).
_LONGEST = {
    ("PER", 4): 256,
    ("PER", 6): 256,
    ("PER", 8): 256,
    ("SVC", 1): 256,
    ("SVC", 6): 256,
    ("SV1", 1): 256,
    ("SV2", 2): 256,
    ("SV3", 1): 256,
    ("HI", 1): 256,
    ("NTE", 2): 264,
}
#: A claim's number is at most 38 characters long (data element 1028: CLP01, CLM01).
NUMBER_LONGEST = 38
#: A segment that is no longer than this has no element that is.
USUALLY_LONGEST = 80
#: The segments of an 835; any other is reported as unknown, once a set.
KNOWN_IN_835 = frozenset(
    {
        "ST",
        "BPR",
        "NTE",
        "TRN",
        "CUR",
        "REF",
        "DTM",
        "N1",
        "N2",
        "N3",
        "N4",
        "PER",
        "RDM",
        "LX",
        "TS3",
        "TS2",
        "CLP",
        "CAS",
        "NM1",
        "MIA",
        "MOA",
        "AMT",
        "QTY",
        "SVC",
        "LQ",
        "PLB",
        "SE",
    }
)
#: The segments of an 835 at which a claim or the header begins or ends.
TURNS = frozenset({"ST", "BPR", "TRN", "LX", "TS3", "TS2", "CLP", "PLB", "SE"})
#: How many unknown segment ids are remembered, so that each is reported once a set.
UNKNOWN_KEPT = 100


def at(elements: list[str], index: int) -> str:
    """The element at `index`, or an empty text where the segment is shorter."""
    return elements[index] if index < len(elements) else ""


class ElementDoor:
    """The door through which the texts of a set enter: cleaned, and cut to their longest length."""

    def __init__(self, delimiters: Delimiters, faults: Faults) -> None:
        self._element = delimiters.element
        self._component = delimiters.component
        self._faults = faults

    def enter(self, run: Run) -> Run:
        """Gives the same segments with texts that are safe to show, character for character.

        Most are plain already, which is proven for all of them at once. Long texts are cut later, by `cut`.
        """
        text, step = run.text, run.step
        if run.plain or (
            text.isascii() and not text.encode("ascii").translate(None, PRINTABLE + step.encode("latin-1"))
        ):
            return run
        cleaned = [self._clean(one) + step for one in text[: -len(step)].split(step)] if text else []
        return run._replace(text="".join(cleaned))

    def segment(self, segment: Segment) -> Segment:
        """Gives one segment with safe elements, cut to their longest length."""
        elements, ordinal, offset = segment
        text = self._element.join(elements)
        if not (text.isascii() and text.isprintable()):
            elements = self._clean(text).split(self._element)
        if len(text) > USUALLY_LONGEST:
            where = place(elements[0][:3], offset, ordinal)
            elements = self.cut(elements, lambda told: self._faults.add("value-too-long", told, where))
        return Segment(elements, ordinal, offset)

    def cut(self, elements: list[str], tell: Callable[[str], None]) -> list[str]:
        """Gives the elements of a segment cut to their longest length; `tell` is called for each that was longer."""
        name = elements[0][:3]
        kept = []
        for index, text in enumerate(elements):
            longest = _LONGEST.get((name, index), USUALLY_LONGEST)
            if len(text) > longest:
                tell(f"{name}{index:02d} has {len(text)} characters; cut to {longest}.")
            kept.append(text[:longest])
        return kept

    def _clean(self, text: str) -> str:
        element, component = self._element, self._component
        return element.join(
            [
                component.join([clean(part, len(part)) for part in one.split(component)])
                for one in text.split(element)
            ]
        )


def canonical(texts: list[str], delimiters: Delimiters) -> str:
    """The segments as one text that does not depend on the delimiters of the file."""
    if delimiters.element != "*" or delimiters.component != ":":
        table = str.maketrans({delimiters.element: "*", delimiters.component: ":", "*": "\x1d", ":": "\x1f"})
        texts = [text.translate(table) for text in texts]
    return "~".join(texts)
