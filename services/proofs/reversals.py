"""The proof of what the bank took back: each pair fits, was told of, and stopped its receipt (DESIGN 2.11)."""

from collections.abc import Iterator

from sqlalchemy import String, and_, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.efts import Eft, EftReversal
from models.receipts import Receipt
from models.words.acts import Act
from models.words.receipts import ReceiptStatus
from models.words.remittances import ReversalKind
from services.findings import Finding


def reversals(session: Session) -> Iterator[Finding]:
    """What undoes an EFT is of its company, amount and trace, was told of once, and nothing was posted after it."""
    yield from _unfitting(session)
    yield from _untold(session)
    rows = session.execute(
        select(Receipt.number, EftReversal.eft_id)
        .join(EftReversal, EftReversal.eft_id == Receipt.eft_id)
        .where(
            EftReversal.stands_at.is_(None),
            Receipt.status == ReceiptStatus.CLOSED,
            Receipt.reversed_at.is_(None),
            Receipt.processed_at > EftReversal.found_at,
        )
        .order_by(Receipt.id)
    )
    for number, eft_id in rows:
        yield Finding(
            "eft-reversal",
            f"It was processed after EFT {eft_id} was found to be taken back by the bank.",
            f"receipt {number}",
        )


def _unfitting(session: Session) -> Iterator[Finding]:
    number = func.coalesce(func.nullif(EftReversal.original_trace, ""), EftReversal.ach_trace)
    fits = and_(
        Eft.company_id == EftReversal.company_id,
        Eft.amount == EftReversal.amount,
        or_(
            and_(EftReversal.trace != "", Eft.trace_key == EftReversal.trace_key),
            and_(EftReversal.trace == "", Eft.ach_trace == number),
            and_(EftReversal.kind == ReversalKind.RETURN, Eft.ach_trace == number),
        ),
        EftReversal.found_at.is_not(None),
    )
    rows = session.execute(
        select(EftReversal.eft_id, EftReversal.message_id, EftReversal.record)
        .join(Eft, Eft.id == EftReversal.eft_id)
        .where(~fits)
        .order_by(EftReversal.id)
    )
    for eft_id, message, record in rows:
        yield Finding(
            "eft-reversal", f"Message {message} record {record} does not take it back.", f"EFT {eft_id}"
        )
    several = session.execute(
        select(EftReversal.eft_id, func.count())
        .where(EftReversal.eft_id.is_not(None), EftReversal.stands_at.is_(None))
        .group_by(EftReversal.eft_id)
        .having(func.count() > 1)
        .order_by(EftReversal.eft_id)
    )
    for eft_id, count in several:
        yield Finding("eft-reversal", f"It is taken back {count} times.", f"EFT {eft_id}")


def _untold(session: Session) -> Iterator[Finding]:
    """Each was found by an import that says so in the audit trail, and each such event has its reversal."""
    told = (
        select(AuditEvent.object.label("object"), func.count().label("count"))
        .where(AuditEvent.act == Act.EFT_TAKEN_BACK)
        .group_by(AuditEvent.object)
        .subquery()
    )
    kept = (
        select(
            (literal("EFT ") + cast(EftReversal.eft_id, String)).label("object"), func.count().label("count")
        )
        .where(EftReversal.eft_id.is_not(None))
        .group_by(EftReversal.eft_id)
        .subquery()
    )
    rows = session.execute(
        select(func.coalesce(told.c.object, kept.c.object), told.c.count, kept.c.count)
        .join(kept, kept.c.object == told.c.object, full=True)
        .where(func.coalesce(told.c.count, 0) != func.coalesce(kept.c.count, 0))
        .order_by(func.coalesce(told.c.object, kept.c.object))
    )
    for eft, events, count in rows:
        yield Finding(
            "eft-reversal",
            f"The audit trail says {events or 0} times that the bank took it back, the store {count or 0} times.",
            eft,
        )
