"""F1 on the scratch pad and in Split/Edit: what the payer's codes of the entry under the marker mean."""

import io

from models.store import Store
from services.office.actor import Actor
from services.remittances.eeob_codes import codes_of
from services.scratchpad.acts import create_pad
from tests import given
from tests.remittance_in_full import remittance_in_full
from tests.screens.pad_site import CHECK, at_pad, check_era


def in_full(site: Store, actor: Actor) -> int:
    """The remittance that says whatever an 835 can say, with its scratch pad."""
    era = remittance_in_full(site, actor)
    with site.writing() as session:
        create_pad(session, actor, era, check=CHECK)
    return era


async def test_f1_names_the_codes_of_the_entry_with_amounts_and_meanings(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K20B119": 1500}, patient="DEMOVET,CHARLIE")
    era = check_era(
        site,
        actor,
        [given.Claim("K20B119", 1500, "343.99", patient="DEMOVET,CHARLIE")],
        [("WO", "R77", "14")],
    )
    async with at_pad(site, actor, era) as clerk:
        await clerk.press("down")
        screen = await clerk.press("f1")
        assert "Entry 1 is EEOB seq # ADJ1 of the ERA" in screen
        assert "  PLB WO        -14.00  Overpayment Recovery" in screen
        await clerk.types("\n")
        await clerk.press("down")
        screen = await clerk.press("f1")
        assert "Entry 2 is EEOB seq # 1 of the ERA" in screen
        assert "  CLP02 1               Processed as Primary" in screen
        (reason,) = [row for row in screen.splitlines() if row.startswith("  CO-45 ")]
        assert reason.startswith("  CO-45        1156.01  Charge exceeds fee schedule")
        assert reason.endswith(" ...")
        assert len(reason) <= 80


async def test_f1_in_the_split_names_the_codes_of_the_line(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 50, "K2": 60})
    era = check_era(site, actor, [("K1", 50, 30), ("K2", 60, 60)])
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S=1\nY\n\n20\n\nK2\n\n\n")
        await clerk.press("down")
        await clerk.press("down")
        screen = await clerk.press("f1")
        assert "Row 2 takes 10.00 of line 1.001 to K2." in screen
        assert "  CO-45          20.00  Charge exceeds fee schedule" in screen


async def test_many_codes_take_no_more_than_a_page(site: Store, actor: Actor) -> None:
    era = in_full(site, actor)
    with site.reading() as session:
        count = len(codes_of(session, era, ("2",)))
    async with at_pad(site, actor, era) as clerk:
        for _ in range(4):
            await clerk.press("down")
        screen = await clerk.press("f1")
        assert "Entry 4 is EEOB seq # 2 of the ERA" in screen
        assert "  OA-23         100.00  The impact of prior payer(s)" in screen
        assert f"  and {count - 10} more codes: View/Print EEOB has them all." in screen


def test_each_code_of_an_eeob_is_told_once_with_what_it_comes_to(site: Store, actor: Actor) -> None:
    era = in_full(site, actor)
    with site.reading() as session:
        told = codes_of(session, era, ("2",))
        labels = [code.label for code in told]
        assert labels[:4] == ["CLP02 2", "CO-253", "CO-45", "OA-23"]
        assert [str(code.amount) for code in told[1:4]] == ["100.00", "1000.32", "100.00"]
        assert len(labels) == len(set(labels))
        by_label = {code.label: code.explained for code in told}
        assert by_label["RX 70"] is None
        remark = by_label["N381"]
        assert remark is not None and remark.known
        assert [code.label for code in codes_of(session, era, ("3", "ADJ1", "TOTALS MISMATCH", "ADJ9"))] == [
            "CLP02 4",
            "CO-45",
            "PR-1",
            "PR-2",
            "PLB WO",
        ]


async def test_a_code_that_is_unknown_or_stopped_says_so(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    file = given.remittance_file(("T1", [("K1", 100, 80)])).replace(b"CAS*CO*45*20~", b"CAS*CO*25*15**999*5~")
    era = given.brought(site, actor, "codes.835", io.BytesIO(file)).sets[0].era
    assert era is not None
    with site.writing() as session:
        create_pad(session, actor, era, check=CHECK)
    async with at_pad(site, actor, era) as clerk:
        await clerk.press("down")
        screen = await clerk.press("f1")
        assert "  CO-25          15.00  (STOPPED 2008-04-01) Payment denied." in screen
        assert "  CO-999          5.00  NOT IN THE LIST OF CODES" in screen
