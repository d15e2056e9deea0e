"""The store and its session, as those above the services use them: only to hand them to services."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.store import Store, broken_store

__all__ = ["DBAPIError", "Session", "Store", "broken_store"]
