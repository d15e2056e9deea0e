"""Verify, beyond VistA: several lines at once, of which only the names may differ (behaviour 8.4)."""

from collections.abc import Iterator, Sequence

from screens.list_manager.asking.answers import show_entries
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Abandoned
from screens.scratchpad.open_pad import OpenPad, tell_refusal
from services.scratchpad.screen_view import EntryView
from services.scratchpad.verification import Compared
from services.scratchpad.verifying import Comparison, compare_entries
from services.scratchpad.verifying import verify as mark_verified

NONE_AGREES = "NONE OF THESE LINES CAN BE VERIFIED TOGETHER WITH OTHERS"
THESE = "THESE LINES AGREE WITH THEIR BILLS BUT FOR THE NAMES:"
NOT_TAKEN = "NOT TAKEN:"
CAPTIONS = f"  {'LINE':>4}  {'CLAIM':<16} {'ERA PATIENT':<20} {'BILL PATIENT':<20} {'AMOUNT':>9}"

_AT_ONCE = 18


async def mark_together(pad: OpenPad, entries: Sequence[EntryView], marked: set[int]) -> None:
    """Lists those of some entries that agree but for the names, and marks them by one YES; the others are named.

    `marked` gets the stored numbers of those that were marked.
    """
    desk = pad.desk
    found = await desk.read(compare_entries, pad.era_number, [shown.entry for shown in entries])
    pairs = list(zip(entries, found, strict=True))
    taken = [(shown, compared) for shown, compared in pairs if not _why_not(shown, compared)]
    left = list(_left_lines(pairs))
    if not taken:
        await tell_refusal(desk, *left, NONE_AGREES)
        return
    rows = [*left, "", THESE, CAPTIONS, *(_row(shown, compared) for shown, compared in taken)]
    desk.say("")
    for first in range(0, len(rows), _AT_ONCE):
        if first and not await desk.ask.pause(Pause.END_OF_PAGE):
            raise Abandoned
        for row in rows[first : first + _AT_ONCE]:
            desk.ask.say_record(row)
    desk.say("")
    count = "THIS LINE" if len(taken) == 1 else f"THESE {len(taken)} LINES"
    if not await desk.ask.yes_no(
        f"DO YOU WANT TO MARK {count} VERIFIED?:",
        default=False,
        help="YES marks each with (V). Only Refresh Scratch Pad takes that back.",
    ):
        return
    for shown, _ in taken:
        await desk.write(
            mark_verified,
            pad.era_number,
            shown.entry.number,
            sequences=shown.entry.sequences,
            batch=pad.batch_number,
            among_others=True,
        )
        marked.add(shown.entry.number)


def _why_not(shown: EntryView, found: Comparison) -> str:
    """Why an entry is not marked together with others; empty when it is."""
    if shown.entry.verified:
        return "VERIFIED ALREADY"
    if shown.entry.era_level:
        return "ADJUSTMENTS OF THE ERA"
    if found.bill is None:
        return "CLAIM NOT FOUND IN YOUR AR"
    if differing := [str(what).upper() for what in found.differs if what is not Compared.NAME]:
        return f"DIFFERENT {' AND '.join(differing)}"
    return "" if found.agrees_but_for_names else "THE CLAIM IS NOT THE ONE THAT THE PAYER NAMES"


def _left_lines(pairs: Sequence[tuple[EntryView, Comparison]]) -> Iterator[str]:
    """The lines that are not taken, by the reason why."""
    reasons: dict[str, list[int]] = {}
    for shown, compared in pairs:
        if why := _why_not(shown, compared):
            reasons.setdefault(why, []).append(shown.display)
    for why, numbers in reasons.items():
        yield f"{NOT_TAKEN} {show_entries(sorted(numbers))}  {why}"


def _row(shown: EntryView, found: Comparison) -> str:
    assert found.eeob is not None and found.bill is not None
    return (
        f"  {shown.display:>4}  {shown.entry.claim:<16.16} {found.eeob.patient:<20.20} "
        f"{found.bill.patient:<20.20} {found.eeob.amount:>9.2f}"
    )
