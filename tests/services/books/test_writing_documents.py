"""The accounting journal: each document once, whole, whatever stopped the one who wrote it."""

import os
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given as given_by_hypothesis
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from models.finance import FinanceDocument
from models.store import Store
from services.books.journal_file import JOURNAL_FILE
from services.books.writing_documents import write_documents
from services.errors import LockboxError
from services.office.actor import Actor
from services.office.site import open_site
from tests import given
from tests.services.books.journal_text import codes, journal, numbers
from tests.stores import FixedClock, StoreKind


def forget(store: Store) -> None:
    """The store no longer knows what was written, as after a crash before its mark."""
    with store.writing() as session:
        session.execute(update(FinanceDocument).values(written_at=None))


def test_each_document_is_written_once(recorded: Store, tmp_path: Path) -> None:
    assert write_documents(recorded, tmp_path) == 2
    text = journal(tmp_path)
    assert text.count("(CR-442K000001)") == text.count("(CR-442K000002)") == 1
    assert write_documents(recorded, tmp_path) == 0
    assert journal(tmp_path) == text


def test_what_was_written_but_not_marked_is_only_marked(recorded: Store, tmp_path: Path) -> None:
    write_documents(recorded, tmp_path)
    text = journal(tmp_path)
    forget(recorded)
    assert write_documents(recorded, tmp_path) == 2
    assert journal(tmp_path) == text


#: What a person has entered in the journal: more than the size of the store, for the test with a limit.
OWN = "2012-07-01 * bank fees\n    1010  -5.00 USD\n    4190  5.00 USD\n\n" * 60_000


@pytest.fixture
def many(site: Store, actor: Actor) -> list[str]:
    """1.4 MB of documents wait for the journal: 24 of 60 kB each; gives what is to be in it."""
    for number in range(1, 25):
        given.eft(site, actor, trace=f"T{number}", amount=number)
    given.night(site)
    with site.writing() as session:
        session.execute(
            update(FinanceDocument).values(text=FinanceDocument.text + "    ; lockbox deposit\n" * 2500)
        )
        found = session.scalars(select(FinanceDocument.number).order_by(FinanceDocument.id)).all()
    assert len(found) == 24
    return list(found)


@pytest.mark.parametrize("room", [0, 30_000, 61_000, 1_060_000, 1_200_000])
def test_a_disk_that_fills_up_in_a_long_batch(
    site: Store, many: list[str], tmp_path: Path, room: int
) -> None:
    """The system refuses the journal every byte beyond a limit, then there is room again."""
    (tmp_path / JOURNAL_FILE).write_text(OWN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(OWN) + room, hard))
    try:
        with pytest.raises(LockboxError, match="cannot be written: File too large"):
            write_documents(site, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / JOURNAL_FILE).stat().st_size == len(OWN) + room
    write_documents(site, tmp_path)
    assert journal(tmp_path).startswith(OWN)
    assert numbers(journal(tmp_path)) == many
    assert write_documents(site, tmp_path) == 0


