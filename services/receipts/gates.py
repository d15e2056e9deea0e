"""The gates of Process Receipt, in the order of behaviour 1.13: what must hold before anything is posted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.bills import Bill
from models.bulk import parts
from models.efts import Eft, EftDeposit
from models.eras import Era
from models.finance import FIRST, FinanceDocument
from models.receipts import Receipt, ReceiptLine
from models.scratchpads import LineAdjustment, ScratchpadLine
from models.words.bills import BillStatus
from models.words.finance import DocumentStatus
from models.words.money import ZERO
from models.words.receipts import ReceiptStatus
from models.words.scratchpad import PAYS, PENDING, RAISES, BackgroundAction, Cause, LineKey, LogKey
from services.bills.adjustments import most_again
from services.bills.auto_audit import why_new
from services.bills.receivables import PAYABLE
from services.errors import Refused
from services.receipts.lookup import receipt_of
from services.remittances.checksums import deposit_checksum
from services.remittances.returns import say_return_of
from services.remittances.reversals import taken_back

#: What a deposit without a document counts as.
_NO_DOCUMENT = DocumentStatus.NOT_ENTERED

BOTH = "AN EDI LOCKBOX RECEIPT WITH AN EFT CANNOT HAVE A DEPOSIT"
CONFLICT = "EDI LBOX ERA receipt cannot have a deposit - Receipt NOT processed"

SEVERAL = "NOTE: * Indicates more than one pending payment entered against this bill."
ADJUST_FIRST = "Adjust payments listed above before processing."


class Step(StrEnum):
    """What a clerk is asked or told before a receipt is posted, by the gate it belongs to."""

    DEPOSIT_REFERENCE = "gate 5"
    DECREASES = "gate 7"
    NO_PAYMENTS = "gate 8"
    PAYMENTS = "gate 10"
    TICKET = "gate 11"
    DEPOSIT_DATE = "gate 12"
    SURE = "gate 13"
    REVERSALS = "beyond VistA"


def steps(
    *,
    total: Decimal,
    by_eft: bool,
    has_ticket: bool,
    has_lines: bool,
    has_changes: bool,
    has_reversals: bool,
) -> tuple[Step, ...]:
    """The steps of a receipt in the order of behaviour 1.13.

    A ticket matters to a receipt of money that no EFT brought: without one finance is not told. A receipt that
    has no ticket has a deposit date only if it gets one at that step.
    """
    asks_ticket = not by_eft and not has_ticket and bool(total)
    asked = {
        Step.DEPOSIT_REFERENCE: by_eft and has_ticket,
        Step.DECREASES: has_changes,
        Step.NO_PAYMENTS: not has_lines,
        Step.PAYMENTS: True,
        Step.TICKET: asks_ticket,
        Step.DEPOSIT_DATE: asks_ticket or (has_ticket and not by_eft),
        Step.SURE: True,
        Step.REVERSALS: has_reversals,
    }
    return tuple(step for step, when in asked.items() if when)


@dataclass(frozen=True, slots=True)
class PendingChange:
    """What a distribution left to be done to bills when the receipt is processed.

    `log` is the entry of the scratch pad's log that asks for it. A decrease adjustment, or a payment out of a
    reversal, takes the amount from the bill of its line (`lowers`); a reversal may raise another one (`raises`).
    """

    log: LogKey
    action: BackgroundAction
    lowers: int | None
    raises: int | None
    amount: Decimal
    comment: str
    cause: Cause | None

    @property
    def pays(self) -> bool:
        """Whether it pays the bill, and does not decrease it."""
        return self.action in PAYS


@dataclass(frozen=True, slots=True)
class PaymentWarning:
    """A bill that cannot take its pending payments; `several` when more than one is pending.

    `status` is given when the bill is neither ACTIVE nor OPEN, which is why it counts as 0.00; `cause` says of a
    NEW BILL why it is one and what to do about it.
    """

    line: int
    pending: Decimal
    billed: Decimal
    several: bool
    status: BillStatus | None = None
    cause: str = ""

    def __str__(self) -> str:
        return self.say(f"Trans# {self.line}")

    def say(self, where: str) -> str:
        """The warning; `where` is how the clerk knows the payment."""
        star = "*" if self.several else ""
        return (
            f"{star}WARNING: {where}. Pending Payments $ {self.pending:.2f} "
            f"exceed billed amount $ {self.billed:.2f}"
            + (f"\n  THE BILL IS {self.status.value}" if self.status else "")
        )


class BillPaid(NamedTuple):
    """A payment on a bill, above zero, by its number on the receipt."""

    number: int
    bill_id: int
    amount: Decimal


def why_not_paid(warnings: Sequence[PaymentWarning]) -> str | None:
    """Gate 10: the sentence for a receipt of which any bill cannot take its pending payments."""
    if not warnings:
        return None
    note = [SEVERAL] if any(warning.several for warning in warnings) else []
    causes = dict.fromkeys(warning.cause for warning in warnings if warning.cause)
    return "\n".join([*map(str, warnings), *causes, *note, ADJUST_FIRST])


def refuse_payments(warnings: Sequence[PaymentWarning]) -> None:
    """Gate 10: refuses a receipt of which any bill cannot take its pending payments."""
    if (why := why_not_paid(warnings)) is not None:
        raise Refused(why)


def refusals(session: Session, number: str) -> tuple[str, ...]:
    """What processing an open receipt would be refused for as things stand now, gate by gate; changes nothing."""
    receipt = receipt_of(session, number)
    changes = pending_changes(session, receipt)
    gates: tuple[Callable[[], None], ...] = (
        lambda: refuse_totals(session, receipt),
        lambda: refuse_changes(session, changes),
        lambda: refuse_payments(payment_warnings(session, receipt, changes)),
    )
    said = []
    for gate in gates:
        try:
            gate()
        except Refused as refusal:
            said.append(str(refusal))
    return tuple(said)


def lines_of(session: Session, receipt: Receipt) -> list[ReceiptLine]:
    """The lines of a receipt in their order."""
    return list(
        session.scalars(
            select(ReceiptLine).where(ReceiptLine.receipt_id == receipt.id).order_by(ReceiptLine.number)
        )
    )


def pad_line_of(receipt: Receipt, line: ReceiptLine) -> LineKey | None:
    """The line of the scratch pad that a receipt's line came from; None when it was entered by hand."""
    if receipt.made_of is None or line.entry is None or line.line is None:
        return None
    return LineKey(receipt.made_of, line.entry, line.line)


