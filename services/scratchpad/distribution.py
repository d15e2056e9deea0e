"""Distribute Adj Amts: a take-back kept out of other payments of the same ERA (behaviour 1.1.2, 3.7).

The payer kept back A out of the target's payment because of the source. The target is owed A less in
cash, so processing the receipt decreases the target's bill by A; posting the smaller payment closes it.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from models.words.bills import BillStatus
from models.words.money import CENT, ZERO
from models.words.scratchpad import BackgroundAction, Cause, LineKey
from services.bills.receivables import PAYABLE
from services.errors import Refused
from services.scratchpad.pad import Entry, LogEntry, Pad, PadLine

GIVEN = "RETRACTED FUNDS DEDUCTED FROM OTHER PAYMENT ON THIS ERA"

#: The longest comment of a decrease adjustment.
LONGEST_DECREASE_COMMENT = 60

NOT_NEEDED = "THIS LINE DOESN'T NEED AN ADJUSTMENT DISTRIBUTION"
NOT_POSSIBLE = "THIS LINE CANNOT BE USED FOR AN ADJUSTMENT DISTRIBUTION"
INACTIVE = "THIS IS NOT AN ACTIVE BILL !\nCANNOT PERFORM DISTRIBUTION TO THIS CLAIM"

_OWN_CAUSES = frozenset(Cause) - {Cause.TAKEN_FOR_OTHER, Cause.GIVEN_TO_OTHER}


def _may_take_part(entry: Entry, line: PadLine) -> bool:
    return entry.era_level or line.bill_id is not None


@dataclass(frozen=True, slots=True)
class Reversal:
    """The bill that bears an amount of a take-back: `account` is its number as receipts show it.

    `action` is MOVE, or PAY when the bill was raised already. `collected` when a provider adjustment takes what an
    earlier one of its reference had advanced: whose money it is leaves nothing to be asked.
    """

    bill_id: int
    number: str
    account: str
    amount: Decimal
    action: BackgroundAction = BackgroundAction.MOVE
    collected: bool = False


def needing(pad: Pad) -> list[tuple[Entry, PadLine]]:
    """The lines whose negative net still has to be distributed."""
    return [(entry, line) for entry, line in pad.lines() if line.net < 0 and _may_take_part(entry, line)]


def targets(pad: Pad) -> list[tuple[Entry, PadLine]]:
    """The lines that could take a distribution, largest first."""
    found = [(entry, line) for entry, line in pad.lines() if line.net > 0 and _may_take_part(entry, line)]
    return sorted(found, key=lambda pair: -pair[1].net)


def refuse_impossible(pad: Pad, *, has_eft: bool) -> None:
    """Refuses the action when nothing needs distributing, or the ERA cannot bear it: then it says the way out."""
    sources, possible = needing(pad), targets(pad)
    if not sources:
        raise Refused("NO LINES EXIST NEEDING ADJUSTMENT DISTRIBUTION")
    needed = -sum((line.net for _, line in sources), ZERO)
    available = sum((line.net for _, line in possible), ZERO)
    if available < needed:
        what = (
            "THE ERA DOES NOT HAVE ENOUGH VALID PAYMENTS TO OFFSET THIS DISTRIBUTION"
            if possible
            else "NO VALID LINES EXIST ON THIS ERA WHERE A DISTRIBUTION CAN BE MADE"
        )
        way_out = (
            "THIS ERA MUST BE MOVED TO SUSPENSE" if has_eft else "THIS ERA'S RECEIPT MUST BE ENTERED MANUALLY"
        )
        raise Refused(f"{what}\n{way_out}")


def refuse_inactive(status: BillStatus | None) -> None:
    """Refuses as target a claim whose bill cannot be decreased; `status` is None for a line without a bill."""
    if status is not None and status not in PAYABLE:
        raise Refused(INACTIVE)


def default_comment(entry: Entry, line: PadLine) -> str:
    """The decrease adjustment's comment unless the clerk writes another."""
    reference = entry.reference_of(line)
    if entry.era_level:
        return f"RETRACTED FOR ERA ADJ #{entry.adjustment_number} Ref: {reference}"[:LONGEST_DECREASE_COMMENT]
    return f"RETRACTED FOR CLAIM {reference}"[:LONGEST_DECREASE_COMMENT]


def at_most(source: PadLine, target: PadLine) -> Decimal:
    """The most that may be distributed from one line to another."""
    return min(-source.net, target.net)


def distribute(
    pad: Pad,
    source_at: LineKey,
    target_at: LineKey,
    amount: Decimal,
    comment: str = "",
    *,
    borne_by: Reversal | None = None,
) -> Pad:
    """Moves an amount of a negative line onto a positive one and logs it on both.

    `amount` lies between 0.01 and `at_most`. The target's log asks processing for a decrease
    adjustment, unless the target is an ERA-level line, or the bill that the payer reversed bears the amount: then
    the target's is paid with it. Raises `Refused` and changes nothing.
    """
    source_entry, source = pad.find(source_at)
    target_entry, target = pad.find(target_at)
    if source.net >= 0 or not _may_take_part(source_entry, source):
        raise Refused(NOT_NEEDED)
    if target.net <= 0 or not _may_take_part(target_entry, target):
        raise Refused(NOT_POSSIBLE)
    most = at_most(source, target)
    if not CENT <= amount <= most:
        raise Refused(f"ADJUSTMENT AMOUNT TO DISTRIBUTE IS BETWEEN .01 AND {most}")
    if len(comment) > LONGEST_DECREASE_COMMENT:
        raise Refused(f"DECREASE ADJ COMMENT HAS AT MOST {LONGEST_DECREASE_COMMENT} CHARACTERS")
    given = LogEntry(
        Cause.GIVEN_TO_OTHER,
        amount,
        target_entry.reference_of(target),
        comment=GIVEN,
        other=target.at,
    )
    if target_entry.era_level:
        action, comment = BackgroundAction.NONE, ""
    elif borne_by is None:
        action, comment = BackgroundAction.DECREASE, comment or default_comment(source_entry, source)
    else:
        action, comment = borne_by.action, comment or f"PAID OUT OF THE REVERSAL OF {borne_by.number}"
    taken = LogEntry(
        Cause.TAKEN_FOR_OTHER,
        -amount,
        source_entry.reference_of(source),
        action=action,
        comment=comment[:LONGEST_DECREASE_COMMENT],
        other=source.at,
        other_cause=_own_cause(source),
        reversed_bill_id=None if borne_by is None else borne_by.bill_id,
    )
    pad = pad.with_line(replace(source, adjustments=source.adjustments + amount, log=(*source.log, given)))
    return pad.with_line(replace(target, adjustments=target.adjustments - amount, log=(*target.log, taken)))


def _own_cause(line: PadLine) -> Cause:
    """Why the source line was negative: the cause that its own log names first."""
    return next((logged.cause for logged in line.log if logged.cause in _OWN_CAUSES), Cause.RETRACTION_CLAIM)
