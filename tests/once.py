"""What many tests begin with, built for the first of them: the others get a copy of its store.

    @built_once
    def worked(clerk: Clerk, site: Store, actor: Actor) -> str: ...

is a fixture like any other, but its body runs once a session. It may change nothing but the store.
"""

import datetime
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from models.store import Store
from tests.stores import FixedClock, StoreKind


class Once:
    """The stores that were built, with what the fixture gave and where the clock stood."""

    def __init__(self, stores: StoreKind) -> None:
        self._stores = stores
        self._built: dict[str, tuple[Any, datetime.datetime]] = {}

    def give(self, name: str, store: Store, build: Callable[[], Any]) -> Any:
        """What `build` gives, with the store as it leaves it."""
        clock = store.clock
        assert isinstance(clock, FixedClock)
        if name in self._built:
            value, clock.instant = self._built[name]
            self._stores.put_back(store, name)
        else:
            value = build()
            self._stores.keep(store, name)
            # The store itself is another one in each test.
            self._built[name] = (None if value is store else value), clock.instant
        return store if value is None else value


def built_once(make: Callable[..., Any]) -> Any:
    """Makes a fixture of a function that builds on `site`, and runs its body once a session."""
    names = tuple(inspect.signature(make).parameters)
    key = f"{make.__module__}.{make.__qualname__}"

    @pytest.fixture(name=make.__name__)
    def fixture(request: pytest.FixtureRequest, once: Once, site: Store) -> Any:
        given = [request.getfixturevalue(name) for name in names]
        return once.give(key, site, lambda: make(*given))

    fixture.__doc__ = make.__doc__
    return fixture
