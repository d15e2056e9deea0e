"""A clerk names a paper check while the night job matches: an ERA has the one or the other, and never half of both."""

import threading
from collections.abc import Callable

from sqlalchemy import select

from models.efts import Eft
from models.eras import Era
from models.store import Store
from models.words.remittances import EftMatchStatus, EraMatchStatus
from services.errors import Refused
from services.office.actor import Actor, night_job
from services.remittances.matching import match_deposits
from services.scratchpad.acts import PaperCheck, create_pad
from tests import given, ledger

#: So many ERAs, each with its EFT, are matched and opened at the same moment.
TIMES = 50


def recorded(store: Store, actor: Actor, count: int) -> None:
    """ERAs by check, each with an EFT of the same trace and total that is recorded and not matched yet."""
    given.bills(store, actor, {f"K{at}": 100 for at in range(count)})
    for at in range(count):
        given.eft(store, actor, trace=f"T{at}", amount=80)
    given.night(store)
    for at in range(count):
        given.era(store, actor, trace=f"T{at}", claims=[(f"K{at}", 100, 80)], method="CHK")


def match(store: Store) -> None:
    """The matching of a night job, as the night job does it."""
    store.write(lambda session: match_deposits(session, night_job(session, "root")))


def assert_whole(store: Store) -> list[EraMatchStatus]:
    """Each ERA has a check or its EFT, each EFT its ERA or none; gives what the ERAs are."""
    ledger.assert_clean(store)
    with store.reading() as session:
        rows = session.execute(
            select(Era.match_status, Era.check_number, Eft.match_status, Eft.era_id)
            .outerjoin(Eft, Eft.trace_key == Era.trace_key)
            .order_by(Era.id)
        ).all()
    for era, check, eft, matched in rows:
        assert (era, bool(check), eft, matched is None) in {
            (EraMatchStatus.PAPER_CHECK, True, EftMatchStatus.UNMATCHED, True),
            (EraMatchStatus.MATCHED, False, EftMatchStatus.MATCHED, False),
        }
    return [row[0] for row in rows]


def test_whoever_comes_first_has_the_era(site: Store, actor: Actor) -> None:
    recorded(site, actor, TIMES)
    failed: list[BaseException] = []

    def opens(number: int) -> None:
        def act() -> None:
            try:
                site.write(
                    lambda session: create_pad(
                        session, actor, number, check=PaperCheck(f"C{number}", given.PAID_ON), beside_eft=True
                    )
                )
            except Refused as refusal:
                assert "ALREADY" in str(refusal)

        together(failed, lambda: match(site), act)

    for number in range(1, TIMES + 1):
        opens(number)
    assert failed == []
    assert_whole(site)


def test_a_check_that_is_being_named_while_the_night_matches_stays(site: Store, actor: Actor) -> None:
    """The clerk's transaction is open when the matching begins, and is committed while it waits."""
    recorded(site, actor, 3)
    failed: list[BaseException] = []
    with site.writing() as session:
        create_pad(session, actor, 2, check=PaperCheck("417", given.PAID_ON), beside_eft=True)
        session.flush()
        night = threading.Thread(target=guarded(failed, lambda: match(site)))
        night.start()
        # On PostgreSQL it stops at the ERA that the clerk holds, on SQLite it cannot begin.
        night.join(1)
        assert night.is_alive()
    night.join()
    assert failed == []
    assert assert_whole(site) == [EraMatchStatus.MATCHED, EraMatchStatus.PAPER_CHECK, EraMatchStatus.MATCHED]


def guarded(failed: list[BaseException], act: Callable[[], None]) -> Callable[[], None]:
    """An act whose failure is kept for the test instead of ending its thread."""

    def run() -> None:
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - the test reads it
            failed.append(error)

    return run


def together(failed: list[BaseException], *acts: Callable[[], None]) -> None:
    """Does acts at the same moment, each in a thread of its own."""
    barrier = threading.Barrier(len(acts))

    def begin(act: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            barrier.wait()
            act()

        return guarded(failed, run)

    threads = [threading.Thread(target=begin(act)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
