"""A site with two documents for the accounting journal."""

import pytest

from models.store import Store
from services.office.actor import Actor
from tests import given


@pytest.fixture
def recorded(site: Store, actor: Actor) -> Store:
    """Two deposits recorded, so that two CR documents wait for the journal."""
    for trace, amount in (("T1", 100), ("T2", 50)):
        given.eft(site, actor, trace=trace, amount=amount)
    given.night(site)
    return site
