"""The Receipt Profile: everything one receipt shows, as frozen values (behaviour 1.13, `screens.md` 5)."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.bills import Bill
from models.efts import Eft
from models.receipts import DepositTicket, Receipt, ReceiptLine
from models.scratchpads import Scratchpad
from models.users import User
from models.words.finance import DocumentStatus
from models.words.money import ZERO
from models.words.receipts import PaymentType, ReceiptStatus
from models.words.scratchpad import LineKey
from services.bills.receivables import show_number
from services.books.finance import document_of
from services.office.clock import site_of, zone
from services.receipts.creating import bill_numbers
from services.receipts.gates import (
    PaymentWarning,
    PendingChange,
    lines_of,
    pad_line_of,
    payment_warnings,
    pending_changes,
)
from services.receipts.lookup import no_payment, receipt_of, why_closed

#: What stands for the system user: as initials, and as a name in the history.
SYSTEM_INITIALS, SYSTEM_NAME = "ar", "accounts receivable"

#: Fund and revenue source of money that waits for its remittance.
UNAPPLIED_FUND = "528704/8NZZ"

_PAYER_WIDTH = 12


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One payment of a receipt.

    `account` is as shown; `bill` is the bill's own number, empty for suspense. `decreases` are the signed
    pending decreases that processing will make to its bill, `payouts` what it will pay on it out of reversals;
    `warning` says that the bill cannot take its pending payments. `from_worklist` when the line came from the
    scratch pad. `cancel_comment` says why a cancelled payment was cancelled; its `comment` stays what it was.
    """

    number: int
    account: str
    bill: str
    date: datetime.date
    opened_by: str
    edited_by: str
    amount: Decimal
    processed: Decimal
    cancelled: bool
    comment: str
    cancel_comment: str
    from_worklist: bool
    decreases: tuple[Decimal, ...]
    payouts: tuple[Decimal, ...]
    warning: PaymentWarning | None


@dataclass(frozen=True, slots=True)
class LooseChange:
    """What is pending of a worklist line that has no payment on the receipt; processing makes it all the same.

    `pays` when its bill is paid out of a reversal, and not decreased.
    """

    account: str
    amount: Decimal
    pays: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did something and when; the time is in the site's zone."""

    name: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class ReceiptProfile:
    """One receipt whole; `eft` is the number and payer of its EFT, `version` what an edit has to name."""

    number: str
    payment_type: PaymentType
    status: ReceiptStatus
    for_deposit: bool
    ticket: str
    eft: tuple[int, str] | None
    era: int | None
    has_worklist: bool
    document: str
    document_status: DocumentStatus | None
    lines: tuple[ProfileLine, ...]
    loose_changes: tuple[LooseChange, ...]
    opened: Signature
    edited: Signature | None
    processed: Signature | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether the receipt may still be edited."""
        return self.status is ReceiptStatus.OPEN

    @property
    def why_closed(self) -> str | None:
        """Why its payments cannot be edited any more, or None while they can."""
        return why_closed(for_deposit=self.for_deposit, status=self.status)

    def payment(self, number: int) -> ProfileLine:
        """One of its payments; raises `Refused` when there is none of this number."""
        for line in self.lines:
            if line.number == number:
                return line
        raise no_payment(self.number, number)

    @property
    def total(self) -> Decimal:
        """What its payments come to."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def total_processed(self) -> Decimal:
        """What of it has been posted."""
        return sum((line.processed for line in self.lines), ZERO)


def profile_of(session: Session, number: str) -> ReceiptProfile:
    """The profile of a receipt; raises `Refused` when there is none of this number."""
    receipt = receipt_of(session, number)
    is_open = receipt.status is ReceiptStatus.OPEN
    changes = pending_changes(session, receipt) if is_open else []
    warnings = payment_warnings(session, receipt, changes) if is_open else []
    lines = _lines(session, receipt, changes, {warning.line: warning for warning in warnings})
    document = document_of(session, receipt.id)
    users = _users(session, [receipt.opened_by, receipt.edited_by, receipt.processed_by])
    in_zone = zone(session)

    def signed(user_id: int | None, at: datetime.datetime | None) -> Signature | None:
        if user_id is None or at is None:
            return None
        name, system = users[user_id]
        return Signature(SYSTEM_NAME if system else name, at.astimezone(in_zone))

    opened = signed(receipt.opened_by, receipt.opened_at)
    assert opened is not None
    return ReceiptProfile(
        number=receipt.number,
        payment_type=receipt.payment_type,
        status=receipt.status,
        for_deposit=receipt.for_deposit,
        ticket=_ticket(session, receipt),
        eft=_eft(session, receipt),
        era=receipt.made_of,
        has_worklist=receipt.era_id is not None and session.get(Scratchpad, receipt.era_id) is not None,
        document="" if document is None else document.number,
        document_status=DocumentStatus.NOT_ENTERED
        if document is None and is_open
        else (None if document is None else document.status),
        lines=lines,
        loose_changes=_loose(session, receipt, changes),
        opened=opened,
        edited=signed(receipt.edited_by, receipt.edited_at),
        processed=signed(receipt.processed_by, receipt.processed_at),
        version=receipt.version,
    )


