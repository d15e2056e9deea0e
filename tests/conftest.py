"""What all tests share: the clock, stores that are fresh in each test, the site and its first user."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from models.store import Store
from services.office.actor import Actor
from services.office.site import open_site
from tests.clerk import Clerk
from tests.once import Once
from tests.stores import FixedClock, PostgresStores, SqliteStores, StoreKind

#: Folders whose tests drive a pseudo-terminal: they are run by themselves, behind all others.
_SERIAL = ("journeys", "terminal")

#: Folders and modules that `make quick` leaves to `make test`: whole programs, long properties, very large files.
_LONG = (
    "lockbox_tui",
    "services/generator",
    "services/intake/test_bad_files.py",
    "services/proofs/test_books_properties.py",
    "services/scratchpad/test_scratchpad_properties.py",
    "services/x12/test_hostile_files.py",
)

_ROOT = Path(__file__).parents[1]

# A busy machine must not fail a property, and two runs must agree.
settings.register_profile("lockbox", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("lockbox")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--golden` writes the screens as they are now into the golden files, to be read as a diff."""
    parser.addoption("--golden", action="store_true", help="refresh the golden screens instead of comparing")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what may not share the machine with other tests, and what takes long.

    On PostgreSQL only the tests that open a store are run: for the others there is no other engine.
    """
    here = Path(__file__).parent
    for item in items:
        path = item.path.relative_to(here)
        if path.parts[0] in _SERIAL:
            item.add_marker("serial")
        if any(path.is_relative_to(long) for long in _LONG):
            item.add_marker("long")
    if _on_postgresql():
        storeless = [item for item in items if "stores" not in getattr(item, "fixturenames", ())]
        left_out = set(storeless)
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=storeless)


def _on_postgresql() -> bool:
    return os.environ.get("LOCKBOX_TEST_STORE", "sqlite") == "postgresql"


@pytest.fixture(scope="session", autouse=True)
def _source_tree_stays_as_it_is(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the run when a test has left a file in the source tree; the next fixture names most culprits."""
    before = _kept_files()
    yield
    if not request.config.getoption("--golden"):
        assert sorted(_kept_files() - before) == [], "a test has left files in the source tree"


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Fails a test that leaves a file at the top of the source tree or in the current folder."""
    before = {place: set(os.listdir(place)) for place in (_ROOT, Path.cwd())}
    yield
    left = {str(place): set(os.listdir(place)) - names for place, names in before.items()}
    assert {place: found for place, names in left.items() if (found := set(filter(_is_kept, names)))} == {}


def _kept_files() -> set[str]:
    """The files of the source tree, but for programs (an editor may be open) and what tools leave behind."""
    return {
        str(Path(folder, name).relative_to(_ROOT))
        for folder, _, names in _walk()
        for name in names
        if _is_kept(name) and not name.endswith(".py")
    }


def _walk() -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, below, names in os.walk(_ROOT):
        below[:] = [name for name in below if _is_kept(name)]
        yield folder, below, names


def _is_kept(name: str) -> bool:
    return not name.startswith((".", "__pycache__")) and name != "build" and not name.endswith(".egg-info")


@pytest.fixture(autouse=True)
def _away_from_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees or touches the stores of whoever runs it."""
    monkeypatch.delenv("LOCKBOX_DATABASE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "data-home"))


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreKind]:
    """Makes stores: SQLite files, or databases of a PostgreSQL server with LOCKBOX_TEST_STORE=postgresql.

    Properties take this one and open a store for each example.
    """
    if _on_postgresql():
        with PostgresStores() as kind:
            yield kind
    else:
        yield SqliteStores(tmp_path_factory.mktemp("stores"))


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at 14:37:06 on 22 July 2012 until it is set."""
    return FixedClock()


@pytest.fixture
def new_store(stores: StoreKind) -> Iterator[Callable[[FixedClock], Store]]:
    """Opens further stores, empty but for their tables; all are closed after the test."""
    with ExitStack() as stack:
        yield lambda clock: stack.enter_context(stores.fresh(clock))


@pytest.fixture
def store(stores: StoreKind, clock: FixedClock) -> Iterator[Store]:
    """A store of this release, empty but for its tables."""
    with stores.fresh(clock) as fresh:
        yield fresh


@pytest.fixture
def actor(store: Store) -> Actor:
    """CLERK, first user of station 442, who holds every key; bills become ACTIVE on import."""
    with store.writing() as session:
        return open_site(
            session, "clerk", station="442", name="DEMO MEDICAL CENTER", auto_audit=True, time_zone="UTC"
        )


@pytest.fixture
def site(actor: Actor, store: Store) -> Store:
    """The store with its site opened."""
    return store


@pytest.fixture(scope="session")
def once(stores: StoreKind) -> Once:
    """What tests begin with, built once; see `tests.once`."""
    return Once(stores)


@pytest.fixture
def clerk(site: Store, actor: Actor) -> Clerk:
    """The site's first user at work."""
    return Clerk(site, actor)
