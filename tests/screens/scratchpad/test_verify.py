"""Verify: the menu, marking lines by hand beside their bills, and the discrepancies report (behaviour 1.1.6)."""

import dataclasses
from collections.abc import Callable
from decimal import Decimal

from models.store import Store
from models.words.scratchpad import LineKey
from services.office.actor import Actor
from services.receipts.creating import create_receipt
from services.scratchpad.line_acts import split
from services.scratchpad.splitting import SplitRow
from tests import given
from tests.ledger import assert_clean
from tests.screens.pad_site import at_pad, check_era, eft_era, view_of

Golden = Callable[[str, str], None]

MARK = "DO YOU WANT TO MARK THIS LINE VERIFIED?"
SELECT = "SELECT AN EEOB LINE TO MARK AS VERIFIED:"


def named(site: Store, actor: Actor) -> int:
    """An adjustment, then four claims: one that agrees, two whose names differ, one that is not in AR."""
    given.bills(site, actor, {"K20A3F7": "1210.40"}, patient="DEMOVET,BRAVO C")
    given.bills(site, actor, {"K20B119": 1500, "K20B120": 640}, patient="SMITHSON,CHARLIE")
    return check_era(
        site,
        actor,
        [
            given.Claim("K20A3F7", "1210.40", 905, patient="DEMOVET,BRAVO C"),
            given.Claim("K20B119", 1500, "343.99", patient="SMYTHSON,CHARLIE"),
            given.Claim("K20B120", 600, 100, patient="SMYTHE,CHARLIE"),
            given.Claim("K99ZZ01", 20, 10, patient="DEMOVET,ECHO"),
        ],
        [("L6", "PSI-INT-04", "-6.25")],
    )


def verified(site: Store, actor: Actor, era: int) -> list[bool]:
    """Which entries are verified, in the order of their stored numbers."""
    return [entry.verified for entry in view_of(site, actor, era).pad.entries]


async def test_a_line_is_marked_as_in_the_manual(site: Store, actor: Actor, golden: Golden) -> None:
    era = named(site, actor)
    async with at_pad(site, actor, era) as clerk:
        golden("verify_menu", await clerk.types("VE\n"))
        screen = await clerk.types("1\n")
        assert clerk.prompt == f"{SELECT} 3//"
        golden("verify_line", await clerk.types("3\n"))
        assert clerk.prompt == f"{MARK}: NO//"
        await clerk.types("Y\n")
        assert clerk.prompt == "Select Action: QUIT//"
        screen = await clerk.types("\n")
        assert "EEOB Worklist/Scratch Pad" in screen
        screen = await clerk.types("+\n")
        assert "3    (V)EEOB Seq # On ERA: 2   Net Payment Amt: 343.99" in screen
    assert verified(site, actor, era) == [False, True, True, False, False]
    assert_clean(site)


async def test_no_is_the_default_of_a_line_that_was_named_and_caret_leaves_it(
    site: Store, actor: Actor
) -> None:
    era = named(site, actor)
    async with at_pad(site, actor, era) as clerk:
        for typed in ("VE\n1\n3\n\n", "1\n3\nN\n", "1\n3\n^\n", "1\n^\n"):
            await clerk.types(typed)
            assert clerk.prompt == "Select Action: QUIT//"
        screen = await clerk.types("^\n")
        assert "EEOB Worklist/Scratch Pad" in screen
    assert verified(site, actor, era) == [False, True, False, False, False]


async def test_return_takes_the_lines_that_are_not_verified_one_after_the_other(
    site: Store, actor: Actor
) -> None:
    """One key a line that agrees: their bills came after the scratch pad."""
    given.bills(site, actor, {"K1": 100})
    given.bills(site, actor, {"K5": 50}, patient="SMITHSON,JOHN")
    claims = [
        *(given.Claim(f"K{number}", 100, 60) for number in range(1, 5)),
        given.Claim("K5", 50, 20, patient="SMYTHE,JOHN"),
    ]
    era = check_era(site, actor, claims)
    async with at_pad(site, actor, era) as clerk:
        # Only what was worked on stays as it is when the bills come.
        await clerk.types("VE\n1\n5\nY\n\n")
        given.bills(site, actor, {"K2": 100, "K3": 90, "K4": 100})
        screen = await clerk.types("VE\n1\n\n")
        assert "2       EEOB Seq # On ERA: 2   Net Payment Amt: 60.00" in screen
        assert "  CLAIM #: K2" in screen
        assert clerk.prompt == f"{MARK}: YES//"
        await clerk.types("\n")
        assert "  CLAIM #: K3" in clerk.screen
        assert clerk.prompt == f"{MARK}: NO//"
        await clerk.types("\n")
        assert clerk.prompt == f"{MARK}: YES//"
        await clerk.types("\n")
        assert clerk.prompt == "Select Action: QUIT//"
        await clerk.types("1\n")
        assert clerk.prompt == f"{SELECT} 3//"
        await clerk.types("^\n^\n")
    assert verified(site, actor, era) == [True, True, False, True, True]
    assert_clean(site)