def initials(name: str) -> str:
    """First letter of the first name and first of the last name: `OD` for DEMOCLERK,ONE."""
    last, _, first = name.partition(",")
    return (first.strip()[:1] + last.strip()[:1]).upper()


def _ticket(session: Session, receipt: Receipt) -> str:
    if receipt.deposit_ticket_id is None:
        return ""
    return session.get_one(DepositTicket, receipt.deposit_ticket_id).number


def _eft(session: Session, receipt: Receipt) -> tuple[int, str] | None:
    if receipt.eft_id is None:
        return None
    return receipt.eft_id, session.get_one(Eft, receipt.eft_id).payer_name


def _lines(
    session: Session,
    receipt: Receipt,
    changes: Iterable[PendingChange],
    warnings: Mapping[int, PaymentWarning],
) -> tuple[ProfileLine, ...]:
    station = site_of(session).station
    pending: dict[tuple[LineKey | None, bool], list[Decimal]] = {}
    for change in changes:
        pending.setdefault((change.log.at, change.pays), []).append(-change.amount)
    account = func.coalesce(ReceiptLine.bill_id, ReceiptLine.linked_bill_id)
    rows = session.execute(
        select(ReceiptLine, Bill.number, Eft.payer_name)
        .outerjoin(Bill, Bill.id == account)
        .outerjoin(Eft, Eft.id == ReceiptLine.eft_id)
        .where(ReceiptLine.receipt_id == receipt.id)
        .order_by(ReceiptLine.number)
    ).all()
    users = _users(session, (user for line, *_ in rows for user in (line.entered_by, line.edited_by)))

    def by(user_id: int | None) -> str:
        if user_id is None:
            return ""
        name, system = users[user_id]
        return SYSTEM_INITIALS if system else initials(name)

    return tuple(
        ProfileLine(
            number=line.number,
            account=_account(line, bill, payer, station),
            bill=bill or "",
            date=line.date,
            opened_by=by(line.entered_by),
            edited_by=by(line.edited_by),
            amount=line.amount,
            processed=line.processed,
            cancelled=line.cancelled,
            comment=line.comment,
            cancel_comment=line.cancel_comment,
            from_worklist=line.entry is not None,
            decreases=tuple(pending.get((pad_line_of(receipt, line), False), ())),
            payouts=tuple(pending.get((pad_line_of(receipt, line), True), ())),
            warning=warnings.get(line.number),
        )
        for line, bill, payer in rows
    )


def _account(line: ReceiptLine, bill: str | None, payer: str | None, station: str) -> str:
    if bill is not None:
        return show_number(bill, station)
    if line.eft_id is not None:
        return f"[ {UNAPPLIED_FUND} {(payer or '')[:_PAYER_WIDTH]} ]"
    return f"[ suspense{line.unapplied_number} ]"


def _loose(session: Session, receipt: Receipt, changes: Iterable[PendingChange]) -> tuple[LooseChange, ...]:
    pending = {change.log: change for change in changes if change.lowers is not None}
    if not pending:
        return ()
    on_receipt = {pad_line_of(receipt, line) for line in lines_of(session, receipt)}
    loose = [change for log, change in pending.items() if log.at not in on_receipt]
    numbers = bill_numbers(session, [change.lowers for change in loose])
    station = site_of(session).station
    return tuple(
        LooseChange(
            f"{show_number(numbers[change.lowers], station)} (line {change.log.at.label})",
            -change.amount,
            change.pays,
        )
        for change in loose
        if change.lowers is not None
    )


def _users(session: Session, user_ids: Iterable[int | None]) -> dict[int, tuple[str, bool]]:
    wanted = {user_id for user_id in user_ids if user_id is not None}
    rows = session.execute(select(User.id, User.name, User.system).where(User.id.in_(wanted)))
    return {row.id: (row.name, row.system) for row in rows}
