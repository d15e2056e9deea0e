"""Review Line: the display of reviews on or off, comments, and how far a review has come (behaviour 1.1.5)."""

import contextlib
from collections.abc import Sequence

from models.words.keys import SecurityKey
from models.words.scratchpad import ReviewStatus
from screens.list_manager.actions import After
from screens.list_manager.asking.dialogue import Option
from screens.list_manager.asking.long_text import ask_long_text
from screens.list_manager.glass.leaving import Abandoned
from screens.list_manager.lists.call import Call
from screens.scratchpad.open_pad import OpenPad, tell_refusal
from screens.scratchpad.review_block import comment_choice
from services.dates import short_moment
from services.errors import MissingKey
from services.office.actor import require
from services.scratchpad.reviewing import (
    EMPTY,
    LONGEST_REVIEW_COMMENT,
    Comment,
    Review,
    bookmark,
    review,
    review_of,
    show_reviews,
)
from services.scratchpad.screen_view import EntryView

_CODES = {"0": ReviewStatus.NO, "1": ReviewStatus.YES, "I": ReviewStatus.IN_PROCESS}


async def review_line(pad: OpenPad, call: Call) -> After:
    """Asks whether reviews are to be seen; where they are, for a line, a comment on it and how far its review is.

    All of the review is written at once, after the last question.
    """
    was_shown = pad.view.shows_reviews
    shown = await _ask_display(pad, was_shown)
    if shown != was_shown:
        await pad.desk.write(show_reviews, pad.era_number, shown=shown)
    if not shown:
        return After.REBUILD
    try:
        require(pad.desk.actor, SecurityKey.CLERK)
    except MissingKey as missing:
        if was_shown:
            await tell_refusal(pad.desk, str(missing))
        return After.REBUILD
    # Whoever leaves here has turned the display on all the same.
    with contextlib.suppress(Abandoned):
        await _review(pad, call)
    return After.REBUILD


async def _ask_display(pad: OpenPad, shown: bool) -> bool:
    """Whether the reviews are shown from now on."""
    words = {True: "ON", False: "OFF"}
    pad.desk.say("", f"REVIEW DATA DISPLAY IS CURRENTLY TURNED {words[shown]}")
    turned = await pad.desk.ask.yes_no(
        f"DO YOU WANT TO TURN IT {words[not shown]}?:",
        default=not shown,
        help="With the display on, each line shows whether it is reviewed, and the comments on it.",
    )
    pad.desk.say()
    return shown != turned


async def _review(pad: OpenPad, call: Call) -> None:
    """Asks for the line and what is to be noted on it, and writes that."""
    desk = pad.desk
    entry = pad.view.entries[await call.entry() - 1]
    standing = await desk.read(review_of, pad.era_number, entry.entry.number)
    own = standing.of(desk.actor)
    edited = await _ask_own(pad, own) if own and await _wants_to_edit(pad) else None
    if edited is None:
        desk.say("", "", f"REVIEW DATE/TIME: {short_moment(desk.now())}")
    text = await ask_long_text(
        desk.ask, "COMMENT", edited.text if edited else "", longest=LONGEST_REVIEW_COMMENT
    )
    if not text and edited is not None:
        await tell_refusal(desk, EMPTY)
        return
    status = await _ask_status(pad, standing)
    await desk.write(
        review,
        pad.era_number,
        entry.entry.number,
        status=status,
        comment=text,
        edits=edited.number if edited else None,
        sequences=entry.entry.sequences,
        batch=pad.batch_number,
    )


async def _wants_to_edit(pad: OpenPad) -> bool:
    pad.desk.say()
    options = (Option("A", "ADD"), Option("E", "EDIT"))
    return await pad.desk.ask.choice("(A)DD or (E)DIT A REVIEW COMMENT?", options, "A") == "E"


async def _ask_own(pad: OpenPad, own: Sequence[Comment]) -> Comment:
    """Asks which of one's own comments is to be edited, by its place in the list or how its date and time begin."""
    listed = [comment_choice(number, comment) for number, comment in enumerate(own, 1)]

    def named(answer: str) -> Sequence[Comment]:
        if answer.isascii() and answer.isdecimal():
            return own[int(answer[:9]) - 1 : int(answer[:9])] if int(answer[:9]) else ()
        return [comment for comment in own if short_moment(comment.written_at).startswith(answer)]

    def wrong(answer: str) -> str | None:
        found = len(named(answer))
        if found == 1:
            return None
        return (
            "Several of your comments begin so: '?' lists them." if found else "'?' lists your own comments."
        )

    last = short_moment(own[-1].written_at)
    answer = await pad.desk.ask.text(
        "Select REVIEW DATE/TIME", last, help=("Type a number, or a date and time:", *listed), check=wrong
    )
    return own[-1] if answer == last else named(answer)[0]


async def _ask_status(pad: OpenPad, standing: Review) -> ReviewStatus:
    codes = {status: code for code, status in _CODES.items()}
    answer = await pad.desk.ask.choice(
        "REVIEWED?",
        [Option(code, status.value) for code, status in _CODES.items()],
        codes[standing.status] if standing.set_by else None,
    )
    return _CODES[answer]


async def offer_bookmark(pad: OpenPad) -> EntryView | None:
    """Beyond VistA: offers who comes back to an ERA to go to the line whose review he has in process.

    It comes when all that VistA asks is answered. None when there is no such line, or it is not wanted.
    """
    desk = pad.desk
    found = await desk.read(bookmark, desk.actor, pad.era_number)
    entries = [entry for entry in pad.view.entries if found and entry.entry.number == found.entry]
    if found is None or not entries:
        return None
    (entry,) = entries
    desk.say("", f"LINE {entry.display} IS IN PROCESS OF REVIEW BY YOU SINCE {short_moment(found.since)}")
    wanted = await desk.ask.yes_no(
        "DO YOU WANT TO GO THERE?:",
        default=True,
        added=True,
        help="YES opens the scratch pad at that line, NO at its first one.",
    )
    return entry if wanted else None
