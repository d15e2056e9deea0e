"""What is told of an EFT that the bank took back: by which entry of its files, who recorded it, and why."""

import datetime
import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.efts import EftReversal
from models.words.acts import Act
from models.words.remittances import ReversalKind
from services.office.clock import zone

_EFT = re.compile(r"EFT ([0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class ReversalView:
    """What took an EFT back: a reversal, debit or return of the bank, its date, and the message and record it came in.

    `stands` is why it stands all the same, when somebody has said so.
    """

    kind: ReversalKind
    date: datetime.date
    message: int
    record: int
    stands: str | None

    def __str__(self) -> str:
        told = (
            f"Taken back by the bank: {self.kind.value} of {self.date:%m/%d/%Y}, message {self.message} "
            f"record {self.record}."
        )
        return told if self.stands is None else f"{told} It stands all the same: {self.stands}"


@dataclass(frozen=True, slots=True)
class Recorded:
    """Who recorded that an EFT was taken back, on which day at the site, and why."""

    user: str
    date: datetime.date
    reason: str


def reversals(session: Session, eft_id: int | None = None) -> dict[int, ReversalView]:
    """What took back each EFT that was, or this one, the last word on it; there are few."""
    query = select(EftReversal).where(EftReversal.eft_id.is_not(None)).order_by(EftReversal.id)
    if eft_id is not None:
        query = query.where(EftReversal.eft_id == eft_id)
    return {
        row.eft_id: ReversalView(row.kind, row.date, row.message_id, row.record, row.stands_reason or None)
        for row in session.scalars(query)
        if row.eft_id is not None
    }


def find_recorded(session: Session, eft_id: int | None = None) -> dict[int, Recorded]:
    """Who recorded that an EFT was taken back, of each that was, or of this one."""
    query = select(AuditEvent.object, AuditEvent.user, AuditEvent.at, AuditEvent.reason).where(
        AuditEvent.act == Act.EFT_RETURNED
    )
    if eft_id is not None:
        query = query.where(AuditEvent.object == f"EFT {eft_id}")
    in_zone = zone(session)
    return {
        int(found[1]): Recorded(user, at.astimezone(in_zone).date(), reason)
        for what, user, at, reason in session.execute(query)
        if (found := _EFT.match(what))
    }


def say_return(reversal: ReversalView | None, record: Recorded | None) -> str:
    """How the bank took an EFT back, in one or two sentences; empty when it did not."""
    if record is None:
        return "" if reversal is None else str(reversal)
    by = f"ecorded by {record.user} on {record.date:%m/%d/%Y}: {record.reason.strip()}"
    return f"Taken back by the bank, as r{by}" if reversal is None else f"{reversal} R{by}"


def say_return_of(session: Session, eft_id: int) -> str:
    """How the bank took this EFT back, and which EFT it is; empty when it did not."""
    said = say_return(reversals(session, eft_id).get(eft_id), find_recorded(session, eft_id).get(eft_id))
    return said and f"EFT {eft_id}: {said}"
