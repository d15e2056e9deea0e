"""Why a PostgreSQL server cannot be reached or lets nobody in, by the SQLSTATE of its refusal.

Of a connection that was refused the client library keeps only the words, in whatever language the server
speaks. So the refusal is asked for once more, and the SQLSTATE read from the library's own record of what
the server sent (`PQtrace`); where that is not to be had, the server's words are said as they are.
"""

import os
import re
import select
import time

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from models.errors import StoreFailed

#: How long the second asking may take, in seconds.
_LONGEST = 5.0

_LONGEST_WORDS = 300

_STATE = re.compile(rb'\tErrorResponse\t.*? C "([0-9A-Z]{5})"')

_NO_PASSWORD = (
    "The database server wants a password for its user {user}, and none was found. Put it into ~/.pgpass (mode 0600): "
    "HOST:PORT:DATABASE:{user}:PASSWORD"
)
_BY_STATE = {
    "28P01": (
        "The database server does not take the password of its user {user}. Correct it in ~/.pgpass (mode 0600), "
        "or have its administrator set it anew."
    ),
    "28000": (
        "The database server does not let its user {user} in: there is no such user, or pg_hba.conf admits none of "
        "that name from here. Its administrator can change both."
    ),
    "3D000": (
        "There is no database {database} on the database server. If its name is not mistyped, make it: "
        "createdb --encoding=UTF8 {database}"
    ),
    "42501": (
        "The database server does not let its user {user} into the database {database}; its administrator can: "
        "GRANT CONNECT ON DATABASE {database} TO {user}"
    ),
    "53300": (
        "The database server has no connection left to give. Try again in a moment; if it stays so, its administrator "
        "raises max_connections, or the connection limit of the user or the database."
    ),
    "57P03": "The database server is starting or stopping. Try again in a minute.",
}
_NO_HOST = (
    "There is no host {host} on the network. Correct the store's address, or have its name made known to this "
    "machine."
)
_UNREACHED = (
    "The database server at {host} cannot be reached. See that it runs, that the store's address is right, and that no "
    "firewall stands between."
)
_OTHER = "The database server refuses the connection. It says: {words}"


def refusal(error: psycopg.OperationalError) -> StoreFailed:
    """The sentence on a connection that did not come about; `error` is what psycopg says of it."""
    words = _in_one_line(str(error))
    named = error.pgconn
    if named is None:
        found = re.match(r"failed to resolve host '([^']*)'", words)
        text = _NO_HOST if found else _UNREACHED
        return StoreFailed(text.format(host=found[1] if found else "its address"), "", words)
    names = {
        "user": _text(named.user),
        "database": _text(named.db),
        "host": _text(named.host) or "its address",
        "words": words,
    }
    if named.needs_password:
        return StoreFailed(_NO_PASSWORD.format(**names), "28P01", words)
    state = _ask_again(named)
    if state:
        return StoreFailed(_BY_STATE.get(state, _OTHER).format(**names), state, words)
    refused = "FATAL" in words
    return StoreFailed((_OTHER if refused else _UNREACHED).format(**names), "", words)


def _text(name: bytes) -> str:
    return name.decode(errors="replace")


def _in_one_line(words: str) -> str:
    return " ".join(words.split())[:_LONGEST_WORDS]


def _ask_again(refused: pq.abc.PGconn) -> str:
    """The SQLSTATE with which the server refuses the same connection once more; empty when it gives none."""
    options = {
        option.keyword.decode(): option.val.decode(errors="surrogateescape")
        for option in refused.info
        if option.val
    }
    connection = pq.PGconn.connect_start(make_conninfo("", **options).encode(errors="surrogateescape"))
    try:
        # Never on a disk: a server may have asked for the password as it is.
        with os.fdopen(os.memfd_create("lockbox"), "rb") as record:
            try:
                connection.trace(record.fileno())
            except psycopg.NotSupportedError:
                return ""
            _wait_for_refusal(connection)
            connection.untrace()
            record.seek(0)
            found = _STATE.findall(record.read())
    finally:
        connection.finish()
    return found[-1].decode() if found else ""


def _wait_for_refusal(connection: pq.abc.PGconn) -> None:
    give_up = time.monotonic() + _LONGEST
    while connection.status != pq.ConnStatus.BAD:
        state = connection.connect_poll()
        left = give_up - time.monotonic()
        if state in (pq.PollingStatus.OK, pq.PollingStatus.FAILED) or left <= 0:
            return
        handles = (
            ([connection.socket], []) if state == pq.PollingStatus.READING else ([], [connection.socket])
        )
        select.select(*handles, [], left)
