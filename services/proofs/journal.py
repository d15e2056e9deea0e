"""The proofs of the journal: each entry balances, and moves only the accounts of its act (DESIGN 2.4)."""

from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.bills import Bill, BillTransaction
from models.journal import JournalEntry, JournalLine
from models.money import money_sum
from models.words.acts import Act
from models.words.bills import BILLS_CSV
from models.words.books import Account
from models.words.movements import NO_SIDES, SIDES
from services.findings import Finding


def entries(session: Session) -> Iterator[Finding]:
    """Each entry balances."""
    rows = session.execute(
        select(JournalLine.entry_id, money_sum(JournalLine.debit), money_sum(JournalLine.credit))
        .group_by(JournalLine.entry_id)
        .having(func.sum(JournalLine.debit) != func.sum(JournalLine.credit))
    )
    for entry_id, debit, credit in rows:
        yield Finding(
            "entry-balance",
            f"Debits {debit:.2f} and credits {credit:.2f} differ.",
            f"journal entry {entry_id}",
        )


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
            yield Finding(
                "entry-account",
                f"The act '{act.value}' does not {side} account {account.value}, which it does here.{more}",
                f"journal entry {first}",
            )
    yield from _reversals(session)
    yield from _opened(session)
    yield from _contractual(session)


def _reversals(session: Session) -> Iterator[Finding]:
    """Each line of a reversal mirrors that of its original, and only a reversal has one."""
    line, mirrored = aliased(JournalLine), aliased(JournalLine)
    is_reversal = JournalEntry.act == Act.REVERSAL
    found = session.scalars(
        select(JournalEntry.id)
        .outerjoin(line, and_(line.entry_id == JournalEntry.id, is_reversal))
        .outerjoin(
            mirrored,
            and_(
                mirrored.entry_id == JournalEntry.reverses_id,
                mirrored.number == line.number,
                mirrored.account == line.account,
                mirrored.debit == line.credit,
                mirrored.credit == line.debit,
            ),
        )
        .where(
            or_(
                and_(is_reversal, mirrored.entry_id.is_(None)),
                and_(~is_reversal, JournalEntry.reverses_id.is_not(None)),
            )
        )
        .order_by(JournalEntry.id)
        .distinct()
    )
    for entry_id in found:
        yield Finding(
            "entry-reversal",
            "It is not its original with debits and credits exchanged.",
            f"journal entry {entry_id}",
        )


def _opened(session: Session) -> Iterator[Finding]:
    """A bill of a list was opened against opening balances, every other one against what was billed."""
    owed, earned = aliased(JournalLine), aliased(JournalLine)
    rows = session.execute(
        select(Bill.number, earned.account)
        .select_from(JournalEntry)
        .join(owed, and_(owed.entry_id == JournalEntry.id, owed.account == Account.RECEIVABLE))
        .join(earned, and_(earned.entry_id == JournalEntry.id, earned.account != Account.RECEIVABLE))
        .join(Bill, Bill.id == owed.bill_id)
        .where(
            JournalEntry.act == Act.BILL_ACTIVE,
            earned.account.in_((Account.BILLED, Account.OPENING)),
            (Bill.kind == BILLS_CSV) != (earned.account == Account.OPENING),
        )
        .order_by(Bill.number)
    )
    for number, account in rows:
        yield Finding(
            "bill-opened", f"Its {account.value} is not the account of bills of its kind.", f"bill {number}"
        )


def _contractual(session: Session) -> Iterator[Finding]:
    """Account 4100 is the contractual adjustments of the bills."""
    booked = session.scalars(
        select(money_sum(JournalLine.debit - JournalLine.credit)).where(
            JournalLine.account == Account.CONTRACTUAL
        )
    ).one()
    adjusted = session.scalars(
        select(money_sum(-BillTransaction.amount)).where(BillTransaction.contractual)
    ).one()
    if booked != adjusted:
        yield Finding(
            "contractual",
            f"It holds {booked:.2f}, but the contractual adjustments of the bills are {adjusted:.2f}.",
            f"account {Account.CONTRACTUAL.value}",
        )
