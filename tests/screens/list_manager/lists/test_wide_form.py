"""A list with a wide form: which one is shown, and what stays when a terminal is resized or a search broken off."""

from dataclasses import replace

from screens.list_manager.desk import Desk, DeskSettings
from screens.list_manager.glass.leaving import Cancelled
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.source import Lines
from screens.list_manager.lists.template import WIDE_SCREEN, Contents, Template
from tests.screens.list_manager.clerk import Clerk
from tests.terminal.sample_desk import NOW


class Numbers(ListScreen[Desk]):
    """Forty numbers: two lines each, or one in the wide form; as often as `broken_off` says it is not built."""

    template = Template("Numbers", top=4, bottom=19, entity="#")
    wide = replace(template, width=WIDE_SCREEN, seen=WIDE_SCREEN, captions=f"{'':125}WIDE")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.broken_off = 0

    async def build(self) -> Contents:
        form = self.listed.form
        if self.broken_off:
            self.broken_off -= 1
            raise Cancelled
        lines = Lines()
        for number in range(1, 41):
            lines.entry(*((f"{number:<4}",) if form is self.wide else (f"{number:<4}", "    and so on")))
        return Contents(source=lines, form=form)


def at_numbers() -> tuple[Clerk[None], list[Numbers]]:
    """A clerk at the list, and the list once it is open."""
    opened: list[Numbers] = []

    async def talk(terminal: Terminal) -> None:
        desk = Desk(terminal, DeskSettings(now=lambda: NOW))
        opened.append(Numbers(desk))
        await desk.show(opened[0])

    return Clerk(talk), opened


async def test_the_form_follows_the_terminal_and_the_page_keeps_its_first_entry() -> None:
    clerk, _ = at_numbers()
    async with clerk:
        await clerk.types("+\n")
        first = clerk.row(4).split()[0]
        clerk.stack.resize(24, WIDE_SCREEN)
        await clerk.press("resized")
        assert clerk.row(3).endswith("WIDE")
        assert [clerk.row(number).split()[0] for number in (4, 5)] == [first, str(int(first) + 1)]
        clerk.stack.resize(24, WIDE_SCREEN - 1)
        await clerk.press("resized")
        assert not clerk.row(3).endswith("WIDE")
        assert [clerk.row(number).strip() for number in (4, 5)] == [first, "and so on"]


async def test_a_list_that_could_not_be_built_again_stands_as_it_was() -> None:
    clerk, opened = at_numbers()
    async with clerk:
        clerk.stack.resize(24, WIDE_SCREEN)
        opened[0].broken_off = 1
        await clerk.press("resized")
        assert [clerk.row(number).strip() for number in (4, 5)] == ["1", "and so on"]
        await clerk.press("resized")
        assert [clerk.row(number).strip() for number in (4, 5)] == ["1", "2"]
        clerk.stack.resize(24, 100)
        opened[0].broken_off = 1
        await clerk.press("resized")
        assert clerk.row(1) == "132 COLUMNS ARE NEEDED; AMOUNTS ARE CUT OFF"
