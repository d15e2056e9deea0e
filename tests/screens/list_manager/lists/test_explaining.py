"""F1 and `?` on a list whose explanation cannot be read: the refusal is said, and the list stands as it was."""

from collections.abc import Sequence

from screens.list_manager.desk import Desk, DeskSettings
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.lists.list_actions import EXIT
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.source import Lines
from screens.list_manager.lists.template import Contents, Template
from services.errors import Refused
from tests.screens.list_manager.clerk import Clerk
from tests.terminal.sample_desk import NOW


class Closed(ListScreen[Desk]):
    """A list of one entry that nobody can say anything of."""

    template = Template(title="Closed", top=4, bottom=18, entity="#")
    actions = (EXIT,)

    async def build(self) -> Contents:
        lines = Lines()
        lines.entry("1    THE ONLY ONE")
        return Contents(source=lines, explain=self._explain)

    async def _explain(self, entry: int) -> Sequence[str]:
        raise Refused(f"ENTRY {entry} IS GONE")


async def test_what_cannot_be_explained_is_said_and_the_list_stands() -> None:
    async def talk(terminal: Terminal) -> None:
        desk = Desk(terminal, DeskSettings(now=lambda: NOW))
        await desk.show(Closed(desk))

    async with Clerk(talk) as clerk:
        await clerk.press("down")
        before = clerk.screen
        for key in ("f1", "?"):
            screen = await (clerk.press(key) if key == "f1" else clerk.types("?\n"))
            assert "ENTRY 1 IS GONE" in screen
            assert "PRESS RETURN TO CONTINUE" in screen
            assert (await clerk.types("\n")) == before
        assert "?Exit is not a valid selection." in await clerk.types("?Exit\n")
