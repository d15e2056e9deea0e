"""`lockbox check` names marks of verifying, reviews and comments that nobody has made as they are kept."""

import pytest

from models.reviews import EntryReview, ReviewComment
from models.store import Store
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.scratchpad import ReviewStatus
from services.office.actor import Actor, sign_on
from services.office.acts import begin, end
from services.office.site import add_user
from services.scratchpad.reviewing import review
from services.scratchpad.telling import Said, read_reviewed, say_reviewed
from services.scratchpad.verifying import verify
from tests import given
from tests.clerk import Clerk
from tests.ledger import assert_clean
from tests.once import built_once
from tests.tampering import places

VERIFIED, REVIEW, COMMENT = "entry-verified", "entry-review", "review-comment"

_OTHER = "(SELECT id FROM users WHERE login = 'anna')"
_LATER = "'2099-01-01 00:00:00.000000'"


@built_once
def noted(clerk: Clerk, site: Store, actor: Actor) -> Store:
    """ERA 1: a PLB, two entries that agree, one of another amount verified by hand, of another name, without a bill.

    ERA 2, of another amount too, was verified by hand and reviewed before it was refreshed.
    """
    given.bills(site, actor, {"K1": 100, "K2": 100, "K3": 100, "K4": 90, "K5": 100}, patient="DEMOVET,ALPHA")
    given.bills(site, actor, {"K6": 100}, patient="ZETA,OTHER")
    with site.writing() as session:
        add_user(session, "anna", "CLERK,ANNA", (SecurityKey.CLERK,), given_by="clerk")
        anna = sign_on(session, "anna")
    claims = [("K1", 100, 60), ("K2", 100, 40), ("K4", 100, 10), ("K6", 100, 20), ("K9", 100, 5)]
    era = given.matched_era(site, actor, trace="T1", claims=claims, plbs=[("WO", "R1", 5)], eft_amount=130)
    other = given.matched_era(site, actor, trace="T2", claims=[("K5", 90, 50)], eft_amount=50)
    clerk.opens(other)
    with site.writing() as session:
        verify(session, actor, other, 1)
        review(session, actor, other, 1, status=ReviewStatus.YES, comment="Gone.")
    clerk.refreshes(other)
    clerk.leaves(other)
    clerk.opens(era)
    with site.writing() as session:
        verify(session, actor, era, 4)
        review(session, actor, era, 2, status=ReviewStatus.IN_PROCESS, comment="fine; REVIEWED? YES")
        review(session, actor, era, 2, comment="Second.")
        review(session, actor, era, 2, comment="Second,\nedited.", edits=2)
        review(session, actor, era, 3, comment="fine; REVIEWED? YES")
        review(session, actor, era, 4, status=ReviewStatus.YES)
        review(session, actor, era, 5, status=ReviewStatus.YES)
        review(session, actor, era, 5, status=ReviewStatus.NO)
    clerk.leaves(era)
    with site.writing() as session:
        review(session, anna, era, 5, comment="Seen.")
        review(session, anna, era, 5, status=ReviewStatus.YES)
    assert_clean(site)
    return site


def test_the_entries_are_those_that_the_tests_mean(noted: Store) -> None:
    with noted.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT claim, verified FROM scratchpad_entry WHERE era_id = 1 ORDER BY number"
        ).all()
    assert [(claim, bool(verified)) for claim, verified in rows] == [
        ("", False),
        ("K1", True),
        ("K2", True),
        ("K4", True),
        ("K6", False),
        ("K9", False),
    ]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE scratchpad_entry SET verified = TRUE WHERE era_id = 1 AND number = 1", "ERA 1 entry 1"),
        ("UPDATE scratchpad_entry SET verified = FALSE WHERE era_id = 1 AND number = 2", "ERA 1 entry 2"),
        ("UPDATE scratchpad_entry SET verified = FALSE WHERE era_id = 1 AND number = 4", "ERA 1 entry 4"),
        ("UPDATE scratchpad_entry SET verified = TRUE WHERE era_id = 1 AND number = 5", "ERA 1 entry 5"),
        ("UPDATE scratchpad_entry SET verified = TRUE WHERE era_id = 1 AND number = 6", "ERA 1 entry 6"),
        ("UPDATE scratchpad_entry SET verified = TRUE WHERE era_id = 2 AND number = 1", "ERA 2 entry 1"),
        ("DELETE FROM manual_verification", "ERA 1 entry 4"),
        (f"UPDATE manual_verification SET verified_by = {_OTHER}", "ERA 1 entry 4"),
        (f"UPDATE manual_verification SET verified_at = {_LATER}", "ERA 1 entry 4"),
        (f"INSERT INTO manual_verification VALUES (1, 2, 1, {_LATER})", "ERA 1 entry 2"),
        (f"INSERT INTO manual_verification VALUES (2, 1, 1, {_LATER})", "ERA 2 entry 1"),
    ],
)
def test_a_mark_that_nobody_made_so_is_named(noted: Store, change: str, found: str) -> None:
    assert places(noted, change) == {(VERIFIED, found)}


