"""Opening a site's store for one command: who acts, what he may touch, and everything given back at the end."""

import contextlib
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from lockbox_tui.closed import closed
from lockbox_tui.interrupts import INTERRUPTS
from lockbox_tui.settings import Settings
from models.broken_store import broken_store
from models.errors import LockboxError, NoSite, UnknownSchema
from models.store import Store
from models.upgrading import create_store, known_schema, upgrade
from models.waiting import Tell
from services.clean import clean
from services.errors import Refused
from services.office import leases
from services.office.actor import Actor, os_login, sign_on
from services.office.acts import act_as
from services.office.clock import now, site_of, zone
from services.office.ownership import ELSEWHERE, refuse_others
from services.reports.sheets import Signed

T = TypeVar("T")

SPOILT = (
    "The store holds a word that this program never writes: it was changed by other means. "
    "lockbox check names the table, the row and the column."
)

CHANGED = "SOMEBODY ELSE HAS CHANGED THIS SINCE YOU LOOKED AT IT; LOOK AGAIN BEFORE YOU REPEAT IT"

_KEY_BYTES = 32

#: How long the store is waited for to give leases back, in seconds.
_PATIENCE_AT_END = 2.0


@dataclass(slots=True)
class Work:
    """A user at work in his site's store; whatever he leased is given back when the command ends.

    `signed` is what stands at the foot of what he prints.
    """

    store: Store
    actor: Actor
    signed: Signed
    wrote: bool = field(default=False, init=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that writes nothing."""
        with self.store.reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose work is one transaction."""
        self.wrote = True
        with self.store.writing() as session:
            yield session

    def write(self, act: "Callable[[Session, Work], T]") -> T:
        """Does one act, again from its beginning where the server broke it off."""
        self.wrote = True
        return self.store.write(lambda session: act(session, self))


@contextmanager
def at_work(settings: Settings, as_user: str | None = None) -> Iterator[Work]:
    """Opens the store, signs the user of this process on, and as `as_user` if he may act for others.

    Raises `LockboxError` when the store cannot be used or the user is unknown there, `Refused` when he may
    not act for others.
    """
    with in_plain_words(settings), use_store(settings) as store:
        work = Work(store, *_sign_on(store, settings, as_user))
        try:
            yield work
        finally:
            _give_back(work)


def _sign_on(store: Store, settings: Settings, as_user: str | None) -> tuple[Actor, Signed]:
    login = os_login(settings.service_account)
    with store.reading() as session:
        actor = sign_on(session, login)
        store.patience = site_of(session).lock_wait
        at = now(session).astimezone(zone(session))
    if as_user is not None:
        with store.writing() as session:
            actor = act_as(session, actor, as_user)
    return actor, Signed(actor.name, at)


@contextmanager
def to_be_proven(settings: Settings, as_user: str | None = None) -> Iterator[Store]:
    """Opens a store for its proof, also one that was changed by other means so that nothing else can use it.

    Raises what `at_work` raises, but neither for a schema that no release has nor for values in the rows of
    its users that cannot be read: these are what the proof names.
    """
    with in_plain_words(settings), use_store(settings, upgrading=False) as store:
        _take_as_it_is(store, settings, as_user)
        yield store


def _take_as_it_is(store: Store, settings: Settings, as_user: str | None) -> None:
    try:
        upgrade(store, settings.backup_folder, read_again)
        _sign_on(store, settings, as_user)
    except (UnknownSchema, LookupError, ValueError, TypeError):
        return
    except (OperationalError, ProgrammingError) as error:
        # A table or a column that the sign-on needs is gone.
        if not any(words in str(error.orig) for words in ("no such", "does not exist")):
            raise


@contextmanager
def in_plain_words(settings: Settings | None = None) -> Iterator[None]:
    """Says what the database reports in words that tell a clerk what to do."""
    try:
        yield
    except NoSite as error:
        if settings is None:
            raise
        where = settings.store_file or "this database"
        raise LockboxError(f"There is no site in {where} yet. {_to_set_up(settings)}") from error
    except LookupError as error:
        # The one word that a column of words gives when it is read with another one in it.
        if "defined enum values" not in str(error):
            raise
        raise LockboxError(SPOILT) from error
    except StaleDataError as error:
        raise Refused(CHANGED) from error
    except DBAPIError as error:
        if isinstance(error, DatabaseError) and "not a database" in str(error.orig):
            raise LockboxError("The file of the store is not a Lockbox store.") from error
        raise broken_store(error) from error


def _give_back(work: Work) -> None:
    """Gives the leases back; if that fails they end by themselves, and the act itself is not undone by it."""
    # Whoever has just waited for the store does not do it twice.
    work.store.patience = min(work.store.patience, _PATIENCE_AT_END)
    if work.wrote:
        with contextlib.suppress(LockboxError, DBAPIError), work.store.writing() as session:
            leases.give_back_all(session, work.actor)


@contextmanager
def use_store(settings: Settings, *, upgrading: bool = True) -> Iterator[Store]:
    """The store of a site that exists, closed at the end; one of an older release is upgraded first."""
    store = open_store(settings, upgrading=upgrading, tell=say_aside)
    try:
        yield store
    finally:
        store.close()


def say_aside(line: str) -> None:
    """Says on standard error what is no part of the answer, such as for whom a command waits."""
    with contextlib.suppress(OSError):
        print(clean(line), file=sys.stderr, flush=True)  # noqa: T201 - the command line's own voice


def open_store(settings: Settings, *, upgrading: bool = True, tell: Tell | None = None) -> Store:
    """Opens the store of a site that exists; one of an older release is backed up and upgraded first.

    `tell` is told for whom it waits.
    """
    if settings.store_file is not None:
        _refuse_unusable(settings.store_file, settings)
    refuse_others(*settings.own_places)
    with in_plain_words(settings):
        store = Store(settings.database, audit_key=_key_of(settings))
        store.tell = tell
        store.pause = INTERRUPTS.pause
        try:
            if upgrading:
                upgrade(store, settings.backup_folder, read_again)
        except BaseException:
            store.close()
            raise
        return store


def read_again(session: Session, before: str) -> None:
    """Does behind the steps of an upgrade what only the readers of files can do."""
    # Few starts upgrade a store; the others do not wait for the readers of files.
    from services.intake.reading_again import after_upgrade

    after_upgrade(session, before)


def _key_of(settings: Settings) -> bytes:
    """The store's audit key; where there is no store to begin with, that is what is said."""
    try:
        return read_key(settings.audit_key_path)
    except LockboxError:
        with contextlib.closing(Store(settings.database, audit_key=b"")) as store:
            known_schema(store)
        raise


def read_key(path: Path) -> bytes:
    """The key of the audit chain; it is made by `init` only."""
    try:
        text = path.read_text("ascii")
        key = bytes.fromhex(text.strip())
    except FileNotFoundError as error:
        raise LockboxError(
            f"The audit key {path} is missing; bring it back from where it is kept. "
            "A new site makes its own: lockbox init"
        ) from error
    except PermissionError as error:
        raise LockboxError(closed(path)) from error
    except (OSError, ValueError) as error:
        raise LockboxError(f"The audit key {path} cannot be read.") from error
    if len(key) != _KEY_BYTES:
        raise LockboxError(f"The audit key {path} is damaged; bring it back from where it is kept.")
    return key


@contextmanager
def new_store(settings: Settings) -> Iterator[Store]:
    """An empty store with its audit key, for `init`; if that fails nothing of it stays behind."""
    made: list[Path] = []
    with in_plain_words(settings):
        try:
            refuse_others(*settings.own_places)
            private_folder(settings.data_folder)
            if settings.store_file is not None:
                private_folder(settings.store_file.parent)
            # What is there by now was not made here, and may have been planted.
            refuse_others(*settings.own_places)
            if settings.store_file is not None:
                _make(settings.store_file, b"", made)
                _refuse_unusable(settings.store_file, settings)
            _make(settings.audit_key_path, secrets.token_hex(_KEY_BYTES).encode(), made)
            store = Store(settings.database, audit_key=read_key(settings.audit_key_path))
            try:
                create_store(store)
                yield store
            finally:
                store.close()
        except BaseException:
            for path in made:
                for left in (
                    path,
                    *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")),
                ):
                    left.unlink(missing_ok=True)
            raise
    _set_aside_journal(settings.finance_folder)


def private_folder(folder: Path) -> None:
    """Makes a folder that only its owner may enter, unless it is there already."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except PermissionError as error:
        raise LockboxError(closed(folder)) from error
    except OSError as error:
        raise LockboxError(f"The folder {folder} cannot be made: {error.strerror}. {ELSEWHERE}") from error


def _make(path: Path, content: bytes, made: list[Path]) -> None:
    """Makes a file that only its owner may read, and notes it; one that is there stays as it is."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        return
    except PermissionError as error:
        raise LockboxError(closed(path)) from error
    except OSError as error:
        raise LockboxError(f"The file {path} cannot be made: {error.strerror}. {ELSEWHERE}") from error
    made.append(path)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _set_aside_journal(folder: Path) -> None:
    """Renames the accounting journal of a store that is gone: the new one numbers its documents from 1 again."""
    # A start of the screens passes through this module, and has no use for receipts and their documents.
    from services.books.journal_file import JOURNAL_FILE

    journal = folder / JOURNAL_FILE
    if journal.exists():
        journal.rename(journal.with_name(f"{journal.stem}.until-{datetime.now(UTC):%Y%m%d-%H%M%S}.journal"))


def _to_set_up(settings: Settings) -> str:
    named = "If its name is not mistyped: " if settings.named else ""
    return f"{named}Run: {settings.to_set_up}"


def _refuse_unusable(path: Path, settings: Settings) -> None:
    try:
        path.stat()
    except FileNotFoundError as error:
        raise LockboxError(f"There is no store at {path} yet. {_to_set_up(settings)}") from error
    except PermissionError as error:
        raise LockboxError(closed(path)) from error
    except OSError as error:
        raise LockboxError(f"The store {path} cannot be opened: {error.strerror}.") from error
    if not path.is_file():
        raise LockboxError(f"{path} is not a file, so it is no store.")
    if not os.access(path, os.R_OK):
        raise LockboxError(closed(path))
