"""The accounting journal beside the documents: what differs stops the writing, and is named with what to do."""

import datetime
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.audit import AuditEvent
from models.finance import FinanceDocument
from models.store import Store
from services.books.journal_comparison import journal_findings
from services.books.journal_file import JOURNAL_FILE, journal_for_writing
from services.books.writing_documents import write_documents, write_lost_again
from services.errors import LockboxError, MissingKey
from services.office.actor import Actor
from services.office.site import open_site
from tests import given, ledger
from tests.services.books.journal_text import codes, journal, numbers
from tests.stores import FixedClock


def third(store: Store, actor: Actor, amount: given.Dollars = "79.55") -> None:
    """A third document, CR-442K000003, waits."""
    given.eft(store, actor, trace="T3", amount=amount)
    given.night(store)


def refused(store: Store, folder: Path) -> str:
    """What is said instead of writing; the file stays as it is and the document waits."""
    before = journal(folder) if (folder / JOURNAL_FILE).exists() else None
    with pytest.raises(LockboxError) as told:
        write_documents(store, folder)
    if before is None:
        assert not (folder / JOURNAL_FILE).exists() or journal(folder) == ""
    else:
        assert journal(folder) == before
    with store.reading() as session:
        assert session.scalar(select(FinanceDocument.number).where(FinanceDocument.written_at.is_(None)))
    return str(told.value)


@pytest.fixture
def written(recorded: Store, tmp_path: Path) -> Store:
    """Both documents stand in the journal."""
    write_documents(recorded, tmp_path)
    assert codes(recorded, tmp_path) == []
    return recorded


