"""An import that is killed resumes, and the same file from eight desks at once is filed once."""

import io
import os
import signal
from collections.abc import Callable

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from models.eras import Era
from models.store import Store
from models.words.intake import Outcome
from services.intake.importing import import_stream
from services.office.actor import Actor, sign_on
from tests import given, ledger
from tests.stores import AUDIT_KEY, FixedClock

TRACES = ("T1", "T2", "T3", "T4")
DESKS = 8


@pytest.fixture
def file(site: Store, actor: Actor) -> bytes:
    """A file of four remittances whose bills are known."""
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 5)})
    return given.remittance_file(*((trace, [(f"K{trace[1:]}", 100, 80)]) for trace in TRACES))


def traces(store: Store) -> list[str]:
    """The ERAs on file, by trace."""
    with store.reading() as session:
        return list(session.scalars(select(Era.trace).order_by(Era.trace)))


def child(url: URL, work: Callable[[Store, Actor], int]) -> int:
    """Forks a process that works in a store of its own; gives its number."""
    number = os.fork()
    if number == 0:
        code = 99
        try:
            store = Store(url, audit_key=AUDIT_KEY, clock=FixedClock())
            with store.reading() as session:
                actor = sign_on(session, "clerk")
            code = work(store, actor)
        finally:
            os._exit(code)
    return number


def ended(number: int) -> int:
    """Waits for a child; gives its exit code, negative when a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


@pytest.mark.parametrize("commits", [1, 2, 3, 4])
def test_a_killed_import_resumes_behind_the_sets_it_had_filed(
    site: Store, actor: Actor, file: bytes, commits: int
) -> None:
    def killed(store: Store, its: Actor) -> int:
        left = commits

        def committed(session: Session) -> None:
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Session, "after_commit", committed)
        import_stream(store, its, "day.835", io.BytesIO(file))
        return 0

    site.close()
    assert ended(child(site.url, killed)) == -signal.SIGKILL
    assert traces(site) == list(TRACES[:commits])
    ledger.assert_clean(site)
    again = import_stream(site, actor, "day.835", io.BytesIO(file))
    assert [one.outcome for one in again.sets] == [
        *[Outcome.DUPLICATE] * commits,
        *[Outcome.FILED] * (len(TRACES) - commits),
    ]
    assert [one.era for one in again.sets] == [1, 2, 3, 4]
    assert traces(site) == list(TRACES)
    ledger.assert_clean(site)
    before = ledger.contents(site)
    third = import_stream(site, actor, "day.835", io.BytesIO(file))
    assert third.outcome is Outcome.DUPLICATE
    after = ledger.contents(site)
    changed = set(ledger.differing(before, after))
    assert changed <= {"audit_event", "site", "message"}, changed


def test_the_same_file_from_eight_desks_at_once_is_filed_once(site: Store, actor: Actor, file: bytes) -> None:
    wait_at, go_to = os.pipe()

    def imported(store: Store, its: Actor) -> int:
        os.close(go_to)
        os.read(wait_at, 1)
        report = import_stream(store, its, "day.835", io.BytesIO(file))
        outcomes = [one.outcome for one in report.sets]
        assert set(outcomes) <= {Outcome.FILED, Outcome.DUPLICATE}
        return outcomes.count(Outcome.FILED)

    site.close()
    desks = [child(site.url, imported) for _ in range(DESKS)]
    os.close(wait_at)
    os.close(go_to)
    filed = [ended(desk) for desk in desks]
    assert sum(filed) == len(TRACES), filed
    assert traces(site) == list(TRACES)
    ledger.assert_clean(site)
