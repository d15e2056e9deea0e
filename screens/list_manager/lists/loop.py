"""A list on the screen: the loop that reads an action, does it, and paints the list again."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from screens.list_manager.actions import After, find_exactly, find_named
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.keys import RESIZED
from screens.list_manager.glass.leaving import Abandoned, LeaveAll
from screens.list_manager.glass.terminal import Typed
from screens.list_manager.lists import hidden
from screens.list_manager.lists.call import Call, ListOnScreen
from screens.list_manager.lists.explaining import explain
from screens.list_manager.lists.hidden import Hidden
from screens.list_manager.lists.hidden_actions import HiddenActions
from screens.list_manager.lists.list_actions import (
    LONGEST_ENTRY,
    Choice,
    ListAction,
    action_rows,
    split_typed,
)
from screens.list_manager.lists.searching import search_as_typed
from screens.list_manager.lists.template import Contents
from screens.list_manager.options import Jump
from services.errors import LockboxError, Refused

if TYPE_CHECKING:
    from services.guide.topics import Found

S = TypeVar("S")
Build = Callable[[], Awaitable[Contents]]
_MOVES = frozenset({"up", "down", "/", RESIZED, *hidden.KEYS})


class ListLoop(Generic[S]):
    """One list until it is left."""

    def __init__(
        self,
        listed: ListOnScreen,
        state: S,
        build: Build,
        actions: Sequence[ListAction[S] | None],
        bare_number: Callable[[Call], Awaitable[After | None]],
        beside: Sequence[ListAction[S]] = (),
    ) -> None:
        self._desk = listed.desk
        self._state = state
        self._build = build
        self._actions = actions
        self._beside = beside
        #: What is done before anything is read at Select Action, once.
        self.at_once = ""
        self._bare_number = bare_number
        self._listed = listed
        self._hidden = HiddenActions(self._listed)
        self._last: ListAction[S] | Hidden | None = None
        self._painted = 0
        self._fresh = True
        self._message: str | None = None
        self._news: list[str] = []
        # What was typed of an action when the window changed its size.
        self._begun = ""

    async def prepare(self) -> None:
        """Builds the list and fetches its first page; breaking that off leaves the list unopened."""
        await self._rebuild(top=True)
        await self._listed.fetch()

    async def run(self) -> None:
        """Shows the list; returns when it is left. Raises LeaveAll and Jump."""
        after: After | None = After.REPAINT
        broken_off = False
        while after is not After.LEAVE:
            try:
                misfits = not broken_off and self._listed.form is not self._listed.template
                if misfits or after in (After.REBUILD, After.TOP):
                    await self._rebuild(top=after is After.TOP)
                self._listed.rows = action_rows(self._listed.template, self._actions, self.refused)
                self._hear()
                await self._listed.paint(self._message)
            except Abandoned:
                # Breaking off a long search leaves only the new page of a list that stood.
                self._listed.view.first = self._painted
                after, broken_off = After.REPAINT, True
                continue
            broken_off, self._message = False, None
            self._painted = self._listed.view.first
            after = await self._until_done()

    def _hear(self) -> None:
        """Takes the news for the clerk, which stand until he has typed: the last in the bar if it has room for it."""
        self._news += self._desk.prints.take_news()
        self._message = next(iter(self._news_in_bar()), self._message)

    def _news_in_bar(self) -> list[str]:
        return [news for news in self._news[-1:] if len(news) <= self._listed.frame.message_room]

    async def _rebuild(self, *, top: bool) -> None:
        listed = self._listed
        listed.take(await self._build())
        if top:
            listed.view.first = 0
        listed.rows = action_rows(listed.template, self._actions, self.refused)
        self._message = listed.contents.message

    def refused(self, action: ListAction[S]) -> str | None:
        """Why an action cannot be chosen now; None when it can."""
        if not self._desk.holds(action.key):
            return f"It needs the security key {action.key}."
        return action.refusal(self._state)

    async def _until_done(self) -> After | None:
        """Reads at Select Action until something has been done that wants the list painted again."""
        listed, terminal = self._listed, self._desk.terminal
        terminal.paper.open(listed.prompt_row())
        self._fresh = True
        for sentence in self._news[: len(self._news) - len(self._news_in_bar())]:
            self._converse("")
            self._desk.ask.wrong(sentence)
        while True:
            default = "Next Screen" if listed.view.below else "Quit"
            prompt = f"{listed.template.prompt}{default}// "
            begun, self._begun = self._begun, ""
            at_once, self.at_once = self.at_once, ""
            try:
                if at_once:
                    return await self._do_typed(at_once, prompt, default)
                typed = await terminal.read_line(prompt, ends=_MOVES, begin=begun)
                if typed.key.name != RESIZED:
                    self._news = []
                if typed.key.name in _MOVES:
                    if await self._move(typed):
                        return After.REPAINT
                    continue
                return await self._do_typed(typed.text, prompt, default)
            except _AskAgain as again:
                self._converse(again.heading)
                self._desk.ask.wrong(*again.lines)
            except Abandoned:
                return After.REPAINT

    def _converse(self, heading: str) -> None:
        """Begins a conversation under the bar, once something is said; or goes on with the one begun."""
        paper = self._desk.terminal.paper
        if self._fresh:
            self._fresh = False
            paper.prepare(self._listed.paper_row(), heading)
        elif heading:
            paper.line(heading)

    async def _move(self, typed: Typed) -> bool:
        """A key that moves about in the list; True when the list is to be painted again."""
        listed, name = self._listed, typed.key.name
        view = listed.view
        if name == "/":
            await search_as_typed(listed)
            return True
        if name == RESIZED:
            self._begun = typed.text
            return True
        if name in ("up", "down"):
            if not (view.marker_up() if name == "up" else view.marker_down()):
                self._desk.terminal.bell()
            elif self._fresh:
                await listed.paint_moved()
                self._painted = view.first
            else:
                return True
            return False
        moved = self._hidden.move(hidden.KEYS[name])
        view.marker_follows()
        return moved

    async def _do_typed(self, text: str, prompt: str, default: str) -> After | None:
        listed, typed = self._listed, text.strip()
        if typed.startswith("^"):
            return await self._left(typed, prompt)
        if not typed:
            return await self._repeat(text, prompt) if text else await self._by_default(default, prompt)
        choice = split_typed(typed)
        if len(typed) > LONGEST_ENTRY:
            raise _AskAgain(prompt + text, ">>>  Entry is too long.")
        if typed in ("?", "??"):
            return await self._guard(
                lambda: explain(listed, self._actions, self._beside, full=typed == "??"), prompt + text
            )
        if typed.startswith("?") and (found := self._look_up(typed)) is not None:
            if not found.known:
                raise _AskAgain(prompt + text, *found.unknown)
            await self._desk.tell(found)
            return After.REPAINT
        fits = find_named(self._actions, choice.words)
        if len(fits) > 1:
            return await self._act(await self._chosen(fits, prompt + text), choice, "")
        if fits:
            return await self._act(fits[0], choice, prompt + text)
        if (other := find_exactly(self._beside, choice.words)) is not None:
            return await self._act(other, choice, prompt + text)
        if (action := hidden.find_hidden(choice.words)) is not None:
            return await self._act_hidden(action, choice, prompt + text)
        if choice.words.isascii() and choice.words.isdecimal() and not choice.argument:
            return await self._number(choice, prompt, text)
        if "," in choice.words or ";" in choice.words:
            raise _AskAgain(prompt + text, ">>>  Only 1 entry allowed.")
        raise _AskAgain(prompt + text, f"{choice.words} is not a valid selection.")

    def _look_up(self, typed: str) -> "Found | None":
        """What the guide says of `?WORD`; None where there is no guide, or no word."""
        word = typed.lstrip("?").strip()
        return self._desk.look_up_word(word, self._listed.template.title) if word else None

    async def _by_default(self, default: str, prompt: str) -> After | None:
        action = Hidden.NEXT if default == "Next Screen" else Hidden.QUIT
        return await self._act_hidden(action, Choice(""), prompt)

    async def _repeat(self, text: str, prompt: str) -> After | None:
        if self._last is None:
            raise _AskAgain(prompt + text, "No action has been chosen before.")
        if isinstance(self._last, Hidden):
            return await self._act_hidden(self._last, Choice(""), prompt)
        return await self._act(self._last, Choice(""), prompt)

    async def _left(self, typed: str, prompt: str) -> After | None:
        if typed == "^":
            return After.LEAVE
        if typed == "^^":
            raise LeaveAll
        options = self._desk.options
        if options is None:
            raise _AskAgain(prompt + typed, "There are no menus to jump in.")
        self._converse(prompt + typed)
        try:
            option = await options.choose(typed.lstrip("^").strip())
        except Refused as refusal:
            raise _AskAgain("", str(refusal)) from refusal
        self._desk.clear()
        if not typed.startswith("^^"):
            raise Jump(option)
        await options.visit(option)
        return After.REBUILD

    async def _chosen(self, fits: list[ListAction[S]], heading: str) -> ListAction[S]:
        self._converse(heading)
        self._desk.say(*(f"{number:>6}   {action.label}" for number, action in enumerate(fits, 1)))
        number = await self._desk.ask.choose(len(fits))
        if number is None:
            raise Abandoned
        return fits[number - 1]

    async def _act(self, action: ListAction[S], choice: Choice, heading: str) -> After | None:
        reason, run = self.refused(action), action.run
        if reason is not None or run is None:
            may_not = f">>>  {action.label} may not be selected at this point."
            raise _AskAgain(heading, may_not, *filter(None, (reason,)))
        self._last = action
        call = Call(self._listed, choice.argument)
        heading = f"{heading}   {action.label}" if heading else ""
        return await self._guard(lambda: run(self._state, call), heading)

    async def _guard(self, act: Callable[[], Awaitable[After | None]], heading: str) -> After | None:
        self._converse(heading)
        try:
            return await act()
        except (Refused, LockboxError) as refusal:
            self._desk.ask.refuse(refusal)
            await self._desk.ask.pause(Pause.MESSAGE)
            return After.REBUILD

    async def _act_hidden(self, action: Hidden, choice: Choice, heading: str) -> After | None:
        self._last = action
        heading = f"{heading}   {hidden.NAMES[action]}"
        return await self._guard(lambda: self._hidden.run(action, choice.argument), heading)

    async def _number(self, choice: Choice, prompt: str, text: str) -> After | None:
        listed = self._listed
        entry = int(choice.words[:9])
        if not 1 <= entry <= listed.view.source.entry_count:
            raise _AskAgain(prompt + text, f">>> Selection '{choice.words}' is not a valid choice.")
        call = Call(listed, str(entry))
        return await self._guard(lambda: self._bare_number(call), f"{prompt}{text}")


class _AskAgain(Exception):
    """What was typed at Select Action cannot be done; the lines say why, and the prompt comes again."""

    def __init__(self, heading: str, *lines: str) -> None:
        super().__init__(*lines)
        self.heading = heading
        self.lines = lines
