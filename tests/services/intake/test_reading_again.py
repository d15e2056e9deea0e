"""A store of the release before knows after its upgrade what its remittances say, and what that release had dropped."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.eras import Eeob, Era
from models.messages import TransactionSet, TransmissionException
from models.store import Store
from models.upgrading import upgrade
from models.words.intake import Outcome
from models.words.remittances import EraMatchStatus
from services.intake.exception_acts import file_exception
from services.intake.held_eras import forget
from services.intake.importing import import_stream
from services.intake.reading_again import after_upgrade
from services.intake.report import FileReport
from services.office.actor import Actor
from services.x12.remittance import RemittanceClaim
from tests import given, ledger, older

#: How the release before kept a set that it took for one on file.
DROPPED = (
    "UPDATE transaction_set SET outcome = 'duplicate' WHERE outcome = 'exception'",
    "DELETE FROM transmission_exception",
    "DELETE FROM finding",
)

FIRST = given.remittance_file(("SPLIT", [("K1", 100, 20)]), ("UNDATED", [("K3", 100, 30)]))
OTHER_HALF = given.remittance_file(("SPLIT", [("K2", 100, 20)]))
SAME = given.remittance_file(("SPLIT", [("K1", 100, 20)]))
TO_ANOTHER = SAME.replace(b"N1*PE*DEMO MEDICAL CENTER", b"N1*PE*DEMO CLINIC B")


def brought(store: Store, actor: Actor, content: bytes) -> FileReport:
    """Imports a file, and sees that the books prove whatever became of it."""
    report = import_stream(store, actor, "day.835", io.BytesIO(content))
    ledger.assert_clean(store)
    return report


@pytest.fixture
def upgraded(site: Store, actor: Actor, tmp_path: Path) -> Iterator[Store]:
    """A store of schema 0002 brought up: three files came with the trace of an ERA, and were dropped as duplicates."""
    if not site.sqlite:
        pytest.skip("the store of the release before is a SQLite file")
    given.bills(site, actor, {"K1": 100, "K2": 100, "K3": 100})
    undated = FIRST.replace(b"*20120720~\nTRN*1*UNDATED", b"~\nTRN*1*UNDATED")
    at = undated.index(b"TRN*1*UNDATED")
    undated = undated[:at] + undated[at:].replace(b"DTM*405*20120720~\n", b"", 1)
    brought(site, actor, undated)
    for file in (OTHER_HALF, SAME, TO_ANOTHER.replace(b"CLP*K1", b"CLP*K9")):
        brought(site, actor, file)
    with site.writing() as session:
        # The release before had no ERAs that are held.
        forget(session, 3)
    with older.copy_of(site, "0002", tmp_path / "old.sqlite3", *DROPPED) as store:
        upgrade(store, tmp_path, after_upgrade)
        yield store


def test_each_era_knows_what_it_says_and_the_books_prove(upgraded: Store, site: Store) -> None:
    ledger.assert_clean(upgraded)
    with upgraded.reading() as session, site.reading() as new:
        kept = select(Era.trace, Era.content, Era.dated).order_by(Era.id)
        assert session.execute(kept).all() == new.execute(kept).all()
        assert [row.dated for row in session.execute(kept)] == [True, False]
        prints = select(Eeob.era_id, Eeob.sequence, Eeob.fingerprint)
        assert session.execute(prints).all() == new.execute(prints).all()
        filed = select(TransactionSet.fingerprint).where(
            TransactionSet.kind == "835", TransactionSet.outcome == Outcome.FILED
        )
        assert session.scalars(filed).all() == new.scalars(filed).all()


def test_what_was_dropped_is_held_and_found_again_by_importing_the_same_file(
    upgraded: Store, actor: Actor
) -> None:
    with upgraded.reading() as session:
        held = session.scalars(select(TransmissionException.text).order_by(TransmissionException.id)).all()
    assert [text.partition(".")[0] for text in held] == [
        "It has the trace, date and total of ERA 1, but other claims",
        "It was taken for ERA 1, which is of another payee or payer name; it was not filed",
    ]
    again = brought(upgraded, actor, OTHER_HALF)
    assert (again.outcome, again.sets[0].exception, again.sets[0].era) == (Outcome.EXCEPTION, 1, 3)
    assert brought(upgraded, actor, SAME).outcome is Outcome.DUPLICATE
    given.bills(upgraded, actor, {"K9": 100})
    filed = brought(upgraded, actor, TO_ANOTHER.replace(b"CLP*K1", b"CLP*K9"))
    assert (filed.outcome, filed.sets[0].era) == (Outcome.FILED, 4)
    with upgraded.reading() as session:
        waiting = select(func.count()).where(TransmissionException.resolved_at.is_(None))
        assert session.scalar(waiting) == 1


def test_a_fingerprint_that_the_readers_of_before_took_otherwise_is_taken_anew(
    site: Store, actor: Actor, tmp_path: Path
) -> None:
    if not site.sqlite:
        pytest.skip("the store of the release before is a SQLite file")
    given.bills(site, actor, {"K1": 100})
    brought(site, actor, SAME)
    with older.copy_of(
        site, "0002", tmp_path / "old.sqlite3", "UPDATE eeob SET fingerprint = x'00'"
    ) as store:
        upgrade(store, tmp_path, after_upgrade)
        with store.reading() as session, site.reading() as new:
            taken = select(Eeob.fingerprint)
            assert session.scalars(taken).all() == new.scalars(taken).all()
        ledger.assert_clean(store)


#: What the release before knew a remittance by: its letters, so that padded amounts were other claims.
PLAIN = given.remittance_file(("T1", [("K1", 100, 20)]))
PADDED = PLAIN.replace(b"*100*20*", b"*0100.00*020.0*")
#: None of its claims is known, so that it is held and no ERA.
UNKNOWN = given.remittance_file(("T2", [("X1", 100, 30)])).replace(b"*100*30*", b"*100.00*30.0*")


def by_their_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets this release know EEOBs as the one before did."""
    monkeypatch.setattr(RemittanceClaim, "fingerprint", RemittanceClaim.fingerprint_of_old)


