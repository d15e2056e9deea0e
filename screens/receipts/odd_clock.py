"""A date of the clock that does not follow the site's work is asked about before anything carries it."""

from screens.lockbox_desk import LockboxDesk

_HELP = (
    "Enter YES only if the date is today's: receipts and documents for finance carry it for good. "
    "NO changes nothing; have the clock of this machine set right."
)


async def is_date_right(desk: LockboxDesk, odd: str | None) -> bool:
    """Asks whether the date is right all the same, when there is something odd about it; True when it may be used."""
    if odd is None:
        return True
    desk.terminal.bell()
    desk.say("", odd)
    return await desk.ask.yes_no("IS THAT DATE RIGHT?:", default=False, help=_HELP)
