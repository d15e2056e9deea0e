"""What is remembered of a user."""

import pytest
from sqlalchemy import text

from models.store import Store
from services.office.actor import Actor, sign_on
from services.office.preferences import LONGEST, preferences_of, remember
from services.office.site import add_user


def test_each_user_has_his_own_preferences(site: Store, actor: Actor) -> None:
    with site.writing() as session:
        add_user(session, "second", "CLERK,TWO", (), given_by="test")
        second = sign_on(session, "second")
        remember(session, actor, {"SEARCH": "north", "ADPL ERA List - Worklist": "OFF"})
        remember(session, second, {"SEARCH": "blue"})
    with site.writing() as session:
        remember(session, actor, {"SEARCH": "x" * 500})
    with site.reading() as session:
        assert preferences_of(session, actor) == {
            "SEARCH": "x" * LONGEST,
            "ADPL ERA List - Worklist": "OFF",
        }
        assert preferences_of(session, second) == {"SEARCH": "blue"}


def test_a_spoilt_word_keeps_nobody_out(site: Store, actor: Actor) -> None:
    if not site.sqlite:
        pytest.skip("PostgreSQL keeps no text that is none")
    with site.writing() as session:
        remember(session, actor, {"SEARCH": "north"})
        session.execute(text("UPDATE user_preference SET value = CAST(x'424f5448ff' AS TEXT)"))
    with site.reading() as session:
        assert preferences_of(session, actor) == {}