def pending_changes(session: Session, receipt: Receipt) -> list[PendingChange]:
    """What the scratch pad's log still asks for and is not completed (DESIGN 2.4)."""
    return [] if receipt.era_id is None else changes_of_era(session, receipt.era_id)


def changes_of_era(session: Session, era_id: int) -> list[PendingChange]:
    """What the log of an ERA's scratch pad asks for, whether it has a receipt or not."""
    rows = session.execute(
        select(LineAdjustment, ScratchpadLine.bill_id)
        .join(
            ScratchpadLine,
            (ScratchpadLine.era_id == LineAdjustment.era_id)
            & (ScratchpadLine.entry == LineAdjustment.entry)
            & (ScratchpadLine.number == LineAdjustment.line),
        )
        .where(
            LineAdjustment.era_id == era_id,
            LineAdjustment.action.in_(PENDING),
            LineAdjustment.completed.is_(False),
        )
        .order_by(LineAdjustment.entry, LineAdjustment.line, LineAdjustment.number)
    )
    return [
        PendingChange(
            log=LogKey(LineKey(logged.era_id, logged.entry, logged.line), logged.number),
            action=logged.action,
            lowers=bill_id,
            raises=logged.reversed_bill_id if logged.action in RAISES else None,
            amount=-logged.amount,
            comment=logged.comment,
            cause=logged.other_cause,
        )
        for logged, bill_id in rows
        if bill_id is not None or logged.action is BackgroundAction.RAISE
    ]


