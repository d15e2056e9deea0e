"""`lockbox check`: proves the books and names what is off (DESIGN 2.4)."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import and_, case, exists, func, not_, or_, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session, aliased

from models.bills import Bill, BillTransaction
from models.efts import Eft
from models.eras import Era
from models.journal import JournalEntry, JournalLine
from models.money import Money, money_sum
from models.receipts import Receipt, ReceiptLine
from models.scratchpads import LineAdjustment
from models.words.acts import Act
from models.words.bills import BILLS_CSV, BillStatus, TransactionType
from models.words.books import Account
from models.words.money import ZERO
from models.words.receipts import ReceiptStatus
from models.words.remittances import PostStatus
from models.words.scratchpad import BackgroundAction
from services.bills.receivables import NOT_YET_RECEIVABLE, PAYABLE
from services.findings import Finding
from services.office import audit
from services.proofs import matching as matching_proofs
from services.proofs.bills import decreases, transactions
from services.proofs.deposits import deposits, keys, recordings
from services.proofs.files import raw_texts
from services.proofs.journal import accounts, entries
from services.proofs.pairs import pairs
from services.proofs.receipts import documents, kinds, payments, receipts
from services.proofs.remittances import eeobs, era_totals
from services.proofs.scratchpads import pads
from services.proofs.series import series, written
from services.proofs.store import store_findings

Proof = Callable[[Session], Iterable[Finding]]


def check_books(session: Session) -> list[Finding]:
    """Everything that is off in the store, as findings; an empty list is the proof.

    The store itself is proven first. What of the books cannot be read then is told as not proven, and the
    other proofs go on.
    """
    found = list(store_findings(session))
    for of, proof in _proofs():
        found += _proven(session, of, proof, bool(found))
    return found


def _proofs() -> tuple[tuple[str, Proof], ...]:
    """The proofs of the books and what each is of."""
    return (
        ("The journal entries", entries),
        ("The accounts of the journal entries", accounts),
        ("The balances of the bills", _bills),
        ("The statuses of the bills", _statuses),
        ("The original amounts of the bills", _originals),
        ("The receipts", receipts),
        ("The kinds of the receipts", kinds),
        ("The payments on the bills", payments),
        ("The transactions of the bills", transactions),
        ("The decreases of the bills", decreases),
        ("The finance documents", documents),
        ("The documents written to the accounting journal", written),
        ("The number series of the site", series),
        ("Account 2110", _unapplied),
        ("Account 2120", _suspense),
        ("The EFT deposits", deposits),
        ("The recording of the EFT deposits", recordings),
        ("The keys of the acts that moved money", keys),
        ("The matching of the EFTs", matching_proofs.efts),
        ("The matching of the ERAs", matching_proofs.eras),
        ("The receipts of the matched EFTs", matching_proofs.receipts),
        ("The ERAs that are posted", _posted_eras),
        ("The totals of the ERAs", era_totals),
        ("The EEOBs", eeobs),
        ("The scratch pads", pads),
        ("The raw text of the files", raw_texts),
        ("The audit trail", audit.chain_findings),
    )


def _proven(session: Session, of: str, proof: Proof, spoilt: bool) -> list[Finding]:
    """What one proof finds, until it meets what cannot be read in a store that is known to be spoilt."""
    found: list[Finding] = []
    try:
        # Without it PostgreSQL would refuse all further reading after a statement that failed.
        with session.begin_nested():
            found.extend(proof(session))
    except (SQLAlchemyError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        if not spoilt or (isinstance(error, DBAPIError) and error.connection_invalidated):
            raise
        session.expunge_all()
        found.append(Finding("not-proven", f"{of} could not be proven because of what is named above."))
    return found


def _bills(session: Session) -> Iterator[Finding]:
    """Each bill's balance is the sum of its transactions and of its account 1200."""
    transactions = (
        select(BillTransaction.bill_id, money_sum(BillTransaction.amount).label("amount"))
        .group_by(BillTransaction.bill_id)
        .subquery()
    )
    booked = (
        select(
            JournalLine.bill_id,
            (func.sum(JournalLine.debit) - func.sum(JournalLine.credit)).label("amount"),
        )
        .where(JournalLine.account == Account.RECEIVABLE)
        .group_by(JournalLine.bill_id)
        .subquery()
    )
    by_transactions = func.coalesce(transactions.c.amount, 0, type_=Money())
    by_books = func.coalesce(booked.c.amount, 0, type_=Money())
    rows = session.execute(
        select(Bill.number, Bill.balance, by_transactions, by_books)
        .outerjoin(transactions, transactions.c.bill_id == Bill.id)
        .outerjoin(booked, booked.c.bill_id == Bill.id)
        .where((Bill.balance != by_transactions) | (Bill.balance != by_books))
        .order_by(Bill.number)
    )
    for number, balance, by_transaction, by_book in rows:
        yield Finding(
            "bill-balance",
            f"Balance {balance:.2f}, transactions {by_transaction:.2f}, account 1200 {by_book:.2f}.",
            f"bill {number}",
        )


