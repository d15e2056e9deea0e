"""The bank takes an EFT back: which one a debit, reversal or return undoes, and who is told (DESIGN 2.11).

Nothing is posted here. The EFT shows it, its receipt is refused, and a holder of PRCAY PAYMENT SUP takes
back what was posted (`services.receipts.returned`).
"""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from models.dialects import days_later
from models.efts import Eft, EftReversal
from models.receipts import Receipt
from models.words.acts import Act
from models.words.mail import MailGroup
from models.words.receipts import ReceiptStatus
from models.words.remittances import ReversalKind
from services.office.acts import tell_also
from services.office.bulletins import send_all
from services.office.stamp import Stamp

SUBJECT = "EDI LBOX EFT TAKEN BACK BY THE BANK"

#: How many days lie at most between an EFT and what takes it back by its ACH trace alone: banks number anew.
LONGEST = 60

#: How many days the bank may date the EFT after what takes it back: it was sent before it was to be paid.
_AHEAD = 10

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An EFT and what took it back, as the clerk is told; `receipt` is that of its ERA."""

    eft: int
    trace: str
    payer: str
    amount: Decimal
    kind: ReversalKind
    date: datetime.date
    message: int
    record: int
    era: int | None
    receipt: str | None
    processed: bool

    def __str__(self) -> str:
        named = f"trace {self.trace}" if self.trace else "without trace"
        told = (
            f"EFT {self.eft} of {self.payer} ({named}, {self.amount:.2f}) was taken back by the bank: "
            f"{self.kind.value} of {self.date:%m/%d/%Y}, message {self.message} record {self.record}."
        )
        if self.receipt is None:
            return f"{told} It has no receipt; none of it will be processed."
        if not self.processed:
            return f"{told} Its receipt {self.receipt} is not processed, and will be refused."
        return (
            f"{told} Its receipt {self.receipt} IS PROCESSED: a holder of PRCAY PAYMENT SUP takes it back "
            f"(lockbox eft return {self.eft})."
        )


def taken_back(eft: Any) -> ColumnElement[bool]:
    """Whether the bank took an EFT back and nobody has said that it stands all the same."""
    return exists().where(EftReversal.eft_id == eft.id, EftReversal.stands_at.is_(None))


def find_undone(session: Session, by: Stamp) -> list[TakenBack]:
    """Finds the EFTs that waiting debits, reversals and returns undo, and tells of each by audit and bulletin.

    The pair has the same company and amount, and the same TRN; without one the same ACH trace, and no more
    than `LONGEST` days between them. Of several EFTs of one TRN the ACH trace decides; where that does not
    either, nothing is guessed: it waits as an exception, and a person has to look.
    """
    pairs = dict(_pairs(session))
    ordered = sorted(pairs)
    found: list[TakenBack] = []
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        # Whoever processes a receipt holds its EFT meanwhile: either the receipt is told of, or it is refused.
        session.execute(
            select(Eft.id).where(Eft.id.in_(some)).order_by(Eft.id).with_for_update(key_share=True)
        ).all()
        session.connection().execute(
            update(EftReversal.__table__)  # type: ignore[arg-type]  # many rows, each by its own number
            .where(EftReversal.__table__.c.id == bindparam("reversal"))
            .values(eft_id=bindparam("eft"), found_at=by.at),
            [{"reversal": pairs[eft_id], "eft": eft_id} for eft_id in some],
        )
        found += _list_told(session, some)
    for each in found:
        tell_also(session, by, Act.EFT_TAKEN_BACK, f"EFT {each.eft}", detail=_detail(each))
    if found:
        send_all(session, SUBJECT, MailGroup.PAYMENTS, [str(each) for each in found])
    session.expire_all()
    return found


def _detail(each: TakenBack) -> str:
    return f"{each.amount:.2f} {each.kind.value} message {each.message} record {each.record}"


def _pairs(session: Session) -> Iterator[tuple[int, int]]:
    """EFTs with the reversal of each, where one EFT alone fits; of several reversals the first has it."""
    used: set[int] = set()
    for reversal_id, efts in sorted(fitting(session).items()):
        own = [eft_id for eft_id, same in efts.items() if same]
        one = own if len(efts) > 1 else list(efts)
        if len(one) == 1 and not used.intersection(one):
            used.update(one)
            yield one[0], reversal_id


def fitting(session: Session) -> dict[int, dict[int, bool]]:
    """The EFTs that each waiting debit, reversal or return may take back, and whether they have its ACH trace.

    Those that something else has taken back are none. What no EFT fits is left out.
    """
    waiting = and_(EftReversal.eft_id.is_(None), EftReversal.stands_at.is_(None))
    other = aliased(EftReversal)
    free = ~exists().where(other.eft_id == Eft.id, other.stands_at.is_(None))
    alike = and_(Eft.company_id == EftReversal.company_id, Eft.amount == EftReversal.amount, free, waiting)
    by_trn = and_(
        EftReversal.trace != "",
        Eft.trace_key == EftReversal.trace_key,
        or_(Eft.payer_id == EftReversal.payer_id, EftReversal.payer_id == EftReversal.company_id),
    )
    near = Eft.date_paid.between(days_later(EftReversal.date, -LONGEST), days_later(EftReversal.date, _AHEAD))
    by_return = and_(
        EftReversal.kind == ReversalKind.RETURN, Eft.ach_trace == EftReversal.original_trace, near
    )
    by_number = and_(
        EftReversal.kind != ReversalKind.RETURN,
        EftReversal.trace == "",
        Eft.ach_trace == EftReversal.ach_trace,
        near,
    )
    own = Eft.ach_trace == func.coalesce(func.nullif(EftReversal.original_trace, ""), EftReversal.ach_trace)
    found: dict[int, dict[int, bool]] = {}
    for fits in (by_trn, by_return, by_number):
        rows = session.execute(select(EftReversal.id, Eft.id, own).join(Eft, and_(alike, fits)))
        for reversal_id, eft_id, same in rows:
            found.setdefault(reversal_id, {})[eft_id] = same
    return found


def why_waiting(reversal: EftReversal, efts: Collection[int]) -> str:
    """What a waiting entry of the bank is, and why no EFT is taken back by it; `efts` are those that fit."""
    named = f"trace {reversal.trace}" if reversal.trace else f"ACH trace {reversal.ach_trace}"
    told = f"{reversal.kind.value} of {reversal.amount:.2f} by {reversal.company_name} ({named}): "
    if not efts:
        return f"{told}no EFT is found that it takes back; it waits for one"
    return (
        f"{told}{', '.join(f'EFT {eft}' for eft in sorted(efts))} fit, and nothing tells which it takes back"
        if len(efts) > 1
        else f"{told}EFT {next(iter(efts))} fits, but something else takes that back as well"
    )


def _list_told(session: Session, efts: Sequence[int]) -> list[TakenBack]:
    rows = session.execute(
        select(
            *(Eft.id, Eft.trace, Eft.payer_name, Eft.amount, EftReversal.kind, EftReversal.date),
            *(EftReversal.message_id, EftReversal.record, Eft.era_id, Receipt.number, Receipt.status),
            Receipt.reversed_at,
        )
        .join(EftReversal, EftReversal.eft_id == Eft.id)
        .outerjoin(Receipt, Receipt.eft_id == Eft.id)
        .where(Eft.id.in_(efts), EftReversal.stands_at.is_(None))
        .order_by(Eft.id)
    )
    return [
        TakenBack(*row[:10], processed=row.status is ReceiptStatus.CLOSED and row.reversed_at is None)
        for row in rows
    ]
