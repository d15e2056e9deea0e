"""What is said when the database itself fails: one sentence a cause, true of what was done, with what to do.

PostgreSQL names its causes by SQLSTATE (appendix A of its manual); SQLite by its words. Nothing of a
statement's values is said or kept: they are patients' data.
"""

from sqlalchemy.exc import DBAPIError

from models.errors import LockboxError, StoreBusy, StoreFailed

#: What is true of an act that broke off: it is one transaction, but it may not have been the first of its command.
UNDONE = "What was being done is undone as a whole; what was done before it stays."

_READ_ONLY = "The store may only be read here. Nothing was changed."
_FULL = f"The disk of the store is full. {UNDONE} Make room and try again."
_UNKNOWN = "The store could not be used. Look the act up before you repeat it."

#: By SQLSTATE, or by its class where the cause needs no more.
_BY_STATE = {
    "08": f"The connection to the database server was lost. {UNDONE} Try again.",
    "25006": _READ_ONLY,
    "40": f"Another program was changing the same. {UNDONE} Try again.",
    "42501": (
        "The database server refuses its user what the store needs: {reason}. Its tables and its schema have to "
        "belong to the user that the store's address names, or he has to be granted them; the guide's section "
        f"PostgreSQL for a department says how. {UNDONE}"
    ),
    "53100": _FULL,
    "53300": (
        f"The database server has no connection left to give. {UNDONE} Try again in a moment; if it stays so, its "
        "administrator raises max_connections, or the connection limit of the user or the database."
    ),
    "55P03": f"Another program is writing to the store. {UNDONE} Try again.",
    "57P03": f"The database server is starting or stopping. {UNDONE} Try again in a minute.",
    "57P": f"The database server was stopped, or has ended this connection. {UNDONE} Try again in a minute.",
}

#: By what SQLite says, first match first.
_BY_WORDS = (
    (("full", "no space"), _FULL),
    (
        ("malformed", "not a database"),
        "The file of the store is damaged. Nothing was changed; restore the store from a backup.",
    ),
    (("readonly", "read-only"), _READ_ONLY),
    (
        ("unable to open",),
        "The store cannot be opened for writing here: its disk or folder may only be read.",
    ),
    (("locked", "busy"), f"Another program is writing to the store. {UNDONE} Try again."),
    (("disk i/o",), "The disk of the store gave an error. Look the act up before you repeat it."),
)


def broken_store(error: DBAPIError) -> LockboxError:
    """What a clerk reads when the database fails: full disk, read-only medium, refused or lost connection."""
    if type(error.orig).__module__.startswith("psycopg"):
        return _of_postgresql(error)
    said = str(error.orig).lower()
    text = next((text for words, text in _BY_WORDS if any(word in said for word in words)), _UNKNOWN)
    if "locked" in said or "busy" in said:
        return StoreBusy(text)
    return StoreFailed(text, getattr(error.orig, "sqlite_errorname", None) or "", "")


def _of_postgresql(error: DBAPIError) -> LockboxError:
    import psycopg

    from models.postgresql_refusal import refusal

    original = error.orig
    assert isinstance(original, psycopg.Error)
    state = original.sqlstate
    if error.connection_invalidated and (state is None or not state.startswith("57P")):
        return StoreFailed(_BY_STATE["08"], state or "", "")
    if state is None:
        # Without a statement it was the connection that failed.
        if isinstance(original, psycopg.OperationalError) and error.statement is None:
            return refusal(original)
        return StoreFailed(_UNKNOWN, "", "")
    texts = (_BY_STATE.get(state[:length]) for length in (5, 3, 2))
    text = next((text for text in texts if text is not None), _UNKNOWN)
    # Of what it refuses the server names a table or a schema; other messages may have a value in them.
    reason = original.diag.message_primary or "" if state == "42501" else original.diag.constraint_name or ""
    if state == "55P03":
        return StoreBusy(text)
    return StoreFailed(text.replace("{reason}", reason), state, reason)
