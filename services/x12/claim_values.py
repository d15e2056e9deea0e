"""The values of one claim of an 835, and where each of its segments stands when one cannot be read."""

from bisect import bisect_right
from decimal import Decimal

from models.words.money import ZERO
from services.clean import clean
from services.x12.elements import NUMBER_LONGEST, at
from services.x12.envelope import Run
from services.x12.faults import Faults, place
from services.x12.values import QUANTITIES, amount_of


class ClaimSegments:
    """The segments of one claim, gathered from CLP on: unsplit, with what is needed to say where each stands.

    `first` is the ordinal of the CLP, `offset` its byte; `whole` is False when segments had to be left out.
    `behind` is the index of the first segment that belongs to the claim no more, 0 when all do.
    """

    __slots__ = ("_bytes", "_pieces", "_size", "behind", "first", "offset", "texts", "whole")

    def __init__(self, texts: list[str], position: int, run: Run, first: int) -> None:
        self.first = first
        self._size = 0
        self.offset = run.byte(position, first)
        self.texts = texts
        self.whole = True
        self.behind = 0
        self._pieces = [(0, position, run)]
        self._bytes: list[int] | None = None

    @property
    def size(self) -> int:
        """Its characters with their terminators; only of a claim that goes on in a further run is it asked."""
        if not self._size:
            self._size = sum(map(len, self.texts)) + len(self.texts)
        return self._size

    def add(self, texts: list[str], run: Run, size: int) -> None:
        """Adds the segments at the beginning of the next run: the claim goes on in it."""
        self._pieces.append((len(self.texts), 0, run))
        self._size = self.size + size
        self.texts += texts

    def byte(self, index: int) -> int:
        """The byte in the file of one of the segments; those of all are reckoned together when first asked."""
        if self._bytes is None:
            self._bytes = []
            ends = [start for start, _, _ in self._pieces[1:]] + [len(self.texts)]
            for (start, position, run), end in zip(self._pieces, ends, strict=True):
                for number, text in enumerate(self.texts[start:end], self.first + start):
                    self._bytes.append(run.byte(position, number))
                    position += len(text) + len(run.step)
        return self._bytes[index]


class ClaimValues:
    """Reads the amounts and counts of the claim at hand; what is none becomes a finding that names claim and line."""

    __slots__ = ("_claim", "_element", "_places", "_services", "_texts", "faults", "readable")

    def __init__(self, element: str, faults: Faults) -> None:
        self.faults = faults
        self._element = element
        self._claim: ClaimSegments | None = None
        self._texts: list[str] = []
        self._places: dict[int, int] | None = None
        self._services: list[int] = []
        #: Whether all amounts of an equation could be read, since this was last set.
        self.readable = True

    def begin(self, claim: ClaimSegments, texts: list[str]) -> None:
        """Turns to the next claim; `texts` are its segments as they are read, one for each of the claim's."""
        self._claim, self._texts = claim, texts
        self._places = None
        self.readable = True

    def tell(self, code: str, told: str, segment: str, name: str) -> None:
        """Notes what is wrong with a segment of the claim: this very text, not one that is equal to it.

        `told` is the sentence behind the colon of `Claim 7722337, line 5: ...`.
        """
        if self._claim is None:
            return
        index = self._index(segment)
        where = place(clean(name, 10), self._claim.byte(index), self._claim.first + index)
        line = bisect_right(self._services, index)
        self.faults.add(code, f"{self._name()}{f', line {line}' if line else ''}: {told}", where)

    def _name(self) -> str:
        number = at(self._texts[0].split(self._element, 2), 1)
        return f"Claim {clean(number, NUMBER_LONGEST)}" if number else "A claim without number"

    def _index(self, segment: str) -> int:
        if self._places is None:
            # The first of several that are one object: a claim with very many faults is not searched for each.
            last = len(self._texts) - 1
            self._places = {id(text): last - back for back, text in enumerate(reversed(self._texts))}
            service = f"SVC{self._element}"
            self._services = [
                at for at, text in enumerate(self._texts) if text.startswith(service) or text == "SVC"
            ]
        return self._places[id(segment)]

    def required(self, text: str, name: str, segment: str) -> Decimal:
        """An amount of an equation: absent it counts as 0.00, unreadable the equation cannot be proven."""
        amount = amount_of(text)
        if amount is not None:
            return amount
        if text:
            self.readable = False
        return self.unread(text, name, segment)

    def unread(self, text: str, name: str, segment: str) -> Decimal:
        """Notes an amount that is missing or is none; 0.00 is taken for it."""
        if text:
            self.tell(
                "bad-amount", f"{name} is no amount ({clean(text, 20)}); 0.00 was taken.", segment, name[:-2]
            )
        else:
            self.tell("missing-amount", f"{name} is missing.", segment, name[:-2])
        return ZERO

    def optional(self, text: str, name: str, segment: str) -> Decimal | None:
        """An amount that belongs to no equation, None when it is left out."""
        if not text:
            return None
        amount = amount_of(text)
        return self.unread(text, name, segment) if amount is None else amount

    def count(self, text: str, name: str, segment: str) -> Decimal | None:
        """A count, weight or rate, None when it is left out or is none."""
        value = QUANTITIES[text]
        if value is None and text:
            self.tell("bad-number", f"{name} is no number ({clean(text, 20)}).", segment, name[:-2])
        return value