def test_a_bill_that_was_replaced_since_is_no_finding(noted: Store, actor: Actor) -> None:
    with noted.writing() as session:
        renew = "UPDATE bill SET frequency = '7', service_from = '1999-01-01', service_to = NULL WHERE number = 'K1'"
        session.connection().exec_driver_sql(renew)
    assert_clean(noted)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE review_comment SET text = 'x' WHERE entry = 3", (COMMENT, "ERA 1 entry 3 comment 1")),
        ("UPDATE review_comment SET text = 'fine' WHERE entry = 3", (COMMENT, "ERA 1 entry 3 comment 1")),
        (
            "UPDATE review_comment SET text = 'fine' WHERE entry = 2 AND number = 1",
            (COMMENT, "ERA 1 entry 2 comment 1"),
        ),
        (
            "UPDATE review_comment SET text = 'Second.' WHERE entry = 2 AND number = 2",
            (COMMENT, "ERA 1 entry 2 comment 2"),
        ),
        ("DELETE FROM review_comment WHERE entry = 2 AND number = 2", (COMMENT, "ERA 1 entry 2 comment 2")),
        ("DELETE FROM review_comment WHERE entry = 3", (COMMENT, "ERA 1 entry 3 comment 1")),
        (
            f"UPDATE review_comment SET author = {_OTHER} WHERE entry = 3",
            (COMMENT, "ERA 1 entry 3 comment 1"),
        ),
        (
            f"UPDATE review_comment SET written_at = {_LATER} WHERE entry = 3",
            (COMMENT, "ERA 1 entry 3 comment 1"),
        ),
        (
            f"UPDATE review_comment SET edited_at = {_LATER} WHERE entry = 3",
            (COMMENT, "ERA 1 entry 3 comment 1"),
        ),
        (
            f"INSERT INTO review_comment VALUES (1, 6, 1, 1, {_LATER}, NULL, 'forged')",
            (COMMENT, "ERA 1 entry 6 comment 1"),
        ),
        ("UPDATE entry_review SET status = 'YES' WHERE entry = 2", (REVIEW, "ERA 1 entry 2")),
        ("DELETE FROM entry_review WHERE entry = 2", (REVIEW, "ERA 1 entry 2")),
        ("DELETE FROM entry_review WHERE entry = 5", (REVIEW, "ERA 1 entry 5")),
        (f"INSERT INTO entry_review VALUES (1, 3, 'YES', 1, {_LATER})", (REVIEW, "ERA 1 entry 3")),
        (f"UPDATE entry_review SET set_by = {_OTHER} WHERE entry = 4", (REVIEW, "ERA 1 entry 4")),
        (f"UPDATE entry_review SET set_at = {_LATER} WHERE entry = 4", (REVIEW, "ERA 1 entry 4")),
    ],
)
def test_a_review_that_nobody_wrote_so_is_named(noted: Store, change: str, found: tuple[str, str]) -> None:
    assert places(noted, change) == {found}


def test_what_an_older_release_wrote_of_a_review_is_read_as_all_that_it_may_say() -> None:
    yes = ReviewStatus.YES
    assert list(read_reviewed("REVIEWED? YES")) == [(yes, None)]
    assert list(read_reviewed("comment 2: a\nb")) == [(None, Said(2, "a\nb"))]
    assert list(read_reviewed("comment 2 edited: a")) == [(None, Said(2, "a", edited=True))]
    both = "comment 2: fine; REVIEWED? YES"
    assert list(read_reviewed(both)) == [(None, Said(2, "fine; REVIEWED? YES")), (yes, Said(2, "fine"))]
    assert list(read_reviewed("seen")) == []


def test_a_review_of_an_older_release_is_no_finding(noted: Store, actor: Actor) -> None:
    with noted.writing() as session:
        by = begin(session, actor, Act.LINE_REVIEWED, SecurityKey.CLERK)
        session.add(
            ReviewComment(
                era_id=1, entry=6, number=1, author=by.user_id, written_at=by.at, edited_at=None, text="Old."
            )
        )
        session.add(EntryReview(era_id=1, entry=6, status=ReviewStatus.YES, set_by=by.user_id, set_at=by.at))
        end(session, by, "ERA 1 entry 6", detail="comment 1: Old.; REVIEWED? YES")
    assert_clean(noted)
    assert places(noted, "UPDATE entry_review SET status = 'IN PROCESS' WHERE entry = 6") == {
        (REVIEW, "ERA 1 entry 6")
    }


@pytest.mark.parametrize("edited", [False, True])
@pytest.mark.parametrize(
    "text", ["fine; REVIEWED? YES", "REVIEWED? NO; comment 1 says: a", "a\nb", "comment 1: a"]
)
@pytest.mark.parametrize("status", [None, *ReviewStatus])
def test_what_is_written_of_a_review_is_read_as_it_was_meant(
    status: ReviewStatus | None, text: str, edited: bool
) -> None:
    said = Said(12, text, edited)
    assert list(read_reviewed(say_reviewed(status, said))) == [(status, said)]
    assert list(read_reviewed(say_reviewed(status, None))) == [(status, None)]