class Crash(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("point", [1, 2, 11, 12])
def test_a_crash_between_the_disk_and_the_mark(
    site: Store, many: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: int
) -> None:
    real, done = os.fsync, list[int]()

    def then_crash(handle: int) -> None:
        real(handle)
        done.append(handle)
        if len(done) == point:
            raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", then_crash)
        with pytest.raises(Crash):
            write_documents(site, tmp_path)
    write_documents(site, tmp_path)
    assert numbers(journal(tmp_path)) == many


@pytest.mark.parametrize("after", [lambda text: text, lambda text: text + OWN, lambda text: text[:-30_000]])
def test_documents_left_unmarked_before_a_megabyte_of_others(
    site: Store, many: list[str], tmp_path: Path, after: Callable[[str], str]
) -> None:
    write_documents(site, tmp_path)
    (tmp_path / JOURNAL_FILE).write_text(OWN + after(journal(tmp_path)))
    for marked in (0, 3):
        with site.writing() as session:
            session.execute(
                update(FinanceDocument)
                .where(FinanceDocument.number.in_(many[marked:]))
                .values(written_at=None)
            )
        assert write_documents(site, tmp_path) == len(many) - marked
        assert numbers(journal(tmp_path)) == many


def test_a_journal_that_was_put_away_begins_anew(recorded: Store, actor: Actor, tmp_path: Path) -> None:
    write_documents(recorded, tmp_path)
    (tmp_path / JOURNAL_FILE).rename(tmp_path / "2012.journal")
    given.eft(recorded, actor, trace="T3", amount=70)
    given.night(recorded)
    assert write_documents(recorded, tmp_path) == 1
    assert numbers(journal(tmp_path)) == ["CR-442K000003"]


def test_an_entry_cut_at_any_byte_is_written_whole(recorded: Store, tmp_path: Path) -> None:
    write_documents(recorded, tmp_path)
    text = journal(tmp_path)
    for length in range(len(text)):
        (tmp_path / JOURNAL_FILE).write_text(text[:length])
        forget(recorded)
        write_documents(recorded, tmp_path)
        assert journal(tmp_path) == text, length


def test_entries_of_others_before_a_cut_one_stay(recorded: Store, tmp_path: Path) -> None:
    write_documents(recorded, tmp_path)
    text = journal(tmp_path)
    own = "2012-07-01 * bank fees\n    1010  -5.00 USD\n    4190  5.00 USD\n\n"
    (tmp_path / JOURNAL_FILE).write_text(own + text[:30])
    forget(recorded)
    write_documents(recorded, tmp_path)
    assert journal(tmp_path) == own + text


def test_a_folder_that_cannot_be_written_is_said(recorded: Store, tmp_path: Path) -> None:
    (tmp_path / JOURNAL_FILE).mkdir()
    with pytest.raises(LockboxError, match="cannot be written"):
        write_documents(recorded, tmp_path)
    (tmp_path / JOURNAL_FILE).rmdir()
    assert write_documents(recorded, tmp_path) == 2


def test_the_journal_never_goes_wherever_the_program_was_started(recorded: Store) -> None:
    with pytest.raises(LockboxError, match="named in full"):
        write_documents(recorded, Path("."))


OWN_LINES = st.sampled_from(
    [
        "2012-07-23 * bank fees\n",
        "    1010  -5.00 USD\n",
        "; (CR-442K000002) a remark",
        "2012-07-2",
        "\n",
        "2012-07-23 (CR-528K000003) of another station\n\n",
        "2012-07-22 * (CR-442K000004\n",
    ]
)


@given_by_hypothesis(
    turns=st.lists(st.tuples(st.lists(OWN_LINES, max_size=3), st.integers(0, 120)), min_size=1, max_size=4)
)
@settings(max_examples=25)
def test_whatever_people_write_and_wherever_a_crash_cuts_each_document_stands_there_once(
    stores: StoreKind, turns: list[tuple[list[str], int]]
) -> None:
    with stores.fresh(FixedClock()) as store, tempfile.TemporaryDirectory() as name:
        folder, written = Path(name), list[str]()
        with store.writing() as session:
            actor = open_site(session, "clerk", station="442", name="DEMO", auto_audit=True)
        for turn, (own, cut) in enumerate(turns, start=1):
            text = "".join(own)
            with (folder / JOURNAL_FILE).open("a") as file:
                file.write(text)
            before = journal(folder)
            given.eft(store, actor, trace=f"T{turn}", amount=turn)
            given.night(store)
            write_documents(store, folder)
            # The crash: the last document is cut anywhere and not yet marked.
            added = len(journal(folder)) - len(before)
            number = f"CR-442K{turn:06d}"
            (folder / JOURNAL_FILE).write_text(journal(folder)[: len(before) + min(cut, added)])
            with store.writing() as session:
                session.execute(
                    update(FinanceDocument).where(FinanceDocument.number == number).values(written_at=None)
                )
            write_documents(store, folder)
            written.append(number)
            assert journal(folder).startswith(before)
            assert codes(store, folder) == []
            assert [one for one in numbers(journal(folder)) if one in written] == written
