"""The proofs of the bills: balance, status, original amount, and each transaction of its kind (DESIGN 2.4)."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, not_, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from models.bills import Bill, BillTransaction
from models.journal import JournalEntry, JournalLine
from models.money import Money
from models.words.acts import Act
from models.words.bills import BILLS_CSV, BillStatus, TransactionType
from models.words.books import Account
from models.words.money import ZERO
from models.words.movements import KINDS, PAYMENTS, Of
from services.bills.receivables import NOT_YET_RECEIVABLE, PAYABLE
from services.findings import Finding
from services.proofs.rows import booked, got, sums, tell

#: What names the log entry of a scratch pad in a transaction.
SOURCE = (BillTransaction.era_id, BillTransaction.entry, BillTransaction.line, BillTransaction.adjustment)


#: The transactions that say what is billed: at first, and when a claim replaces that of the bill.
_BILLED = (TransactionType.ORIGINAL, TransactionType.CHARGE_RAISED, TransactionType.CHARGE_LOWERED)

#: What an entry moves of account 1200 by bill, and under which act.
_RECEIVABLE = (
    JournalLine.debit - JournalLine.credit,
    JournalLine.bill_id,
    JournalLine.account == Account.RECEIVABLE,
)
_ENTERED = select(JournalEntry.act).where(JournalEntry.id == JournalLine.entry_id).scalar_subquery()


def balances(session: Session) -> Iterator[Finding]:
    """Each bill's balance is the sum of its transactions and of its account 1200."""
    moved = sums(BillTransaction.amount, BillTransaction.bill_id)
    books = booked(Account.RECEIVABLE, JournalLine.bill_id)
    return tell(
        session,
        select(Bill.number, Bill.balance, got(moved), got(books))
        .outerjoin(moved, moved.c.of == Bill.id)
        .outerjoin(books, books.c.of == Bill.id)
        .where(or_(Bill.balance != got(moved), Bill.balance != got(books))),
        "bill-balance",
        "Balance {1:.2f}, transactions {2:.2f}, account 1200 {3:.2f}.",
        "bill {0}",
    )


def statuses(session: Session) -> Iterator[Finding]:
    """Nothing is owed on a bill that is closed, cancelled or not yet a receivable, but something on one to be paid.

    Whatever takes the last cent closes the bill; only one that was never owed anything is ACTIVE at 0.00.
    """
    moved = exists().where(BillTransaction.bill_id == Bill.id, BillTransaction.amount != 0)
    closed = Bill.status.in_([BillStatus.COLLECTED_CLOSED, BillStatus.CANCELLED, *NOT_YET_RECEIVABLE])
    off = or_(and_(closed, Bill.balance != 0), and_(Bill.status.in_(PAYABLE), Bill.balance == 0, moved))
    query = select(Bill.number, Bill.status, Bill.balance).where(off)
    return tell(session, query, "bill-status", "It is {1.value}, but {2:.2f} is owed.", "bill {0}")


def originals(session: Session) -> Iterator[Finding]:
    """Each receivable's charge is what its transactions billed, and what the books opened it with and replaced since.

    A bill loaded with an old balance (against 3000) was opened with what was still owed of it. One that was
    cancelled before it became a receivable was never opened.
    """
    first = sums(BillTransaction.amount, BillTransaction.bill_id, BillTransaction.type.in_(_BILLED))
    opened, replaced = _billed(Act.BILL_ACTIVE), sums(*_RECEIVABLE, _ENTERED == Act.BILL_REPLACED)
    entered = type_coerce(got(opened) + got(replaced), Money())
    never = and_(Bill.status == BillStatus.CANCELLED, first.c.of.is_(None), opened.c.of.is_(None))
    # A bill of nothing, or one of which nothing was owed any more, has no entry.
    old = case(
        (opened.c.account.is_(None), Bill.kind == BILLS_CSV), else_=opened.c.account == Account.OPENING
    )
    wrong = or_(and_(old, Bill.original < got(first)), and_(not_(old), Bill.original != got(first)))
    yield from tell(
        session,
        select(Bill.number, Bill.original, got(first), entered)
        .outerjoin(first, first.c.of == Bill.id)
        .outerjoin(opened, opened.c.of == Bill.id)
        .outerjoin(replaced, replaced.c.of == Bill.id)
        .where(Bill.status.not_in(NOT_YET_RECEIVABLE), ~never, or_(got(first) != entered, wrong)),
        "bill-original",
        "Original amount {1:.2f}, its first transaction {2:.2f}, its first entry {3:.2f}.",
        "bill {0}",
    )
    # The charge of a bill of a list stands against opening balances, of every other one against what was billed.
    billed = _billed(Act.BILL_ACTIVE, Act.BILL_REPLACED, Act.BILL_VOIDED)
    yield from tell(
        session,
        select(Bill.number, billed.c.account)
        .join(billed, billed.c.of == Bill.id)
        .where(
            billed.c.account.in_((Account.BILLED, Account.OPENING)),
            (Bill.kind == BILLS_CSV) != (billed.c.account == Account.OPENING),
        )
        .distinct(),
        "bill-opened",
        "Its {1.value} is not the account of bills of its kind.",
        "bill {0}",
    )


