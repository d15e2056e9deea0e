"""What runs on the screens: between a program that must not load Textual yet, and the app that has."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Whatever shows something loads Textual.
    from screens.list_manager.glass.terminal import Terminal


class OnScreens(Protocol):
    """What runs on the screens."""

    async def run(self, terminal: "Terminal") -> int:
        """Works with the clerk until he leaves; gives the program's exit status."""

    async def leave(self) -> None:
        """Called once however the screens end, also by a hang-up: leases are freed here, within two seconds."""
