"""The first words on the screen: which site this is, and who has signed on."""

import textwrap
from collections.abc import Sequence

from models.words.keys import SecurityKey
from screens.lockbox_desk import LockboxDesk
from services.office.preferences import LONGEST
from services.office.site import SiteView

_BROKEN_OFF = "PRINTS BROKEN OFF"
_NOT_DONE = "YOUR SESSION ENDED BEFORE THIS WAS PRINTED: {}. LOOK FOR IT, OR PRINT IT AGAIN."


def remember_prints(desk: LockboxDesk, names: Sequence[str]) -> None:
    """Keeps the names of the prints that the end of a session broke off, until the clerk comes back."""
    if names:
        before = desk.settings.preferences.get(_BROKEN_OFF)
        desk.settings.preferences.set(
            _BROKEN_OFF, ", ".join((*([before] if before else []), *names))[:LONGEST]
        )


def greet(desk: LockboxDesk, site: SiteView, odd_clock: str | None = None) -> None:
    """Says the site and the user; the menu follows below."""
    kind = "   (DEMONSTRATION)" if site.demo else ""
    desk.clear()
    desk.say(f"{site.name}, STATION {site.station}{kind}", f"USER: {desk.actor.name}")
    if not desk.holds(SecurityKey.CLERK):
        desk.say("YOU MAY READ, VIEW AND PRINT")
    if odd_clock is not None:
        desk.terminal.bell()
        desk.say(odd_clock)
    if broken_off := desk.settings.preferences.get(_BROKEN_OFF):
        desk.terminal.bell()
        desk.say(*textwrap.wrap(_NOT_DONE.format(broken_off), desk.terminal.glass.width - 1))
        desk.settings.preferences.set(_BROKEN_OFF, "")
