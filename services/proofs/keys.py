"""The proof of the keys by which no act that moves money is done twice (DESIGN 2.2)."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import String, and_, case, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.efts import Eft, EftDeposit
from models.journal import JournalEntry
from models.money_acts import MoneyAct
from models.receipts import Receipt
from models.words.acts import Act
from models.words.receipts import ReceiptStatus
from services.findings import Finding
from services.proofs.rows import tell

#: The acts of which each writes one entry each time, by the act of that entry.
_ONE_ENTRY: Final = {
    Act.ADJUSTED: Act.ADJUSTED,
    Act.RE_ESTABLISHED: Act.RE_ESTABLISHED,
    Act.CHARGE_ENTERED: Act.CHARGED,
    Act.SUSPENSE_CLEARED: Act.SUSPENSE_CLEARED,
}

_PROCESSING = (Act.RECEIPT_PROCESSED, Act.MOVED_TO_SUSPENSE)


def keys(session: Session) -> Iterator[Finding]:
    """Each act that moved money has its key in the store, and each key its act."""
    # One that was closed because the bank took back its EFT was never processed.
    closed = and_(
        Receipt.status == ReceiptStatus.CLOSED,
        or_(Receipt.reversed_at.is_(None), Receipt.processed_at.is_not(None)),
    )
    of_receipt = and_(MoneyAct.key == Receipt.process_key, MoneyAct.act.in_(_PROCESSING))
    query = select(Receipt.number, closed).outerjoin(MoneyAct, of_receipt)
    yield from tell(
        session,
        query.where(~Receipt.for_deposit, closed != MoneyAct.key.is_not(None)),
        "act-key",
        lambda _, is_closed: (
            "It is processed, but has no key of that." if is_closed else "It is open, but its key is used."
        ),
        "receipt {0}",
    )
    strays = (
        select(MoneyAct.reference, MoneyAct.act)
        .outerjoin(EftDeposit, EftDeposit.record_key == MoneyAct.key)
        .outerjoin(Receipt, Receipt.process_key == MoneyAct.key)
        .where(
            or_(
                and_(MoneyAct.act == Act.DEPOSIT_RECORDED, EftDeposit.id.is_(None)),
                and_(MoneyAct.act.in_(_PROCESSING), Receipt.id.is_(None)),
            )
        )
    )
    text = "The key of the act '{1}' is no longer that of what was done by it."
    yield from tell(session, strays, "act-key", text, "{0}")
    returned = (
        select(MoneyAct.reference, func.count().label("count"))
        .where(MoneyAct.act == Act.EFT_RETURNED)
        .group_by(MoneyAct.reference)
        .subquery()
    )
    count = func.coalesce(returned.c.count, 0)
    efts = select(Eft.id, Eft.returned, count).outerjoin(
        returned, returned.c.reference == cast(Eft.id, String)
    )
    yield from tell(
        session,
        efts.where(count != case((Eft.returned, 1), else_=0)),
        "act-key",
        lambda _, is_returned, count: (
            f"It is {'' if is_returned else 'not '}returned, but its return has {count} keys."
        ),
        "EFT {0}",
    )
    yield from _entries(session)


def _entries(session: Session) -> Iterator[Finding]:
    """As many entries of an act as keys; a payment of an open receipt is linked without an entry."""
    made, entered = _count(session, MoneyAct.act), _count(session, JournalEntry.act)
    for entry, act in _ONE_ENTRY.items():
        if made.get(act, 0) != entered.get(entry, 0):
            yield _uneven(entry, entered.get(entry, 0), made.get(act, 0))
    linked = Act.PAYMENT_LINKED
    if made.get(linked, 0) < entered.get(linked, 0):
        yield _uneven(linked, entered[linked], made.get(linked, 0))


def _count(session: Session, act: InstrumentedAttribute[Any]) -> dict[str, int]:
    return dict(session.execute(select(act, func.count()).group_by(act)).all())


def _uneven(entry: Act, entries: int, keys: int) -> Finding:
    return Finding("act-key", f"{entries} such entries were made under {keys} keys.", f"act '{entry}'")
