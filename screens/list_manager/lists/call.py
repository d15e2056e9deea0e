"""What an action gets: the list it was called on, and the entries it is for (`screens.md` 0.6)."""

from collections.abc import Mapping, Sequence

from screens.list_manager.asking.answers import read_entries
from screens.list_manager.asking.questions import Pause
from screens.list_manager.desk import Desk
from screens.list_manager.glass.glass import Glass
from screens.list_manager.glass.leaving import Abandoned
from screens.list_manager.lists.frame import Frame
from screens.list_manager.lists.source import text_of
from screens.list_manager.lists.template import Contents, Template
from screens.list_manager.lists.view import View


class ListOnScreen:
    """The list as an action sees it: its contents, the page, and the marker."""

    def __init__(self, desk: Desk, template: Template, glass: Glass, wide: Template | None = None) -> None:
        self.desk = desk
        self.template = template
        self._glass, self._usual, self._wide = glass, template, wide
        self.contents = Contents()
        self.view = View(self.contents.source, 1, template.width, template.seen)
        self.frame = Frame(glass, template)
        self.rows: Sequence[str] = ()
        self._message: str | None = None
        self._painted_at = desk.now()
        self.actions_off = desk.settings.preferences.get(f"ADPL {template.title}") == "OFF"

    @property
    def form(self) -> Template:
        """The form that fits the terminal now: the wide one, where the list has one and there is room for it."""
        wide = self._wide
        return self._usual if wide is None or self._glass.width < wide.seen else wide

    def take(self, contents: Contents) -> None:
        """Takes contents that were built anew; in another form the first entry of the page keeps its place."""
        view, form = self.view, contents.form or self._usual
        top = view.source.entry_at(view.first) if view.source.line_count else None
        self.contents = contents
        view.show(contents.source, view.length)
        if contents.turn_to is not None:
            view.turn_to(contents.turn_to)
        if form is self.template:
            return
        self.template, self.frame = form, Frame(self._glass, form)
        view.fit(form.width, form.seen)
        if top is not None and contents.source.entry_count:
            view.first = contents.source.first_line(min(top, contents.source.entry_count))

    @property
    def shown_rows(self) -> Sequence[str]:
        """The action area as it is painted: empty when it has been turned off."""
        return () if self.actions_off else self.rows

    async def fetch(self) -> None:
        """Fetches the page, so that painting it need not wait."""
        view = self.view
        view.length = self.frame.body_length(len(self.rows))
        await view.source.window(view.first, view.length)

    async def paint(self, message: str | None = None) -> None:
        """Paints the whole list."""
        self._message = message
        self._painted_at = self.desk.now()
        self.view.length = self.frame.body_length(len(self.rows))
        await self.paint_moved()

    async def paint_moved(self) -> None:
        """Paints the list after the marker has moved in it: time and message stay as they stand."""
        view = self.view
        lines = await view.source.window(view.first, view.length)
        self.frame.paint(self.contents, view, lines, self._painted_at, self._message, self.shown_rows)

    async def paint_body(self) -> None:
        """Paints the lines and the marker only."""
        self.frame.body(self.view, await self.view.source.window(self.view.first, self.view.length))

    async def say_entries(self) -> None:
        """Says which entries the page shows, each by the line it begins with."""
        view = self.view
        entries = {view.source.entry_at(line) for line in range(view.first, view.first + view.length)}
        for entry in sorted(entry for entry in entries if entry is not None):
            begin = await view.source.window(view.source.first_line(entry), 1)
            self.desk.ask.say_record(text_of(begin[0]))

    def prompt_row(self) -> int:
        """The row of the prompt, from 0."""
        return self.frame.bar_row(self.view) + 1 + len(self.shown_rows)

    def paper_row(self) -> int:
        """The row on which a conversation begins: the first one under the bar."""
        return self.frame.bar_row(self.view) + 1


class Call:
    """One call of an action: the list it is called on, and what was typed along."""

    def __init__(self, listed: ListOnScreen, argument: str = "") -> None:
        self.listed = listed
        self.argument = argument
        self.line = ""

    async def entry(self, lines: Mapping[str, int] | None = None) -> int:
        """The entry the action is for: typed along, the only one, or asked for.

        The marker, when it is on, is the default. Raises Abandoned when there is none to select. `lines` gives
        the entry of each line that has a number of its own on the screen (`4.001`): typed exactly so it names
        its entry, and is kept in `line`.
        """
        return (await self._select(many=False, lines=lines or {}))[0]

    async def entries(self) -> tuple[int, ...]:
        """The entries the action is for, as `entry`, where several make sense."""
        return await self._select(many=True, lines={})

    async def _select(self, *, many: bool, lines: Mapping[str, int]) -> tuple[int, ...]:
        listed = self.listed
        ask, view, word = listed.desk.ask, listed.view, listed.template.entity
        last = view.source.entry_count
        if not last:
            listed.desk.terminal.bell()
            ask.say(f"There are no '{word}s' to select.")
            await ask.pause(Pause.RETURN)
            raise Abandoned

        def of_line(typed: str) -> int | None:
            self.line = typed if typed in lines else ""
            return lines.get(typed)

        if self.argument:
            if (named := of_line(self.argument)) is not None:
                return (named,)
            found = read_entries(self.argument, 1, last)
            if isinstance(found, str):
                ask.wrong(f">>> Selection '{found}' is not a valid choice.")
                await ask.pause(Pause.RETURN)
                raise Abandoned
            if len(found) == 1 or many:
                return found
            ask.wrong(">>>  Only 1 entry allowed.")
        low, high = view.entries() or (1, last)
        if not self.argument and low == high:
            return (low,)
        prompt = f"Select {word}{'(s)' if many else ''}:  ({low}-{high}): "
        default = () if view.marker is None else (view.marker,)
        return await ask.entries(
            prompt,
            1,
            last,
            default=default,
            many=many,
            help=_say_wanted(low, high, last, many=many),
            list_all=listed.say_entries,
            named=of_line,
        )


def _say_wanted(low: int, high: int, last: int, *, many: bool) -> Sequence[str] | None:
    """What `?` says where the page shows a part of the list; None where it shows the whole."""
    if (low, high) == (1, last):
        return None
    shown = str(low) if low == high else f"{low} to {high}"
    several = ", several like 2-5,7" if many else ""
    return (
        f"Type a number on this page, {shown}{several}.",
        f"The others of the list, from 1 to {last}, are taken too.",
    )
