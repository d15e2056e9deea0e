"""The screens a clerk has open, one on the other: menu, list, scratch pad; `^` takes the top one away.

Textual's app keeps the same screens on its own stack (`Stage`); without it everything works alike, unseen.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, Protocol, TypeVar

from screens.list_manager.glass.glass import COLUMNS, ROWS, Glass
from screens.list_manager.glass.screen import FirstScreen, GlassScreen

R = TypeVar("R")
AnyScreen = GlassScreen[Any]


class Stage(Protocol):
    """Where the screens are seen."""

    async def push(self, screen: AnyScreen) -> None:
        """Shows a screen that has come on top."""

    async def pop(self, screen: AnyScreen) -> None:
        """Takes a screen away that was on top; the one below is seen again."""

    def changed(self) -> None:
        """The screen on top is to be painted: its glass is another than what is seen."""


class Nowhere:
    """A stage for nobody's eyes."""

    async def push(self, screen: AnyScreen) -> None:
        return None

    async def pop(self, screen: AnyScreen) -> None:
        return None

    def changed(self) -> None:
        return None


class Stack:
    """The open screens, the first one at the bottom."""

    def __init__(self, height: int = ROWS, width: int = COLUMNS) -> None:
        self.stage: Stage = Nowhere()
        self._screens: list[AnyScreen] = []
        self._turned = False
        first = FirstScreen()
        first.glass.resize(height, width)
        self._take(first)

    @property
    def screens(self) -> Sequence[AnyScreen]:
        """The open screens, from the bottom up."""
        return tuple(self._screens)

    @property
    def top(self) -> AnyScreen:
        """The screen the clerk works on."""
        return self._screens[-1]

    @property
    def turned(self) -> bool:
        """Whether another screen has come on top and has neither painted anything nor asked for a key.

        Until then what was there before stays in sight, so that a way through several screens, such as `^^`,
        sends nothing of those between.
        """
        return self._turned

    async def show(self, screen: GlassScreen[R]) -> R:
        """Lays a screen on the others, runs it, and takes it away again however it is left."""
        screen.lay_on(self.top)
        await screen.prepare()
        below = self.top
        self._take(screen)
        self._turn(below, screen)
        try:
            await self.stage.push(screen)
            return await screen.run()
        finally:
            if self._screens.pop() is not screen:
                raise AssertionError("a screen was left while another one lay on it")
            self._turn(screen, below)
            if below.glass is not screen.glass:
                # What is said next on the screen below begins on an empty one.
                below.paper.prepare(0, "")
            await self.stage.pop(screen)

    def resize(self, height: int, width: int) -> None:
        """Takes the size of the terminal, for all open screens."""
        for glass in {id(screen.glass): screen.glass for screen in self._screens}.values():
            glass.resize(height, width)

    def settle(self) -> None:
        """Somebody asks for a key: what the screen on top shows is what the clerk is to see."""
        if self._turned:
            self._turned = False
            self.stage.changed()

    def _take(self, screen: AnyScreen) -> None:
        if self._screens and screen.glass is not self.top.glass:
            # The terminal may have been enlarged while the screen was prepared.
            screen.glass.resize(self.top.glass.height, self.top.glass.width)
        screen.glass.changed = partial(self._glass_changed, screen.glass)
        self._screens.append(screen)

    def _turn(self, before: AnyScreen, now: AnyScreen) -> None:
        """Another screen is on top; a bell that has not rung yet, or a redraw, goes along with the clerk's eye."""
        if before.glass is now.glass:
            return
        self._turned = True
        now.glass.bells, before.glass.bells = now.glass.bells + before.glass.bells, 0
        now.glass.stale, before.glass.stale = now.glass.stale or before.glass.stale, False

    def _glass_changed(self, glass: Glass) -> None:
        if glass is self.top.glass:
            self._turned = False
            self.stage.changed()
