"""Split/Edit A Line: dividing one line of the scratch pad among claims (behaviour 1.1.1, 3.7)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.words.money import ZERO
from models.words.scratchpad import Cause, LineKey
from services.clean import clean
from services.errors import Refused
from services.scratchpad.pad import DISTRIBUTED, LONGEST_LINE_COMMENT, Entry, LogEntry, Pad, PadLine

#: Sublines are numbered n.001 to n.999.
MOST_LINES = 999

#: The longest claim number that a payer may send back (CLP01).
LONGEST_CLAIM = 38


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One row of the split screen; without `bill_id` its money will go to suspense."""

    claim: str
    bill_id: int | None
    payment: Decimal
    adjustment: Decimal = ZERO
    comment: str = ""

    @property
    def net(self) -> Decimal:
        """Payment plus adjustment."""
        return self.payment + self.adjustment


#: How a line is called that a clerk knows by another number than the stored one.
Shown = Callable[[LineKey], str]


def _stored(at: LineKey) -> str:
    return at.label


def editable_lines(entry: Entry, shown: Shown = _stored) -> tuple[PadLine, ...]:
    """The lines of an entry that may be split or edited; refuses when there is none, and says what was distributed."""
    lines = tuple(line for line in entry.lines if not line.distributed)
    if not lines:
        said = (said for line in entry.lines for said in _distributions(line, shown))
        raise Refused("\n".join(("THIS ENTRY HAS NO LINES AVAILABLE TO EDIT/SPLIT", *said)))
    return lines


def refuse_distributed(line: PadLine, shown: Shown = _stored) -> None:
    """Refuses to edit a line that took part in a distribution, and names the lines at its other end."""
    if line.distributed:
        refusal = f"LINE {shown(line.at)} HAS BEEN USED IN A DISTRIBUTE ADJ ACTION AND CAN'T BE EDITED"
        raise Refused("\n".join((refusal, *_distributions(line, shown))))


def _distributions(line: PadLine, shown: Shown) -> Iterator[str]:
    """What was distributed to or from a line, with the line at the other end."""
    for logged in line.log:
        if logged.other is None or logged.cause not in DISTRIBUTED:
            continue
        ends = [shown(line.at), shown(logged.other)]
        source, target = ends if logged.cause is Cause.GIVEN_TO_OTHER else reversed(ends)
        yield f"{abs(logged.amount):.2f} OF LINE {source} WAS TAKEN OUT OF LINE {target}"


@dataclass(frozen=True, slots=True)
class Amounts:
    """A payment and an adjustment: what rows come to, or what of a line has not been given to a row yet."""

    payment: Decimal
    adjustment: Decimal

    @property
    def net(self) -> Decimal:
        """Payment plus adjustment."""
        return self.payment + self.adjustment


def totals(rows: Sequence[SplitRow]) -> Amounts:
    """What the rows of a split come to."""
    return Amounts(sum((row.payment for row in rows), ZERO), sum((row.adjustment for row in rows), ZERO))


def left_of(line: PadLine, rows: Sequence[SplitRow]) -> Amounts:
    """What these rows leave of a line; nothing is left when both amounts are zero."""
    entered = totals(rows)
    return Amounts(line.payment - entered.payment, line.adjustments - entered.adjustment)


def is_divided(line: PadLine, rows: Sequence[SplitRow]) -> bool:
    """Whether the rows leave nothing of a line."""
    return left_of(line, rows) == Amounts(ZERO, ZERO)


def pay_off(claim: str, balance: Decimal | None, most: Decimal) -> Decimal:
    """What a row takes that pays the balance of its claim; `most` is the most that it may take.

    Refuses a claim that is not in AR (its `balance` is None), and a balance that is more than that: never less than
    was named is taken.
    """
    if balance is None:
        raise Refused(f"CLAIM {claim} IS NOT IN YOUR AR: IT HAS NO BALANCE")
    low, high = bounds(most)
    if not low <= balance <= high:
        raise Refused(
            f"THE BALANCE OF {claim} IS {balance:.2f}: IT CAN TAKE FROM {low:.2f} TO {high:.2f} OF THIS LINE"
        )
    return balance


