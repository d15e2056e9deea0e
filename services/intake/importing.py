"""`lockbox import`: telling a file's kind by its content and filing what is in it (DESIGN 2.7, 5)."""

import hashlib
import io
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import models.tables  # noqa: F401 - tables name each other by foreign keys, so all of them have to be known
from models.dialects import Right, hold_right
from models.efts import Eft, EftDeposit
from models.eras import Era
from models.messages import Message, StoredFinding, TransactionSet
from models.store import Store
from models.words.intake import Outcome
from models.words.keys import SecurityKey
from models.words.money import LARGEST, BadAmount
from services.bank.ach import AchFile
from services.bank.bai2 import looks_like_bai2
from services.bank.nacha import looks_like_nacha, prove_nacha, read_nacha
from services.bills.bills_csv import NO_KNOWN_FILE, looks_like_bills_csv
from services.clean import clean
from services.counted import counted
from services.findings import Finding
from services.intake.beginning import EMPTY, beginning
from services.intake.copy import copied
from services.intake.few_collections import few_collections
from services.intake.filing_277ca import file_277ca
from services.intake.filing_835 import file_835
from services.intake.filing_837 import file_837
from services.intake.filing_csv import file_csv
from services.intake.filing_efts import file_efts
from services.intake.raw_text import RawText
from services.intake.report import FileReport, Gathered, outcome_of_all
from services.intake.sets import (
    FiledBefore,
    Held,
    SetReport,
    file_again,
    hold,
    in_place,
    note_lengths,
    store_findings,
)
from services.intake.unfileable import no_interchange, not_read, not_storable
from services.office import audit
from services.office.actor import Actor, require
from services.office.clock import now
from services.x12.envelope import TransactionSet as ReadSet
from services.x12.identify import x12_kind
from services.x12.segments import read_sets

Progress = Callable[[int, int], None]

_FILERS = frozenset({"835", "837P", "837I", "277CA"})


def import_file(store: Store, actor: Actor, path: Path, progress: Progress | None = None) -> FileReport:
    """Imports one file of any known kind; what is wrong with it is in the report, never an exception.

    `progress` is told bytes read and bytes in all.
    """
    require(actor, SecurityKey.CLERK)
    try:
        # A pipe or a device may never end.
        if stat.S_ISREG(path.stat().st_mode):
            with copied(path) as stream, few_collections():
                return import_stream(store, actor, path.name, stream, progress)
        said = "It is not a file."
    except OSError as error:
        said = f"The file cannot be read: {error.strerror or error}."
    unreadable = Finding("unreadable", said)
    return FileReport(clean(path.name), "unknown", "", Outcome.REJECTED, findings=(unreadable,))


def import_stream(
    store: Store, actor: Actor, name: str, stream: BinaryIO, progress: Progress | None = None
) -> FileReport:
    """Imports what a seekable stream holds."""
    digest, size = _digest(stream)
    head = beginning(stream)
    if not head:
        return FileReport(clean(name), "unknown", digest, Outcome.REJECTED, findings=(EMPTY,))
    if looks_like_nacha(head):
        return _import_ach(store, actor, name, digest, size, stream)
    if looks_like_bai2(head):
        return _recognised(name, digest, "BAI2")
    if looks_like_bills_csv(head):
        return _import_csv(store, actor, name, digest, size, stream)
    return _import_x12(store, actor, name, digest, size, stream, progress)


def filed_of(store: Store, path: Path) -> tuple[int, int]:
    """How many sets and how many EFTs of a file the store holds; raises `OSError` if the file cannot be read."""
    with path.open("rb") as stream:
        digest, _ = _digest(stream)
    with store.reading() as session:
        message = select(Message.id).where(Message.sha256 == digest).scalar_subquery()
        sets = select(func.count(TransactionSet.id)).where(
            TransactionSet.message_id == message,
            TransactionSet.outcome.in_((Outcome.FILED, Outcome.DUPLICATE)),
        )
        efts = select(func.count(Eft.id)).join(EftDeposit).where(EftDeposit.message_id == message)
        return session.scalars(sets).one(), session.scalars(efts).one()


