"""Process Receipt: payments, pending decreases and documents, all in one transaction or not at all.

The dialogue asks everything first, from the read-only `process_preview`; `process_receipt` then checks
every gate again and does everything (behaviour 1.13 and 3.10, DESIGN 2.4).
"""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.bills import Bill
from models.eras import Era
from models.finance import FinanceDocument
from models.receipts import DepositTicket, Receipt
from models.words.acts import Act
from models.words.bills import TransactionType
from models.words.finance import DocumentKind, DocumentStatus
from models.words.keys import SecurityKey
from models.words.money import ZERO
from models.words.receipts import ReceiptStatus, TicketStatus
from models.words.remittances import PostStatus
from services.bills.receivables import find_bill, show_number
from services.books.finance import document_of, issue_document
from services.dates import capitals
from services.errors import Refused
from services.office import leases
from services.office.actor import Actor, require
from services.office.acts import begin, end
from services.office.clock import doubt, site_of, zone
from services.office.once import AlreadyDone, already_done
from services.office.stamp import Stamp
from services.receipts.gates import (
    BOTH,
    CONFLICT,
    PaymentWarning,
    PendingChange,
    Step,
    lines_of,
    lock_eft,
    payment_warnings,
    pending_changes,
    refuse_changes,
    refuse_payments,
    refuse_returned,
    refuse_totals,
    steps,
    why_not_paid,
)
from services.receipts.lookup import PROCESSED, receipt_of, refuse_changed
from services.receipts.payments import change_bills, lock_bills, pay_bills
from services.receipts.tickets import UsableTicket, on_deposit, tell_opened, usable_ticket
from services.scratchpad.reversals import Unborne, unborne
from services.scratchpad.stored import ask_to_raise

