"""A clerk at the sample ERA list, and how its first page stands on paper."""

from pathlib import Path

from screens.list_manager.desk import DeskSettings
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.menus.menus import Menus
from tests.screens.list_manager.clerk import Clerk
from tests.terminal.sample_desk import MENU, NOW, EraList, SampleDesk

FIRST_PAGE = (Path(__file__).parent / "era_list.txt").read_text().rstrip("\n")
STANDARD_PAGE = FIRST_PAGE.replace(
    "'-' Before the ERA # indicates no scratchpad entry", "Enter ?? for more actions"
)


def at_list(eras: int = 40, folder: Path | None = None, rows: int = 24) -> tuple[Clerk[None], list[str]]:
    """A clerk at the ERA list; the list gives what was done."""
    notes: list[str] = []

    async def talk(terminal: Terminal) -> None:
        desk = SampleDesk(terminal, DeskSettings(now=lambda: NOW, print_folder=folder), eras)
        desk.notes = notes
        Menus(desk, MENU)
        await desk.show(EraList(desk))

    return Clerk(talk, rows), notes