def bounds(original: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the most that a row may take of an amount: between zero and the amount, which may be negative."""
    return min(ZERO, original), max(ZERO, original)


def differences(line: PadLine, rows: Sequence[SplitRow]) -> str:
    """What is wrong with the totals of the rows, in the words of File New Lines; empty when they match."""
    entered, left = totals(rows), left_of(line, rows)
    wrong = [
        name for name, amount in (("PAYMENTS", left.payment), ("ADJUSTMENTS", left.adjustment)) if amount
    ]
    if not wrong:
        return ""
    return "\n".join(
        (
            f"TOTAL {' AND '.join(wrong)} DO NOT MATCH THE ORIGINAL AMOUNT(s):",
            f"{f'  ORIG PAY AMT: {line.payment:.2f}':<35} ORIG ADJ AMT: {line.adjustments:.2f}",
            f"{f'   AMT ENTERED: {entered.payment:.2f}':<35}  AMT ENTERED: {entered.adjustment:.2f}",
        )
    )


def split(pad: Pad, at: LineKey, rows: Sequence[SplitRow]) -> Pad:
    """Files the rows in place of a line: the first overwrites it, the others become the next sublines.

    The sums must be the original amounts to the cent and each row lies between zero and the original; each
    new line's adjustment log has that line's own part of the amounts. Raises `Refused` and changes nothing.
    """
    entry, original = pad.find(at)
    if entry.era_level:
        raise Refused("ONLY THE RECEIPT LINE COMMENT OF AN ERA LEVEL ADJUSTMENT MAY BE EDITED")
    refuse_distributed(original)
    if not rows:
        raise Refused("THE SPLIT HAS NO LINES")
    if wrong := differences(original, rows):
        raise Refused(wrong)
    for row in rows:
        _refuse_outside("PAYMENT", row.payment, original.payment)
        _refuse_outside("ADJUSTMENT", row.adjustment, original.adjustments)
        if not row.claim:
            raise Refused("EACH LINE OF A SPLIT NEEDS A CLAIM #")
        if row.claim != original.claim:
            _refuse_unfit("A CLAIM #", row.claim, LONGEST_CLAIM)
        if row.comment != original.comment:
            _refuse_unfit("A RECEIPT LINE COMMENT", row.comment, LONGEST_LINE_COMMENT)
    last = max(other.number for other in entry.lines)
    if last + len(rows) - 1 > MOST_LINES:
        raise Refused(f"AN ENTRY HAS AT MOST {MOST_LINES} LINES")
    new = [
        replace(
            original,
            at=at if position == 0 else at._replace(line=last + position),
            claim=row.claim,
            bill_id=row.bill_id,
            payment=row.payment,
            adjustments=row.adjustment,
            comment=row.comment,
            log=log,
        )
        for position, (row, log) in enumerate(zip(rows, shared_log(original, rows), strict=True))
    ]
    lines = sorted(
        [*(other for other in entry.lines if other.at != at), *new], key=lambda candidate: candidate.at
    )
    return pad.with_entry(replace(entry, lines=tuple(lines)))


def shared_log(line: PadLine, rows: Sequence[SplitRow]) -> list[tuple[LogEntry, ...]]:
    """What of a line's adjustment log each of its rows takes along, so that every log adds up to its own line.

    A line that may be split has at most one record, the payer's own, and each row gets its part of the amount.
    VistA copies the record whole to every row, which tells one take-back several times (behaviour 3.7). A
    record of 0.00 stays with the first row.
    """
    return [
        tuple(replace(record, amount=row.adjustment) for record in line.log)
        if row.adjustment or (position == 0 and not line.adjustments)
        else ()
        for position, row in enumerate(rows)
    ]


def comment_line(pad: Pad, at: LineKey, comment: str) -> Pad:
    """Changes only the receipt line comment: all that can be edited of an ERA-level adjustment."""
    _, original = pad.find(at)
    _refuse_unfit("A RECEIPT LINE COMMENT", comment, LONGEST_LINE_COMMENT)
    return pad.with_line(replace(original, comment=comment))


def _refuse_unfit(name: str, text: str, longest: int) -> None:
    """Refuses a text that is longer than the screens take, or that would drive a terminal."""
    if clean(text, longest) != text:
        raise Refused(f"{name} HAS AT MOST {longest} PLAIN CHARACTERS: {clean(text, longest)}")


def _refuse_outside(name: str, amount: Decimal, original: Decimal) -> None:
    low, high = bounds(original)
    if not low <= amount <= high:
        raise Refused(f"{name} {amount} IS NOT BETWEEN {low} AND {high}")