EDITING = "Another user is editing the receipt."


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a bill that a distribution asked for, as it is shown: the account and the signed amount."""

    kind: TransactionType
    account: str
    amount: Decimal

    def __str__(self) -> str:
        what = {
            TransactionType.DECREASE: "automatic dec adjustment made to",
            TransactionType.PAYMENT_IN_PART: "payment out of a reversal made to",
            TransactionType.RE_ESTABLISH: "reversal re-established",
        }[self.kind]
        return f"  EDI Lbox Worklist {what} {self.account}: {self.amount:.2f}"


@dataclass(frozen=True, slots=True)
class ProcessPreview:
    """What processing a receipt would do and what must be asked before (read only).

    `document` is CR, TR or None; `steps` are what is asked and told, in their order; `deposit_date` is that of
    its ticket. `reversals` are those that no bill bears yet and that this clerk may let their bills bear.
    `odd_clock` says what is odd about the date of the posting.
    """

    number: str
    total: Decimal
    document: DocumentKind | None
    changes: tuple[Change, ...]
    reversals: tuple[Unborne, ...]
    warnings: tuple[PaymentWarning, ...]
    steps: tuple[Step, ...]
    ticket: str | None
    deposit_date: datetime.date | None
    version: int
    odd_clock: str | None

    @property
    def why_not_paid(self) -> str | None:
        """Why it stops at the step of the payments, or None."""
        return why_not_paid(self.warnings)


@dataclass(frozen=True, slots=True)
class Processed:
    """What processing did; `already` when an earlier try had done it."""

    number: str
    changes: tuple[Change, ...]
    document: str | None
    document_status: str | None
    already: AlreadyDone | None = None
    kind: DocumentKind | None = None


def process_preview(session: Session, actor: Actor, number: str) -> ProcessPreview:
    """Checks the gates without changing anything, and says what has to be asked; raises `Refused`."""
    require(actor, SecurityKey.CLERK)
    receipt = receipt_of(session, number)
    refuse_processed(session, receipt)
    refuse_totals(session, receipt)
    leases.refuse_if_taken(session, actor, "RECEIPT", receipt.number, EDITING)
    changes = pending_changes(session, receipt)
    refuse_changes(session, changes)
    reversals = _unborne(session, receipt) if actor.holds(SecurityKey.ADJUST) else ()
    ticket = (
        None
        if receipt.deposit_ticket_id is None
        else session.get_one(DepositTicket, receipt.deposit_ticket_id)
    )
    lines = lines_of(session, receipt)
    total = sum((line.amount for line in lines), ZERO)
    return ProcessPreview(
        number=receipt.number,
        total=total,
        document=_kind(receipt, total, has_ticket=ticket is not None),
        changes=_show_changes(session, changes),
        reversals=reversals,
        warnings=tuple(payment_warnings(session, receipt, changes)),
        steps=steps(
            total=total,
            by_eft=receipt.eft_id is not None,
            has_ticket=ticket is not None,
            has_lines=bool(lines),
            has_changes=bool(changes),
            has_reversals=bool(reversals),
        ),
        ticket=None if ticket is None else ticket.number,
        deposit_date=None if ticket is None else ticket.date,
        version=receipt.version,
        odd_clock=doubt(session),
    )


def refuse_processed(session: Session, receipt: Receipt) -> None:
    """Gate 9: a receipt that was processed is not processed again."""
    if receipt.status is ReceiptStatus.OPEN:
        return
    refuse_returned(session, receipt)
    document = document_of(session, receipt.id)
    done = already_done(session, receipt.process_key)
    when = ""
    if done:
        at = done.at.astimezone(zone(session))
        when = f"Processed by {done.by} on {capitals(at)}@{at:%H:%M:%S}\n"
    if document is None:
        raise Refused(f"{when}{PROCESSED}")
    said = {
        DocumentStatus.ACCEPTED: "You cannot reprocess and retransmit an ACCEPTED document.",
    }.get(document.status, "The document waits for the answer of FMS; it cannot be retransmitted now.")
    raise Refused(f"FMS document {document.number}: {document.status.value}\n{when}{said}")


def process_receipt(
    session: Session,
    actor: Actor,
    number: str,
    *,
    ticket: str | None = None,
    deposit_date: datetime.date | None = None,
    drop_deposit: bool = False,
    re_establish: Collection[str] = (),
    seen: int | None = None,
    date_is_right: bool = False,
) -> Processed:
    """Posts a receipt whole: closes it, decreases, pays, enters the books, issues the document.

    The receipt's own idempotency key makes a repeated try answer what the first one did. `seen` is the
    receipt's version when the clerk said YES to it. `re_establish` names the bills that are raised because the
    payer reversed their payment, though no other bill lost it; that needs the key PRCADJ. Raises `Refused` with
    nothing posted; `OddClock` when the date of the posting is odd, unless `date_is_right`.
    """
    receipt = receipt_of(session, number, lock=True)
    once = receipt.process_key
    by = begin(
        session,
        actor,
        Act.RECEIPT_PROCESSED,
        SecurityKey.CLERK,
        once=once,
        of=receipt.number,
        date_is_right=date_is_right,
    )
    if by.done is not None:
        return _done_already(session, receipt, by.done)
    refuse_processed(session, receipt)
    refuse_changed(receipt, seen)
    lock_eft(session, receipt.eft_id)
    refuse_totals(session, receipt)
    deposit = _settle_deposit(session, by, receipt, ticket, deposit_date, drop_deposit)
    leases.take(session, by, "RECEIPT", receipt.number, EDITING)
    if re_establish:
        require(actor, SecurityKey.ADJUST)
        _raise_reversed(session, receipt, re_establish)
    changes = pending_changes(session, receipt)
    lock_bills(session, receipt, changes)
    refuse_changes(session, changes)
    refuse_payments(payment_warnings(session, receipt, changes))
    shown_changes = _show_changes(session, changes)
    change_bills(session, by, receipt, changes)
    total = pay_bills(session, by, receipt)
    _close(session, by, receipt)
    document = _document(session, by, receipt, total)
    leases.give_back(session, leases.Held("RECEIPT", receipt.number, by.desk))
    tell_opened(session, by, deposit, receipt.number)
    end(
        session,
        by,
        f"receipt {receipt.number}",
        detail=f"{total:.2f}{f' {document.number}' if document else ''}{on_deposit(session, receipt)}",
    )
    return Processed(
        receipt.number,
        shown_changes,
        None if document is None else document.number,
        None if document is None else document.status.value,
        kind=None if document is None else document.kind,
    )


def done_before(session: Session, number: str) -> Processed | None:
    """What became of an earlier try to process a receipt; None when nothing was posted."""
    receipt = receipt_of(session, number)
    done = already_done(session, receipt.process_key)
    return None if done is None else _done_already(session, receipt, done)


def _done_already(session: Session, receipt: Receipt, done: AlreadyDone) -> Processed:
    document = document_of(session, receipt.id)
    return Processed(
        receipt.number,
        (),
        None if document is None else document.number,
        None if document is None else document.status.value,
        done,
        None if document is None else document.kind,
    )


def _unborne(session: Session, receipt: Receipt) -> tuple[Unborne, ...]:
    return () if receipt.era_id is None else unborne(session, receipt.era_id)


def _raise_reversed(session: Session, receipt: Receipt, numbers: Collection[str]) -> None:
    """Lets the named bills bear the reversals that only a provider adjustment offsets."""
    possible = {one.bill_id: one for one in _unborne(session, receipt)}
    for number in numbers:
        found = find_bill(session, number)
        if found.bill_id not in possible:
            raise Refused(f"NO REVERSAL ON RECEIPT {receipt.number} CAN RE-ESTABLISH BILL {found.number}")
        for log in possible[found.bill_id].logs:
            ask_to_raise(session, log, found.bill_id)


def _show_changes(session: Session, changes: Sequence[PendingChange]) -> tuple[Change, ...]:
    """First what is raised, then what is taken."""
    made = [
        (TransactionType.RE_ESTABLISH, change.raises, change.amount) for change in changes if change.raises
    ]
    for change in changes:
        kind = TransactionType.PAYMENT_IN_PART if change.pays else TransactionType.DECREASE
        made += [(kind, change.lowers, -change.amount)] if change.lowers else []
    station = site_of(session).station
    return tuple(
        Change(kind, show_number(session.get_one(Bill, bill_id).number, station), amount)
        for kind, bill_id, amount in made
    )


def _kind(receipt: Receipt, total: Decimal, *, has_ticket: bool) -> DocumentKind | None:
    if not total:
        return None
    if receipt.eft_id is not None:
        return DocumentKind.TRANSFER
    return DocumentKind.CASH_RECEIPT if has_ticket else None


def _settle_deposit(
    session: Session,
    by: Stamp,
    receipt: Receipt,
    ticket: str | None,
    deposit_date: datetime.date | None,
    drop_deposit: bool,
) -> UsableTicket | None:
    """Gates 5, 11 and 12: an EFT's receipt has no deposit; a check's may get one, with its bank date.

    Gives the ticket the receipt is put on now.
    """
    chosen = None
    if receipt.eft_id is not None:
        if ticket is not None or (receipt.deposit_ticket_id is not None and not drop_deposit):
            raise Refused(f"{BOTH}\n{CONFLICT}")
        receipt.deposit_ticket_id = None
        session.flush()
        return None
    if ticket is not None and receipt.deposit_ticket_id is None:
        chosen = usable_ticket(session, by, ticket)
        receipt.deposit_ticket_id = chosen.id
    if deposit_date is not None and receipt.deposit_ticket_id is not None:
        if deposit_date > by.date:
            raise Refused("BANK DEPOSIT DATE MAY NOT BE IN THE FUTURE")
        _date_deposit(session.get_one(DepositTicket, receipt.deposit_ticket_id), deposit_date)
    session.flush()
    return chosen


def _date_deposit(deposit: DepositTicket, date: datetime.date) -> None:
    if deposit.date != date and deposit.status is not TicketStatus.OPEN:
        raise Refused(
            f"DEPOSIT TICKET {deposit.number} IS {deposit.status.value}; ITS DATE CANNOT BE CHANGED"
        )
    deposit.date = date


def _close(session: Session, by: Stamp, receipt: Receipt) -> None:
    receipt.status = ReceiptStatus.CLOSED
    receipt.processed_by, receipt.processed_at = by.user_id, by.at
    session.flush()
    if receipt.era_id is not None:
        session.execute(
            update(Era)
            .where(Era.id == receipt.era_id)
            .values(post_status=PostStatus.POSTED, version=Era.version + 1)
            .execution_options(synchronize_session=False)
        )


def _document(session: Session, by: Stamp, receipt: Receipt, total: Decimal) -> FinanceDocument | None:
    kind = _kind(receipt, total, has_ticket=receipt.deposit_ticket_id is not None)
    return None if kind is None else issue_document(session, by, receipt, kind, total)
