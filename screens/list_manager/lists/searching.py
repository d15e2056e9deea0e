"""Finding text in a list: `SL` asks for it, `/` searches as one types."""

from screens.list_manager.asking.progress import STANDBY, watch_search
from screens.list_manager.glass.keys import ENTER, RESIZED
from screens.list_manager.lists.call import ListOnScreen

_SHORTEST, _LONGEST = 2, 50
_REMEMBERED = "SEARCH"
_FROM_THE_TOP = "Do you want to start at the beginning of the list? "


async def search_as_typed(listed: ListOnScreen) -> None:
    """Shows the first hit from the top of the page on after each key; RETURN stays there, `^` goes back.

    While more keys wait nothing is searched, so typing is never slower than the store.
    """
    terminal, view = listed.desk.terminal, listed.view
    start, text = view.first, ""
    terminal.paper.write("Search: ")
    while True:
        key = await terminal.read_key()
        if key == ENTER:
            break
        if key.name in ("escape", "^"):
            view.first, view.found = start, None
            return
        if key.name in ("backspace", "ctrl+h") and text:
            text = text[:-1]
        elif key.name == "ctrl+u":
            text = ""
        elif key.character and len(text) < _LONGEST:
            text += key.character
        elif key.name != RESIZED:
            terminal.bell()
            continue
        if not terminal.keys.pending:
            await _show(listed, text, start)
        terminal.paper.write(f"Search: {text}")
    if view.found is None or view.found[1] != text:
        await _show(listed, text, start)
    if text:
        listed.desk.settings.preferences.set(_REMEMBERED, text)


async def _show(listed: ListOnScreen, text: str, start: int) -> None:
    view, terminal = listed.view, listed.desk.terminal
    line = await _find(listed, text, start) if text else None
    view.found = None if line is None else (line, text)
    if line is not None:
        view.bring(line)
    elif text:
        terminal.bell()
    else:
        view.first = start
    await listed.paint_body()


async def _find(listed: ListOnScreen, text: str, start: int) -> int | None:
    """The hit from `start` on, else from the top of the list."""
    source = listed.view.source

    async def find() -> int | None:
        found = await source.find(text, start)
        return await source.find(text, 0) if found is None and start else found

    return await watch_search(listed.desk.terminal, find(), None)


async def search_list(listed: ListOnScreen, argument: str = "") -> None:
    """The Search List dialogue."""
    ask, view, preferences = listed.desk.ask, listed.view, listed.desk.settings.preferences
    text = argument or await ask.text(
        "Search for: ",
        preferences.get(_REMEMBERED),
        shortest=_SHORTEST,
        longest=_LONGEST,
        help="Type 2 to 50 characters to look for, in any case.",
    )
    if not text:
        return
    preferences.set(_REMEMBERED, text)
    start = view.first
    while True:
        ask.say(f"...searching for '{text}'")
        line = await watch_search(listed.desk.terminal, view.source.find(text, start), STANDBY)
        if line is not None:
            view.found = (line, text)
            view.bring(line)
            await listed.paint()
            listed.desk.terminal.paper.open(listed.paper_row())
            if not await ask.yes_no(f"Find Next '{text}'? ", default=True, shown="Yes"):
                return
            start = line + 1
            continue
        if not start:
            listed.desk.terminal.bell()
            ask.say("Text not found.")
            await ask.pause()
            return
        ask.say("<<< End of list >>>")
        if not await ask.yes_no(_FROM_THE_TOP, default=True, shown="Yes"):
            return
        start = 0
