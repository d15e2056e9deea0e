"""Which ERAs the list of the worklist is to show, question by question (`screens.md` 23.2, behaviour 1.1)."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from screens.list_manager.asking.dialogue import Option
from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from services.remittances.listing import EraSelection, MatchFilter, PostFilter

F = TypeVar("F")

_LONGEST_NAME = 30
_NAME = "Type 1 to 30 characters, in capitals or not."
_POSTINGS = {"U": PostFilter.UNPOSTED, "P": PostFilter.POSTED, "B": PostFilter.BOTH}
_MATCHINGS = {"N": MatchFilter.NOT_MATCHED, "M": MatchFilter.MATCHED, "B": MatchFilter.BOTH}

#: What RETURN at every question gives, as in VistA.
STANDARD = EraSelection(post=PostFilter.UNPOSTED)


async def ask_filter(desk: LockboxDesk, now: EraSelection = STANDARD) -> EraSelection:
    """Asks which ERAs the list is to show, with those of `now` as defaults; raises Abandoned for `^`."""
    ask = desk.ask
    ask.say("", "", "SELECT PARAMETERS FOR DISPLAYING THE LIST OF ERAs")
    posting = await ask.choice(
        "ERA POSTING STATUS",
        [Option(code, status) for code, status in _POSTINGS.items()],
        _code(_POSTINGS, now.post),
    )
    ask.say()
    matching = await ask.choice(
        "ERA-EFT MATCH STATUS",
        [Option(code, status) for code, status in _MATCHINGS.items()],
        _code(_MATCHINGS, now.match),
    )
    ask.say()
    received = await _ask_received(desk, now)
    ask.say()
    payers = await _ask_payers(desk, now)
    return EraSelection(_POSTINGS[posting], _MATCHINGS[matching], *received, *payers)


def _code(words: Mapping[str, F], word: F) -> str:
    return next(code for code, each in words.items() if each is word)


async def _ask_received(desk: LockboxDesk, now: EraSelection) -> tuple[date | None, date | None]:
    """The range of dates received; `^` inside the range goes back to the question whether there is one."""
    ask, today = desk.ask, desk.today()
    while await ask.yes_no(
        "LIMIT THE SELECTION TO A DATE RANGE WHEN THE ERA WAS RECEIVED?",
        default=now.received_from is not None,
        help="Enter YES to see only the ERAs received between two dates.",
    ):
        try:
            earliest = await ask.date("EARLIEST DATE", now.received_from, latest=today)
            latest = now.received_to or today
            return earliest, await ask.date(
                "LATEST DATE", max(earliest, latest), earliest=earliest, latest=today
            )
        except Abandoned:
            ask.say()
    return None, None


async def _ask_payers(desk: LockboxDesk, now: EraSelection) -> tuple[str | None, str | None]:
    ask = desk.ask
    chosen = await ask.choice(
        "(A)LL PAYERS, (R)ANGE OF PAYER NAMES",
        (Option("A", "ALL"), Option("R", "RANGE")),
        "A" if now.payer_from is None else "R",
    )
    if chosen == "A":
        return None, None
    ask.say("NAMES YOU SELECT HERE WILL BE THE PAYER NAMES FROM THE ERA, NOT THE INS FILE", "")
    start = await ask.text(
        "START WITH PAYER NAME",
        now.payer_from,
        required=True,
        longest=_LONGEST_NAME,
        upper=True,
        help=_NAME,
    )
    ask.say()
    end = await ask.text(
        "GO TO PAYER NAME",
        _last_payer(start, now),
        longest=_LONGEST_NAME,
        upper=True,
        help=_NAME,
        check=lambda name: _wrong_order(start, name),
    )
    return start, end


def _last_payer(start: str, now: EraSelection) -> str:
    """The default for the end of a range of names: the one of before where the beginning is the same."""
    if now.payer_to is not None and start == now.payer_from:
        return now.payer_to
    return f"{start[: _LONGEST_NAME - 3]}ZZZ"


def _wrong_order(start: str, name: str) -> str | None:
    return None if name >= start else f"THE LAST NAME MUST NOT COME BEFORE {start}"