@pytest.mark.parametrize("how", ["held", "own", "replace"])
def test_what_was_held_or_filed_for_its_padded_amounts_is_known_as_the_same(
    site: Store, actor: Actor, tmp_path: Path, how: str
) -> None:
    if not site.sqlite:
        pytest.skip("the store of the release before is a SQLite file")
    given.bills(site, actor, {"K1": 100})
    with pytest.MonkeyPatch.context() as before:
        by_their_letters(before)
        brought(site, actor, PLAIN)
        number = brought(site, actor, PADDED).sets[0].exception
        unknown = brought(site, actor, UNKNOWN).sets[0].exception
        if how != "held":
            with site.writing() as session:
                file_exception(session, actor, str(number), replace=how == "replace")
        ledger.assert_clean(site)
    with older.copy_of(site, "0007", tmp_path / "old.sqlite3") as store:
        upgrade(store, tmp_path, after_upgrade)
        ledger.assert_clean(store)
        # The one that is worked on stands for it, however it is written; nothing is filed or held anew.
        stands = 2 if how == "replace" else 1
        for file in (PLAIN, PADDED, PADDED.replace(b"*020.0*", b"*20.*")):
            again = brought(store, actor, file + b"\n").sets[0]
            assert (again.outcome, again.era) == (Outcome.DUPLICATE, stands)
        again = brought(store, actor, UNKNOWN.replace(b"*30.0*", b"*30*")).sets[0]
        assert (again.outcome, again.exception) == (Outcome.EXCEPTION, unknown)
        with store.reading() as session:
            statuses = session.scalars(select(Era.match_status)).all()
            assert EraMatchStatus.HELD not in statuses
            waiting = select(TransmissionException.id).where(TransmissionException.resolved_at.is_(None))
            assert session.scalars(waiting).all() == [unknown]
