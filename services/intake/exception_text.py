"""The raw text of what is in exception: the segments of a set or of one claim, the records of a file, as they came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from models.store import Store
from services.clean import clean
from services.intake.raw_text import PART, StoredText
from services.x12.envelope import TransactionSet as ReadSet
from services.x12.segments import read_sets

#: The segments before which the explanation of one claim ends (X221A1 loop 2100).
_ENDS_A_CLAIM = frozenset({"CLP", "LX", "PLB", "SE"})

#: The longest segment or row that is shown.
_LONGEST = 2_000

#: The characters of a record of a bank's file.
_RECORD = 94


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the files that came: in `message`, there in set `ordinal`, there from `segment` on.

    Without `ordinal` it is the file itself, of a bank's that entry which is its `record`; without `segment` the
    whole set.
    """

    message: int
    ordinal: int = 0
    segment: int = 0
    record: int = 0


def raw_segments(store: Store, place: Place) -> Iterator[str]:
    """The segments of a place one by one, unchanged but for control characters; of a file its records or rows."""
    text = StoredText.in_store(store, place.message)
    if not place.ordinal:
        yield from _entry(_records(text), place.record) if place.record else _records(text)
        return
    for read in read_sets(text, []):
        if read.ordinal == place.ordinal:
            yield from _of_claim(read, place.segment) if place.segment else _of_set(read)
            return


def _entry(records: Iterator[str], first: int) -> Iterator[str]:
    """An entry of a bank's file with its addenda (records 7), which stand behind it."""
    from_there = islice(records, first - 1, None)
    yield from islice(from_there, 1)
    yield from takewhile(lambda record: record.startswith("7"), from_there)


def _of_set(read: ReadSet) -> Iterator[str]:
    for segment in read.segments:
        yield clean(read.delimiters.element.join(segment.elements), _LONGEST)


def _of_claim(read: ReadSet, first: int) -> Iterator[str]:
    """The segments of the claim that begins with segment `first`."""
    for segment in read.segments:
        if segment.ordinal == first:
            yield clean(read.delimiters.element.join(segment.elements), _LONGEST)
            break
    for segment in takewhile(lambda each: each.elements[0] not in _ENDS_A_CLAIM, read.segments):
        yield clean(read.delimiters.element.join(segment.elements), _LONGEST)


def _records(text: StoredText) -> Iterator[str]:
    """The rows of a file, or its records of 94 characters where a bank writes them without line ends."""
    waiting = ""
    while data := text.read(PART):
        *whole, waiting = re.split(r"\r\n|\n|\r", waiting + data.decode("latin-1"))
        while len(waiting) > _LONGEST:
            whole.append(waiting[:_RECORD])
            waiting = waiting[_RECORD:]
        yield from (clean(line, _LONGEST) for line in whole if line.strip())
    for start in range(0, len(waiting), _RECORD):
        yield clean(waiting[start : start + _RECORD], _LONGEST)
