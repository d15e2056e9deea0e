"""A store that fails a clerk at the worst moment: at COMMIT, with or without the work done, and after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from models.store import Store


@contextmanager
def failing_commit(store: Store, *, done: bool, gone: bool = False) -> Iterator[None]:
    """The disk gives an error at the next COMMIT: only its answer is lost when it was `done`.

    With `gone` it gives an error at everything from then on, to the end of the block.
    """
    engine = store.engine

    def fail(connection: Connection) -> None:
        event.remove(engine, "commit", fail)
        if done:
            connection.exec_driver_sql("COMMIT")
        if gone:
            event.listen(engine, "before_cursor_execute", refuse)
        raise _disk_error("COMMIT")

    def refuse(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        raise _disk_error(statement)

    event.listen(engine, "commit", fail)
    try:
        yield
    finally:
        if event.contains(engine, "before_cursor_execute", refuse):
            event.remove(engine, "before_cursor_execute", refuse)
    assert not event.contains(engine, "commit", fail)


def _disk_error(statement: str) -> OperationalError:
    return OperationalError(statement, {}, Exception("disk I/O error"))
