"""The proofs of deposits, and of the keys by which no act that moves money is done twice (DESIGN 2.2, 2.4)."""

from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import ColumnElement, String, Subquery, and_, case, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.efts import Eft, EftDeposit
from models.journal import JournalEntry, MoneyAct
from models.money import money_sum
from models.receipts import Receipt
from models.words.acts import Act
from models.words.money import ZERO
from models.words.receipts import ReceiptStatus
from services.clean import clean
from services.findings import Finding

#: The words of `services.office.once` for an act that writes one entry each time, by the act of its entry.
_ONE_ENTRY: Final = {
    "adjustment": Act.ADJUSTED,
    "bill re-established": Act.RE_ESTABLISHED,
    "charge": Act.CHARGE_ENTERED,
    "suspense cleared": Act.SUSPENSE_CLEARED,
}


def deposits(session: Session) -> Iterator[Finding]:
    """Each deposit is the sum of its EFTs."""
    rows = session.execute(
        select(EftDeposit.number, EftDeposit.total, money_sum(Eft.amount))
        .outerjoin(Eft, Eft.deposit_id == EftDeposit.id)
        .group_by(EftDeposit.id, EftDeposit.number, EftDeposit.total)
        .having(EftDeposit.total != func.coalesce(func.sum(Eft.amount), 0))
    )
    for number, total, efts in rows:
        yield Finding("deposit-total", f"Its total is {total:.2f}, its EFTs {efts:.2f}.", f"deposit {number}")


def recordings(session: Session) -> Iterator[Finding]:
    """A deposit with a key or receipt is recorded whole, with its date, amount and EFTs; another one not at all."""
    efts = (
        select(
            Eft.deposit_id,
            func.count().label("count"),
            func.sum(case((Eft.recorded.is_(True), 1), else_=0)).label("recorded"),
        )
        .group_by(Eft.deposit_id)
        .subquery()
    )
    done = MoneyAct.key.is_not(None)
    posted = EftDeposit.posted.is_not(None)
    count, recorded = func.coalesce(efts.c.count, 0), func.coalesce(efts.c.recorded, 0)
    rows = session.execute(
        select(EftDeposit.number, done, posted, EftDeposit.posted_amount, recorded, count, Receipt.number)
        .outerjoin(MoneyAct, _key_of(EftDeposit.record_key, "deposit recorded"))
        .outerjoin(efts, efts.c.deposit_id == EftDeposit.id)
        .outerjoin(Receipt, and_(Receipt.id == EftDeposit.receipt_id, Receipt.for_deposit.is_(True)))
        .where(
            or_(
                done != posted,
                EftDeposit.posted_amount != case((posted, EftDeposit.total), else_=0),
                recorded != case((posted, count), else_=0),
                Receipt.id.is_not(None) != and_(posted, EftDeposit.total != ZERO),
                and_(Receipt.id.is_(None), EftDeposit.receipt_id.is_not(None)),
            )
        )
        .order_by(EftDeposit.id)
    )
    for number, with_key, with_date, amount, some, all_of_them, receipt in rows:
        yield Finding(
            "deposit-recorded",
            f"It has {'a' if with_key else 'no'} key and {'a' if with_date else 'no'} date of recording, "
            f"{amount:.2f} recorded, {some} of {all_of_them} EFTs, and {receipt or 'no'} receipt.",
            f"deposit {number}",
        )
    strays = session.scalars(
        select(Receipt.number)
        .outerjoin(EftDeposit, EftDeposit.receipt_id == Receipt.id)
        .where(Receipt.for_deposit.is_(True), EftDeposit.id.is_(None))
        .order_by(Receipt.id)
    )
    for receipt in strays:
        yield Finding("deposit-recorded", "No deposit names it as its receipt.", f"receipt {receipt}")


def keys(session: Session) -> Iterator[Finding]:
    """Each act that moved money has its key in the store, and each key its act."""
    yield from _processing(session)
    returned = _counted("EFT returned")
    rows = session.execute(
        select(Eft.id, Eft.returned, func.coalesce(returned.c.count, 0))
        .outerjoin(returned, returned.c.reference == cast(Eft.id, String))
        .where(func.coalesce(returned.c.count, 0) != case((Eft.returned.is_(True), 1), else_=0))
        .order_by(Eft.id)
    )
    for eft_id, is_returned, count in rows:
        yield Finding(
            "act-key",
            f"It is {'' if is_returned else 'not '}returned, but its return has {count} keys.",
            f"EFT {eft_id}",
        )
    made = _counts(session.execute(select(MoneyAct.act, func.count()).group_by(MoneyAct.act)).all())
    entered = _counts(
        session.execute(select(JournalEntry.act, func.count()).group_by(JournalEntry.act)).all()
    )
    for act, entry in _ONE_ENTRY.items():
        if made.get(act, 0) != entered.get(entry, 0):
            yield Finding(
                "act-key",
                f"{entered.get(entry, 0)} such entries were made under {made.get(act, 0)} keys.",
                f"act '{entry.value}'",
            )
    # A payment of an open receipt is linked without an entry.
    linked, posted = made.get("payment linked", 0), entered.get(Act.PAYMENT_LINKED, 0)
    if linked < posted:
        yield Finding(
            "act-key",
            f"{posted} such entries were made under {linked} keys.",
            f"act '{Act.PAYMENT_LINKED.value}'",
        )


def _counts(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(rows)


def _processing(session: Session) -> Iterator[Finding]:
    closed = Receipt.status == ReceiptStatus.CLOSED
    rows = session.execute(
        select(Receipt.number, closed)
        .outerjoin(MoneyAct, _key_of(Receipt.process_key, "receipt processed", "ERA moved to suspense"))
        .where(Receipt.for_deposit.is_(False), closed != MoneyAct.key.is_not(None))
        .order_by(Receipt.id)
    )
    for number, is_closed in rows:
        told = "It is processed, but has no key of that." if is_closed else "It is open, but its key is used."
        yield Finding("act-key", told, f"receipt {number}")
    strays = session.execute(
        select(MoneyAct.act, MoneyAct.reference)
        .outerjoin(EftDeposit, EftDeposit.record_key == MoneyAct.key)
        .outerjoin(Receipt, Receipt.process_key == MoneyAct.key)
        .where(
            or_(
                and_(MoneyAct.act == "deposit recorded", EftDeposit.id.is_(None)),
                and_(MoneyAct.act.in_(("receipt processed", "ERA moved to suspense")), Receipt.id.is_(None)),
            )
        )
        .order_by(MoneyAct.done_at, MoneyAct.key)
    )
    for act, reference in strays:
        yield Finding(
            "act-key",
            f"The key of the act '{act}' is no longer that of what was done by it.",
            clean(reference, 40),
        )


def _key_of(key: InstrumentedAttribute[str], *acts: str) -> ColumnElement[bool]:
    return and_(MoneyAct.key == key, MoneyAct.act.in_(acts))


def _counted(act: str) -> Subquery:
    return (
        select(MoneyAct.reference, func.count().label("count"))
        .where(MoneyAct.act == act)
        .group_by(MoneyAct.reference)
        .subquery()
    )
