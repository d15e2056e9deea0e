"""A screen of the clerk: a Textual screen whose one widget shows its glass, and whose loop runs while it is on top."""

from typing import Any, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from screens.list_manager.glass.glass import Attribute, Glass
from screens.list_manager.glass.paper import Paper

R = TypeVar("R")


class GlassView(Widget):
    """Shows a glass, row by row, and never interprets what stands there."""

    DEFAULT_CSS = "GlassView { width: 100%; height: 100%; }"

    def __init__(self, glass: Glass) -> None:
        super().__init__()
        self._glass = glass

    def render_line(self, y: int) -> Strip:
        if y >= self._glass.height:
            return Strip.blank(self.size.width)
        row = self._glass.rows[y]
        segments: list[Segment] = []
        start = 0
        for end in range(1, len(row.text) + 1):
            if end == len(row.text) or row.attributes[end] != row.attributes[start]:
                segments.append(Segment(row.text[start:end], _style(row.attributes[start])))
                start = end
        return Strip(segments, len(row.text))


def _style(attribute: int) -> Style | None:
    if not attribute:
        return None
    return Style(
        bold=bool(attribute & Attribute.BOLD),
        underline=bool(attribute & Attribute.UNDERLINE),
        reverse=bool(attribute & Attribute.REVERSE),
    )


class GlassScreen(Screen[R]):
    """One screen, with a glass and a roll of paper of its own.

    What a clerk does on it is the coroutine `run`: it pulls keys and paints, and the screen is left when it
    ends. `Stack.show` opens it. What lies below meanwhile stays as it is: its loop waits, its glass is kept.
    """

    AUTO_FOCUS = ""
    DEFAULT_CSS = "GlassScreen { overflow: hidden; }"

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.title = title or None
        self.glass = Glass()
        self.paper = Paper(self.glass)
        self._glass_view: GlassView | None = None

    def compose(self) -> ComposeResult:
        self._glass_view = GlassView(self.glass)
        yield self._glass_view

    def repaint(self) -> None:
        """Has Textual show the glass as it is now."""
        if self._glass_view is not None:
            self._glass_view.refresh()

    def lay_on(self, below: "GlassScreen[Any]") -> None:
        """Takes its size from the screen on which it will lie."""
        self.glass.resize(below.glass.height, below.glass.width)

    async def prepare(self) -> None:
        """Does what takes time while the screen below is still seen; what it raises leaves this one unopened."""

    async def run(self) -> R:
        """What the clerk does on the screen, until he leaves it."""
        raise NotImplementedError


class RollScreen(GlassScreen[R]):
    """A screen that goes on with the roll of paper of the one below, as menus and an option's questions do.

    On a list, which has no roll, it begins one.
    """

    def lay_on(self, below: GlassScreen[Any]) -> None:
        if isinstance(below, RollScreen):
            self.glass, self.paper = below.glass, below.paper
        else:
            super().lay_on(below)


class FirstScreen(RollScreen[None]):
    """The screen that is there before any other: what is said until the first menu stands."""
