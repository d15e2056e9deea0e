"""The night job in its first form: bills audited, deposits recorded, EFTs matched (behaviour 3.12).

Each deposit is its own transaction and has its own idempotency key: a job that was stopped goes on
where it was, and run again it changes nothing.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from models.dialects import LOCKED
from models.efts import Eft, EftDeposit
from models.receipts import Receipt, ReceiptLine
from models.store import Store
from models.words.acts import Act
from models.words.books import Account
from models.words.finance import DocumentKind
from models.words.keys import SecurityKey
from models.words.mail import MailGroup
from models.words.money import ZERO
from models.words.receipts import PaymentType, ReceiptStatus
from services.bills.auto_audit import audit_waiting_bills
from services.books.finance import issue_document
from services.books.journal import credit, debit, enter
from services.errors import OddClock, Refused
from services.office.actor import Actor, night_job, require
from services.office.acts import begin, end
from services.office.bulletins import send
from services.office.clock import doubt, note_day, site_of, today
from services.office.once import new_key
from services.office.stamp import Stamp
from services.receipts.numbers import next_number
from services.receipts.tickets import find_confirmed_ticket
from services.remittances.checksums import deposit_checksum
from services.remittances.matching import MatchCounts, match_deposits

EXCEPTIONS_SUBJECT = "EDI LBOX {date:%m/%d/%y} EXCEPTIONS EFT DEP/MATCH EFTs TO ERAs"

#: Receipt numbers carry two digits of the year, and no EFT or ERA of these formats is older.
FIRST_DATE = datetime.date(2000, 1, 1)

#: How long before its effective date a bank may tell of a deposit, holidays counted in.
AHEAD = datetime.timedelta(days=10)

#: EFTs of a deposit that are recorded by a few statements.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Nightly:
    """What a run of the night job did, and where the audit trail stands, to be kept apart from the store."""

    date: datetime.date
    bills_audited: int
    deposits_recorded: int
    amount_recorded: Decimal
    checksum_errors: tuple[str, ...]
    matching: MatchCounts
    audit_event: int
    audit_hash: str


def run_nightly(
    store: Store, actor: Actor, date: datetime.date | None = None, *, date_is_right: bool = False
) -> Nightly:
    """Audits the bills that wait for it, records every deposit that is not recorded yet, then matches.

    Whoever starts it needs LOCKBOX CLERK; its acts are those of the night job's own user. `date` is the business
    date of receipts and documents, not later than today and not long before the deposits that wait; refuses
    another one, and with `OddClock` a clock whose date is odd, unless `date_is_right`.
    """
    require(actor, SecurityKey.CLERK)
    started_by = actor.os_user
    with store.reading() as session:
        odd = doubt(session)
        if odd is not None and not date_is_right:
            raise OddClock(odd)
        business = date or today(session)
        _check_date(session, business)
        waiting = session.scalars(
            select(EftDeposit.id).where(EftDeposit.posted.is_(None)).order_by(EftDeposit.id)
        ).all()
    if odd is not None:
        store.write(partial(_say_that_the_date_is_right, started_by, odd))
    bills_audited = audit_waiting_bills(store, started_by)
    recorded, amount, errors = 0, ZERO, []
    for deposit_id in waiting:
        done = store.write(partial(_record_waiting, started_by, business, deposit_id))
        if isinstance(done, str):
            errors.append(done)
        elif done is not None:
            recorded, amount = recorded + 1, amount + done
    store.write(note_day)
    matching = store.write(lambda session: match_deposits(session, night_job(session, started_by), business))
    with store.reading() as session:
        site = site_of(session)
        head, digest = site.audit_head, site.audit_hash
    return Nightly(business, bills_audited, recorded, amount, tuple(errors), matching, head, digest)


def _say_that_the_date_is_right(started_by: str, odd: str, session: Session) -> None:
    """Keeps in the audit trail that somebody says so; what follows tonight is dated by the clock."""
    by = begin(session, night_job(session, started_by), Act.DATE_SAID_RIGHT, SecurityKey.CLERK)
    note_day(session)
    end(session, by, "clock", detail=odd)


def _record_waiting(
    started_by: str, business: datetime.date, deposit_id: int, session: Session
) -> Decimal | str | None:
    """Records one deposit and gives its total; its number if it is not what the bank sent, None if it is recorded."""
    deposit = session.get_one(EftDeposit, deposit_id, with_for_update=LOCKED)
    if deposit.posted is not None:
        return None
    if _checksum_fails(session, deposit):
        return deposit.number
    record_deposit(session, night_job(session, started_by), deposit, business)
    return deposit.total


def _check_date(session: Session, business: datetime.date) -> None:
    """Refuses a business date that must be a slip of the pen: receipts and documents would carry it for good."""
    if business > today(session):
        raise Refused("THE DATE OF THE NIGHT JOB MAY NOT BE LATER THAN TODAY")
    if business < FIRST_DATE:
        raise Refused(f"THE DATE OF THE NIGHT JOB MAY NOT BE BEFORE {FIRST_DATE:%m/%d/%Y}")
    if business == today(session):
        return
    first = session.execute(
        select(EftDeposit.date, EftDeposit.number)
        .where(EftDeposit.posted.is_(None))
        .order_by(EftDeposit.date, EftDeposit.id)
        .limit(1)
    ).first()
    if first is not None and business < first.date - AHEAD:
        raise Refused(
            f"THE DATE OF THE NIGHT JOB MAY NOT BE MORE THAN {AHEAD.days} DAYS BEFORE THE FIRST DEPOSIT "
            f"THAT WAITS: {first.number} OF {first.date:%m/%d/%Y}"
        )


def record_deposit(session: Session, actor: Actor, deposit: EftDeposit, date: datetime.date) -> None:
    """Records a deposit at the site: its receipt into 5287.4/8NZZ, the CR document, the books.

    The idempotency key of the deposit makes a second try do nothing. A deposit of 0.00 is recorded
    without a receipt.
    """
    once = deposit.record_key
    by = begin(session, actor, Act.DEPOSIT_RECORDED, SecurityKey.CLERK, once=once, of=deposit.number)
    if by.done is not None:
        return
    if deposit.total:
        ticket = find_confirmed_ticket(session, by, deposit.number, deposit.date)
        # The EFTs before the number of the receipt: the row of the site is locked last.
        session.execute(_NUMBER_LINES, {"deposit": deposit.id})
        receipt = _deposit_receipt(session, by, ticket.id, date)
        for efts in filter(None, _list_paid(session, deposit.id)):
            session.execute(insert(ReceiptLine), [_deposit_line(receipt, eft, by) for eft in efts])
        enter(
            session,
            by,
            Act.EFT_RECORDED,
            chain(
                [debit(Account.CASH, deposit.total)],
                (
                    credit(
                        Account.UNAPPLIED,
                        eft.amount,
                        eft_id=eft.id,
                        receipt_id=receipt.id,
                        receipt_line=eft.receipt_line,
                    )
                    for efts in _list_paid(session, deposit.id)
                    for eft in efts
                ),
            ),
            date=date,
            receipt_id=receipt.id,
            memo=f"deposit {deposit.number}",
        )
        deposit.receipt_id = receipt.id
        issue_document(session, by, receipt, DocumentKind.CASH_RECEIPT, deposit.total)
    deposit.posted, deposit.posted_amount = date, deposit.total
    session.flush()
    session.execute(_RECORDED, {"deposit": deposit.id})
    session.expire_all()
    end(session, by, f"deposit {deposit.number}", detail=f"{deposit.total:.2f}")


def _checksum_fails(session: Session, deposit: EftDeposit) -> bool:
    """Whether the deposit is no longer what the bank sent; told once by bulletin, and never posted."""
    if deposit.checksum == deposit_checksum(session, deposit):
        return False
    if not deposit.checksum_error:
        deposit.checksum_error = True
        send(
            session,
            EXCEPTIONS_SUBJECT.format(date=today(session)),
            MailGroup.PAYMENTS,
            f"The checksum of deposit {deposit.number} is wrong. It was not recorded; ask the bank to send it again.",
        )
    return True


def _deposit_receipt(session: Session, by: Stamp, ticket_id: int, date: datetime.date) -> Receipt:
    receipt = Receipt(
        number=next_number(session, "E", date),
        payment_type=PaymentType.EDI_LOCKBOX,
        status=ReceiptStatus.CLOSED,
        date=date,
        deposit_ticket_id=ticket_id,
        for_deposit=True,
        opened_by=by.user_id,
        opened_at=by.at,
        processed_by=by.user_id,
        processed_at=by.at,
        process_key=new_key(),
    )
    session.add(receipt)
    session.flush()
    return receipt


# Statements that every deposit needs are made once: making one costs as much as running it.
_OF_DEPOSIT = Eft.deposit_id == bindparam("deposit")
_LINES = (
    select(Eft.id.label("eft_id"), func.row_number().over(order_by=Eft.number).label("line"))
    .where(_OF_DEPOSIT, Eft.amount != ZERO)
    .subquery("paid")
)
#: Gives each EFT of a deposit that brings money its line of the receipt, in the deposit's order.
_NUMBER_LINES = (
    update(Eft)
    .where(Eft.id == _LINES.c.eft_id)
    .values(receipt_line=_LINES.c.line, version=Eft.version + 1)
    .execution_options(synchronize_session=False)
)
_PAID = (
    select(Eft.id, Eft.receipt_line, Eft.amount, Eft.date_paid)
    .where(_OF_DEPOSIT, Eft.amount != ZERO, Eft.id > bindparam("last"))
    .order_by(Eft.id)
    .limit(_AT_ONCE)
)
_RECORDED = (
    update(Eft)
    .where(_OF_DEPOSIT)
    .values(recorded=True, version=Eft.version + 1)
    .execution_options(synchronize_session=False)
)

_PaidEft = Row[int, int | None, Decimal, datetime.date]


def _list_paid(session: Session, deposit_id: int) -> Iterator[Sequence[_PaidEft]]:
    """The EFTs of a deposit that have a line of its receipt, some hundreds at a time."""
    last, more = 0, True
    while more:
        rows = session.execute(_PAID, {"deposit": deposit_id, "last": last}).all()
        if more := len(rows) == _AT_ONCE:
            last = rows[-1].id
        yield rows


def _deposit_line(receipt: Receipt, eft: _PaidEft, by: Stamp) -> dict[str, object]:
    return {
        "receipt_id": receipt.id,
        "number": eft.receipt_line,
        "eft_id": eft.id,
        "amount": eft.amount,
        "processed": eft.amount,
        "date": eft.date_paid,
        "entered_by": by.user_id,
        "comment": "Auto added EDI Lockbox deposit",
    }
