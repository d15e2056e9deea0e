"""Printing a report of the store: the device is asked for, and the report sent there page by page."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, ParamSpec

from screens.list_manager.asking.questions import Pause
from screens.lockbox_desk import LockboxDesk
from services.dates import short
from services.office.access import View
from services.reports.report import Report
from services.reports.roll import roll_of
from services.reports.sheets import Print

P = ParamSpec("P")

#: So many rows have to be left on a page for a section to begin there (`screens.md` 12).
ROOM = 5


async def print_report(
    desk: LockboxDesk, report_of: View[P, Report[Any]], /, *args: P.args, **kwargs: P.kwargs
) -> None:
    """Asks for the device and prints a report there; `report_of` makes it from the store.

    Raises Abandoned for `^` at the device, and Refused for what the store does not have or no file can hold.
    """
    device = await desk.device()
    printed = short(desk.today())
    if device.queued:

        @contextmanager
        def begin() -> Iterator[Print]:
            reading = desk.access.read(roll_of, device.margin, printed, report_of, *args, **kwargs)
            with closing(reading) as roll:
                yield Print(roll.lines(), roll.heading, ROOM, roll.title)

        desk.queue_print(device, begin)
    else:
        with closing(await desk.read(roll_of, device.margin, printed, report_of, *args, **kwargs)) as roll:
            await desk.page_out(roll.lines(), device, heading=roll.heading, room=ROOM, title=roll.title)
    if not device.on_screen:
        await desk.ask.pause(Pause.RETURN)
