"""Where everything of a site is: store, audit key, accounting journal, print folder, service account.

Light to import: the command line reads it before anything else is loaded.
"""

import os
import pwd
import shlex
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from models.errors import LockboxError
from services.clean import is_text

#: Only the administrator of the machine can write it: a clerk who could would name himself anybody.
SYSTEM_SETTINGS = Path("/etc/lockbox/settings.toml")

_SQLITE = "sqlite:"
_POSTGRESQL = "postgresql"


class WrongUsage(ValueError):
    """The words of the command line do not go together, or one of them is none that Lockbox can use."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program runs with.

    `database` is the SQLAlchemy URL of the store, `store_file` its file if it is SQLite. The log, the
    backups, the accounting journal and prints never leave their owner's folders (mode 0700). `named` when
    the store was named by `--database`, and so has to be named again in the next command. `passing` when the
    store is gone once the command has ended, so that no next one is to be spoken of.
    """

    database: str
    store_file: Path | None
    data_folder: Path
    audit_key_path: Path
    finance_folder: Path
    print_folder: Path
    backup_folder: Path
    log_path: Path
    service_account: str | None
    named: bool = False
    passing: bool = False

    @property
    def own_places(self) -> tuple[Path, ...]:
        """The folders and files that nobody but the user may write, as far as they are there."""
        files = (self.audit_key_path,) if self.store_file is None else (self.store_file, self.audit_key_path)
        folders = (self.data_folder, self.audit_key_path.parent)
        return (*folders, *files, self.finance_folder, self.print_folder, self.backup_folder)

    @property
    def to_set_up(self) -> str:
        """The command that sets up a site in this store."""
        return self.command("init --station 442 --name NAME")

    def command(self, words: str) -> str:
        """A command on this store as it has to be typed; a password in its address is left out."""
        if not self.named:
            return f"lockbox {words}"
        address = self.database
        scheme, slashes, rest = address.partition("://")
        user, at, server = rest.rpartition("@")
        if at and ":" in user and self.store_file is None:
            address = f"{scheme}{slashes}{user.partition(':')[0]}@{server}"
        return f"lockbox --database {shlex.quote(address)} {words}"


def data_folder(environ: Mapping[str, str]) -> Path:
    """The user's data folder: `$XDG_DATA_HOME/lockbox`, else `~/.local/share/lockbox`."""
    named = environ.get("XDG_DATA_HOME", "")
    # The XDG specification tells to pass over a relative path.
    if named.startswith("/"):
        return Path(named) / "lockbox"
    home = environ.get("HOME", "")
    # Without a home in full the files would lie wherever the program was started.
    base = Path(home) if home.startswith("/") else Path(_home_of_user())
    return base / ".local" / "share" / "lockbox"


def _home_of_user() -> str:
    """The home folder as the machine knows it."""
    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError as error:
        raise LockboxError("You have no home folder; set XDG_DATA_HOME to where your files go.") from error


def read_settings(
    database: str | None, environ: Mapping[str, str], system: Path = SYSTEM_SETTINGS
) -> Settings:
    """The settings of this run: the store is `database`, else `$LOCKBOX_DATABASE`, else a file of the user's own.

    Raises `WrongUsage` for a `database` that is no address of a store, `LockboxError` for one in the
    environment and for a settings file of the machine that cannot be used.
    """
    folder = data_folder(environ)
    address = database or environ.get("LOCKBOX_DATABASE") or f"sqlite:///{folder / 'lockbox.sqlite3'}"
    try:
        store_file, name = _read_address(address)
    except WrongUsage as error:
        if database:
            raise
        raise LockboxError(f"LOCKBOX_DATABASE: {error}") from error
    beside = folder if store_file is None else store_file.parent
    return Settings(
        database=address,
        store_file=store_file,
        data_folder=folder,
        audit_key_path=beside / f"{name}.audit.key",
        finance_folder=beside / f"{name}.finance",
        print_folder=beside / f"{name}.prints",
        backup_folder=beside / f"{name}.backups",
        log_path=folder / "lockbox.log",
        service_account=_service_account(system),
        named=bool(database),
    )


def _read_address(address: str) -> tuple[Path | None, str]:
    """The store's file, None for a server, and the name that its other files are called by."""
    scheme, colon, rest = address.partition(":")
    rest = rest.partition("?")[0]
    if colon and scheme.partition("+")[0] == _POSTGRESQL and rest.startswith("//"):
        if not is_text(address):
            raise WrongUsage("The address of a database server is in UTF-8.")
        server, _, database = rest[2:].partition("/")
        # Databases of one name on two servers are two sites; neither user nor password is part of a name.
        named = "-".join(part for part in (unquote(database), server.rpartition("@")[2]) if part)
        return None, "".join(
            letter if letter.isalnum() or letter in "-_." else "_" for letter in named or "lockbox"
        )
    if address.startswith(_SQLITE) or scheme.startswith("sqlite+"):
        path = rest.removeprefix("///") if rest.startswith("///") else ""
        if not path or path == ":memory:":
            raise WrongUsage("A SQLite store is a file: sqlite:////folder/lockbox.sqlite3")
        file = Path(os.path.abspath(path))
        return file, file.stem
    raise WrongUsage(
        "The store's address begins with sqlite:/// or postgresql://, such as "
        "sqlite:////srv/lockbox/lockbox.sqlite3"
    )


def _service_account(system: Path) -> str | None:
    try:
        with system.open("rb") as file:
            about = os.fstat(file.fileno())
            if about.st_uid != 0 or about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                raise LockboxError(f"{system} must belong to root, and nobody else may write it.")
            # Most machines have no such file, and their clerks do not wait for its reader.
            import tomllib

            named = tomllib.load(file).get("service_account")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise LockboxError(f"The settings file {system} cannot be read.") from error
    if named is not None and not (isinstance(named, str) and named):
        raise LockboxError(f"service_account in {system} is the name of a user.")
    return named
