"""ERA List - Worklist as a clerk sees it, line by line, and what he can do on it."""

import datetime

import pytest
from sqlalchemy import update

from models.eras import Era
from models.store import Store
from models.words.keys import SecurityKey
from models.words.remittances import EraMatchStatus, PostStatus
from models.words.scratchpad import BatchCriterion
from screens.lockbox_desk import LockboxDesk
from screens.worklist.era_filters import eeob_worklist
from screens.worklist.era_lines import era_lines
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.remittances.listing import EraRow, payment_text
from services.scratchpad.acts import take_era
from services.scratchpad.batch_acts import assign_batches, edit_batch
from services.scratchpad.batches import BatchPlan
from tests.screens.conftest import Golden
from tests.screens.era_site import Eras, fill
from tests.screens.seat import Seat
from tests.stores import FixedClock

THE_LIST = "\n\n\n\n\n"


@pytest.fixture
def eras(site: Store, actor: Actor, clock: FixedClock) -> Eras:
    """A site with an ERA of each kind."""
    return fill(site, actor, clock)


async def test_the_list_stands_as_on_paper(site: Store, actor: Actor, eras: Eras, golden: Golden) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        golden("era_list_first_page", await clerk.types(THE_LIST))
        golden("era_list_second_page", await clerk.types("\n"))
        golden("era_list_last_page", await clerk.types("LS\n"))
        await clerk.types("\n")
        assert clerk.done


