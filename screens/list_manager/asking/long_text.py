"""Long text: the line editor of word processing, in which comments of several lines are written.

    COMMENT:
      1>Called payer, waiting for
      2>corrected remittance.
      3>
    EDIT Option:

Lines are typed until an empty one; RETURN at `EDIT Option` ends it, and `^` anywhere leaves the whole act.
"""

from collections.abc import Sequence

from screens.list_manager.asking.dialogue import Ask
from screens.list_manager.asking.questions import question

_OPTIONS = ("Add Lines to End of Text", "Delete Line(s)", "Edit a Line", "List the Lines")
_HELP = (
    "Choose, by first letter, a word processing command:",
    *(f"  {option}" for option in _OPTIONS),
    "or type a line number to edit that line. RETURN ends the text.",
)
_LINE_HELP = ("Type a line of the text. RETURN on an empty line ends it.",)


async def ask_long_text(ask: Ask, caption: str, before: str = "", *, longest: int) -> str:
    """Asks for text of several lines; `before` is what is there already. Gives "" when nothing is typed.

    `longest` counts characters, line ends included: a line that goes beyond is not taken.
    """
    editor = _Editor(ask, before.splitlines(), longest)
    ask.say(question(caption).rstrip())
    if editor.lines:
        editor.show(range(len(editor.lines)))
    else:
        await editor.add()
    if editor.lines:
        await editor.edit()
    return "\n".join(editor.lines)


class _Editor:
    def __init__(self, ask: Ask, lines: Sequence[str], longest: int) -> None:
        self._ask = ask
        self._longest = longest
        self.lines = list(lines)

    def show(self, places: range) -> None:
        """Shows lines with their numbers."""
        for place in places:
            self._ask.say(f"{_number(place)}{self.lines[place]}")

    async def add(self) -> None:
        """Takes further lines until an empty one."""
        while True:
            typed = await self._ask.read(_number(len(self.lines)), _LINE_HELP)
            self._ask.accept()
            if not typed:
                return
            self._take([*self.lines, typed])

    async def edit(self) -> None:
        """Changes the text by commands until RETURN."""
        ask = self._ask
        while True:
            typed = (await ask.read(question("EDIT Option"), _HELP)).strip().casefold()
            named = [option for option in _OPTIONS if typed and option.casefold().startswith(typed)]
            ask.accept()
            if not typed:
                return
            if typed.isascii() and typed.isdecimal() and 1 <= int(typed[:9]) <= len(self.lines):
                await self._change(int(typed) - 1)
            elif len(named) != 1:
                ask.wrong(*_HELP)
            elif named[0] == _OPTIONS[0]:
                await self.add()
            elif named[0] == _OPTIONS[3]:
                self.show(range(len(self.lines)))
            elif not self.lines:
                ask.wrong("There are no lines.")
            elif named[0] == _OPTIONS[1]:
                await self._delete()
            else:
                await self._change(await ask.entry("Edit line", 1, len(self.lines)) - 1)

    async def _delete(self) -> None:
        first = await self._ask.entry("Delete from line", 1, len(self.lines))
        last = await self._ask.entry("thru", first, len(self.lines), default=first)
        del self.lines[first - 1 : last]

    async def _change(self, place: int) -> None:
        """Shows a line and takes another in its place; RETURN keeps it."""
        self.show(range(place, place + 1))
        typed = await self._ask.read(_number(place), ("Type the whole line anew. RETURN keeps it.",))
        self._ask.accept()
        if typed:
            self._take([*self.lines[:place], typed, *self.lines[place + 1 :]])

    def _take(self, lines: list[str]) -> None:
        if len("\n".join(lines)) > self._longest:
            self._ask.wrong(
                f"The text would be longer than {self._longest} characters: the line is not taken."
            )
        else:
            self.lines = lines


def _number(place: int) -> str:
    return f"{place + 1:>3}>"
