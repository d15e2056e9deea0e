"""What is held or could not be placed, as it is listed and shown: sets, lines of ERAs, whole files (behaviour 1.2).

An exception is named by one word: `12` is a set that is held whole, `11.4` the fourth EEOB of ERA 11, `F3` a
file without sets, such as a bank's, that is held whole, and `B7` an entry of a bank's file that takes back an
EFT which is not found.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from models.efts import EftReversal
from models.eras import Eeob, Era
from models.messages import DataException, Message, StoredFinding, TransactionSet, TransmissionException
from models.store import Store
from models.words.intake import DataCategory, Outcome, TransmissionCategory
from models.words.money import two_decimals
from services.clean import clean
from services.errors import Refused
from services.findings import Finding
from services.intake.exception_text import Place, raw_segments
from services.intake.formats.x12 import X12
from services.intake.known_formats import KNOWN
from services.office.clock import zone
from services.remittances.reversals import fitting, why_waiting

#: Segments of one exception that are shown; a held set may have millions.
MOST_SEGMENTS = 10_000

#: Findings that say why a file without sets is held.
_WHY_HELD = ("held", "beyond-bounds")

_NUMBER = "[0-9]{1,18}"


class ExceptionKind(StrEnum):
    """What is in exception: a set, a line of an ERA, a file without sets, or an entry of a bank's file."""

    TRANSMISSION = "transmission"
    DATA = "data"
    FILE = "file"
    BANK = "bank"


class ExceptionState(StrEnum):
    """Whether an exception still waits for somebody."""

    OPEN = "open"
    RESOLVED = "resolved"


class FileCategory(StrEnum):
    """Why a file without sets is in exception."""

    HELD = "FILE HELD WHOLE"


class BankCategory(StrEnum):
    """Why an entry of a bank's file is in exception."""

    WAITS = "NO EFT THAT IT TAKES BACK"


