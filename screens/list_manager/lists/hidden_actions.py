"""Doing the hidden actions of a list: moving about, printing, searching (`screens.md` 0.7)."""

import textwrap

from screens.list_manager.actions import After
from screens.list_manager.asking.pager import Device
from screens.list_manager.asking.progress import watch_search
from screens.list_manager.asking.questions import Pause
from screens.list_manager.lists.call import ListOnScreen
from screens.list_manager.lists.hidden import Hidden
from screens.list_manager.lists.searching import search_list
from screens.list_manager.lists.source import AnyLine, text_of
from screens.list_manager.lists.view import SHIFT

_PRINT_STEP = 500
_TRUNCATED = "Some printed item lines may have been truncated."


class HiddenActions:
    """The hidden actions of one list."""

    def __init__(self, listed: ListOnScreen) -> None:
        self._listed = listed

    def move(self, action: Hidden, argument: str = "") -> bool:
        """Moves the view; rings the bell and gives False when it cannot go further."""
        view = self._listed.view
        steps = {
            Hidden.NEXT: view.next_page,
            Hidden.PREVIOUS: view.previous_page,
            Hidden.UP: view.line_up,
            Hidden.DOWN: view.line_down,
            Hidden.FIRST: view.first_page,
            Hidden.LAST: view.last_page,
        }
        if action in steps:
            moved = steps[action]()
        elif action in (Hidden.LEFT, Hidden.RIGHT):
            sign = 1 if action is Hidden.RIGHT else -1
            columns = 100_000 if argument in ("<", ">") else SHIFT
            if argument.isascii() and argument.isdecimal():
                columns = int(argument[:4])
            moved = view.shift(sign * columns)
        else:
            self._listed.desk.terminal.glass.redraw()
            moved = True
        if not moved:
            self._listed.desk.terminal.bell()
        view.marker_follows()
        return moved

    async def run(self, action: Hidden, argument: str) -> After | None:
        """Does a hidden action that was typed."""
        if action is Hidden.QUIT:
            return After.LEAVE
        if action is Hidden.GO:
            await self._go(argument)
        elif action is Hidden.SEARCH:
            await search_list(self._listed, argument)
        elif action is Hidden.PRINT_SCREEN:
            await self._print_screen()
        elif action is Hidden.PRINT_LIST:
            await self._print_list()
        elif action is Hidden.AUTO_DISPLAY:
            await self._auto_display()
        else:
            self.move(action, argument)
        return After.REPAINT

    async def _go(self, argument: str) -> None:
        listed = self._listed
        ask, view = listed.desk.ask, listed.view
        if view.pages == 1:
            ask.wrong("This list only contains 1 page.")
            await ask.pause(Pause.RETURN)
            return
        while True:
            typed = argument or await ask.text(f"Go to Page (1-{view.pages}): ", help=f"1 to {view.pages}.")
            argument = ""
            if not typed:
                return
            page = int(typed[:9]) if typed.isascii() and typed.isdecimal() else 0
            if page == view.page:
                ask.wrong("Your selection is the current screen.")
            elif page > view.pages:
                ask.wrong(f"Too large. Page #{page} does not exist.")
            elif page < 1:
                ask.wrong(f"Type a number between 1 and {view.pages}.")
            else:
                view.go_to(page)
                view.marker_follows()
                return

    async def _print_screen(self) -> None:
        listed = self._listed
        glass = listed.desk.terminal.glass
        shown = [glass.rows[row].text.rstrip() for row in range(listed.paper_row())]
        device = await listed.desk.device()
        await listed.desk.page_out(shown, device, title=listed.template.title)
        await self._tell_printed(device)

    async def _print_list(self) -> None:
        listed = self._listed
        source, template = listed.view.source, listed.template
        top = [template.title, *listed.contents.header, template.captions]
        device = await listed.desk.device(margin=min(max(template.width, 80), 256))

        async def all_lines() -> list[str]:
            lines: list[AnyLine] = []
            for first in range(0, source.line_count, _PRINT_STEP):
                lines += await source.window(first, _PRINT_STEP)
            return [text_of(line) for line in lines]

        texts = await watch_search(
            listed.desk.terminal, all_lines(), "COLLECTING THE LIST (PRESS '^' TO QUIT)"
        )
        if any(len(text.rstrip()) > device.margin for text in texts):
            # Of all lines this one may not be cut at the margin it tells of.
            texts += textwrap.wrap(_TRUNCATED, device.margin)
        await listed.desk.page_out(texts, device, heading=lambda _: top, title=template.title)
        await self._tell_printed(device)

    async def _tell_printed(self, device: Device) -> None:
        """Lets the clerk read where a print went before the list is painted again."""
        if not device.on_screen:
            await self._listed.desk.ask.pause(Pause.RETURN)

    async def _auto_display(self) -> None:
        listed = self._listed
        word = "ON" if listed.actions_off else "OFF"
        if await listed.desk.ask.yes_no(
            f"Do you wish to turn auto-display '{word}' for this menu? ", default=False
        ):
            listed.actions_off = not listed.actions_off
            listed.desk.settings.preferences.set(f"ADPL {listed.template.title}", word)
