"""The option WL, EEOB Worklist: which ERAs, one or a list of them (`screens.md` 23.2, behaviour 1.1)."""

from datetime import date

from screens.list_manager.asking.dialogue import Option
from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from screens.worklist.era_list import show_era_list
from screens.worklist.opening_pad import open_scratch_pad
from services.remittances.listing import EraSelection, MatchFilter, PostFilter
from services.remittances.lookup import ERAS

_LONGEST_NAME = 30
_UPPERCASE = "ENTER A NAME BETWEEN 1 AND 30 CHARACTERS IN UPPERCASE"
_POSTINGS = {"U": PostFilter.UNPOSTED, "P": PostFilter.POSTED, "B": PostFilter.BOTH}
_MATCHINGS = {"N": MatchFilter.NOT_MATCHED, "M": MatchFilter.MATCHED, "B": MatchFilter.BOTH}


async def eeob_worklist(desk: LockboxDesk) -> None:
    """Asks for a list of ERAs or a specific one and opens it; `^` leaves the option."""
    ask = desk.ask
    ask.say()
    wanted = await ask.choice(
        "DO YOU WANT A (L)IST OF ERAs OR A (S)PECIFIC ONE?",
        (Option("L", "LIST"), Option("S", "SPECIFIC")),
        "L",
        help=("Enter LIST to see a list of ERAs.", "Enter SPECIFIC to see a selected ERA."),
    )
    if wanted == "S":
        ask.say()
        era = await desk.pick(ERAS)
        if era is not None:
            await open_scratch_pad(desk, era.number)
        return
    await show_era_list(desk, await ask_filter(desk))


async def ask_filter(desk: LockboxDesk) -> EraSelection:
    """Asks which ERAs the list is to show; raises Abandoned for `^`."""
    ask = desk.ask
    ask.say("", "", "SELECT PARAMETERS FOR DISPLAYING THE LIST OF ERAs")
    posting = await ask.choice(
        "ERA POSTING STATUS",
        (Option("U", "UNPOSTED"), Option("P", "POSTED"), Option("B", "BOTH")),
        "U",
    )
    ask.say()
    matching = await ask.choice(
        "ERA-EFT MATCH STATUS",
        (Option("N", "NOT MATCHED"), Option("M", "MATCHED"), Option("B", "BOTH")),
        "B",
    )
    ask.say()
    received = await _ask_received(desk)
    ask.say()
    payers = await _ask_payers(desk)
    return EraSelection(_POSTINGS[posting], _MATCHINGS[matching], *received, *payers)


async def _ask_received(desk: LockboxDesk) -> tuple[date | None, date | None]:
    """The range of dates received; `^` inside the range goes back to the question whether there is one."""
    ask, today = desk.ask, desk.today()
    while await ask.yes_no(
        "LIMIT THE SELECTION TO A DATE RANGE WHEN THE ERA WAS RECEIVED?",
        default=False,
        help="Enter YES to see only the ERAs received between two dates.",
    ):
        try:
            earliest = await ask.date("EARLIEST DATE", latest=today)
            return earliest, await ask.date("LATEST DATE", earliest=earliest, latest=today)
        except Abandoned:
            ask.say()
    return None, None


async def _ask_payers(desk: LockboxDesk) -> tuple[str | None, str | None]:
    ask = desk.ask
    chosen = await ask.choice(
        "(A)LL PAYERS, (R)ANGE OF PAYER NAMES", (Option("A", "ALL"), Option("R", "RANGE")), "A"
    )
    if chosen == "A":
        return None, None
    ask.say("NAMES YOU SELECT HERE WILL BE THE PAYER NAMES FROM THE ERA, NOT THE INS FILE", "")
    start = await ask.text(
        "START WITH PAYER NAME",
        required=True,
        longest=_LONGEST_NAME,
        help=_UPPERCASE,
        check=_wrong_name,
    )
    ask.say()
    end = await ask.text(
        "GO TO PAYER NAME",
        f"{start[: _LONGEST_NAME - 3]}ZZZ",
        longest=_LONGEST_NAME,
        help=_UPPERCASE,
        check=lambda name: _wrong_name(name) or _wrong_order(start, name),
    )
    return start, end


def _wrong_name(name: str) -> str | None:
    return None if name == name.upper() else _UPPERCASE


def _wrong_order(start: str, name: str) -> str | None:
    return None if name >= start else f"THE LAST NAME MUST NOT COME BEFORE {start}"
