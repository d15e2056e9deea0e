"""The queue of validation: each filed set is judged once, and what is found stands with the set."""

import io

import pytest
from sqlalchemy import delete, select

from models.messages import MessagePart, StoredFinding, TransactionSet
from models.store import Store
from models.words.intake import Validation
from services.intake.importing import import_stream
from services.intake.raw_text import PART, RawText, StoredText
from services.intake.validation import validate_queued
from services.office.actor import Actor
from tests import given


def waiting(store: Store) -> list[Validation]:
    """Where the sets stand."""
    with store.reading() as session:
        return list(session.scalars(select(TransactionSet.validation).order_by(TransactionSet.id)))


def found(store: Store) -> list[str]:
    """The codes of the judge's findings in the store."""
    with store.reading() as session:
        return list(
            session.scalars(
                select(StoredFinding.code)
                .where(StoredFinding.code.startswith("guide-") | (StoredFinding.code == "not-judged"))
                .order_by(StoredFinding.id)
            )
        )


@pytest.fixture
def queue(site: Store, actor: Actor) -> Store:
    """A store where the sets of three files wait."""
    given.bills(site, actor, {"K1": 100, "K2": 100})
    given.era(site, actor, trace="T1", claims=[("K1", 100, 40)])
    given.era(site, actor, trace="T2", claims=[("K2", 100, 40)])
    assert waiting(site) == [Validation.QUEUED] * 3
    return site


def test_each_set_is_judged_once_and_the_oldest_first(queue: Store) -> None:
    told: list[tuple[int, int]] = []
    (first,) = validate_queued(queue, 1)
    assert (first.ordinal, first.findings) == (1, ())
    assert waiting(queue) == [Validation.DONE, Validation.QUEUED, Validation.QUEUED]
    rest = validate_queued(queue, progress=lambda done, of: told.append((done, of)))
    assert len(rest) == 2
    assert told == [(1, 2), (2, 2)]
    assert waiting(queue) == [Validation.DONE] * 3
    assert validate_queued(queue) == []
    assert found(queue) == []


def test_only_the_sets_of_some_files_when_asked(queue: Store) -> None:
    assert validate_queued(queue, contents=()) == []
    assert validate_queued(queue, contents={"0" * 64}) == []
    assert waiting(queue) == [Validation.QUEUED] * 3


def test_what_the_judge_finds_is_kept_with_the_set_and_answered(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    given.era(site, actor, trace="T1", claims=[("K1", 100, 40)])
    with site.reading() as session:
        message_id = session.scalars(
            select(TransactionSet.message_id).where(TransactionSet.kind == "835")
        ).one()
    good = StoredText.in_store(site, message_id).read()
    # The name is wrong for the guide alone; the stranger and the count are told by the reader already.
    bad = good.replace(b"*T1*", b"*T2*").replace(b"NM1*QC*1*", b"NM1*QC*9*").replace(b"CLP*", b"ZZZ*1~CLP*")
    report = import_stream(site, actor, "bad.835", io.BytesIO(bad))
    judged = validate_queued(site, contents={report.sha256})
    (one,) = judged
    assert (one.sha256, one.ordinal) == (report.sha256, 1)
    assert [finding.code for finding in one.findings] == ["guide-element-7"]
    assert found(site) == [finding.code for finding in one.findings if finding.code.startswith("guide-")]
    assert validate_queued(site, contents={report.sha256}) == []


def test_a_set_whose_text_is_gone_is_done_with_a_finding(queue: Store) -> None:
    with queue.writing() as session:
        session.execute(delete(MessagePart).where(MessagePart.message_id == 2))
    validate_queued(queue)
    assert waiting(queue) == [Validation.DONE] * 3
    assert found(queue) == ["not-judged"]


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 2 * PART + 17])
def test_stored_text_reads_back_as_it_came(site: Store, actor: Actor, size: int) -> None:
    given.bills(site, actor, {"K1": 100})
    text = bytes(number % 251 for number in range(size))
    with site.writing() as session:
        session.execute(delete(MessagePart))
        RawText.keep(session, 1, io.BytesIO(text))
    for step in (-1, 1000, PART, 3 * PART):
        stream, gathered = StoredText.in_store(site, 1), bytearray()
        while part := stream.read(step):
            assert step < 0 or len(part) <= step
            gathered += part
        assert bytes(gathered) == text
