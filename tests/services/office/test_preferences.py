"""What is remembered of a user."""

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
