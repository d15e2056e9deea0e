"""The books: every movement of money is one balanced entry (DESIGN 2.4)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bulk import insert_all
from models.journal import JournalEntry, JournalLine
from models.words.books import Account, JournalAct
from models.words.money import ZERO
from services.errors import Refused
from services.office.actor import Actor
from services.office.clock import now

#: Postings written by one statement.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry: the account, its sub-account, and a debit or a credit."""

    account: Account
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    bill_id: int | None = None
    eft_id: int | None = None
    receipt_id: int | None = None
    receipt_line: int | None = None


def debit(
    account: Account,
    amount: Decimal,
    *,
    bill_id: int | None = None,
    eft_id: int | None = None,
    receipt_id: int | None = None,
    receipt_line: int | None = None,
) -> Posting:
    """A debit of an account and its sub-account."""
    return Posting(account, amount, ZERO, bill_id, eft_id, receipt_id, receipt_line)


def credit(
    account: Account,
    amount: Decimal,
    *,
    bill_id: int | None = None,
    eft_id: int | None = None,
    receipt_id: int | None = None,
    receipt_line: int | None = None,
) -> Posting:
    """A credit of an account and its sub-account."""
    return Posting(account, ZERO, amount, bill_id, eft_id, receipt_id, receipt_line)


def enter(
    session: Session,
    actor: Actor,
    act: JournalAct,
    date: datetime.date,
    postings: Iterable[Posting],
    *,
    receipt_id: int | None = None,
    cause: str = "",
    memo: str = "",
    reverses_id: int | None = None,
) -> int:
    """Writes one entry and gives its number; an entry that does not balance is a defect and stops the act.

    The postings may be very many: they are written some hundreds at a time, and judged at their end.
    """
    entry = JournalEntry(
        date=date,
        act=act,
        receipt_id=receipt_id,
        reverses_id=reverses_id,
        cause=cause,
        memo=memo,
        user_id=actor.user_id,
        recorded_at=now(session),
    )
    session.add(entry)
    session.flush()
    debits, credits, number = ZERO, ZERO, 0
    lines = (posting for posting in postings if posting.debit or posting.credit)
    while some := list(islice(lines, _AT_ONCE)):
        rows = [_row(entry.id, number, line) for number, line in enumerate(some, start=number + 1)]
        insert_all(session, JournalLine, rows)
        number += len(some)
        debits += sum((line.debit for line in some), ZERO)
        credits += sum((line.credit for line in some), ZERO)
    if debits != credits or not number:
        raise AssertionError(f"journal entry {act.value} does not balance: {debits} and {credits}")
    return entry.id


def _row(entry_id: int, number: int, line: Posting) -> dict[str, object]:
    return {
        "entry_id": entry_id,
        "number": number,
        "account": line.account,
        "bill_id": line.bill_id,
        "eft_id": line.eft_id,
        "receipt_id": line.receipt_id,
        "receipt_line": line.receipt_line,
        "debit": line.debit,
        "credit": line.credit,
    }


def reverse(session: Session, actor: Actor, entry_id: int, date: datetime.date, memo: str) -> int:
    """Takes an entry back by its mirror image; refuses to reverse one twice."""
    if session.scalars(select(JournalEntry.id).where(JournalEntry.reverses_id == entry_id)).first():
        raise Refused(f"JOURNAL ENTRY {entry_id} HAS BEEN REVERSED ALREADY")
    original = session.get_one(JournalEntry, entry_id)
    lines = session.scalars(
        select(JournalLine).where(JournalLine.entry_id == entry_id).order_by(JournalLine.number)
    )
    mirrored = [
        Posting(
            line.account,
            line.credit,
            line.debit,
            line.bill_id,
            line.eft_id,
            line.receipt_id,
            line.receipt_line,
        )
        for line in lines
    ]
    return enter(
        session,
        actor,
        JournalAct.REVERSAL,
        date,
        mirrored,
        receipt_id=original.receipt_id,
        cause=original.cause,
        memo=memo,
        reverses_id=entry_id,
    )
