"""Review Line: the display, comments and status of a review, and the way back to it (behaviour 1.1.5)."""

import dataclasses
from collections.abc import Callable

from models.store import Store
from models.words.keys import SecurityKey
from models.words.scratchpad import PaymentOrder, ReviewStatus
from screens.scratchpad.refresh_pad import REVIEWED
from services.office import leases
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.receipts.creating import create_receipt
from services.scratchpad.reviewing import EMPTY, Review, bookmark, review, review_of, show_reviews
from tests import given
from tests.ledger import assert_clean
from tests.screens.pad_site import at_pad, eft_era
from tests.stores import FixedClock

Golden = Callable[[str, str], None]


def _pad(site: Store, actor: Actor) -> int:
    given.bills(site, actor, {f"K20D77{number}": 140 for number in range(1, 6)}, patient="DEMOVET,INDIA")
    claims = [
        given.Claim(f"K20D77{number}", 140, 0 if number == 2 else 100, patient="DEMOVET,INDIA")
        for number in range(1, 6)
    ]
    return eft_era(site, actor, claims, amount=400)


def _review(site: Store, era: int, entry: int) -> Review:
    with site.reading() as session:
        return review_of(session, era, entry)


async def test_the_display_is_turned_on_and_a_line_reviewed(
    site: Store, actor: Actor, golden: Golden, clock: FixedClock
) -> None:
    era = _pad(site, actor)
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("REV\n")
        assert "REVIEW DATA DISPLAY IS CURRENTLY TURNED OFF" in screen
        assert clerk.prompt == "DO YOU WANT TO TURN IT ON?: YES//"
        await clerk.types("\n")
        assert clerk.prompt == "Select EEOB Line:  (1-2):"
        await clerk.types("1\n")
        await clerk.types("Called payer, waiting for corrected remittance.\n")
        await clerk.types("She calls back until Friday.\n\n")
        assert clerk.prompt == "EDIT Option:"
        await clerk.types("\n")
        assert clerk.prompt == "REVIEWED?:"
        golden("review_questions", clerk.screen)
        golden("review_shown", await clerk.types("I\n"))
    found = _review(site, era, 1)
    assert (found.status, found.set_by) == (ReviewStatus.IN_PROCESS, actor.name)
    assert found.comments[0].text.splitlines() == [
        "Called payer, waiting for corrected remittance.",
        "She calls back until Friday.",
    ]
    assert_clean(site)


async def test_ones_own_comment_is_edited_and_says_when(
    site: Store, actor: Actor, golden: Golden, clock: FixedClock
) -> None:
    era = _pad(site, actor)
    with site.writing() as session:
        add_user(session, "two", "DEMOCLERK,TWO", (SecurityKey.CLERK,), given_by="clerk")
        colleague = sign_on(session, "two")
        show_reviews(session, actor, era, shown=True)
        review(session, actor, era, 1, comment="One.\nTwo.", status=ReviewStatus.IN_PROCESS)
        leases.give_back_all(session, actor)
    with site.writing() as session:
        review(session, colleague, era, 1, comment="I saw that, " + "and a long word " * 7)
        leases.give_back_all(session, colleague)
    clock.forward(hours=1)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("N\nREV\n")
        assert clerk.prompt == "DO YOU WANT TO TURN IT OFF?: NO//"
        # Only one entry stands on the page.
        await clerk.types("\n")
        assert clerk.prompt == "(A)DD or (E)DIT A REVIEW COMMENT?: ADD//"
        await clerk.types("E\n")
        assert clerk.prompt == "Select REVIEW DATE/TIME: 7/22/12@14:37:06//"
        screen = await clerk.types("\n")
        assert "  1>One." in screen and "  2>Two." in screen
        golden("review_edit", await clerk.types("2\nThree.\nL\n"))
        await clerk.types("\n")
        assert clerk.prompt == "REVIEWED?: IN PROCESS//"
        golden("review_edited", await clerk.types("Y\n"))
    found = _review(site, era, 1)
    assert found.status is ReviewStatus.YES
    assert [(one.author, one.text[:10]) for one in found.comments] == [
        (actor.name, "One.\nThree"),
        (colleague.name, "I saw that"),
    ]
    assert found.comments[0].edited_at == clock.instant


