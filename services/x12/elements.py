"""The door through which the elements of a set enter: cleaned, and cut to their longest length."""

import re

from services.clean import clean
from services.x12.envelope import Delimiters, Segment
from services.x12.faults import Faults, place

#: The longest text that an element may hold before it is cut (X12 data element lengths); others 80.
_LONGEST = {
    ("CLP", 1): 38,
    ("CLP", 7): 50,
    ("CLM", 1): 38,
    ("NM1", 3): 60,
    ("N1", 2): 60,
    ("REF", 2): 50,
    ("PER", 4): 256,
    ("PER", 6): 256,
    ("PER", 8): 256,
    ("SVC", 1): 256,
    ("SVC", 6): 256,
    ("SV1", 1): 256,
    ("SV2", 2): 256,
    ("SV3", 1): 256,
    ("PLB", 3): 60,
}
_USUALLY_LONGEST = 80
_ALWAYS_SHORT = 38
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
#: How many unknown segment ids are remembered, so that each is reported once a set.
UNKNOWN_KEPT = 100
_TRAILING = re.compile(r"\*+(?=~|\Z)")
_LONG = re.compile(rf"[^*]{{{_ALWAYS_SHORT + 1}}}")
_PRINTABLE = bytes(range(ord(" "), ord("~") + 1))


def at(elements: list[str], index: int) -> str:
    """The element at `index`, or an empty text where the segment is shorter."""
    return elements[index] if index < len(elements) else ""


class ElementDoor:
    """Takes segments in: their texts cleaned, and cut to their longest length with a finding."""

    def __init__(self, delimiters: Delimiters, faults: Faults) -> None:
        self._element = delimiters.element
        self._component = delimiters.component
        self._usual = (delimiters.element, delimiters.segment, delimiters.component) == ("*", "~", ":")
        self._faults = faults

    def enter(self, segments: list[Segment]) -> tuple[list[Segment], str]:
        """Gives the segments with safe texts, and their raw text joined with `*`, `~` and `:`."""
        if not segments:
            return segments, ""
        texts = list(map("*".join, [segment[0] for segment in segments]))
        joined = "~".join(texts)
        if not (joined.isascii() and joined.isprintable()):
            segments = [Segment(self._cleaned(elements), at, offset) for elements, at, offset in segments]
        if max(map(len, texts)) > _ALWAYS_SHORT:
            for index, (elements, at, offset) in enumerate(segments):
                if len(texts[index]) > _ALWAYS_SHORT and max(map(len, elements)) > _ALWAYS_SHORT:
                    segments[index] = Segment(self._cut(elements, at, offset), at, offset)
        if not self._usual:
            joined = "~".join(["*".join(map(self._usual_marks, elements)) for elements, _, _ in segments])
        if "*~" in joined or joined.endswith("*"):
            joined = _TRAILING.sub("", joined)
        return segments, joined

    def enter_unsplit(self, texts: list[str], offsets: list[int], first: int) -> tuple[list[str], bytes]:
        """Does the same for segments that are not split into elements; `first` is the first one's ordinal."""
        if self._usual:
            raw = "~".join(texts).encode()
            long = [text for text in texts if len(text) > _ALWAYS_SHORT and _LONG.search(text)]
            if not long and not raw.translate(None, _PRINTABLE):
                if b"*~" in raw or raw.endswith(b"*"):
                    raw = _TRAILING.sub("", raw.decode()).encode()
                return texts, raw
        separator = self._element
        segments, joined = self.enter(
            [
                Segment(text.split(separator), ordinal, offset)
                for ordinal, (text, offset) in enumerate(zip(texts, offsets, strict=False), first)
            ]
        )
        return [separator.join(elements) for elements, _, _ in segments], joined.encode()

    def _usual_marks(self, text: str) -> str:
        text = text.replace(self._component, "\x1d").replace(":", "\x1c").replace("\x1d", ":")
        return text.replace("*", "\x1f").replace("~", "\x1e")

    def _cleaned(self, elements: list[str]) -> list[str]:
        component = self._component
        return [
            component.join([clean(part, 4096) for part in text.split(component)])
            if component in text
            else clean(text, 4096)
            for text in elements
        ]

    def _cut(self, elements: list[str], ordinal: int, offset: int) -> list[str]:
        name = elements[0][:3]
        kept = []
        for index, text in enumerate(elements):
            longest = _LONGEST.get((name, index), 80)
            if len(text) > longest:
                told = f"{name}{index:02d} has {len(text)} characters; cut to {longest}."
                self._faults.add("value-too-long", told, place(name, offset, ordinal))
            kept.append(text[:longest])
        return kept