async def test_each_field_stands_in_its_column(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        first, second, third, fourth = (clerk.row(number).ljust(80) for number in range(7, 11))
        assert first[0:5] == "1   -"
        assert first[5:15] == f"{eras.check_expected:<10}"
        assert first[17:27] == "NWM0098231"
        assert second[40:48] == "  7/2/12"
        assert second[53:65] == "      277.10"
        assert second[72:] == "7/5/12  "
        assert third[12:42] == "NORTHWIND MUTUAL HEALTH       "
        assert third[44:61] == "APPROX # EEOBs: 3"
        assert fourth[12:42] == "UNMATCHED                     "
        assert fourth[44:].rstrip() == "(CHECK PAYMENT EXPECTED)"
        assert clerk.row(11) == ""
        assert clerk.row(12)[4] == " ", "an ERA with a scratch pad has no mark"


async def test_what_is_known_of_the_money(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        shown = [await clerk.types(THE_LIST), await clerk.types("\n"), await clerk.types("\n")]
        lines = [line.strip() for screen in shown for line in screen.splitlines()]
    assert [line for line in lines if line.endswith(")") and "PAYMENT" in line] == [
        "UNMATCHED                       (CHECK PAYMENT EXPECTED)",
        "MATCHED TO PAPER CHECK          (CHECK PAYMENT CHOSEN)",
        "UNMATCHED                       (NO PAYMENT EXPECTED)",
    ]
    assert "MATCHED                         EFT RECEIPT STATUS: ACCEPTED BY FMS" in lines
    assert "MATCHED WITH ERRORS             EFT RECEIPT STATUS: ACCEPTED BY FMS" in lines
    assert "UNMATCHED                       N/A" in lines


async def test_exit_leaves_and_a_wrong_number_is_refused(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        assert ">>> Selection '7' is not a valid choice." in await clerk.types("7\n")
        assert ">>> Selection '9' is not a valid choice." in await clerk.types("SE=9\n")
        await clerk.types("\nE\n")
        assert clerk.done


async def test_searching_finds_an_era_that_is_not_on_the_page(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        screen = await clerk.types("SL=lakeshore\n")
        assert clerk.row(7).strip().startswith("LAKESHORE BENEFIT TRUST")
        assert "Find Next 'lakeshore'?" in screen
        screen = await clerk.types("Y\n")
        assert "<<< End of list >>>" in screen


async def test_f1_explains_the_era_under_the_marker(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        await clerk.press("down")
        screen = await clerk.press("f1")
        assert f"ERA {eras.check_expected} of NORTHWIND MUTUAL HEALTH: UNMATCHED." in screen
        assert "It has no scratch pad yet." in screen
        said = " ".join(screen.split())
        assert "UNMATCHED: No EFT or check is known for the ERA yet. Wait for the night job" in said
        assert "NOT POSTED: Nothing of the ERA is posted yet. Work its scratch pad" in said
        assert "BPR04 CHK: The payment comes as a check. Work the ERA when the check has come" in said


@pytest.mark.parametrize("typed", ["6", "SE=6", "SE\n6"])
async def test_an_era_is_selected_and_the_list_comes_back_at_its_place(
    site: Store, actor: Actor, eras: Eras, typed: str
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST + "\n")
        assert "2 of    3" in clerk.row(1)
        await clerk.types(f"{typed}\n")
        screen = await clerk.types("Y\n1003\n\n\n\n\n")
        assert clerk.row(1).startswith("EEOB Worklist/Scratch Pad")
        assert "PAPER CHECK #: 1003" in screen
        screen = await clerk.types("Q\n")
        assert clerk.row(1).startswith("ERA List - Worklist")
        assert "2 of    3" in clerk.row(1)
        assert f"6    {eras.waiting} " in screen, "it has a scratch pad now"
        assert "MATCHED TO PAPER CHECK          (CHECK PAYMENT CHOSEN)" in await clerk.types("+\n")


async def test_an_era_of_another_clerk_is_refused_and_the_list_stays(
    site: Store, actor: Actor, eras: Eras
) -> None:
    with site.writing() as session:
        add_user(session, "second", "CLERK,TWO", (SecurityKey.CLERK,), given_by="test")
        take_era(session, sign_on(session, "second"), eras.check_chosen)
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        screen = await clerk.types("2\n")
        told = "Another user is currently editing this entry (CLERK,TWO since 14:37, until\n14:40 unless renewed)"
        assert f"{told}\nPRESS RETURN TO CONTINUE" in screen
        await clerk.types("\n")
        assert clerk.row(1).startswith("ERA List - Worklist")
        assert clerk.prompt.startswith("Select Action:")


def post(store: Store, *numbers: int) -> None:
    """Says of ERAs that they were posted."""
    with store.writing() as session:
        these = update(Era).where(Era.id.in_(numbers))
        session.execute(these.values(post_status=PostStatus.POSTED, version=Era.version + 1))


async def test_an_era_that_was_worked_keeps_its_number_until_the_list_is_built_anew(
    site: Store, actor: Actor, eras: Eras
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        post(site, eras.check_expected)
        await clerk.types("SE=2\n\nQ\n")
        assert clerk.row(7).startswith(f"1   -{eras.check_expected} ")
        assert clerk.row(8).startswith(f"{'':12}POSTED{'':22}  7/2/12  ")
        assert clerk.row(12).startswith(f"2    {eras.check_chosen} ")
        assert not clerk.row(13)[:40].strip()
        await clerk.types("SO\n\n\n\n")
        assert clerk.row(7).startswith(f"1    {eras.check_chosen} ")


async def test_a_posted_era_is_shown_so_only_where_unposted_ones_were_asked_for(
    site: Store, actor: Actor, eras: Eras
) -> None:
    post(site, eras.check_expected)
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types("L\nB\n\n\n\n")
        assert clerk.row(7).startswith(f"1   -{eras.check_expected} ")
        assert not clerk.row(8)[:40].strip()


async def test_a_list_that_empties_says_so(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        post(site, *range(1, 7))
        screen = await clerk.types("SO\n\n\n\n")
        assert clerk.row(7) == "No ERAs left for your selection criteria"
        assert screen.rstrip().endswith("Select Action: Quit//")
        assert "There are no '#s' to select." in await clerk.types("SE\n")


async def test_an_empty_result_says_so_and_ends_the_option(site: Store, actor: Actor) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        screen = await clerk.types(THE_LIST)
        assert "THERE ARE NO ERAs MATCHING YOUR SELECTION CRITERIA" in screen
        assert screen.rstrip().endswith("PRESS RETURN TO CONTINUE")
        await clerk.types("\n")
        assert clerk.done


def row(**of: object) -> EraRow:
    values: dict[str, object] = {
        "number": 1234567890,
        "trace": "T" * 50,
        "payer": "P" * 60,
        "payer_id": "DEMO1",
        "date": datetime.date(2012, 12, 31),
        "amount": 123456789,
        "received": datetime.date(2012, 12, 31),
        "method": "CHK",
        "match_status": EraMatchStatus.UNMATCHED,
        "post_status": PostStatus.NOT_POSTED,
        "check": None,
        "eft": None,
        "eft_receipt_status": None,
        "receipt": None,
        "approximate_eeobs": 9999,
        "has_scratchpad": False,
        "balanced": True,
    }
    return EraRow(**{**values, **of})  # type: ignore[arg-type]  # the test names fields by word


def test_an_era_that_does_not_balance_says_so() -> None:
    assert era_lines(1, row(balanced=False))[2].endswith("  APPROX # EEOBs: 9999 OUT OF BALANCE")
    assert era_lines(1, row())[2].endswith("  APPROX # EEOBs: 9999")


def test_the_longest_values_keep_their_columns() -> None:
    lines = era_lines(100_000, row())
    assert lines[0] == "100000-1234567890" + "T" * 50
    assert lines[1] == f"{'':40}12/31/12{'':5}123456789.00{'':7}12/31/12"
    assert all(len(line) <= 80 for line in lines)
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("status", "method", "text"),
    [
        (EraMatchStatus.MATCH_0, "NON", "N/A"),
        (EraMatchStatus.REMOVED, "CHK", "N/A"),
        (EraMatchStatus.UNMATCHED, None, "N/A"),
        (EraMatchStatus.PAPER_CHECK, "CHK", "(CHECK PAYMENT CHOSEN)"),
    ],
)
def test_the_payment_text_without_an_eft(status: EraMatchStatus, method: str | None, text: str) -> None:
    assert payment_text(row(match_status=status, method=method)) == text


async def test_the_batches_of_an_era_are_displayed_and_hidden(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    with site.writing() as session:
        assign_batches(
            session, actor, eras.check_chosen, BatchPlan(BatchCriterion.NAME, through=("H", "Q", "Z"))
        )
        edit_batch(session, actor, eras.check_chosen, 1, ready=True)
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        assert "BATCH #" not in clerk.screen
        golden("era_list_display_batch", await clerk.types("H\n"))
        golden("era_list_with_batches", await clerk.types("\n"))
        await clerk.types("LS\n")
        assert "BRH7716203398" in clerk.screen, "the last ERA stands behind the lines of the batches"
        await clerk.types("^\n")
        await clerk.types("")
        assert clerk.done


async def test_batches_stay_displayed_until_they_are_hidden(site: Store, actor: Actor, eras: Eras) -> None:
    with site.writing() as session:
        assign_batches(session, actor, eras.check_chosen, BatchPlan(BatchCriterion.PAYMENT))

    async def twice(desk: LockboxDesk) -> None:
        await eeob_worklist(desk)
        await eeob_worklist(desk)

    async with Seat(site, actor, twice) as clerk:
        await clerk.types(f"{THE_LIST}H\nN\n")
        assert "- BATCH #" not in clerk.screen
        await clerk.types("H\n\n")
        assert "- BATCH #3    NO PAYMENT                      NOT READY TO POST" in clerk.screen
        await clerk.types(f"Q\n{THE_LIST}")
        assert "- BATCH #3    NO PAYMENT" in clerk.screen
        screen = await clerk.types("H\n")
        assert "BATCH INFO DISPLAY IS CURRENTLY TURNED ON" in screen
        assert "- BATCH #" not in await clerk.types("\n")
