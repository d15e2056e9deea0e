"""The proofs of the receipts: lines, books, payments on the bills, and what is said of them (DESIGN 2.4)."""

from collections.abc import Iterator

from sqlalchemy import String, Subquery, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.efts import Eft, EftDeposit
from models.eras import Era
from models.finance import FIRST, FinanceDocument
from models.journal import JournalEntry, JournalLine
from models.money import money_sum
from models.receipts import Receipt, ReceiptLine
from models.scratchpads import LineAdjustment
from models.words.acts import Act
from models.words.bills import TransactionType
from models.words.books import Account
from models.words.money import ZERO
from models.words.movements import PAYMENTS
from models.words.receipts import PaymentType, ReceiptStatus
from models.words.remittances import PostStatus
from models.words.scratchpad import PENDING
from services.findings import Finding
from services.proofs.rows import got, sums, tell, tell_each

#: One that was closed because its EFT will not come was never processed.
_CLOSED = and_(Receipt.status == ReceiptStatus.CLOSED, Receipt.processed_at.is_not(None))


def receipts(session: Session) -> Iterator[Finding]:
    """Each posted receipt is its lines, its ERA or EFT, its entry, and its finance document where it needs one."""
    lines = sums(ReceiptLine.amount, ReceiptLine.receipt_id)
    processed = sums(ReceiptLine.processed, ReceiptLine.receipt_id)
    entered, document = _entered(), FinanceDocument.amount
    due = func.coalesce(EftDeposit.total, Eft.amount, Era.total, got(lines))
    expected = case((Receipt.reversed_at.is_(None), got(lines)), else_=0)
    # Finance is told of a deposit of EFTs, of an EFT moved to bills, of a check with a deposit ticket.
    told = or_(Receipt.for_deposit, Receipt.eft_id.is_not(None), Receipt.deposit_ticket_id.is_not(None))
    yield from tell_each(
        session,
        select(Receipt.number, got(lines), due, expected, got(processed), got(entered), document)
        .outerjoin(lines, lines.c.of == Receipt.id)
        .outerjoin(processed, processed.c.of == Receipt.id)
        .outerjoin(entered, entered.c.of == Receipt.id)
        .outerjoin(FinanceDocument, and_(FinanceDocument.receipt_id == Receipt.id, FIRST))
        .outerjoin(Era, Era.id == Receipt.era_id)
        .outerjoin(Eft, Eft.id == Receipt.eft_id)
        .outerjoin(EftDeposit, EftDeposit.receipt_id == Receipt.id)
        .where(_CLOSED),
        [
            (got(lines) != due, "receipt-total", "Its lines are {1:.2f}, its ERA, EFT or deposit {2:.2f}."),
            (got(processed) != expected, "receipt-processed", "{4:.2f} of {3:.2f} is processed."),
            (got(entered) != expected, "receipt-books", "{5:.2f} of {3:.2f} is in the books."),
            (
                or_(document != got(lines), and_(document.is_(None), got(lines) != ZERO, told)),
                "receipt-document",
                lambda *row: f"Its lines are {row[1]:.2f}, its finance document is {row[6] or 'missing'}.",
            ),
        ],
        "receipt {0}",
    )
    still_open = select(Receipt.number).join(ReceiptLine).where(~_CLOSED, ReceiptLine.processed != ZERO)
    text = "It is open, but a line of it is processed."
    yield from tell(session, still_open, "receipt-open", text, "receipt {0}")


def _entered() -> Subquery:
    """What the books say came in by each receipt: debits of 1010 and 2110 less their reversals."""
    coming = (Act.RECEIPT_PROCESSED, Act.MOVED_TO_SUSPENSE, Act.EFT_RECORDED, Act.REVERSAL)
    out_of_eft = and_(JournalLine.account == Account.UNAPPLIED, JournalEntry.act != Act.EFT_RECORDED)
    return (
        select(
            JournalEntry.receipt_id.label("of"),
            money_sum(JournalLine.debit - JournalLine.credit).label("amount"),
        )
        .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .where(JournalEntry.act.in_(coming), or_(JournalLine.account == Account.CASH, out_of_eft))
        .group_by(JournalEntry.receipt_id)
        .subquery()
    )


def kinds(session: Session) -> Iterator[Finding]:
    """What a receipt is called is what its money is; what is said of it and of its payments fits them."""
    cancelled = select(Receipt.number, ReceiptLine.number).join(Receipt)
    cancelled = cancelled.where(
        ReceiptLine.cancelled, or_(ReceiptLine.amount != ZERO, ReceiptLine.processed != ZERO)
    )
    text = "It is cancelled, but has an amount."
    yield from tell(session, cancelled, "receipt-cancelled", text, "receipt {0} line {1}")
    # Who processed a receipt and when is said of each that is CLOSED, and of no other. Only one whose EFT was
    # taken back may be closed without having been processed.
    signed, closed = Receipt.processed_at.is_not(None), Receipt.status == ReceiptStatus.CLOSED
    back = Receipt.reversed_at.is_not(None)
    unsigned = select(Receipt.number, Receipt.status)
    unsigned = unsigned.where(
        or_(
            and_(signed, ~closed),
            and_(closed, ~signed, ~back),
            and_(back, ~closed),
            Receipt.processed_by.is_not(None) != signed,
        )
    )
    text = "It is {1.value}, but who processed it and when does not agree with that."
    yield from tell(session, unsigned, "receipt-stamp", text, "receipt {0}")
    # Money of a check is a CHECK/MO PAYMENT, all other money EDI LOCKBOX.
    by_check = and_(Receipt.eft_id.is_(None), func.coalesce(Era.check_number, "") != "")
    other = select(Receipt.number, Receipt.payment_type).outerjoin(Era, Era.id == Receipt.era_id)
    other = other.where(by_check != (Receipt.payment_type == PaymentType.CHECK))
    yield from tell(session, other, "receipt-type", "Its money is not that of a {1.value}.", "receipt {0}")


