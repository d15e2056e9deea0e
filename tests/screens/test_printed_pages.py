"""What each print looks like on paper: its sheets, in a file and in a PDF that says the same to the letter."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from models.store import Store
from models.words.scratchpad import PaymentOrder
from screens.lockbox_desk import LockboxDesk
from screens.receipts.receipt_preview import receipt_preview
from screens.scratchpad.scratch_pad import ScratchPadScreen
from screens.worklist.view_print import view_print_era
from services.office.actor import Actor
from services.scratchpad.acts import create_pad
from tests.pdf_text import sheets_of
from tests.remittance_in_full import remittance_in_full
from tests.screens.batch_site import divided_era
from tests.screens.conftest import Golden
from tests.screens.pad_site import CHECK
from tests.screens.seat import Seat

Talk = Callable[[LockboxDesk], Awaitable[object]]


async def printed(
    site: Store, actor: Actor, folder: Path, talk: Talk, typed: str, golden: Golden, name: str
) -> list[list[str]]:
    """Prints by what is typed into a file and a PDF, which say the same; gives the sheets."""

    async def option(desk: LockboxDesk) -> None:
        await talk(desk)

    for device in ("FILE", "PDF"):
        async with Seat(site, actor, option, folder) as clerk:
            screen = await clerk.types(f"{typed}{device}\n{name}\n\n")
            assert (
                f"Printed to {name}{'.pdf' if device == 'PDF' else ''} in the site's print folder." in screen
            )
    text = (folder / name).read_text("utf-8")
    golden(f"printed_{name}", text.replace("\f", "--- form feed ---\n"))
    sheets = [sheet.splitlines() for sheet in text.split("\f")]
    assert sheets_of((folder / f"{name}.pdf").read_bytes()) == sheets
    for number, sheet in enumerate(sheets, 1):
        assert len(sheet) == 60
        assert max(map(len, sheet)) <= 80
        assert sheet[-1].startswith(f"{actor.name}  JUL 22, 2012@")
        assert sheet[-1].endswith(f" PAGE {number}")
    return sheets


@pytest.fixture
def era(site: Store, actor: Actor) -> int:
    """A remittance that says whatever an 835 can say, with its scratch pad."""
    number = remittance_in_full(site, actor)
    with site.writing() as session:
        create_pad(session, actor, number, check=CHECK)
    return number


def pad_of(era: int) -> Talk:
    """A clerk in front of a scratch pad."""
    return lambda desk: desk.show(ScratchPadScreen(desk, era, PaymentOrder.NONE))


@pytest.mark.parametrize(("expanded", "name"), [("NO", "era"), ("YES", "era_expanded")])
async def test_view_print_era(
    site: Store, actor: Actor, era: int, tmp_path: Path, golden: Golden, expanded: str, name: str
) -> None:
    typed = f"{era}\n{expanded}\n"
    sheets = await printed(site, actor, tmp_path, view_print_era, typed, golden, name)
    assert [sheet[0].split()[-1] for sheet in sheets] == [str(number) for number in range(1, len(sheets) + 1)]


async def test_view_print_eeob(site: Store, actor: Actor, era: int, tmp_path: Path, golden: Golden) -> None:
    await printed(site, actor, tmp_path, pad_of(era), "EOB=2\n", golden, "eeob")


async def test_the_batch_summary_report(site: Store, actor: Actor, tmp_path: Path, golden: Golden) -> None:
    era = divided_era(site, actor)
    await printed(site, actor, tmp_path, pad_of(era), "B\n4\n", golden, "batch_summary")


async def test_the_unverified_discrepancies_report(
    site: Store, actor: Actor, era: int, tmp_path: Path, golden: Golden
) -> None:
    await printed(site, actor, tmp_path, pad_of(era), "VE\n2\n", golden, "unverified")


async def test_the_receipt_preview(site: Store, actor: Actor, tmp_path: Path, golden: Golden) -> None:
    era = divided_era(site, actor, None)
    typed = "PR\n"
    await printed(site, actor, tmp_path, lambda desk: receipt_preview(desk, era), typed, golden, "preview")


@pytest.mark.parametrize(("typed", "name"), [("PS\n", "screen"), ("PL\n", "list")])
async def test_a_screen_and_a_list(
    site: Store, actor: Actor, era: int, tmp_path: Path, golden: Golden, typed: str, name: str
) -> None:
    await printed(site, actor, tmp_path, pad_of(era), typed, golden, name)
