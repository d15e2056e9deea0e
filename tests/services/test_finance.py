"""The accounting journal: each document once, whole, whatever stopped the one who wrote it."""

from pathlib import Path

import pytest
from sqlalchemy import update

from models.finance import FinanceDocument
from models.store import Store
from services.actor import Actor
from services.errors import LockboxError
from services.finance import JOURNAL_FILE, write_journal
from tests import given


@pytest.fixture
def recorded(site: Store, actor: Actor) -> Store:
    """Two deposits recorded, so that two CR documents wait for the journal."""
    for trace, amount in (("T1", 100), ("T2", 50)):
        given.eft(site, actor, trace=trace, amount=amount)
    given.night(site)
    return site


def journal(folder: Path) -> str:
    """The journal's text."""
    return (folder / JOURNAL_FILE).read_text()


def forget(store: Store) -> None:
    """The store no longer knows what was written, as after a crash before its mark."""
    with store.writing() as session:
        session.execute(update(FinanceDocument).values(written_at=None))


def test_each_document_is_written_once(recorded: Store, tmp_path: Path) -> None:
    assert write_journal(recorded, tmp_path) == 2
    text = journal(tmp_path)
    assert text.count("(CR-442K000001)") == text.count("(CR-442K000002)") == 1
    assert write_journal(recorded, tmp_path) == 0
    assert journal(tmp_path) == text


def test_what_was_written_but_not_marked_is_only_marked(recorded: Store, tmp_path: Path) -> None:
    write_journal(recorded, tmp_path)
    text = journal(tmp_path)
    forget(recorded)
    assert write_journal(recorded, tmp_path) == 2
    assert journal(tmp_path) == text


def test_an_entry_cut_at_any_byte_is_written_whole(recorded: Store, tmp_path: Path) -> None:
    write_journal(recorded, tmp_path)
    text = journal(tmp_path)
    for length in range(len(text)):
        (tmp_path / JOURNAL_FILE).write_text(text[:length])
        forget(recorded)
        write_journal(recorded, tmp_path)
        assert journal(tmp_path) == text, length


def test_entries_of_others_before_a_cut_one_stay(recorded: Store, tmp_path: Path) -> None:
    write_journal(recorded, tmp_path)
    text = journal(tmp_path)
    own = "2012-07-01 * bank fees\n    1010  -5.00 USD\n    4190  5.00 USD\n\n"
    (tmp_path / JOURNAL_FILE).write_text(own + text[:30])
    forget(recorded)
    write_journal(recorded, tmp_path)
    assert journal(tmp_path) == own + text


def test_a_folder_that_cannot_be_written_is_said(recorded: Store, tmp_path: Path) -> None:
    (tmp_path / JOURNAL_FILE).mkdir()
    with pytest.raises(LockboxError, match="cannot be written"):
        write_journal(recorded, tmp_path)
    (tmp_path / JOURNAL_FILE).rmdir()
    assert write_journal(recorded, tmp_path) == 2


def test_the_journal_never_goes_wherever_the_program_was_started(recorded: Store) -> None:
    with pytest.raises(LockboxError, match="named in full"):
        write_journal(recorded, Path("."))