class TestAnEntryThatIsNotTheDocumentOfItsNumber:
    def test_a_number_in_the_words_of_somebodys_own_entry_is_no_entry(
        self, written: Store, actor: Actor, tmp_path: Path
    ) -> None:
        own = "2012-07-23 * bank fees (CR-442K000003)\n    1010  -5.00 USD ; (CR-442K000003)\n    4190  5.00 USD\n\n"
        with (tmp_path / JOURNAL_FILE).open("a") as file:
            file.write(own)
        third(written, actor)
        assert write_documents(written, tmp_path) == 1
        assert journal(tmp_path).count("(CR-442K000003) receipt ") == 1
        assert codes(written, tmp_path) == []

    def test_a_number_given_to_somebodys_own_entry_stops_the_writing(
        self, written: Store, actor: Actor, tmp_path: Path
    ) -> None:
        (tmp_path / JOURNAL_FILE).write_text(
            journal(tmp_path)
            + "2012-07-23 (CR-442K000003) my own\n    1010  79.55 USD\n    2110  -79.55 USD\n\n"
        )
        third(written, actor)
        said = refused(written, tmp_path)
        assert (
            f"Line 9 of the accounting journal {tmp_path / JOURNAL_FILE} is not document CR-442K000003"
            in said
        )
        assert "of 79.55, which says: 2012-07-22 * (CR-442K000003) receipt E12072202; 1010 79.55 USD;" in said
        assert "If the entry is your own, give it another number" in said
        assert ("journal-differs", "CR-442K000003") in codes(written, tmp_path)
        (tmp_path / JOURNAL_FILE).write_text(journal(tmp_path).replace("(CR-442K000003) my own", "my own"))
        assert write_documents(written, tmp_path) == 1
        assert codes(written, tmp_path) == []

    def test_an_older_store_beside_todays_journal_stops_the_writing(
        self, site: Store, actor: Actor, new_store: Callable[[FixedClock], Store], tmp_path: Path
    ) -> None:
        """The store is put back to this morning, and the day's second deposit is another one than then."""
        given.eft(site, actor, trace="T1", amount=100)
        given.night(site)
        write_documents(site, tmp_path)
        this_morning = journal(tmp_path)
        given.eft(site, actor, trace="T2", amount="958.14")
        given.night(site)
        write_documents(site, tmp_path)
        older = new_store(FixedClock())
        with older.writing() as session:
            other = open_site(session, "clerk", station="442", name="DEMO", auto_audit=True)
        given.eft(older, other, trace="T1", amount=100)
        given.night(older)
        (tmp_path / "elsewhere").mkdir()
        write_documents(older, tmp_path / "elsewhere")
        assert codes(older, tmp_path) == [("journal-unknown", "CR-442K000002")]
        given.eft(older, other, trace="T3", amount="79.55")
        given.night(older)
        said = refused(older, tmp_path)
        assert "is not document CR-442K000002 of 79.55" in said
        assert "put back the journal of the same moment, or the store that wrote the entry" in said
        (tmp_path / JOURNAL_FILE).write_text(this_morning)
        assert write_documents(older, tmp_path) == 1
        assert "79.55" in journal(tmp_path)

    def test_an_older_store_that_makes_the_same_document_again_stops_the_writing(
        self, site: Store, actor: Actor, new_store: Callable[[FixedClock], Store], tmp_path: Path
    ) -> None:
        """The store is put back to this morning, and the day's second deposit is of the same amount as then."""
        given.eft(site, actor, trace="T1", amount=100)
        given.night(site)
        write_documents(site, tmp_path)
        given.eft(site, actor, trace="T2", amount="79.55")
        given.night(site)
        write_documents(site, tmp_path)
        clock = FixedClock()
        older = new_store(clock)
        with older.writing() as session:
            other = open_site(session, "clerk", station="442", name="DEMO", auto_audit=True)
        given.eft(older, other, trace="T1", amount=100)
        given.night(older)
        (tmp_path / "elsewhere").mkdir()
        write_documents(older, tmp_path / "elsewhere")
        given.eft(older, other, trace="T3", amount="79.55")
        given.night(older)
        # The journal was last written an hour before this store recorded that deposit.
        os.utime(tmp_path / JOURNAL_FILE, (0, (clock.instant - datetime.timedelta(hours=1)).timestamp()))
        assert "of 79.55, but stood there before this store made that document" in refused(older, tmp_path)
        assert codes(older, tmp_path) == [("journal-older", "CR-442K000002")]
        with (tmp_path / JOURNAL_FILE).open("a") as file:
            file.write("; 23 July: store put back, the deposit of 79.55 entered again\n")
        assert write_documents(older, tmp_path) == 1
        assert numbers(journal(tmp_path)) == ["CR-442K000001", "CR-442K000002"]
        assert codes(older, tmp_path) == []

    def test_what_a_crash_left_unmarked_is_not_taken_for_another_stores(
        self, recorded: Store, tmp_path: Path, clock: FixedClock
    ) -> None:
        write_documents(recorded, tmp_path)
        with recorded.writing() as session:
            session.execute(update(FinanceDocument).values(written_at=None))
        written = clock.instant + datetime.timedelta(seconds=1)
        os.utime(tmp_path / JOURNAL_FILE, (0, written.timestamp()))
        clock.forward(days=3)
        assert write_documents(recorded, tmp_path) == 2
        assert codes(recorded, tmp_path) == []

    def test_a_document_that_the_store_does_not_know_stops_the_writing(
        self, written: Store, actor: Actor, tmp_path: Path
    ) -> None:
        third(written, actor)
        text = journal(tmp_path)
        (tmp_path / JOURNAL_FILE).write_text(
            text + text.replace("K000001", "K000009").replace("K000002", "K000010")
        )
        assert "Line 9 " in refused(written, tmp_path)
        assert "has document CR-442K000009, which this store does not know" in refused(written, tmp_path)
        found = codes(written, tmp_path)
        assert found == [("journal-unknown", "CR-442K000009"), ("journal-unknown", "CR-442K000010")]

    def test_a_document_of_another_station_is_somebodys_own_entry(
        self, written: Store, actor: Actor, tmp_path: Path
    ) -> None:
        (tmp_path / JOURNAL_FILE).write_text(journal(tmp_path) + journal(tmp_path).replace("442K", "528K"))
        third(written, actor)
        assert write_documents(written, tmp_path) == 1
        assert codes(written, tmp_path) == []

    @pytest.mark.parametrize(
        ("old", "new"),
        [("50.00", "50.01"), ("2110", "2120"), ("E12072201", "E12072209"), ("2012-07-22", "2012-07-23")],
    )
    def test_whatever_is_changed_in_the_last_entry_is_named(
        self, written: Store, actor: Actor, tmp_path: Path, old: str, new: str
    ) -> None:
        first, last = journal(tmp_path).split("\n\n", 1)
        (tmp_path / JOURNAL_FILE).write_text(first + "\n\n" + last.replace(old, new))
        third(written, actor)
        assert "is not document CR-442K000002 of 50.00" in refused(written, tmp_path)
        assert codes(written, tmp_path) == [("journal-differs", "CR-442K000002")]

    def test_the_check_compares_every_entry(self, written: Store, tmp_path: Path) -> None:
        (tmp_path / JOURNAL_FILE).write_text(journal(tmp_path).replace("100.00", "10.00"))
        assert codes(written, tmp_path) == [("journal-differs", "CR-442K000001")]

    def test_blanks_and_comments_change_nothing(self, written: Store, actor: Actor, tmp_path: Path) -> None:
        text = journal(tmp_path).replace("    2110", "  ; looked at\n  2110").replace("USD", "USD  ; yes")
        (tmp_path / JOURNAL_FILE).write_text(text)
        third(written, actor)
        assert write_documents(written, tmp_path) == 1
        assert codes(written, tmp_path) == []

    def test_a_document_that_stands_there_twice_is_named(self, written: Store, tmp_path: Path) -> None:
        (tmp_path / JOURNAL_FILE).write_text(journal(tmp_path) * 2)
        assert codes(written, tmp_path) == [
            ("journal-twice", "CR-442K000001"),
            ("journal-twice", "CR-442K000002"),
        ]


