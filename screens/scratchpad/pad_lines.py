"""The lines of the EEOB Worklist/Scratch Pad, to the column (`screens.md` 2)."""

from collections.abc import Sequence

from models.words.scratchpad import EntryKind
from screens.scratchpad.review_block import review_lines, review_mark
from services.dates import short
from services.scratchpad.screen_view import AdjustmentShown, EntryView, LineView

#: Said of what the payer sent with amounts that do not agree among themselves.
UNBALANCED = "IS OUT OF BALANCE ON THE ERA"

#: Ends every subline.
DOTS = "." * 78

#: What the split screen repeats of a subline.
BLOCK_IN_HEADING = 6

_WIDTH = 80
_ERA_LEVEL = {
    EntryKind.ERA_ADJUSTMENT: "***ADJUSTMENT AT ERA LEVEL",
    EntryKind.TOTALS_MISMATCH: "*** ADJUSTMENT LINE FOR TOTALS MISMATCH",
}
# Patient charges and means tests are no part of an X12 file.
_RX_COPAY = "UNKNOWN"
_MEANS_TEST = "??"


def entry_lines(entry: EntryView) -> Sequence[str]:
    """An entry with all its sublines."""
    marks = (f"{'':7}***EEOB SEQ # {number} {UNBALANCED} ***" for number in entry.unbalanced)
    lines = [top_line(entry), *marks]
    review = review_lines(entry.review)
    for line in entry.lines:
        *said, dots = block(line)
        lines += [*said, *review, dots]
    return lines


def entry_height(entry: EntryView) -> int:
    """How many lines `entry_lines` gives, told without writing them."""
    review = len(review_lines(entry.review))
    return 1 + len(entry.unbalanced) + sum(_block_height(line) + review for line in entry.lines)


def _block_height(line: LineView) -> int:
    """How many lines `block` gives: the first, the bill's two or that there is none, the money, the rest, the dots."""
    bill = 2 if line.bill is not None else 0 if line.era_level else 1
    comment = 1 if line.line.comment else 0
    said = sum(2 if adjustment.comment else 1 for adjustment in line.adjustments)
    return 3 + bill + comment + (1 + said if said else 0)


def top_line(entry: EntryView) -> str:
    """The line of the whole-number entry."""
    sequences = ",".join(entry.entry.sequences)
    word = "Seq #'s" if "," in sequences else "Seq #"
    mark = "(V)" if entry.entry.verified else "   "
    return (
        f"{entry.display:<5}{mark}EEOB {word} On ERA: {sequences or 'None'}"
        f"   Net Payment Amt: {entry.entry.net:.2f}{review_mark(entry.review)}"
    )


def block(line: LineView) -> Sequence[str]:
    """A subline, from its number to the dots; what stands under the number begins under its end."""
    money = line.line
    under = " " * (4 + len(line.label))
    lines = [_first(line)]
    if line.bill is not None:
        bill = line.bill
        service_date = "UNKNOWN" if bill.service_date is None else short(bill.service_date)
        lines += [
            f"{under}Claim Bal: {bill.balance:.2f}   Billed Amt: {bill.billed:.2f}"
            f"   Amt To Post: {money.to_post:.2f}",
            f"{under}Svc Dt: {service_date}  COB: {'YES' if bill.further_payer else 'NO '}"
            f"  Rx Copay: {_RX_COPAY}  Means Tst: {_MEANS_TEST}",
        ]
    elif not line.era_level:
        lines.append(f"{under}***CLAIM NOT FOUND IN YOUR AR ***")
    lines.append(
        f"{under}Payment Amt: {money.payment:.2f}   Total Adjustments: {money.adjustments:.2f}"
        f"  Net: {money.net:.2f}"
    )
    if money.comment:
        lines.append(f"{'':9}Receipt Comment: {money.comment}")
    if line.adjustments:
        lines.append(f"{under}ADJUSTMENTS:")
    for number, adjustment in enumerate(line.adjustments, start=1):
        lines += _adjustment(f"{under}  {number}.  ", adjustment)
    return [*lines, DOTS]


def _first(line: LineView) -> str:
    start = f"{'':7}{line.label}"
    if line.era_level:
        return start + _ERA_LEVEL[line.kind]
    last_four = f"/{line.last_four}" if line.last_four else ""
    return _fitting(f"{start} Claim #: {line.line.claim} Patient/Last 4: ", line.patient, last_four)


def _adjustment(start: str, adjustment: AdjustmentShown) -> Sequence[str]:
    said = _fitting(f"{start}{adjustment.before}", adjustment.reference, adjustment.behind)
    return [said, f"{'':{len(start)}}{adjustment.comment}"] if adjustment.comment else [said]


def _fitting(before: str, text: str, behind: str) -> str:
    """The three parts as one line; a text too long for the line is shortened, so that what is behind it shows."""
    return f"{before}{text[: max(_WIDTH - len(before) - len(behind), 0)]}{behind}"