def _statuses(session: Session) -> Iterator[Finding]:
    """Nothing is owed on a bill that is COLLECTED/CLOSED or not yet a receivable, but something on one to be paid.

    Whatever takes the last cent closes the bill; only one that was never owed anything is ACTIVE at 0.00.
    """
    rows = session.execute(
        select(Bill.number, Bill.status, Bill.balance)
        .where(
            or_(
                and_(Bill.status.in_([BillStatus.COLLECTED_CLOSED, *NOT_YET_RECEIVABLE]), Bill.balance != 0),
                and_(
                    Bill.status.in_(PAYABLE),
                    Bill.balance == 0,
                    exists().where(BillTransaction.bill_id == Bill.id, BillTransaction.amount != 0),
                ),
            )
        )
        .order_by(Bill.number)
    )
    for number, status, balance in rows:
        yield Finding("bill-status", f"It is {status.value}, but {balance:.2f} is owed.", f"bill {number}")


def _originals(session: Session) -> Iterator[Finding]:
    """Each receivable's original amount is its ORIGINAL AMOUNT transaction and what the books opened it with.

    A bill loaded with an old balance (against 3000) was opened with what was still owed of it.
    """
    first = (
        select(BillTransaction.bill_id, money_sum(BillTransaction.amount).label("amount"))
        .where(BillTransaction.type == TransactionType.ORIGINAL)
        .group_by(BillTransaction.bill_id)
        .subquery()
    )
    owed, earned = aliased(JournalLine), aliased(JournalLine)
    opened = (
        select(owed.bill_id, owed.debit.label("amount"), earned.account)
        .select_from(JournalEntry)
        .join(owed, and_(owed.entry_id == JournalEntry.id, owed.account == Account.RECEIVABLE))
        .join(earned, and_(earned.entry_id == JournalEntry.id, earned.account != Account.RECEIVABLE))
        .where(JournalEntry.act == Act.BILL_ACTIVE)
        .subquery()
    )
    by_transaction = func.coalesce(first.c.amount, 0, type_=Money())
    by_books = func.coalesce(opened.c.amount, 0, type_=Money())
    # A bill of nothing, or one of which nothing was owed any more, has no entry.
    old = case(
        (opened.c.account.is_(None), Bill.kind == BILLS_CSV), else_=opened.c.account == Account.OPENING
    )
    rows = session.execute(
        select(Bill.number, Bill.original, by_transaction, by_books)
        .outerjoin(first, first.c.bill_id == Bill.id)
        .outerjoin(opened, opened.c.bill_id == Bill.id)
        .where(
            Bill.status.not_in(NOT_YET_RECEIVABLE),
            or_(
                by_transaction != by_books,
                and_(old, Bill.original < by_transaction),
                and_(not_(old), Bill.original != by_transaction),
            ),
        )
        .order_by(Bill.number)
    )
    for number, original, transaction, entry in rows:
        yield Finding(
            "bill-original",
            f"Original amount {original:.2f}, its first transaction {transaction:.2f}, its first entry {entry:.2f}.",
            f"bill {number}",
        )


