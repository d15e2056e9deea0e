"""Reviewing entries: status, comments, the display of a user, and the bookmark (behaviour 1.1.5)."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.leases import Lease
from models.store import Store
from models.words.keys import SecurityKey
from models.words.scratchpad import PaymentOrder, ReviewStatus
from services.errors import InUse, MissingKey
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.receipts.creating import create_receipt
from services.scratchpad.acts import create_pad, preferred_order, refresh
from services.scratchpad.document import pad_document
from services.scratchpad.reviewing import (
    EMPTY,
    LONGEST_REVIEW_COMMENT,
    NOT_YOURS,
    NOTHING_SAID,
    TOO_LONG,
    Review,
    bookmark,
    review,
    review_of,
    show_reviews,
)
from services.scratchpad.screen_view import pad_view
from services.scratchpad.stored import PAD_CHANGED
from tests import given
from tests.clerk import Clerk
from tests.ledger import accounts, assert_clean
from tests.stores import FixedClock
from tests.tampering import places


@pytest.fixture
def era(site: Store, actor: Actor) -> int:
    """An ERA of three claims with its EFT and its scratch pad."""
    given.bills(site, actor, {"K1": 100, "K2": 100, "K3": 100})
    claims = [("K1", 100, 60), ("K2", 100, 40), ("K3", 100, 0)]
    number = given.matched_era(site, actor, trace="T1", claims=claims, eft_amount=100)
    with site.writing() as session:
        create_pad(session, actor, number)
    return number


@pytest.fixture
def colleague(site: Store) -> Actor:
    """Another clerk."""
    with site.writing() as session:
        add_user(session, "two", "DEMOCLERK,TWO", (SecurityKey.CLERK,), given_by="clerk")
        return sign_on(session, "two")


@contextmanager
def _alone(site: Store) -> Iterator[Session]:
    """A transaction after which nobody holds a lease."""
    with site.writing() as session:
        yield session
    with site.writing() as session:
        session.execute(delete(Lease))


def _review(site: Store, era: int, entry: int) -> Review:
    with site.reading() as session:
        return review_of(session, era, entry)


def test_a_line_is_not_reviewed_until_somebody_says_so(
    site: Store, actor: Actor, colleague: Actor, era: int, clock: FixedClock
) -> None:
    assert _review(site, era, 1) == Review()
    said = "Called payer, waiting for\n  corrected remittance.  "
    with _alone(site) as session:
        review(session, actor, era, 1, status=ReviewStatus.IN_PROCESS, comment=said, sequences=("1",))
    clock.forward(hours=1)
    with _alone(site) as session:
        review(session, colleague, era, 1, status=ReviewStatus.YES, comment="It came.")
    found = _review(site, era, 1)
    assert (found.status, found.set_by, found.set_at) == (ReviewStatus.YES, colleague.name, clock.instant)
    assert [(one.author, one.text, one.edited_at) for one in found.comments] == [
        (actor.name, "Called payer, waiting for\n  corrected remittance.", None),
        (colleague.name, "It came.", None),
    ]
    with _alone(site) as session:
        review(session, actor, era, 1, status=ReviewStatus.NO)
    found = _review(site, era, 1)
    assert (found.status, found.set_by, found.set_at) == (ReviewStatus.NO, "", None)
    assert len(found.comments) == 2
    with site.reading() as session:
        details = session.scalars(
            select(AuditEvent.detail)
            .where(AuditEvent.object == f"ERA {era} entry 1")
            .order_by(AuditEvent.sequence)
        ).all()
    assert details == [
        "REVIEWED? IN PROCESS; comment 1 says: Called payer, waiting for\n  corrected remittance.",
        "REVIEWED? YES; comment 2 says: It came.",
        "REVIEWED? NO",
    ]
    assert_clean(site)


def test_only_ones_own_comments_are_edited_and_the_edit_is_dated(
    site: Store, actor: Actor, colleague: Actor, era: int, clock: FixedClock, clerk: Clerk
) -> None:
    with _alone(site) as session:
        review(session, actor, era, 1, comment="First.")
    written = clock.instant
    clock.forward(minutes=5)
    with _alone(site) as session:
        review(session, actor, era, 1, comment="First.", edits=1)
    assert _review(site, era, 1).comments[0].edited_at is None
    with _alone(site) as session:
        review(session, actor, era, 1, comment="Better.", edits=1)
    (comment,) = _review(site, era, 1).comments
    assert (comment.text, comment.written_at, comment.edited_at) == ("Better.", written, clock.instant)
    with clerk.refused(NOT_YOURS), site.writing() as session:
        review(session, colleague, era, 1, comment="Mine.", edits=1)
    with clerk.refused(EMPTY), site.writing() as session:
        review(session, actor, era, 1, comment=" \n ", edits=1)
    with clerk.refused("THERE IS NO REVIEW COMMENT 2"), site.writing() as session:
        review(session, actor, era, 1, comment="x", edits=2)


def test_what_says_nothing_is_too_long_or_of_another_line_is_refused(
    site: Store, actor: Actor, era: int, clerk: Clerk
) -> None:
    with clerk.refused(NOTHING_SAID), site.writing() as session:
        review(session, actor, era, 1, comment="  ")
    with clerk.refused(TOO_LONG), site.writing() as session:
        review(session, actor, era, 1, comment="x" * (LONGEST_REVIEW_COMMENT + 1))
    with clerk.refused(PAD_CHANGED), site.writing() as session:
        review(session, actor, era, 1, comment="x", sequences=("2",))
    with site.writing() as session:
        review(session, actor, era, 1, comment="a\x1b[2J\tb\nc")
    assert _review(site, era, 1).comments[0].text == "a�[2J�b\nc"


def test_it_moves_no_money_and_is_allowed_beside_a_receipt(
    site: Store, actor: Actor, colleague: Actor, era: int
) -> None:
    reader = dataclasses.replace(colleague, keys=frozenset())
    with pytest.raises(MissingKey), site.writing() as session:
        review(session, reader, era, 1, status=ReviewStatus.YES)
    with pytest.raises(InUse), site.writing() as session:
        review(session, colleague, era, 1, status=ReviewStatus.YES)
    before = accounts(site)
    with _alone(site) as session:
        review(session, actor, era, 2, status=ReviewStatus.IN_PROCESS)
        create_receipt(session, actor, era)
    with site.writing() as session:
        review(session, colleague, era, 1, status=ReviewStatus.YES, comment="Posted.")
    with site.writing() as session:
        review(session, actor, era, 1, comment="Seen.")
    assert [one.number for one in _review(site, era, 1).comments] == [1, 2]
    assert accounts(site) == before
    assert_clean(site)


def test_each_user_sees_reviews_where_he_has_turned_them_on(
    site: Store, actor: Actor, colleague: Actor, era: int
) -> None:
    with _alone(site) as session:
        review(session, actor, era, 1, status=ReviewStatus.YES)
        show_reviews(session, colleague, era, shown=True)
    with site.reading() as session:
        assert [entry.review for entry in pad_view(session, actor, era).entries] == [None] * 3
        seen = pad_view(session, colleague, era)
        assert seen.shows_reviews
        assert [entry.review and entry.review.status for entry in seen.entries] == ["YES", "NO", "NO"]
        assert preferred_order(session, colleague, era) is PaymentOrder.NONE
    with site.writing() as session:
        show_reviews(session, colleague, era, shown=False)
    with site.reading() as session:
        assert not pad_view(session, colleague, era).shows_reviews


def test_the_bookmark_is_the_line_one_has_put_in_process_last(
    site: Store, actor: Actor, colleague: Actor, era: int, clock: FixedClock
) -> None:
    def marked(who: Actor) -> int | None:
        with site.reading() as session:
            found = bookmark(session, who, era)
        return None if found is None else found.entry

    for entry in (3, 1):
        clock.forward(minutes=1)
        with _alone(site) as session:
            review(session, actor, era, entry, status=ReviewStatus.IN_PROCESS)
    with _alone(site) as session:
        review(session, colleague, era, 2, status=ReviewStatus.YES)
    assert (marked(actor), marked(colleague)) == (1, None)
    with _alone(site) as session:
        review(session, actor, era, 1, status=ReviewStatus.YES)
    assert marked(actor) == 3
    with _alone(site) as session:
        refresh(session, actor, era)
    assert marked(actor) is None
    with site.reading() as session:
        assert all(not entry.review.comments for entry in pad_document(session, era).entries)
    assert_clean(site)


def test_a_pad_that_is_reviewed_is_not_laid_out_anew_when_a_bill_comes(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = given.matched_era(site, actor, trace="T2", claims=[("K9", 100, 60), ("K1", 100, 0)], eft_amount=60)
    with site.writing() as session:
        create_pad(session, actor, era)
    with _alone(site) as session:
        review(session, actor, era, 1, comment="Whose is it?")
    given.bills(site, actor, {"K9": 100})
    assert len(_review(site, era, 1).comments) == 1


def test_what_cannot_have_been_noted_is_named(site: Store, actor: Actor, era: int) -> None:
    with site.writing() as session:
        review(session, actor, era, 1, status=ReviewStatus.YES, comment="Seen.")
    assert places(
        site,
        "UPDATE entry_review SET status = 'NO'",
        "UPDATE review_comment SET text = ''",
    ) == {("entry-review", f"ERA {era} entry 1"), ("review-comment", f"ERA {era} entry 1 comment 1")}