async def test_an_empty_comment_is_none_and_caret_keeps_nothing(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("REV\n\n1\n\n")
        assert clerk.prompt == "REVIEWED?:"
        assert "Reviewed?: NO" in await clerk.types("NO\n")
        screen = await clerk.types("REV=2\n\nSaid.\n\n\n^\n")
        assert "EEOB Worklist/Scratch Pad" in screen
    assert _review(site, era, 1) == _review(site, era, 2) == Review()


async def test_the_display_is_remembered_and_can_be_turned_off(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    async with at_pad(site, actor, era) as clerk:
        assert "Reviewed?" not in clerk.screen
        assert "Reviewed?" in await clerk.types("REV\n\n^\n")
    async with at_pad(site, actor, era) as clerk:
        assert "REVIEW STATUS: (NOT REVIEWED)" in clerk.screen
        assert "Reviewed?" not in await clerk.types("REV\nY\n")
    async with at_pad(site, actor, era) as clerk:
        assert "Reviewed?" not in clerk.screen
        assert "Reviewed?" not in await clerk.types("REV\nN\n")


async def test_a_reader_sees_reviews_and_writes_none(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    reader = dataclasses.replace(actor, keys=frozenset(), desk="reader")
    async with at_pad(site, reader, era) as clerk:
        assert "Reviewed?: NO" in await clerk.types("REV\n\n")
        assert "THE KEY LOCKBOX CLERK IS MISSING" in await clerk.types("REV\n\n")


async def test_with_a_receipt_lines_are_reviewed_but_not_from_its_profile(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    with site.writing() as session:
        create_receipt(session, actor, era)
    async with at_pad(site, actor, era, read_only=True) as clerk:
        await clerk.types("REV=1\n\nPosted.\n\n\nY\n")
        assert "Reviewed?: YES" in clerk.screen
    assert _review(site, era, 1).status is ReviewStatus.YES
    async with at_pad(site, actor, era, read_only=True, from_receipt=True) as clerk:
        assert "(Review Line)" in clerk.screen
        assert "THIS ACTION NOT CURRENTLY AVAILABLE" in await clerk.types("REV\n")


async def test_who_comes_back_is_offered_the_line_he_has_in_process(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = _pad(site, actor)
    with site.writing() as session:
        review(session, actor, era, 4, comment="Waiting.", status=ReviewStatus.IN_PROCESS)
    # With the zero payments last, entry 4 is the third on the screen.
    async with at_pad(site, actor, era, PaymentOrder.ZERO_LAST) as clerk:
        golden("review_bookmark", clerk.screen)
        screen = await clerk.types("\n")
        assert clerk.row(6).startswith("3    (V)EEOB Seq # On ERA: 4")
        assert "Page:    2 of    3" in screen
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("N\n")
        assert clerk.row(6).startswith("1    (V)EEOB Seq # On ERA: 1")
    async with at_pad(site, actor, era, from_receipt=True) as clerk:
        assert "IN PROCESS OF REVIEW" not in clerk.screen
    with site.writing() as session:
        review(session, actor, era, 4, status=ReviewStatus.YES)
        assert bookmark(session, actor, era) is None
    async with at_pad(site, actor, era) as clerk:
        assert clerk.row(6).startswith("1    (V)EEOB Seq # On ERA: 1")


async def test_what_was_typed_ahead_for_the_pad_is_no_answer_to_the_offer(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    with site.writing() as session:
        review(session, actor, era, 2, comment="Whose is it?", status=ReviewStatus.IN_PROCESS)
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("S=1\n")
        assert "SELECT THE ENTRY THAT HAS A LINE YOU NEED TO SPLIT/EDIT" in screen


async def test_refresh_says_that_reviews_go_too(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    async with at_pad(site, actor, era) as clerk:
        assert REVIEWED not in await clerk.types("REF\n")
        await clerk.types("N\n")
        await clerk.types("REV=1\n\nSaid.\n\n\n0\n")
        assert REVIEWED in await clerk.types("REF\n")
        await clerk.types("Y\n")
    assert _review(site, era, 1) == Review()
    assert_clean(site)


async def test_a_long_text_is_changed_line_by_line(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("REV=1\n\n1\n2\n3\n4\n\n")
        await clerk.types("D\n2\n3\nA\nlast\n\nE\n1\nfirst\n")
        await clerk.is_refused("X", "Choose, by first letter, a word processing command:")
        assert "  3>last" in await clerk.types("L\n")
        await clerk.types("\n1\n")
    assert _review(site, era, 1).comments[0].text == "first\n4\nlast"


async def test_a_comment_without_lines_left_is_none(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("REV=1\n\n1\n\nD\n1\n\n")
        await clerk.is_refused("D", "There are no lines.")
        await clerk.types("\n")
        assert "Reviewed?: YES" in await clerk.types("Y\n")
    found = _review(site, era, 1)
    assert (found.status, found.comments) == (ReviewStatus.YES, ())


async def test_ones_own_comment_is_not_emptied(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    with site.writing() as session:
        review(session, actor, era, 1, comment="Said.")
        show_reviews(session, actor, era, shown=True)
    async with at_pad(site, actor, era) as clerk:
        assert EMPTY in await clerk.types("REV=1\n\nE\n\nD\n1\n\n\n")
        await clerk.types("\n")
    assert _review(site, era, 1).comments[0].text == "Said."


async def test_what_would_be_too_long_is_not_taken(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("REV=1\n\n" + ("x" * 245 + "\n") * 8)
        screen = await clerk.types("y" * 40 + "\n")
        assert "longer than 2000 characters: the line is not taken." in " ".join(screen.split())
        await clerk.types("\n\n1\n")
    assert len(_review(site, era, 1).comments[0].text) == 8 * 245 + 7


async def test_which_of_several_own_comments_is_asked(site: Store, actor: Actor, clock: FixedClock) -> None:
    era = _pad(site, actor)
    for text in ("First.", "Second.", "Third."):
        with site.writing() as session:
            review(session, actor, era, 1, comment=text)
            show_reviews(session, actor, era, shown=True)
        clock.forward(minutes=10)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("REV=1\n\nE\n")
        assert clerk.prompt == "Select REVIEW DATE/TIME: 7/22/12@14:57:06//"
        screen = await clerk.types("?\n")
        assert "   2   7/22/12@14:47:06   Second." in screen
        await clerk.is_refused("7/22", "Several of your comments begin so")
        await clerk.is_refused("9", "'?' lists your own comments.")
        assert "  1>Second." in await clerk.types("2\n")
        await clerk.types("^\n")
        await clerk.types("REV=1\n\nE\n")
        assert "  1>First." in await clerk.types("7/22/12@14:37\n")
        await clerk.types("1\nFirst of all.\n\n1\n")
    assert [one.text for one in _review(site, era, 1).comments] == ["First of all.", "Second.", "Third."]