def _unapplied(session: Session) -> Iterator[Finding]:
    """2110 of each EFT is its amount while recorded and neither receipted nor returned."""
    booked = pairs(
        session,
        select(JournalLine.eft_id, money_sum(JournalLine.credit - JournalLine.debit))
        .where(JournalLine.account == Account.UNAPPLIED)
        .group_by(JournalLine.eft_id),
    )
    used = set(
        session.scalars(
            select(Receipt.eft_id).where(
                Receipt.eft_id.is_not(None),
                Receipt.status == ReceiptStatus.CLOSED,
                Receipt.reversed_at.is_(None),
            )
        )
    )
    for eft_id, amount, recorded, returned in session.execute(
        select(Eft.id, Eft.amount, Eft.recorded, Eft.returned)
    ):
        due = amount if recorded and not returned and eft_id not in used else ZERO
        if booked.pop(eft_id, ZERO) != due:
            yield Finding("unapplied", f"Account 2110 should hold {due:.2f} of it.", f"EFT {eft_id}")
    for unknown, held in booked.items():
        if held:
            yield Finding("unapplied", f"Account 2110 holds {held:.2f} of no known EFT.", f"EFT {unknown}")


def _suspense(session: Session) -> Iterator[Finding]:
    """2120 of each receipt line is its amount while processed without account, neither linked nor cleared."""
    booked = {
        (receipt_id, line): amount
        for receipt_id, line, amount in session.execute(
            select(
                JournalLine.receipt_id,
                JournalLine.receipt_line,
                money_sum(JournalLine.credit - JournalLine.debit),
            )
            .where(JournalLine.account == Account.SUSPENSE)
            .group_by(JournalLine.receipt_id, JournalLine.receipt_line)
        )
    }
    waiting = session.execute(
        select(ReceiptLine.receipt_id, ReceiptLine.number, ReceiptLine.processed)
        .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
        .where(
            ReceiptLine.bill_id.is_(None),
            ReceiptLine.linked_bill_id.is_(None),
            ReceiptLine.cleared_document == "",
            ReceiptLine.processed != ZERO,
            Receipt.for_deposit.is_(False),
        )
    )
    for receipt_id, line, amount in waiting:
        if booked.pop((receipt_id, line), ZERO) != amount:
            yield Finding(
                "suspense",
                f"Account 2120 should hold {amount:.2f} of it.",
                f"receipt {receipt_id} line {line}",
            )
    for (unknown, position), held in booked.items():
        if held:
            yield Finding("suspense", f"Account 2120 holds {held:.2f}.", f"receipt {unknown} line {position}")


def _posted_eras(session: Session) -> Iterator[Finding]:
    """An ERA is POSTED exactly when its receipt is processed, and then nothing is left to be decreased."""
    rows = session.execute(
        select(Era.id, Era.post_status, Receipt.status, Receipt.reversed_at)
        .outerjoin(Receipt, Receipt.era_id == Era.id)
        .where((Era.post_status == PostStatus.POSTED) | (Receipt.status == ReceiptStatus.CLOSED))
    )
    for era_id, posted, status, reversed_at in rows:
        done = status is ReceiptStatus.CLOSED and reversed_at is None
        if (posted is PostStatus.POSTED) != done:
            yield Finding(
                "era-posted",
                f"The ERA is {posted.value}, its receipt {status.value if status else 'missing'}.",
                f"ERA {era_id}",
            )
    left = session.execute(
        select(LineAdjustment.era_id, func.count())
        .join(Receipt, Receipt.era_id == LineAdjustment.era_id)
        .where(
            Receipt.status == ReceiptStatus.CLOSED,
            LineAdjustment.action == BackgroundAction.DECREASE,
            LineAdjustment.completed.is_(False),
        )
        .group_by(LineAdjustment.era_id)
    )
    for era_id, count in left:
        yield Finding("decrease-left", f"{count} pending decreases were not made.", f"ERA {era_id}")