class TestAJournalThatHasLostWhatWasWritten:
    @pytest.fixture
    def lost(self, written: Store, actor: Actor, tmp_path: Path) -> Store:
        """The journal is deleted, and a third document waits."""
        (tmp_path / JOURNAL_FILE).unlink()
        third(written, actor)
        return written

    def test_it_is_named_and_nothing_is_written(self, lost: Store, tmp_path: Path) -> None:
        said = refused(lost, tmp_path)
        assert "has lost document CR-442K000002 of 50.00, which was written to it." in said
        assert "Put the journal back from its backup" in said
        assert "lockbox journal --again" in said
        assert codes(lost, tmp_path) == [
            ("journal-lost", "CR-442K000001"),
            ("journal-lost", "CR-442K000002"),
        ]

    def test_a_journal_that_was_cut_has_lost_them_too(
        self, written: Store, actor: Actor, tmp_path: Path
    ) -> None:
        text = journal(tmp_path)
        third(written, actor)
        for length in range(text.index("(CR-442K000002)")):
            (tmp_path / JOURNAL_FILE).write_text(text[:length])
            assert "has lost document CR-442K000002" in refused(written, tmp_path)
        (tmp_path / JOURNAL_FILE).write_text(text)
        assert write_documents(written, tmp_path) == 1

    def test_they_are_written_again_when_a_manager_says_so(
        self, lost: Store, actor: Actor, tmp_path: Path
    ) -> None:
        with pytest.raises(MissingKey):
            write_lost_again(lost, replace(actor, keys=frozenset()), tmp_path)
        assert write_lost_again(lost, actor, tmp_path) == ("CR-442K000001", "CR-442K000002")
        assert numbers(journal(tmp_path)) == ["CR-442K000001", "CR-442K000002", "CR-442K000003"]
        assert codes(lost, tmp_path) == []
        assert write_lost_again(lost, actor, tmp_path) == ()
        with lost.reading() as session:
            (detail,) = session.scalars(
                select(AuditEvent.detail).where(AuditEvent.act == "documents written again")
            )
        assert detail == "2 documents, CR-442K000001 to CR-442K000002"
        ledger.assert_clean(lost)

    def test_nothing_is_written_again_beside_an_entry_that_is_wrong(
        self, lost: Store, actor: Actor, tmp_path: Path
    ) -> None:
        (tmp_path / JOURNAL_FILE).write_text("2012-07-22 * (CR-442K000002) my own\n    1010  1.00 USD\n\n")
        with pytest.raises(LockboxError, match="is not document CR-442K000002"):
            write_lost_again(lost, actor, tmp_path)
        assert numbers(journal(tmp_path)) == []

    def test_one_that_lies_beside_it_is_not_lost(self, written: Store, actor: Actor, tmp_path: Path) -> None:
        (tmp_path / JOURNAL_FILE).rename(tmp_path / "2012.journal")
        assert codes(written, tmp_path) == []
        third(written, actor)
        assert write_documents(written, tmp_path) == 1
        assert codes(written, tmp_path) == []

    def test_what_a_crash_left_unmarked_before_it_was_put_away_is_only_marked(
        self, written: Store, actor: Actor, tmp_path: Path
    ) -> None:
        with written.writing() as session:
            session.execute(
                update(FinanceDocument)
                .where(FinanceDocument.number == "CR-442K000002")
                .values(written_at=None)
            )
        (tmp_path / JOURNAL_FILE).rename(tmp_path / "2012.journal")
        third(written, actor)
        assert write_documents(written, tmp_path) == 2
        assert numbers(journal(tmp_path)) == ["CR-442K000003"]
        assert codes(written, tmp_path) == []

    def test_where_there_is_no_folder_nothing_is_compared(self, written: Store, tmp_path: Path) -> None:
        assert journal_findings(written, tmp_path / "elsewhere") is None

    def test_a_document_that_waits_for_days_is_named(
        self, written: Store, actor: Actor, clock: FixedClock, tmp_path: Path
    ) -> None:
        third(written, actor)
        clock.forward(hours=20)
        assert codes(written, tmp_path) == []
        clock.forward(hours=5)
        assert codes(written, tmp_path) == [("journal-waits", "CR-442K000003")]


