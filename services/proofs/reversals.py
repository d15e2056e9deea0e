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
from services.proofs.rows import tell

_CODE = "eft-reversal"


def reversals(session: Session) -> Iterator[Finding]:
    """What undoes an EFT is of its company, amount and trace, was told of once, and nothing was posted after it."""
    yield from _unfitting(session)
    yield from _prove_told(session)
    posted = select(Receipt.number, EftReversal.eft_id).join(
        EftReversal, EftReversal.eft_id == Receipt.eft_id
    )
    posted = posted.where(
        EftReversal.stands_at.is_(None),
        Receipt.status == ReceiptStatus.CLOSED,
        Receipt.reversed_at.is_(None),
        Receipt.processed_at > EftReversal.found_at,
    )
    text = "It was processed after EFT {1} was found to be taken back by the bank."
    yield from tell(session, posted, _CODE, text, "receipt {0}")


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
    others = select(EftReversal.eft_id, EftReversal.message_id, EftReversal.record)
    others = others.join(Eft, Eft.id == EftReversal.eft_id).where(~fits)
    yield from tell(session, others, _CODE, "Message {1} record {2} does not take it back.", "EFT {0}")
    several = select(EftReversal.eft_id, func.count()).group_by(EftReversal.eft_id).having(func.count() > 1)
    several = several.where(EftReversal.eft_id.is_not(None), EftReversal.stands_at.is_(None))
    yield from tell(session, several, _CODE, "It is taken back {1} times.", "EFT {0}")


def _prove_told(session: Session) -> Iterator[Finding]:
    """Each was found by an import that says so in the audit trail, and each such event has its reversal."""
    told = (
        select(AuditEvent.object.label("object"), func.count().label("count"))
        .where(AuditEvent.act == Act.EFT_TAKEN_BACK)
        .group_by(AuditEvent.object)
        .subquery()
    )
    eft = (literal("EFT ") + cast(EftReversal.eft_id, String)).label("object")
    kept = (
        select(eft, func.count().label("count"))
        .where(EftReversal.eft_id.is_not(None))
        .group_by(EftReversal.eft_id)
        .subquery()
    )
    said, found = func.coalesce(told.c.count, 0), func.coalesce(kept.c.count, 0)
    query = select(func.coalesce(told.c.object, kept.c.object), said, found)
    query = query.join(kept, kept.c.object == told.c.object, full=True).where(said != found)
    text = "The audit trail says {1} times that the bank took it back, the store {2} times."
    yield from tell(session, query, _CODE, text, "{0}")
