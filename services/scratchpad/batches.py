"""Dividing a scratch pad into batches, each for a clerk of its own (behaviour 1.1.8 and 3.6).

A batch takes whole entries. Where a pad is divided, each entry of a claim is in one batch, whatever the
criterion; what the payer said of no claim (PLBs, the totals mismatch) is in none, and is worked in the entire ERA.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from string import ascii_uppercase

from models.words.scratchpad import BatchCriterion
from services.clean import clean
from services.counted import say_count
from services.errors import Refused
from services.scratchpad.pad import Entry, Pad

#: More EEOBs than this, and the clerk is advised to divide the ERA.
MOST_FOR_ONE = 30

#: The longest name of a batch.
LONGEST_NAME = 30

#: The last name range ends with this letter.
LAST_LETTER = ascii_uppercase[-1]

_FULL, _PARTIAL, _NONE = 1, 2, 3
_PAYMENT_NAMES = {_FULL: "FULL PAYMENT", _PARTIAL: "PARTIAL PAYMENT", _NONE: "NO PAYMENT"}
_COPAY, _NO_COPAY = 1, 2
_COPAY_NAMES = {_COPAY: "CO-PAY EXISTS", _NO_COPAY: "NO CO-PAY EXISTS"}


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """How a clerk wants a scratch pad divided.

    `most` EEOBs a batch, or the letters that the ranges of last names go `through`, of which the last is Z.
    `names` are the clerk's own, batch by batch; where there is none the batch has its usual one.
    """

    criterion: BatchCriterion
    most: int = 0
    through: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """What makes a batch: its number and name, and what of its criterion it takes, from `first` to `last`."""

    number: int
    name: str
    criterion: BatchCriterion
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Divided:
    """What a criterion asks of an EEOB: its patient as `LAST,FIRST`, what was charged and paid of it.

    `known` says that its claim is in AR, `copay` that the patient has a bill of his own for the same care.
    """

    patient: str
    charge: Decimal
    paid: Decimal
    known: bool
    copay: bool


def is_advised(eeobs: int) -> bool:
    """Whether an ERA of so many EEOBs is better divided."""
    return eeobs > MOST_FOR_ONE


def define(plan: BatchPlan, entries: int) -> tuple[Definition, ...]:
    """The batches that a plan makes of so many entries; refuses a plan that leaves some out, or names too many."""
    made = _make(plan, entries)
    if len(plan.names) > len(made):
        raise Refused(f"ONLY {say_count(len(made), 'BATCH', 'BATCHES')} CAN BE NAMED, NOT {len(plan.names)}")
    return tuple(
        replace(batch, name=check_name(name)) if name else batch
        for batch, name in zip(made, (*plan.names, *[""] * (len(made) - len(plan.names))), strict=True)
    )


def _make(plan: BatchPlan, entries: int) -> list[Definition]:
    by = plan.criterion
    if by is BatchCriterion.MAX:
        if plan.most < 1:
            raise Refused("A BATCH HAS AT LEAST ONE EEOB")
        starts = range(1, max(entries, 1) + 1, plan.most)
        return [
            Definition(number, f"BATCH #: {number}", by, str(start), str(min(start + plan.most - 1, entries)))
            for number, start in enumerate(starts, 1)
        ]
    if by is BatchCriterion.NAME:
        return [
            Definition(number, f"LAST NAME FROM {first} - {last}ZZZ", by, first, f"{last}ZZZ")
            for number, (first, last) in enumerate(_ranges(plan.through), 1)
        ]
    names = _PAYMENT_NAMES if by is BatchCriterion.PAYMENT else _COPAY_NAMES
    return [Definition(number, name, by) for number, name in names.items()]


def _ranges(through: Sequence[str]) -> list[tuple[str, str]]:
    """The ranges of first letters, each from the letter behind the one before it."""
    ranges, first = [], ascii_uppercase[0]
    for last in through:
        if len(last) != 1 or last not in ascii_uppercase or not first or last < first:
            raise Refused(
                f"A RANGE OF LAST NAMES GOES THROUGH A LETTER FROM {first or LAST_LETTER} TO Z, NOT {last[:9]}"
            )
        ranges.append((first, last))
        first = letter_behind(last)
    if first:
        raise Refused("THE LAST RANGE OF LAST NAMES GOES THROUGH Z")
    return ranges


def letter_behind(letter: str) -> str:
    """The letter with which the next range of last names begins; "" behind Z."""
    return ascii_uppercase[ascii_uppercase.index(letter) + 1 :][:1]


def check_name(name: str) -> str:
    """A batch's name as it is kept, without what could drive a terminal; refuses one that is empty or too long."""
    name = " ".join(name.split())
    name = clean(name, len(name))
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused(f"THE NAME OF A BATCH HAS 1 TO {LONGEST_NAME} CHARACTERS")
    return name


def assign(pad: Pad, batches: Sequence[Definition], eeobs: Mapping[str, Divided]) -> Pad:
    """The pad with each claim's entry in its batch; `eeobs` are those of the ERA by their sequence numbers.

    An entry goes where its payment goes, or its take-back where it stands alone. Without batches all are in none.
    """
    if not batches:
        return replace(pad, entries=tuple(replace(entry, batch=None) for entry in pad.entries))
    entries: list[Entry] = []
    place = 0
    for entry in pad.entries:
        if entry.era_level:
            entries.append(replace(entry, batch=None))
        else:
            place += 1
            entries.append(replace(entry, batch=choose_batch(batches, eeobs[entry.sequences[0]], place)))
    return replace(pad, entries=tuple(entries))


def choose_batch(batches: Sequence[Definition], eeob: Divided, place: int) -> int:
    """The number of the batch that takes an EEOB; `place` is that of its entry among those of claims, from 1.

    Of a pad that was laid out anew, the last batch by number of EEOBs takes those that are more than before.
    """
    criterion = batches[0].criterion
    if criterion is BatchCriterion.MAX:
        return [batch.number for batch in batches if int(batch.first) <= place][-1]
    if criterion is BatchCriterion.NAME:
        letter = eeob.patient[:1].upper()
        begun = [batch.number for batch in batches if batch.first <= letter]
        return begun[-1] if begun and letter in ascii_uppercase else batches[0].number
    if criterion is BatchCriterion.PAYMENT:
        if eeob.paid <= 0 or not eeob.known:
            return _NONE
        return _FULL if eeob.charge <= eeob.paid else _PARTIAL
    return _COPAY if eeob.copay else _NO_COPAY
