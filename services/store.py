"""The store and its session, as those above the services use them: only to hand them to services."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, configure_mappers

from models.store import Store, broken_store

__all__ = ["DBAPIError", "Session", "Store", "broken_store", "load_tables"]


def load_tables() -> None:
    """Makes all tables known and ready for use, so that nobody's first list waits for it."""
    import models.tables  # noqa: F401

    configure_mappers()