class TestTheFile:
    @pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n\n\n"])
    def test_a_last_line_without_its_end_does_not_swallow_a_document(
        self, written: Store, actor: Actor, tmp_path: Path, end: str
    ) -> None:
        own = journal(tmp_path) + f"2012-07-23 * bank fees\n    1010  -5.00 USD\n    4190  5.00 USD{end}"
        (tmp_path / JOURNAL_FILE).write_text(own)
        third(written, actor)
        assert write_documents(written, tmp_path) == 1
        assert journal(tmp_path).startswith(own)
        assert "\n\n2012-07-22 * (CR-442K000003)" in journal(tmp_path)
        assert codes(written, tmp_path) == []

    @pytest.mark.parametrize("link", ["file", "folder"])
    def test_no_link_is_followed(self, recorded: Store, tmp_path: Path, link: str) -> None:
        elsewhere, folder = tmp_path / "elsewhere", tmp_path / "folder"
        elsewhere.mkdir()
        (elsewhere / "own.txt").write_text("somebody's own")
        if link == "file":
            folder.mkdir()
            (folder / JOURNAL_FILE).symlink_to(elsewhere / "own.txt")
        else:
            folder.symlink_to(elsewhere)
        with pytest.raises(LockboxError, match="cannot be written: it or its folder is a link"):
            write_documents(recorded, folder)
        assert [path.name for path in elsewhere.iterdir()] == ["own.txt"]
        assert (elsewhere / "own.txt").read_text() == "somebody's own"

    def test_a_pipe_in_its_place_is_not_waited_for(self, recorded: Store, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / JOURNAL_FILE)
        with pytest.raises(LockboxError, match="is not a file"):
            write_documents(recorded, tmp_path)

    def test_another_program_that_holds_it_is_not_waited_for_for_ever(
        self, recorded: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(recorded, "patience", 0.0)
        with journal_for_writing(tmp_path, 0), pytest.raises(LockboxError, match="Another program holds"):
            write_documents(recorded, tmp_path)
        assert write_documents(recorded, tmp_path) == 2