def _digest(stream: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


_OF_CONTENT = select(Message).where(Message.sha256 == bindparam("sha256"))


def _message(session: Session, actor: Actor, name: str, digest: str, size: int, kind: str) -> Message:
    """The message of this content: a file that came before is the same message.

    From here to its commit nobody else files: what is looked up as new is new.
    """
    hold_right(session, Right.FILING)
    message = session.scalars(_OF_CONTENT, {"sha256": digest}).first()
    if message is None:
        message = Message(
            sha256=digest,
            file_name=clean(name, 120),
            kind=kind,
            size=size,
            outcome=Outcome.EXCEPTION,
            received_at=now(session),
            received_by=actor.user_id,
        )
        session.add(message)
        session.flush()
    return message


def _known(store: Store, digest: str) -> tuple[Outcome, str] | None:
    with store.reading() as session:
        row = session.execute(
            select(Message.outcome, Message.kind).where(Message.sha256 == digest)
        ).one_or_none()
        return None if row is None else (row[0], row[1])


def _import_x12(
    store: Store,
    actor: Actor,
    name: str,
    digest: str,
    size: int,
    stream: BinaryIO,
    progress: Progress | None,
) -> FileReport:
    raw = RawText(stream, progress, size)
    gathered = Gathered()
    kinds: dict[str, None] = {}
    message_id = 0
    offsets: list[int] = []
    for read in read_sets(raw, gathered.findings):
        offsets.append(read.offset)
        kind = x12_kind(read)
        kinds.setdefault(kind, None)
        message_id, report = _file_set(store, actor, name, digest, size, raw, read, kind)
        gathered.add(report)
    if not gathered.sets:
        findings = (NO_KNOWN_FILE, *gathered.findings)
        return FileReport(clean(name), "unknown", digest, Outcome.REJECTED, findings=findings)
    kind = next((known for known in kinds if known in _FILERS), next(iter(kinds)))
    gathered.outcome = outcome_of_all(report.outcome for report in gathered.sets)
    with store.writing() as session:
        raw.flush(session, message_id)
        note_lengths(session, message_id, [*offsets, size])
        _end(session, actor, message_id, gathered)
    return gathered.report(name, kind, digest)


def _file_set(
    store: Store,
    actor: Actor,
    name: str,
    digest: str,
    size: int,
    raw: RawText,
    read: ReadSet,
    kind: str,
) -> tuple[int, SetReport]:
    """Files one set in a transaction of its own, or holds it whole in another."""
    raw.settle()
    try:
        with store.writing() as session:
            message = _message(session, actor, name, digest, size, kind)
            done = _done_before(session, message, read)
            if done is not None:
                return message.id, done
            report = _file(session, actor, message, read, kind)
            raw.flush(session, message.id)
            return message.id, report
    except FiledBefore as before:
        raw.undo()
        with store.writing() as session:
            message = _message(session, actor, name, digest, size, kind)
            raw.flush(session, message.id)
            return message.id, file_again(session, message, read, kind, before)
    except (Held, IntegrityError, BadAmount) as error:
        held = error if isinstance(error, Held) else not_storable(digest, read)
        raw.undo()
        with store.writing() as session:
            message = _message(session, actor, name, digest, size, kind)
            raw.flush(session, message.id)
            return message.id, hold(session, message, read, kind, held)


def _done_before(session: Session, message: Message, read: ReadSet) -> SetReport | None:
    """The answer for a set of this same file that is filed already: duplicate."""
    row = in_place(session, message, read)
    if row is None or row.outcome in (Outcome.EXCEPTION, Outcome.REJECTED):
        return None
    # The ERA that this set made, or the one that stood when it came: both have its identity.
    era = session.scalars(
        select(Era.id)
        .join(TransactionSet, TransactionSet.id == Era.transaction_set_id)
        .where(TransactionSet.fingerprint == row.fingerprint)
    ).first()
    again = Finding("duplicate-set", "This set of this file is filed already.")
    return SetReport(row.control, Outcome.DUPLICATE, era, validation=row.validation, findings=[again])


def _file(session: Session, actor: Actor, message: Message, read: ReadSet, kind: str) -> SetReport:
    if kind in _FILERS and not read.interchange_control:
        raise no_interchange(message, read, kind)
    if kind == "835":
        return file_835(session, message, read)
    if kind in ("837P", "837I"):
        return file_837(session, actor, message, read, kind)
    if kind == "277CA":
        return file_277ca(session, actor, message, read)
    raise not_read(message, read, kind)


def _import_ach(
    store: Store, actor: Actor, name: str, digest: str, size: int, stream: BinaryIO
) -> FileReport:
    known = _known(store, digest)
    told = prove_nacha(stream)
    held = _why_held(told)
    if known is not None and known[0] is Outcome.FILED:
        # Its 835s may have been held, or cut off from their EFTs by a crash: they are tried again.
        gathered = Gathered(outcome=Outcome.DUPLICATE)
    else:
        gathered = Gathered(findings=list(told.findings))
        with store.writing() as session:
            message = _message(session, actor, name, digest, size, "ACH")
            stream.seek(0)
            RawText.keep(session, message.id, stream)
            if held is not None:
                gathered.outcome = Outcome.EXCEPTION
                gathered.findings.append(held)
            else:
                stream.seek(0)
                filed = file_efts(session, message, read_nacha(stream), told)
                gathered.findings += filed.findings
                gathered.efts = filed.efts
                gathered.outcome = Outcome.FILED if filed.efts or not filed.duplicates else Outcome.DUPLICATE
            _tell_others(told, gathered)
            _end(session, actor, message.id, gathered, new_findings=known is None)
    if held is None and told.remittances:
        _import_embedded(store, actor, name, stream, gathered)
    return gathered.report(name, "ACH", digest)


def _why_held(told: AchFile) -> Finding | None:
    """Why an ACH file is held whole; None when its EFTs are taken."""
    if not told.proven:
        return Finding(
            "held", "A count, hash or total of the file is wrong; the file is held whole and no EFT taken."
        )
    if told.paid > LARGEST:
        return Finding(
            "beyond-bounds",
            f"The claim payments come to more than {LARGEST}; the file is held whole and no EFT taken.",
        )
    return None


def _tell_others(read: AchFile, gathered: Gathered) -> None:
    if read.others.count:
        gathered.findings.append(
            Finding(
                "not-a-claim-payment",
                f"{counted(read.others.count, 'entry is no claim payment', 'entries are not claim payments')}: "
                f"credits {read.others.credits:.2f}, "
                f"debits {read.others.debits:.2f}.",
            )
        )


def _import_embedded(store: Store, actor: Actor, name: str, stream: BinaryIO, gathered: Gathered) -> None:
    """Files the 835 that a CTX entry carries; it is matched to its own EFT by trace and payer like any other."""
    stream.seek(0)
    for entry in read_nacha(stream):
        if isinstance(entry, AchFile) or not entry.claim_payment or entry.embedded is None:
            continue
        inner = import_stream(store, actor, f"{name} record {entry.record}", io.BytesIO(entry.embedded))
        for report in inner.sets:
            gathered.add(report)
        gathered.tell(
            replace(finding, where=f"record {entry.record} {finding.where}".strip())
            for finding in inner.findings
        )


def _import_csv(
    store: Store, actor: Actor, name: str, digest: str, size: int, stream: BinaryIO
) -> FileReport:
    gathered = Gathered()
    with store.writing() as session:
        message = _message(session, actor, name, digest, size, "BILLS-CSV")
        filed = file_csv(session, actor, stream)
        gathered.findings += filed.findings
        gathered.bills = filed.bills
        gathered.outcome = filed.outcome
        stream.seek(0)
        RawText.keep(session, message.id, stream)
        _end(session, actor, message.id, gathered)
    return gathered.report(name, "BILLS-CSV", digest)


def _recognised(name: str, digest: str, kind: str) -> FileReport:
    """A kind that is known but not read: the file is refused and nothing of it is filed."""
    finding = Finding("not-in-this-release", f"{kind} files are recognised but not read in this release.")
    return FileReport(clean(name), kind, digest, Outcome.REJECTED, findings=(finding,))


def _end(
    session: Session, actor: Actor, message_id: int, gathered: Gathered, *, new_findings: bool = True
) -> None:
    """Closes a message: its outcome, the findings of the file itself, the audit event."""
    message = session.get_one(Message, message_id)
    assert gathered.outcome is not None
    first_time = (
        session.scalar(
            select(func.count())
            .select_from(StoredFinding)
            .where(StoredFinding.message_id == message_id, StoredFinding.transaction_set_id.is_(None))
        )
        == 0
    )
    if gathered.outcome is not Outcome.DUPLICATE or message.outcome is not Outcome.FILED:
        message.outcome = gathered.outcome
    if first_time and new_findings:
        store_findings(session, message_id, None, gathered.findings)
    audit.record(
        session,
        actor,
        audit.FILE_IMPORTED,
        f"message {message_id}",
        detail=f"{message.kind} {gathered.outcome.value} sha256 {message.sha256[:16]}",
    )
