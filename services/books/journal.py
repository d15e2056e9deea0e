"""The books: every movement of money is one balanced entry, between the accounts of its act (DESIGN 2.4)."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bulk import insert_all, next_ids
from models.journal import JournalEntry, JournalLine
from models.words.acts import Act
from models.words.books import Account
from models.words.money import ZERO
from models.words.movements import NO_SIDES, SIDES
from services.errors import Refused
from services.office.stamp import Stamp

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
    by: Stamp,
    act: Act,
    postings: Iterable[Posting],
    *,
    date: datetime.date | None = None,
    receipt_id: int | None = None,
    cause: str = "",
    memo: str = "",
    reverses_id: int | None = None,
) -> int:
    """Writes one entry and gives its number; `date` is the business date of the act unless it is given.

    An entry that does not balance, or moves an account that its act does not, is a defect and stops the act.
    The postings may be very many: they are written some hundreds at a time, and judged at their end.
    """
    by.refuse_done()
    entry = JournalEntry(**_entry_row(by, act, date or by.date, receipt_id, cause, memo, reverses_id))
    session.add(entry)
    session.flush()
    debits, credits, number = ZERO, ZERO, 0
    lines = (posting for posting in postings if posting.debit or posting.credit)
    while some := list(islice(lines, _AT_ONCE)):
        rows = [_row(entry.id, number, line) for number, line in enumerate(some, start=number + 1)]
        insert_all(session, JournalLine, rows)
        number += len(some)
        if act is not Act.REVERSAL:
            _refuse_others(act, some)
        debits += sum((line.debit for line in some), ZERO)
        credits += sum((line.credit for line in some), ZERO)
    if debits != credits or not number:
        raise AssertionError(f"journal entry {act.value} does not balance: {debits} and {credits}")
    return entry.id


def enter_many(session: Session, by: Stamp, act: Act, pairs: Sequence[tuple[Posting, Posting]]) -> None:
    """Writes many entries of one act, each of a debit and a credit of the same amount, by a few statements."""
    by.refuse_done()
    for debited, credited in pairs:
        if debited.debit != credited.credit or not debited.debit or debited.credit or credited.debit:
            raise AssertionError(f"journal entry {act.value} does not balance: {debited} and {credited}")
        _refuse_others(act, (debited, credited))
    numbers = next_ids(session, JournalEntry, len(pairs))
    row = _entry_row(by, act, by.date, None, "", "", None)
    insert_all(session, JournalEntry, [{"id": entry_id, **row} for entry_id in numbers])
    insert_all(
        session,
        JournalLine,
        [
            _row(entry_id, number, line)
            for entry_id, pair in zip(numbers, pairs, strict=True)
            for number, line in enumerate(pair, start=1)
        ],
    )


def _refuse_others(act: Act, postings: Iterable[Posting]) -> None:
    """Stops an act that debits or credits an account which the table of sides does not give it."""
    sides = SIDES.get(act, NO_SIDES)
    for posting in postings:
        if posting.account not in (sides.debit if posting.debit else sides.credit):
            side = "debit" if posting.debit else "credit"
            raise AssertionError(f"the act {act.value} does not {side} account {posting.account.value}")


def _entry_row(
    by: Stamp,
    act: Act,
    date: datetime.date,
    receipt_id: int | None,
    cause: str,
    memo: str,
    reverses_id: int | None,
) -> dict[str, Any]:
    return {
        "date": date,
        "act": act,
        "receipt_id": receipt_id,
        "reverses_id": reverses_id,
        "cause": cause,
        "memo": memo,
        "user_id": by.user_id,
        "recorded_at": by.at,
    }


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


def reverse(session: Session, by: Stamp, entry_id: int, memo: str) -> int:
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
        by,
        Act.REVERSAL,
        mirrored,
        receipt_id=original.receipt_id,
        cause=original.cause,
        memo=memo,
        reverses_id=entry_id,
    )
