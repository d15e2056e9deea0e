"""A new format is one declaration: import, validate and the order of filing find it without another line."""

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.messages import Message, TransactionSet
from models.store import Store
from models.words.intake import Outcome, Validation
from services.findings import Finding
from services.intake.format import FileFormat, Formats, Judgement, Progress, SetFormat, SetSaid, Turn, always
from services.intake.formats.x12 import pass_over
from services.intake.importing import import_file
from services.intake.incoming import Incoming
from services.intake.judging import judge_file
from services.intake.known_formats import KNOWN
from services.intake.order import order_of_filing
from services.intake.raw_text import RawText
from services.intake.report import FileReport, Gathered
from services.intake.sets import IncomingSet, SetReport, identity, set_row
from services.office.actor import Actor
from services.office.stamp import Stamp
from services.x12 import envelope
from tests import given, ledger

NOTED = Finding("noted", "It is a note.")


def file_note(incoming: Incoming, _formats: Formats) -> FileReport:
    """Keeps the text and files nothing else."""
    gathered = Gathered(findings=[NOTED], outcome=Outcome.FILED)
    with incoming.store.writing() as session:
        by = incoming.begin(session)
        message = incoming.message(session, by, NOTES.kind)
        incoming.stream.seek(0)
        RawText.keep(session, message.id, incoming.stream)
        incoming.close(session, by, message.id, gathered)
    return gathered.report(incoming.name, NOTES.kind, incoming.sha256)


def judge_note(stream: BinaryIO, _formats: Formats, _progress: Progress | None) -> Judgement:
    """Says that it is a note."""
    return Judgement(NOTES.kind, () if stream.read().endswith(b"\n") else (NOTED,))


def file_claim_status(session: Session, _by: Stamp, come: IncomingSet) -> SetReport:
    """Files the set as what it is."""
    set_row(session, come, identity("276", come.read.control), Outcome.FILED, Validation.NONE)
    return SetReport(come.read.control, Outcome.FILED)


def judge_claim_status(read: envelope.TransactionSet) -> SetSaid:
    """Goes through the set and says that it was seen."""
    return SetSaid((*pass_over(read).findings, NOTED))


NOTES = FileFormat("NOTES", lambda head: head.startswith(b"NOTE"), always(Turn.CLAIMS), file_note, judge_note)
CLAIM_STATUS = SetFormat(
    "276", "276", ("X212",), Turn.ACKNOWLEDGEMENTS, file_claim_status, judge_claim_status
)
WITH_MORE = replace(KNOWN, files=(NOTES, *KNOWN.files), sets=(*KNOWN.sets, CLAIM_STATUS))


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A file of the made-up format."""
    path = tmp_path / "a.note"
    path.write_bytes(b"NOTE call the payer")
    return path


@pytest.fixture
def status(tmp_path: Path) -> Path:
    """An X12 file with a set of the made-up kind."""
    path = tmp_path / "a.276"
    text = given.remittance_file(("T1", [("K1", 100, 80)]))
    path.write_bytes(
        text.replace(b"ST*835*0001", b"ST*276*0001*005010X212").replace(b"*005010X221A1", b"*005010X212")
    )
    return path


def test_a_new_kind_of_file_is_imported_judged_and_has_its_turn(
    site: Store, actor: Actor, note: Path
) -> None:
    report = import_file(site, actor, note, formats=WITH_MORE)
    assert (report.kind, report.outcome, report.findings) == ("NOTES", Outcome.FILED, (NOTED,))
    with site.reading() as session:
        assert session.scalars(select(Message.kind)).all() == ["NOTES"]
    judged = judge_file(note, formats=WITH_MORE)
    assert (judged.kind, judged.valid, judged.findings) == ("NOTES", False, (NOTED,))
    assert order_of_filing(note, formats=WITH_MORE) is Turn.CLAIMS
    ledger.assert_clean(site)
    # Without its declaration nobody knows it.
    assert import_file(site, actor, note).kind == judge_file(note).kind == "unknown"
    assert order_of_filing(note) is Turn.OTHERS


def test_a_new_kind_of_set_is_imported_judged_and_has_its_turn(
    site: Store, actor: Actor, status: Path
) -> None:
    judged = judge_file(status, formats=WITH_MORE)
    assert (judged.kind, judged.sets[0].kind) == ("276", "276")
    assert NOTED in judged.sets[0].findings
    assert order_of_filing(status, formats=WITH_MORE) is Turn.ACKNOWLEDGEMENTS
    held = import_file(site, actor, status)
    assert (held.kind, held.outcome) == ("unknown 276", Outcome.EXCEPTION)
    filed = import_file(site, actor, status, formats=WITH_MORE)
    assert (filed.kind, filed.outcome) == ("276", Outcome.FILED)
    with site.reading() as session:
        assert session.scalars(select(TransactionSet.outcome)).all() == [Outcome.FILED]
    ledger.assert_clean(site)


def test_each_format_is_told_from_the_others() -> None:
    kinds = [one.kind for one in KNOWN.files] + [one.kind for one in KNOWN.sets]
    assert len(kinds) == len(set(kinds))
    told = [(one.code, guide) for one in KNOWN.sets for guide in one.guides or ("",)]
    assert len(told) == len(set(told))