async def test_caret_ends_the_walk_and_what_was_marked_stays(site: Store, actor: Actor) -> None:
    era = named(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("VE\n1\n\nY\n^\n")
        assert clerk.prompt == "Select Action: QUIT//"
        screen = await clerk.types("3\n")
        assert "EEOB Worklist/Scratch Pad" in screen
    assert verified(site, actor, era) == [False, True, True, False, False]


async def test_help_lists_what_is_not_verified(site: Store, actor: Actor, golden: Golden) -> None:
    era = named(site, actor)
    rows = [
        SplitRow("K20B119", None, Decimal("300.00"), Decimal(0)),
        SplitRow("K20B120", None, Decimal("43.99"), Decimal(0)),
    ]
    with site.writing() as session:
        split(session, actor, LineKey(era, 3, 1), rows)
    async with at_pad(site, actor, era) as clerk:
        golden("verify_help", await clerk.types("VE\n1\n?\n"))
        screen = await clerk.types("3\n")
        assert "CLAIM #'s: K20B119 (ORIGINAL ERA DATA) K20B119 K20B120" in screen


async def test_what_cannot_be_marked_says_why(site: Store, actor: Actor) -> None:
    era = named(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("VE\n1\n")
        await clerk.is_refused("next", "Type a number between 1 and 5.")
        assert "THIS LINE DOES NOT EXIST FOR THIS ERA" in await clerk.types("6\n")
        assert "THIS LINE IS ALREADY VERIFIED" in await clerk.types("1\n2\n")
        screen = await clerk.types("\n1\n5\n")
        assert "THIS LINE DOES NOT REFERENCE A VALID BILL" in screen
        assert clerk.prompt == f"{MARK}: NO//"
        await clerk.types("Y\n")
        for line in (3, 4):
            await clerk.types(f"1\n{line}\nY\n")
        assert "ALL EEOBS HAVE ALREADY BEEN VERIFIED IN THIS ERA" in await clerk.types("1\n")
        await clerk.types("\n3\n")
    assert verified(site, actor, era) == [False, True, True, True, True]


async def test_a_reader_has_only_the_report(site: Store, actor: Actor) -> None:
    era = named(site, actor)
    reader = dataclasses.replace(actor, keys=frozenset(), desk="reader")
    async with at_pad(site, reader, era) as clerk:
        screen = await clerk.types("VE\n1\n")
        assert "THE KEY LOCKBOX CLERK IS MISSING" in screen
        await clerk.types("\n")
        assert "UNVERIFIED LINES DISCREPANCIES REPORT" in await clerk.types("2\n\n\n")
    assert verified(site, actor, era) == [False, True, False, False, False]


async def test_the_report_stands_as_in_the_sample(site: Store, actor: Actor, golden: Golden) -> None:
    era = named(site, actor)
    rows = [
        SplitRow("K20B119", None, Decimal("324.39"), Decimal(0)),
        SplitRow("K99ZZ02", None, Decimal("19.60"), Decimal(0)),
    ]
    with site.writing() as session:
        split(session, actor, LineKey(era, 3, 1), rows, unknown_claims=True)
    async with at_pad(site, actor, era) as clerk:
        golden("unverified_report", await clerk.types("VE\n2\n\n\n"))
        golden("unverified_report_end", await clerk.types("\n"))
        await clerk.types("\n")
        assert clerk.prompt == "Select Action: QUIT//"


async def test_the_report_of_an_era_whose_lines_are_all_verified_says_so(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = eft_era(site, actor, [("K1", 100, 80)], amount=80)
    with site.writing() as session:
        create_receipt(session, actor, era)
    async with at_pad(site, actor, era, read_only=True) as clerk:
        screen = await clerk.types("VE\n2\n\n\n")
        assert "THERE ARE NO UNVERIFIED LINES WITH DISCREPANCIES IN THIS ERA" in screen


async def test_a_line_that_is_typed_along_is_asked_for_at_once(site: Store, actor: Actor) -> None:
    era = named(site, actor)
    async with at_pad(site, actor, era) as clerk:
        assert "THIS LINE IS ALREADY VERIFIED" in await clerk.types("VE=2\n")
        await clerk.types("\n")
        assert "  CLAIM #: K20B119" in await clerk.types("VE=3\n")
        await clerk.types("Y\n")
        assert "  CLAIM #: K20B120" in await clerk.types("VE=4\n")
        assert clerk.prompt == f"{MARK}: NO//"
        assert "EEOB Worklist/Scratch Pad" in await clerk.types("^\n")
        screen = await clerk.types("VE=9\n")
        assert ">>> Selection '9' is not a valid choice." in screen
        await clerk.types("\n")
        reader = dataclasses.replace(actor, keys=frozenset(), desk="reader")
    assert verified(site, actor, era) == [False, True, True, False, False]
    async with at_pad(site, reader, era) as clerk:
        assert "THE KEY LOCKBOX CLERK IS MISSING" in await clerk.types("VE=4\n")


async def test_a_hundred_lines_are_too_many_to_list(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    claims = [given.Claim("K1", 100, 60), *(given.Claim(f"X{number}", 9, 5) for number in range(100))]
    era = check_era(site, actor, claims)
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("VE\n1\n?\n")
        assert "THERE ARE TOO MANY EEOB ENTRIES NOT VERIFIED TO LIST" in screen
        assert "PRINT THE UNVERIFIED DISCREPANCY REPORT TO GET A LIST OF POSSIBLE CHOICES" in screen
        assert clerk.prompt == f"{SELECT} 2//"
