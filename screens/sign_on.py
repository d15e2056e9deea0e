"""The first words on the screen: which site this is, and who has signed on."""

from models.words.keys import SecurityKey
from screens.lockbox_desk import LockboxDesk
from services.office.site import SiteView


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