@dataclass(frozen=True, slots=True)
class ExceptionSelection:
    """Which exceptions are listed; dates are those of receipt at the site and include both ends.

    `payer` is how the payer's name begins, in any case, or its whole number.
    """

    kind: ExceptionKind | None = None
    state: ExceptionState | None = ExceptionState.OPEN
    received_from: datetime.date | None = None
    received_to: datetime.date | None = None
    payer: str = ""


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One exception of a list.

    `date` and `total` are those of the payment or, of a line, what it pays; a total is text, since a set may be
    held because nobody can read it. `message` is the number of the file that brought it, `where` its place there.
    """

    number: str
    kind: ExceptionKind
    category: TransmissionCategory | DataCategory | FileCategory | BankCategory
    text: str
    payer: str | None
    payer_id: str | None
    trace: str | None
    date: datetime.date | None
    total: str | None
    bills: tuple[str, ...]
    era: int | None
    received: datetime.datetime
    state: ExceptionState
    resolved_at: datetime.datetime | None
    message: int
    file: str
    where: str


@dataclass(frozen=True, slots=True)
class ExceptionView(ExceptionRow):
    """One exception with what was found and the raw segments it is about, as they came.

    `left_out` is how many segments it has beyond those shown here.
    """

    findings: tuple[Finding, ...]
    segments: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ExceptionCounts:
    """How many exceptions of each kind wait for somebody."""

    transmission: int
    data: int
    file: int
    bank: int

    @property
    def total(self) -> int:
        """How many there are together."""
        return self.transmission + self.data + self.file + self.bank


def exception_counts(session: Session) -> ExceptionCounts:
    """How many exceptions are open."""

    def count(query: Select[Any]) -> int:
        return session.scalars(select(func.count()).select_from(query.subquery())).one()

    return ExceptionCounts(
        transmission=count(
            select(TransmissionException.id).where(TransmissionException.resolved_at.is_(None))
        ),
        data=count(select(DataException.era_id).where(DataException.resolved.is_(False))),
        file=count(select(Message.id).where(_held_whole())),
        bank=count(select(EftReversal.id).where(_waits())),
    )


def exception_list(
    session: Session, selection: ExceptionSelection = ExceptionSelection()
) -> list[ExceptionRow]:
    """The exceptions of a selection in the order in which they came."""
    kinds = {
        ExceptionKind.TRANSMISSION: _list_held_sets,
        ExceptionKind.DATA: _lines,
        ExceptionKind.FILE: _list_held_files,
        ExceptionKind.BANK: _bank_entries,
    }
    asked = kinds if selection.kind is None else (selection.kind,)
    home = zone(session)

    def wanted(row: ExceptionRow) -> bool:
        day = row.received.astimezone(home).date()
        payer = selection.payer.strip().upper()
        return (
            selection.state in (None, row.state)
            and (selection.received_from is None or day >= selection.received_from)
            and (selection.received_to is None or day <= selection.received_to)
            and ((row.payer or "").upper().startswith(payer) or payer == (row.payer_id or "").upper())
        )

    found = [row for kind in asked for row in kinds[kind](session, None) if wanted(row)]
    return sorted(found, key=lambda row: row.received)


def exception_show(store: Store, number: str) -> ExceptionView:
    """One exception by its number, with its segments; raises `Refused` when there is none of this number."""
    with store.reading() as session:
        row = _one(session, number.strip().upper())
        set_id, place = _place(session, row)
        findings = _findings(session, row.message, set_id)
    segments = raw_segments(store, place)
    shown = tuple(islice(segments, MOST_SEGMENTS))
    left_out = sum(1 for _ in segments)
    if place.segment:
        of_claim = range(place.segment, place.segment + len(shown) + left_out)
        findings = tuple(finding for finding in findings if _segment(finding) in of_claim)
    if place.record:
        findings = tuple(finding for finding in findings if finding.where == f"record {place.record}")
    said = {field.name: getattr(row, field.name) for field in fields(row)}
    return ExceptionView(**said, findings=findings, segments=shown, left_out=left_out)


def _one(session: Session, number: str) -> ExceptionRow:
    """The exception that is so called."""
    found: Iterator[ExceptionRow] = iter(())
    if re.fullmatch(_NUMBER, number):
        found = _list_held_sets(session, TransmissionException.id == int(number))
    elif re.fullmatch(f"F{_NUMBER}", number):
        found = _list_held_files(session, Message.id == int(number[1:]))
    elif re.fullmatch(f"B{_NUMBER}", number):
        found = _bank_entries(session, EftReversal.id == int(number[1:]))
    elif named := re.fullmatch(rf"({_NUMBER})\.({_NUMBER})", number):
        era, sequence = int(named[1]), int(named[2])
        found = _lines(session, (DataException.era_id == era) & (DataException.sequence == sequence))
    row = next(found, None)
    if row is None:
        raise Refused(f"THERE IS NO EXCEPTION {clean(number, 40)}")
    return row


def _place(session: Session, row: ExceptionRow) -> tuple[int | None, Place]:
    """The set of an exception, and where it stands in its file."""
    if row.kind is ExceptionKind.FILE:
        return None, Place(row.message)
    if row.kind is ExceptionKind.BANK:
        return None, Place(row.message, record=session.get_one(EftReversal, int(row.number[1:])).record)
    if row.kind is ExceptionKind.TRANSMISSION:
        of_set = session.get_one(TransmissionException, int(row.number)).transaction_set_id
        return of_set, Place(row.message, session.get_one(TransactionSet, of_set).ordinal)
    era, _, sequence = row.number.partition(".")
    of_set = session.get_one(Era, int(era)).transaction_set_id
    ordinal = session.get_one(TransactionSet, of_set).ordinal
    return of_set, Place(row.message, ordinal, session.get_one(Eeob, (int(era), int(sequence))).segment)


def _segment(finding: Finding) -> int:
    """The segment that a finding is about; 0 when it names none."""
    named = re.match(r"segment ([0-9]+) ", finding.where)
    return 0 if named is None else int(named[1])


def _findings(session: Session, message: int, set_id: int | None) -> tuple[Finding, ...]:
    of_set = (
        StoredFinding.transaction_set_id.is_(None)
        if set_id is None
        else StoredFinding.transaction_set_id == set_id
    )
    rows = session.scalars(
        select(StoredFinding).where(StoredFinding.message_id == message, of_set).order_by(StoredFinding.id)
    )
    return tuple(Finding(row.code, row.text, row.where) for row in rows)


def _list_held_sets(session: Session, where: ColumnElement[bool] | None) -> Iterator[ExceptionRow]:
    """The sets that are held whole."""
    query = (
        select(TransmissionException, TransactionSet, Message.file_name, Era.id)
        .join(TransactionSet, TransactionSet.id == TransmissionException.transaction_set_id)
        .join(Message, Message.id == TransactionSet.message_id)
        .outerjoin(Era, Era.transaction_set_id == TransactionSet.id)
        .order_by(TransmissionException.id)
    )
    for held, of_set, file, era in session.execute(query if where is None else query.where(where)):
        yield ExceptionRow(
            number=str(held.id),
            kind=ExceptionKind.TRANSMISSION,
            category=held.category,
            text=held.text,
            payer=held.payer_name or None,
            payer_id=held.payer_id or None,
            trace=held.trace or None,
            date=held.date,
            total=held.total or None,
            # VistA marks those that are not on file by an asterisk.
            bills=tuple(bill.lstrip("*") for bill in held.bills.split(",")) if held.bills else (),
            era=era,
            received=held.received_at,
            state=_state(held.resolved_at is not None),
            resolved_at=held.resolved_at,
            message=of_set.message_id,
            file=file,
            where=f"set {of_set.ordinal} (control {of_set.control or 'none'}, byte {of_set.offset})",
        )


def _lines(session: Session, where: ColumnElement[bool] | None) -> Iterator[ExceptionRow]:
    """The lines of ERAs that are in exception."""
    query = (
        select(DataException, Eeob, Era, TransactionSet, Message.file_name)
        .join(Eeob, (Eeob.era_id == DataException.era_id) & (Eeob.sequence == DataException.sequence))
        .join(Era, Era.id == DataException.era_id)
        .join(TransactionSet, TransactionSet.id == Era.transaction_set_id)
        .join(Message, Message.id == TransactionSet.message_id)
        .order_by(DataException.era_id, DataException.sequence)
    )
    rows = session.execute(query if where is None else query.where(where))
    for line, eeob, era, of_set, file in rows:
        yield ExceptionRow(
            number=f"{line.era_id}.{line.sequence}",
            kind=ExceptionKind.DATA,
            category=line.category,
            text=line.text,
            payer=era.payer_name or None,
            payer_id=era.payer_id or None,
            trace=era.trace or None,
            date=era.date,
            total=two_decimals(eeob.paid),
            bills=(line.claim,) if line.claim else (),
            era=era.id,
            received=era.received_at,
            state=_state(line.resolved),
            resolved_at=None,
            message=of_set.message_id,
            file=file,
            where=f"ERA {era.id}, EEOB {eeob.sequence} (segment {eeob.segment} of set {of_set.ordinal})",
        )


def _list_held_files(session: Session, where: ColumnElement[bool] | None) -> Iterator[ExceptionRow]:
    """The files without sets that are held whole; such a file stays one until another takes its place."""
    query = select(Message).where(_held_whole()).order_by(Message.id)
    for message in session.scalars(query if where is None else query.where(where)).all():
        yield ExceptionRow(
            number=f"F{message.id}",
            kind=ExceptionKind.FILE,
            category=FileCategory.HELD,
            text=_why_held(session, message.id),
            payer=None,
            payer_id=None,
            trace=None,
            date=None,
            total=None,
            bills=(),
            era=None,
            received=message.received_at,
            state=ExceptionState.OPEN,
            resolved_at=None,
            message=message.id,
            file=message.file_name,
            where="",
        )


def _bank_entries(session: Session, where: ColumnElement[bool] | None) -> Iterator[ExceptionRow]:
    """The entries of bank files that take an EFT back: those that have found none are open."""
    query = (
        select(EftReversal, Message)
        .join(Message, Message.id == EftReversal.message_id)
        .order_by(EftReversal.id)
    )
    fits = fitting(session)
    for entry, message in session.execute(query if where is None else query.where(where)).all():
        settled = entry.found_at or entry.stands_at
        if entry.eft_id is not None:
            text = f"{entry.kind.value} of {entry.amount:.2f}: it takes back EFT {entry.eft_id}"
        else:
            text = why_waiting(entry, fits.get(entry.id, {}))
        yield ExceptionRow(
            number=f"B{entry.id}",
            kind=ExceptionKind.BANK,
            category=BankCategory.WAITS,
            text=f"{text}; stands: {entry.stands_reason}" if entry.stands_at else text,
            payer=entry.company_name or None,
            payer_id=entry.payer_id or None,
            trace=entry.trace or None,
            date=entry.date,
            total=two_decimals(entry.amount),
            bills=(),
            era=None,
            received=message.received_at,
            state=_state(settled is not None),
            resolved_at=settled,
            message=message.id,
            file=message.file_name,
            where=f"record {entry.record}",
        )


def _waits() -> ColumnElement[bool]:
    """What of the bank's entries has found no EFT yet, and nobody has said that it never will."""
    return EftReversal.eft_id.is_(None) & EftReversal.stands_at.is_(None)


def _held_whole() -> ColumnElement[bool]:
    """What of the files is held whole: those that have no sets in which they could be held."""
    kinds = [known.kind for known in KNOWN.files if known is not X12]
    return (Message.outcome == Outcome.EXCEPTION) & Message.kind.in_(kinds)


def _why_held(session: Session, message: int) -> str:
    """What is wrong with a file, in its own words; the first thing found where nothing says that it is held."""
    findings = _findings(session, message, None)
    held = [finding.text for finding in findings if finding.code in _WHY_HELD]
    return next(iter([*held, *(finding.text for finding in findings)]), "")


def _state(resolved: bool) -> ExceptionState:
    return ExceptionState.RESOLVED if resolved else ExceptionState.OPEN
