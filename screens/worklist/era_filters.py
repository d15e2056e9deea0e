"""The option WL, EEOB Worklist: which ERAs, one or a list of them (`screens.md` 23.2, behaviour 1.1)."""

from screens.list_manager.asking.dialogue import Option
from screens.lockbox_desk import LockboxDesk
from screens.worklist.era_list import show_era_list
from screens.worklist.filter_questions import ask_filter
from screens.worklist.kept_views import LAST, PREFERRED, keep_view, kept_view
from screens.worklist.opening_pad import open_scratch_pad
from services.remittances.era_views import EraView, say_view
from services.remittances.listing import era_rows
from services.remittances.lookup import ERAS, era_row

_LONGEST_NUMBER = 18
_HELP = (
    "Enter LIST to see a list of ERAs.",
    "Enter SPECIFIC to see a selected ERA.",
    "SPACE RETURN shows the list again that you asked for last.",
    "The number of an ERA opens that ERA.",
)
_HELP_PREFERRED = "Enter PREFERRED to see the view that you have saved."


async def eeob_worklist(desk: LockboxDesk) -> None:
    """Asks for a list of ERAs or a specific one and opens it; `^` leaves the option."""
    ask = desk.ask
    ask.say()
    preferred = kept_view(desk, PREFERRED)
    while True:
        wanted = await _ask_wanted(desk, preferred)
        if wanted == "P" and preferred is not None:
            keep_view(desk, LAST, preferred)
            await show_era_list(desk, preferred)
        elif wanted == "L":
            view = EraView(await ask_filter(desk))
            keep_view(desk, LAST, view)
            await show_era_list(desk, view)
        elif wanted == "S":
            ask.say()
            era = await desk.pick(ERAS)
            if era is not None:
                await open_scratch_pad(desk, era.number)
        elif not await (_show_last(desk) if wanted.isspace() else _open_era(desk, int(wanted))):
            continue
        return


async def _ask_wanted(desk: LockboxDesk, preferred: EraView | None) -> str:
    """L, S or P; blanks for the last list, or the number of an ERA."""
    options = [Option("L", "LIST"), Option("S", "SPECIFIC")]
    if preferred is not None:
        options.append(Option("P", "PREFERRED VIEW"))
        desk.say(f"(P)REFERRED VIEW: {say_view(preferred)}")
    return await desk.ask.choice(
        "DO YOU WANT A (L)IST OF ERAs OR A (S)PECIFIC ONE?",
        options,
        "L",
        help=_HELP if preferred is None else (*_HELP, _HELP_PREFERRED),
        also=lambda typed: typed.isspace() or _is_number(typed),
    )


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_NUMBER


async def _show_last(desk: LockboxDesk) -> bool:
    """SPACE RETURN: the list that was asked for last; False when there was none."""
    last = kept_view(desk, LAST)
    if last is None:
        desk.ask.wrong("No list has been chosen before.")
        return False
    desk.say(f"   {say_view(last)}")
    await show_era_list(desk, last)
    return True


async def _open_era(desk: LockboxDesk, number: int) -> bool:
    """The ERA of a number; False when there is none."""
    found = await desk.read(era_rows, [number])
    if not found:
        desk.ask.wrong(f"There is no ERA {number}.")
        return False
    desk.ask.say_record(f"     {era_row(found[0])}")
    await open_scratch_pad(desk, number)
    return True
