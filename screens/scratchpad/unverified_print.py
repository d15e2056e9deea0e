"""Printing the Unverified Discrepancies Report of a scratch pad (behaviour 1.1.6, `screens.md` 8b)."""

from screens.list_manager.asking.device import PRINTED_PAGE
from screens.list_manager.asking.pager import page_length
from screens.list_manager.asking.questions import Pause
from screens.scratchpad.open_pad import OpenPad
from screens.scratchpad.part import open_batch
from services.reports.unverified import UnverifiedPage
from services.scratchpad.verifying import find_unverified


async def print_unverified(pad: OpenPad) -> None:
    """Asks for a device and prints the lines before the clerk that are not verified."""
    desk = pad.desk
    device = await desk.device()
    among = {entry.entry.number for entry in pad.view.entries}
    found = await desk.read(find_unverified, pad.era_number, among, open_batch(pad))
    page = UnverifiedPage(found, desk.today())
    own = desk.terminal.glass.height - 1 if device.on_screen else PRINTED_PAGE
    lines = page.lines(page_length(device, own))
    await desk.page_out(lines, device, heading=page.heading)
    if not device.on_screen:
        await desk.ask.pause(Pause.RETURN)