def _billed(*acts: Act) -> Subquery:
    """The entries that billed something of each bill: how much, and the account at the other side."""
    owed, earned = aliased(JournalLine), aliased(JournalLine)
    return (
        select(
            owed.bill_id.label("of"),
            type_coerce(owed.debit - owed.credit, Money()).label("amount"),
            earned.account,
        )
        .select_from(JournalEntry)
        .join(owed, and_(owed.entry_id == JournalEntry.id, owed.account == Account.RECEIVABLE))
        .join(earned, and_(earned.entry_id == JournalEntry.id, earned.account != Account.RECEIVABLE))
        .where(JournalEntry.act.in_(acts))
        .subquery()
    )


def transactions(session: Session) -> Iterator[Finding]:
    """Each transaction is of a kind that there is: it moves its bill that way and names such a cause.

    A payment is IN FULL exactly when nothing was owed after it.
    """
    kind, amount = BillTransaction.type, BillTransaction.amount
    sound = or_(*(and_(kind == type, _moves(known.sign), _names(of)) for (type, of), known in KINDS.items()))
    place = "bill {0} transaction {1}"
    yield from tell(
        session,
        select(Bill.number, BillTransaction.id, kind, amount)
        .join(Bill, Bill.id == BillTransaction.bill_id)
        .where(~sound),
        "transaction-kind",
        "No {2.value} of {3:.2f} is made so, with the receipt and scratch pad that it names.",
        place,
    )
    left = func.sum(amount, type_=Money()).over(
        partition_by=BillTransaction.bill_id, order_by=BillTransaction.id
    )
    each = select(BillTransaction.id, BillTransaction.bill_id, kind, left.label("owed")).subquery()
    in_full = each.c.type == TransactionType.PAYMENT_IN_FULL
    yield from tell(
        session,
        select(Bill.number, each.c.id, each.c.type, each.c.owed)
        .join(Bill, Bill.id == each.c.bill_id)
        .where(each.c.type.in_(PAYMENTS), in_full != (each.c.owed == ZERO)),
        "transaction-kind",
        "It is {2.value}, but {3:.2f} was owed after it.",
        place,
    )


def _moves(sign: int | None) -> ColumnElement[bool]:
    """Whether a transaction goes the way of a kind of this sign."""
    amount = BillTransaction.amount
    if sign is None:
        return amount != ZERO
    return amount > ZERO if sign > 0 else amount < ZERO if sign < 0 else amount == ZERO


def _names(of: Of) -> ColumnElement[bool]:
    """Whether a transaction names such a cause and no other."""
    receipt, line = BillTransaction.receipt_id.is_not(None), BillTransaction.receipt_line.is_not(None)
    pad, no_pad = and_(*(part.is_not(None) for part in SOURCE)), and_(*(part.is_(None) for part in SOURCE))
    return {
        Of.HAND: and_(~receipt, ~line, no_pad),
        Of.RECEIPT: and_(receipt, ~line, no_pad),
        Of.LINE: and_(receipt, line, no_pad),
        Of.PAD: and_(receipt, ~line, pad),
    }[of]