def payments(session: Session) -> Iterator[Finding]:
    """Each line of a posted receipt is the payment on its bill, and each payment of a receipt has its line."""
    of = (BillTransaction.receipt_id, BillTransaction.receipt_line, BillTransaction.bill_id)
    paid = (
        select(*of, money_sum(-BillTransaction.amount).label("amount"))
        .where(BillTransaction.receipt_line.is_not(None), BillTransaction.type.in_(PAYMENTS))
        .group_by(*of)
        .subquery()
    )
    account = func.coalesce(ReceiptLine.linked_bill_id, ReceiptLine.bill_id)
    of_line = and_(
        paid.c.receipt_id == ReceiptLine.receipt_id,
        paid.c.receipt_line == ReceiptLine.number,
        paid.c.bill_id == account,
    )
    yield from tell(
        session,
        select(Receipt.number, ReceiptLine.number, ReceiptLine.amount, Bill.number, got(paid))
        .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
        .join(Bill, Bill.id == account)
        .outerjoin(paid, of_line)
        .where(_CLOSED, ReceiptLine.amount != got(paid)),
        "receipt-payment",
        "It is {2:.2f}, but {4:.2f} was paid by it on bill {3}.",
        "receipt {0} line {1}",
    )
    yield from tell(
        session,
        select(Bill.number, paid.c.receipt_id, paid.c.receipt_line, paid.c.amount)
        .select_from(paid)
        .join(Bill, Bill.id == paid.c.bill_id)
        .outerjoin(ReceiptLine, of_line)
        .where(ReceiptLine.number.is_(None)),
        "receipt-payment",
        "{3:.2f} was paid on it by line {2} of receipt {1}, which says otherwise.",
        "bill {0}",
    )


def prove_taken_back(session: Session) -> Iterator[Finding]:
    """Whatever a receipt that was taken back did to a bill is taken back on that bill, each kind by its sum."""
    called = cast(BillTransaction.type, String) + " of receipt " + Receipt.number + " taken back"
    done = (
        select(
            BillTransaction.bill_id,
            called.label("comment"),
            money_sum(BillTransaction.amount).label("amount"),
        )
        .join(Receipt, Receipt.id == BillTransaction.receipt_id)
        .where(Receipt.reversed_at.is_not(None))
        .group_by(BillTransaction.bill_id, called)
        .subquery()
    )
    back = (
        select(
            BillTransaction.bill_id,
            BillTransaction.comment,
            money_sum(-BillTransaction.amount).label("amount"),
        )
        .where(BillTransaction.type == TransactionType.PAYMENT_REVERSED)
        .group_by(BillTransaction.bill_id, BillTransaction.comment)
        .subquery()
    )
    same = and_(done.c.bill_id == back.c.bill_id, done.c.comment == back.c.comment)
    query = select(Bill.number, got(done), got(back)).select_from(done).join(back, same, full=True)
    query = query.join(Bill, Bill.id == func.coalesce(done.c.bill_id, back.c.bill_id))
    text = "{1:.2f} of a receipt that was taken back is on it, and {2:.2f} is taken back."
    yield from tell(session, query.where(got(done) != got(back)), "receipt-taken-back", text, "bill {0}")


def posted_eras(session: Session) -> Iterator[Finding]:
    """An ERA is POSTED exactly when its receipt is processed, and then nothing is left to be decreased."""
    done = func.coalesce(and_(_CLOSED, Receipt.reversed_at.is_(None)), False)
    query = select(Era.id, Era.post_status, Receipt.status).outerjoin(Receipt, Receipt.era_id == Era.id)
    yield from tell(
        session,
        query.where((Era.post_status == PostStatus.POSTED) != done),
        "era-posted",
        lambda _, posted, status: (
            f"The ERA is {posted.value}, its receipt {status.value if status else 'missing'}."
        ),
        "ERA {0}",
    )
    left = (
        select(LineAdjustment.era_id, func.count())
        .join(Receipt, Receipt.era_id == LineAdjustment.era_id)
        .where(
            _CLOSED,
            LineAdjustment.action.in_(PENDING),
            LineAdjustment.completed.is_(False),
        )
        .group_by(LineAdjustment.era_id)
    )
    yield from tell(session, left, "decrease-left", "{1} pending decreases were not made.", "ERA {0}")