def raised_and_lowered(
    changes: Iterable[PendingChange],
) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    """By how much each bill would be raised, and by how much lowered."""
    raised: dict[int, Decimal] = {}
    lowered: dict[int, Decimal] = {}
    for change in changes:
        for bill_id, sums in ((change.raises, raised), (change.lowers, lowered)):
            if bill_id is not None:
                sums[bill_id] = sums.get(bill_id, ZERO) + change.amount
    return raised, lowered


def refuse_totals(session: Session, receipt: Receipt) -> None:
    """Gates 1 to 4: the total is the ERA's or the EFT's, the deposit is sound and its document accepted."""
    total = sum((line.amount for line in lines_of(session, receipt)), ZERO)
    eft = None if receipt.eft_id is None else session.get_one(Eft, receipt.eft_id)
    if receipt.era_id is not None and eft is None:
        era = session.get_one(Era, receipt.era_id)
        if era.total != total:
            raise Refused(
                f"ERA TOTAL: {era.total:.2f}   RECEIPT TOTAL: {total:.2f}\n"
                "Receipt total not = ERA total - Receipt NOT processed"
            )
    if eft is None:
        return
    deposit = session.get_one(EftDeposit, eft.deposit_id)
    if deposit.checksum_error or deposit.checksum != deposit_checksum(session, deposit):
        raise Refused("EDI LOCKBOX exception still exists - Receipt NOT processed")
    if eft.amount != total:
        raise Refused(
            f"EFT AMOUNT: {eft.amount:.2f}   RECEIPT TOTAL: {total:.2f}\n"
            "EDI LOCKBOX total of receipt not = EFT - Receipt NOT processed"
        )
    if session.scalar(select(taken_back(Eft)).where(Eft.id == eft.id)):
        raise Refused(
            f"EFT {eft.id} WAS TAKEN BACK BY THE BANK - Receipt NOT processed\n{say_return_of(session, eft.id)}"
        )
    if eft.amount:
        status = deposit_status(session, deposit)
        if status is not DocumentStatus.ACCEPTED:
            raise Refused(
                f"THE EFT'S DEPOSIT RECEIPT STATUS IS: {status.value}\nEDI LOCKBOX EFT not yet posted"
            )


def refuse_returned(session: Session, receipt: Receipt) -> None:
    """Refuses a receipt that was taken back, or closed, since the bank took back its EFT."""
    if receipt.reversed_at is not None and receipt.eft_id is not None:
        raise Refused(
            f"THIS EFT WAS RETURNED BY THE BANK - Receipt NOT processed\n{say_return_of(session, receipt.eft_id)}\n"
            f"ERA {receipt.made_of} is free for another EFT or check, and another receipt"
        )


def lock_eft(session: Session, eft_id: int | None) -> None:
    """Holds the EFT of a receipt that is to be processed: an import that finds it taken back waits, or is heard."""
    if eft_id is not None:
        session.execute(select(Eft.id).where(Eft.id == eft_id).with_for_update(key_share=True)).one()


def deposit_status(session: Session, deposit: EftDeposit) -> DocumentStatus:
    """Where the CR document of a deposit's own receipt stands."""
    if deposit.receipt_id is None:
        return _NO_DOCUMENT
    status = session.scalars(
        select(FinanceDocument.status).where(FinanceDocument.receipt_id == deposit.receipt_id, FIRST)
    ).first()
    return status or _NO_DOCUMENT


