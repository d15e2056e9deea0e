"""The proofs of the journal: entries, the accounts of their acts, and where money waits: 2110 and 2120 (DESIGN 2.4)."""

from collections.abc import Iterator

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.bills import BillTransaction
from models.efts import Eft
from models.journal import JournalEntry, JournalLine
from models.money import money_sum
from models.receipts import Receipt, ReceiptLine
from models.words.acts import Act
from models.words.books import Account
from models.words.movements import NO_SIDES, SIDES
from models.words.receipts import ReceiptStatus
from services.findings import Finding
from services.proofs.rows import booked, got, tell


def entries(session: Session) -> Iterator[Finding]:
    """Each entry balances."""
    debits, credits = money_sum(JournalLine.debit), money_sum(JournalLine.credit)
    query = select(JournalLine.entry_id, debits, credits).group_by(JournalLine.entry_id)
    query = query.having(func.sum(JournalLine.debit) != func.sum(JournalLine.credit))
    text = "Debits {1:.2f} and credits {2:.2f} differ."
    return tell(session, query, "entry-balance", text, "journal entry {0}")


def accounts(session: Session) -> Iterator[Finding]:
    """Each act debits and credits only its own accounts, and a reversal is its original with the sides exchanged."""
    is_debit = JournalLine.debit != 0
    rows = session.execute(
        select(JournalEntry.act, is_debit, JournalLine.account, func.min(JournalEntry.id), func.count())
        .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .where(JournalEntry.act != Act.REVERSAL)
        .group_by(JournalEntry.act, is_debit, JournalLine.account)
        .order_by(func.min(JournalEntry.id), JournalLine.account)
    )
    for act, debited, account, first, count in rows:
        sides = SIDES.get(act, NO_SIDES)
        if account not in (sides.debit if debited else sides.credit):
            side = "debit" if debited else "credit"
            more = f" So do {count - 1} more lines." if count > 1 else ""
            text = f"The act '{act}' does not {side} account {account}, which it does here.{more}"
            yield Finding("entry-account", text, f"journal entry {first}")
    yield from _reversals(session)
    yield from _contractual(session)


def _reversals(session: Session) -> Iterator[Finding]:
    """Each line of a reversal mirrors that of its original, and only a reversal has one."""
    line, mirrored = aliased(JournalLine), aliased(JournalLine)
    is_reversal = JournalEntry.act == Act.REVERSAL
    mirrors = and_(
        mirrored.entry_id == JournalEntry.reverses_id,
        mirrored.number == line.number,
        mirrored.account == line.account,
        mirrored.debit == line.credit,
        mirrored.credit == line.debit,
    )
    unlike = and_(is_reversal, mirrored.entry_id.is_(None))
    query = (
        select(JournalEntry.id)
        .outerjoin(line, and_(line.entry_id == JournalEntry.id, is_reversal))
        .outerjoin(mirrored, mirrors)
        .where(or_(unlike, and_(~is_reversal, JournalEntry.reverses_id.is_not(None))))
        .distinct()
    )
    text = "It is not its original with debits and credits exchanged."
    return tell(session, query, "entry-reversal", text, "journal entry {0}")


def _contractual(session: Session) -> Iterator[Finding]:
    """Account 4100 is the contractual adjustments of the bills."""
    booked = select(money_sum(JournalLine.debit - JournalLine.credit))
    booked = booked.where(JournalLine.account == Account.CONTRACTUAL)
    adjusted = select(money_sum(-BillTransaction.amount)).where(BillTransaction.contractual)
    held, due = session.scalars(booked).one(), session.scalars(adjusted).one()
    if held != due:
        text = f"It holds {held:.2f}, but the contractual adjustments of the bills are {due:.2f}."
        yield Finding("contractual", text, f"account {Account.CONTRACTUAL}")


def prove_unapplied(session: Session) -> Iterator[Finding]:
    """2110 of each EFT is its amount while recorded and neither receipted nor returned."""
    held = booked(Account.UNAPPLIED, JournalLine.eft_id)
    used = exists().where(
        Receipt.eft_id == Eft.id, Receipt.status == ReceiptStatus.CLOSED, Receipt.reversed_at.is_(None)
    )
    due = case((and_(Eft.recorded, ~Eft.returned, ~used), Eft.amount), else_=0)
    query = select(Eft.id, due).outerjoin(held, held.c.of == Eft.id).where(-got(held) != due)
    yield from tell(session, query, "unapplied", "Account 2110 should hold {1:.2f} of it.", "EFT {0}")
    strays = select(held.c.of, -got(held)).outerjoin(Eft, Eft.id == held.c.of)
    strays = strays.where(Eft.id.is_(None), got(held) != 0)
    yield from tell(session, strays, "unapplied", "Account 2110 holds {1:.2f} of no known EFT.", "EFT {0}")


def suspense(session: Session) -> Iterator[Finding]:
    """2120 of each receipt line is its amount while processed without account, neither linked nor cleared."""
    line = (JournalLine.receipt_id, JournalLine.receipt_line)
    held = (
        select(*line, money_sum(JournalLine.credit - JournalLine.debit).label("amount"))
        .where(JournalLine.account == Account.SUSPENSE)
        .group_by(*line)
        .subquery()
    )
    same = and_(held.c.receipt_id == ReceiptLine.receipt_id, held.c.receipt_line == ReceiptLine.number)
    waits = and_(
        ReceiptLine.bill_id.is_(None),
        ReceiptLine.linked_bill_id.is_(None),
        ReceiptLine.cleared_document == "",
        ~Receipt.for_deposit,
    )
    due = case((waits, ReceiptLine.processed), else_=0)
    query = select(ReceiptLine.receipt_id, ReceiptLine.number, due).join(Receipt).outerjoin(held, same)
    place = "receipt {0} line {1}"
    yield from tell(
        session,
        query.where(got(held) != due),
        "suspense",
        "Account 2120 should hold {2:.2f} of it.",
        place,
    )
    strays = select(held.c.receipt_id, held.c.receipt_line, held.c.amount).outerjoin(ReceiptLine, same)
    strays = strays.where(ReceiptLine.number.is_(None), held.c.amount != 0)
    yield from tell(session, strays, "suspense", "Account 2120 holds {2:.2f}.", place)
