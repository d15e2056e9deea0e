"""ERA List - Worklist on a terminal of 132 columns or more: one line an ERA."""

import pytest
from sqlalchemy import update

from models.eras import Era
from models.store import Store
from models.words.finance import DocumentStatus
from models.words.remittances import EraMatchStatus
from models.words.scratchpad import BatchCriterion
from screens.worklist.era_filters import eeob_worklist
from screens.worklist.era_lines import wide_line
from services.office.actor import Actor
from services.scratchpad.batch_acts import assign_batches
from services.scratchpad.batches import BatchPlan
from tests.screens.conftest import Golden
from tests.screens.era_site import Eras, fill
from tests.screens.seat import Seat
from tests.screens.worklist.test_era_list import THE_LIST, row
from tests.stores import FixedClock


@pytest.fixture
def eras(site: Store, actor: Actor, clock: FixedClock) -> Eras:
    """A site with an ERA of each kind."""
    return fill(site, actor, clock)


async def test_the_wide_list_has_one_line_an_era(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    with site.writing() as session:
        session.execute(update(Era).where(Era.id == eras.waiting).values(balanced=False))
    async with Seat(site, actor, eeob_worklist) as clerk:
        clerk.stack.resize(24, 132)
        golden("era_list_wide", await clerk.types(THE_LIST))
        assert len(clerk.glass.rows[0].attributes) == 132
        await clerk.types("6\n")
        assert clerk.prompt == "DO YOU WANT TO CREATE ONE NOW?: NO//"
        await clerk.types("Y\n1003\n\n\n\n\n")
        assert f"ERA Entry #: {eras.waiting} " in clerk.screen
        assert clerk.row(1).rstrip().endswith("Page:    1 of    1"), (
            "a list without a wide form keeps its 80 columns"
        )


async def test_one_column_less_shows_the_usual_form(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        usual = [clerk.row(number) for number in range(1, 21)]
        clerk.stack.resize(24, 131)
        await clerk.press("resized")
        assert [clerk.row(number) for number in range(1, 21)] == usual


async def test_the_first_era_of_the_page_stays_when_the_form_changes(
    site: Store, actor: Actor, eras: Eras
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        usual = await clerk.types(f"{THE_LIST}\n")
        assert clerk.row(1).endswith("Page:    2 of    3")
        await clerk.types("4\n^\n")
        clerk.stack.resize(24, 132)
        await clerk.press("resized")
        assert clerk.row(1).endswith("Page:    1 of    1")
        clerk.stack.resize(24, 80)
        screen = await clerk.press("resized")
        assert f"{eras.matched} " in screen
        assert usual.splitlines()[:6][1:] == screen.splitlines()[:6][1:]


async def test_the_batches_stand_under_their_era(site: Store, actor: Actor, eras: Eras) -> None:
    with site.writing() as session:
        assign_batches(session, actor, eras.check_chosen, BatchPlan(BatchCriterion.PAYMENT))
    async with Seat(site, actor, eeob_worklist) as clerk:
        clerk.stack.resize(24, 132)
        await clerk.types(f"{THE_LIST}H\n\n")
        assert clerk.row(8).startswith(f"2    {eras.check_chosen} ")
        assert [clerk.row(number)[12:22] for number in range(9, 12)] == [
            "- BATCH #1",
            "- BATCH #2",
            "- BATCH #3",
        ]
        assert clerk.row(12).startswith(f"3   -{eras.matched} ")


async def test_what_the_line_has_no_room_for_stands_behind_f1(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        clerk.stack.resize(24, 132)
        await clerk.types(THE_LIST)
        await clerk.press("down")
        screen = await clerk.press("f1")
        assert "Its trace number is NWM0098231, its payment: (CHECK PAYMENT EXPECTED)." in screen


def test_the_longest_values_keep_their_columns_on_the_wide_list() -> None:
    line = wide_line(9999, row(balanced=False))
    assert len(line) <= 132
    assert line[:16] == "9999-1234567890 "
    assert line[16:57] == f"{'T' * 20} {'P' * 20}"
    assert line[58:66] == "12/31/12"
    assert line[67:79] == "123456789.00"
    assert line[80:88] == "12/31/12"
    assert line[89:95] == " 9999*"
    assert line[96:] == "UNMATCHED, CHECK PAYMENT EXPECTED"


@pytest.mark.parametrize(
    ("status", "receipt", "text"),
    [
        (EraMatchStatus.MATCHED, DocumentStatus.QUEUED, "MATCHED, QUEUED FOR TRANSMISSION"),
        (EraMatchStatus.MATCHED_WITH_ERRORS, DocumentStatus.ACCEPTED, "MATCHED WITH ERRORS, ACCEPTED BY FMS"),
        (EraMatchStatus.PAPER_CHECK, None, "MATCHED TO PAPER CHECK"),
        (EraMatchStatus.MATCH_0, None, "MATCH-0 PAYMENT"),
    ],
)
def test_where_an_era_and_its_money_stand(
    status: EraMatchStatus, receipt: DocumentStatus | None, text: str
) -> None:
    assert wide_line(1, row(match_status=status, eft_receipt_status=receipt))[96:] == text
