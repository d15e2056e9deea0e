"""Printing the Unverified Discrepancies Report of a scratch pad (behaviour 1.1.6, `screens.md` 8b)."""

from screens.list_manager.asking.questions import Pause
from screens.scratchpad.open_pad import OpenPad
from screens.scratchpad.part import open_batch
from services.reports.unverified import TITLE, UnverifiedPage
from services.scratchpad.verifying import find_unverified


async def print_unverified(pad: OpenPad) -> None:
    """Asks for a device and prints the lines before the clerk that are not verified."""
    desk = pad.desk
    device = await desk.device()
    among = {entry.entry.number for entry in pad.view.entries}
    found = await desk.read(find_unverified, pad.era_number, among, open_batch(pad))
    page = UnverifiedPage(found, desk.today())
    lines = page.lines(desk.page_length(device))
    await desk.page_out(lines, device, heading=page.heading, title=TITLE)
    if not device.on_screen:
        await desk.ask.pause(Pause.RETURN)