def refuse_changes(session: Session, changes: Sequence[PendingChange]) -> None:
    """Gate 7: no decrease may be asked of a bill that is not ACTIVE or OPEN, or below its balance.

    What a reversal raises counts; but no bill is raised above what it ever owed.
    """
    raised, lowered = raised_and_lowered(changes)
    for bill_id, amount in raised.items():
        bill = session.get_one(Bill, bill_id)
        if amount > (most := most_again(session, bill)):
            raise Refused(
                f"Could not re-establish {bill.number} by {amount:.2f}: IT IS {bill.status.value}, "
                f"and {most:.2f} has been taken off it\nWARNING:  Receipt cannot be processed."
            )
    for bill_id, amount in lowered.items():
        bill = session.get_one(Bill, bill_id)
        if bill.status not in PAYABLE and bill_id not in raised:
            cause = f"{why_new(session, bill_id)}\n" if bill.status is BillStatus.NEW_BILL else ""
            raise Refused(
                f"Could not perform automatic decrease adj on {bill.number}: IT IS {bill.status.value}\n"
                f"{cause}WARNING:  Receipt cannot be processed."
            )
        if amount > bill.balance + raised.get(bill_id, ZERO):
            raise Refused(
                f"Decrease of {amount:.2f} would make the balance of {bill.number} negative "
                f"(balance {bill.balance:.2f})\nWARNING:  Receipt cannot be processed."
            )


def payment_warnings(
    session: Session, receipt: Receipt, changes: Sequence[PendingChange]
) -> list[PaymentWarning]:
    """Gate 10: pending payments of all open receipts against what the bill owes after this receipt's changes."""
    lines = [
        BillPaid(line.number, line.bill_id, line.amount)
        for line in lines_of(session, receipt)
        if line.bill_id is not None and line.amount > 0
    ]
    return _warn(session, lines, changes, _pending(session, _bills_of(lines)))


def foresee_warnings(
    session: Session, lines: Sequence[BillPaid], changes: Sequence[PendingChange]
) -> list[PaymentWarning]:
    """The same of a receipt that is not made yet: its lines come on top of what is pending on the open ones."""
    pending = _pending(session, _bills_of(lines))
    for line in lines:
        amount, count = pending.get(line.bill_id, (ZERO, 0))
        pending[line.bill_id] = (amount + line.amount, count + 1)
    return _warn(session, lines, changes, pending)


def _bills_of(lines: Sequence[BillPaid]) -> list[int]:
    return sorted({line.bill_id for line in lines})


def _warn(
    session: Session,
    lines: Sequence[BillPaid],
    changes: Sequence[PendingChange],
    pending: Mapping[int, tuple[Decimal, int]],
) -> list[PaymentWarning]:
    raised, lowered = raised_and_lowered(changes)
    owed, statuses = _owed(session, _bills_of(lines), raised)
    warnings = []
    for line in lines:
        billed = max(owed[line.bill_id] - lowered.get(line.bill_id, ZERO), ZERO)
        amount, count = pending[line.bill_id]
        if amount > billed:
            status = statuses[line.bill_id]
            closed = None if status in PAYABLE else status
            cause = why_new(session, line.bill_id) if status is BillStatus.NEW_BILL else ""
            warnings.append(PaymentWarning(line.number, amount, billed, count > 1, closed, cause))
    return warnings


def _owed(
    session: Session, bill_ids: Sequence[int], raised: Mapping[int, Decimal]
) -> tuple[dict[int, Decimal], dict[int, BillStatus]]:
    """What each bill will owe, and its status; one that cannot be paid owes nothing."""
    owed: dict[int, Decimal] = {}
    statuses: dict[int, BillStatus] = {}
    for some in parts(bill_ids):
        for bill_id, status, balance in session.execute(
            select(Bill.id, Bill.status, Bill.balance).where(Bill.id.in_(some))
        ):
            owed[bill_id] = (balance if status in PAYABLE else ZERO) + raised.get(bill_id, ZERO)
            statuses[bill_id] = status
    return owed, statuses


def _pending(session: Session, bill_ids: Sequence[int]) -> dict[int, tuple[Decimal, int]]:
    pending: dict[int, tuple[Decimal, int]] = {}
    for some in parts(bill_ids):
        for bill_id, amount, count in session.execute(
            select(Bill.id, func.sum(ReceiptLine.amount), func.count())
            .join(ReceiptLine, ReceiptLine.bill_id == Bill.id)
            .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
            .where(
                Receipt.status == ReceiptStatus.OPEN,
                Bill.id.in_(some),
                ReceiptLine.amount > ZERO,
            )
            .group_by(Bill.id)
        ):
            pending[bill_id] = (amount, count)
    return pending
