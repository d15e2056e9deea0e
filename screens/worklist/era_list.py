"""ERA List - Worklist: the ERAs that fit the filter, each with what is known of its money (`screens.md` 1)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.words.remittances import PostStatus
from screens.explained_codes import status_lines
from screens.list_manager.actions import Action, After
from screens.list_manager.asking.progress import STANDBY
from screens.list_manager.asking.questions import Pause
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.list_actions import EXIT
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.template import WIDE_SCREEN, Contents, Template
from screens.list_manager.options import MenuOption
from screens.lockbox_desk import LockboxDesk
from screens.query_list import QueryList
from screens.worklist.era_lines import OUT_OF_BALANCE, about_era, batch_lines, era_lines, heading, wide_line
from screens.worklist.filter_questions import ask_filter
from screens.worklist.kept_views import LAST, PREFERRED, keep_view
from screens.worklist.opening_pad import open_scratch_pad
from screens.worklist.sort_list import ask_order
from screens.worklist.view_print import print_era
from services.remittances.era_codes import standing_codes
from services.remittances.era_views import EraView
from services.remittances.listing import (
    NONE_FOUND,
    EraRow,
    PostFilter,
    era_numbers,
)
from services.scratchpad.batch_views import EraWithBatches, count_batches, eras_with_batches

SORTING = "...Records found...now sorting..."
NONE_LEFT = "No ERAs left for your selection criteria"
SAVE = "DO YOU WANT TO SAVE THIS AS YOUR PREFERRED VIEW?"
_SAVE_HELP = (
    "YES saves filters and order, but for the range of dates: answer P, when you",
    "are asked for a list or a specific ERA, to see them again.",
)
NO_PAD_MARK = "'-' Before the ERA # indicates no scratchpad entry"
UNBALANCED_MARK = f"{'':11}'*' BEHIND EEOBs: {OUT_OF_BALANCE}"


async def show_era_list(desk: LockboxDesk, view: EraView, first: int | None = None) -> None:
    """Shows the ERAs that fit, the page with ERA `first` where it is named; when there are none says so and returns."""
    desk.say()
    screen = EraListScreen(desk, view, first)
    if not await screen.eras.find():
        desk.say("", NONE_FOUND)
        await desk.ask.pause(Pause.MESSAGE)
        return
    desk.say(SORTING)
    try:
        await desk.show(screen)
    finally:
        desk.last_list = _again(screen.view, screen.first_era)


def _again(view: EraView, first: int | None) -> MenuOption[LockboxDesk]:
    """The way back to a list that was left: asked for alike and found anew, at the same ERA."""

    async def show(desk: LockboxDesk) -> None:
        await show_era_list(desk, view, first)

    return Action(EraListScreen.template.title, run=show)


class EraListScreen(ListScreen[LockboxDesk]):
    """One list of ERAs while it is open: each keeps its number until the list is sorted or changed.

    `first` is the ERA whose page is seen at first.
    """

    template = Template(
        title="ERA List - Worklist",
        top=7,
        bottom=20,
        entity="#",
        captions=f"{'':12}PAYER NAME/MATCH STATUS         ERA PAID DT  TOT AMT PAID   DT REC'D",
    )

    wide = replace(
        template,
        width=WIDE_SCREEN,
        seen=WIDE_SCREEN,
        captions=(
            f"{'':5}{'ERA #':<10} {'TRACE#':<20} {'PAYER NAME':<20} {'ERA PAID':>8} {'TOT AMT PAID':>12} "
            f"DT REC'D EEOBs  MATCH STATUS, PAYMENT"
        ),
    )

    def __init__(self, desk: LockboxDesk, view: EraView, first: int | None = None) -> None:
        super().__init__(desk)
        self.view = view
        self.in_wide_form = False
        self._first = first
        self.eras: QueryList[int, EraWithBatches] = QueryList(
            desk,
            self._numbers,
            eras_with_batches,
            self._lines,
            key=lambda row: row.era.number,
            height=5,
            explain=self._explain,
            none_left=NONE_LEFT,
            taller=self._batches,
        )

    async def _explain(self, number: int, row: EraWithBatches | None) -> Sequence[str]:
        """What `?` and F1 say of an ERA: what is known of it, then what its statuses mean."""
        codes = await self.desk.read(standing_codes, number)
        return (*about_era(number, None if row is None else row.era), *status_lines(codes))

    async def prepare(self) -> None:
        await super().prepare()
        if self._first is not None and self._first in self.eras.keys:
            line = self.contents.source.first_line(self.eras.keys.index(self._first) + 1)
            length = self.listed.view.length
            self.listed.view.first = line // length * length
            await self.listed.fetch()

    @property
    def first_era(self) -> int | None:
        """The first ERA that begins on the page; None when the list is empty."""
        seen = self.listed.view
        shown = seen.entries() if self.eras.keys else None
        if shown is None:
            return None
        entry, last = shown
        begins = seen.source.first_line(entry) >= seen.first
        return self.eras.key_of(entry if begins else min(entry + 1, last))

    async def _numbers(self) -> Sequence[int]:
        return await self.desk.saying(STANDBY).read(era_numbers, self.view.chosen, self.view.order)

    async def _show_anew(self, view: EraView) -> After:
        """Builds the list anew in another view; broken off, it stays as it was."""
        before, self.view = self.view, view
        try:
            await self.eras.find()
        except BaseException:
            self.view = before
            raise
        self.desk.say(SORTING)
        return After.TOP

    async def _batches(self) -> Mapping[int, int]:
        """How many lines of batches the ERAs have, where they are displayed."""
        return await self.desk.read(count_batches) if self.desk.batches_displayed else {}

    def _lines(self, entry: int, row: EraWithBatches) -> Sequence[str]:
        batches = row.batches if self.desk.batches_displayed else ()
        posted = self._posted(row.era)
        if self.in_wide_form:
            return (wide_line(entry, row.era, posted), *batch_lines(batches))
        return era_lines(entry, row.era, batches, posted)

    def _posted(self, era: EraRow) -> str:
        """What is said of an ERA that was posted since an unposted one was listed."""
        listed = self.view.chosen.post is not PostFilter.UNPOSTED or era.post_status is PostStatus.NOT_POSTED
        return "" if listed else str(era.post_status)

    async def build(self) -> Contents:
        """The contents of the list, from the store."""
        form = self.listed.form
        wide = form is self.wide
        lines = heading(self.view.chosen)
        if wide:
            found = await self.eras.contents((*lines[:-1], UNBALANCED_MARK), NO_PAD_MARK, height=1)
        else:
            found = await self.eras.contents(lines, NO_PAD_MARK)
        self.in_wide_form = wide
        return replace(found, form=form)

    async def select(self, call: Call) -> After:
        """Select ERA: opens the scratch pad of an ERA."""
        entry = await call.entry()
        await open_scratch_pad(self.desk, self.eras.key_of(entry))
        return After.REBUILD

    async def sort(self, call: Call) -> After:
        """Sort List: builds the list anew in another order, until it is left."""
        return await self._show_anew(replace(self.view, order=await ask_order(self.desk.ask)))

    async def change_view(self, call: Call) -> After:
        """Change View: asks for the filters again, builds the list anew, and may save it as the clerk's own view."""
        desk = self.desk
        view = replace(self.view, chosen=await ask_filter(desk, self.view.chosen))
        desk.say()
        if await desk.ask.yes_no(SAVE, default=False, help=_SAVE_HELP):
            keep_view(desk, PREFERRED, view.undated())
        keep_view(desk, LAST, EraView(view.chosen))
        return await self._show_anew(view)

    async def display_batches(self, call: Call) -> After:
        """Hide/Display Batch: a line for each batch under its ERA, until the clerk signs off."""
        desk, shown = self.desk, self.desk.batches_displayed
        desk.say("", f"BATCH INFO DISPLAY IS CURRENTLY TURNED {'ON' if shown else 'OFF'}")
        if not await desk.ask.yes_no(f"DO YOU WANT TO TURN IT {'OFF' if shown else 'ON'} NOW?", default=True):
            return After.REPAINT
        desk.batches_displayed = not shown
        return After.TOP

    async def number(self, call: Call) -> After:
        """A bare number: opens the scratch pad, by the usual answers where none moves money."""
        entry = await call.entry()
        await open_scratch_pad(self.desk, self.eras.key_of(entry), at_once=True)
        return After.REBUILD

    async def view_print(self, call: Call) -> After:
        """View/Print ERA: prints an ERA, whoever works on it."""
        await print_era(self.desk, self.eras.key_of(await call.entry()))
        return After.REPAINT

    actions = (
        Action("Select ERA", run=select, help="Opens the scratch pad of an ERA."),
        Action("Sort List", run=sort, help="Sorts the list by one or two of amount, dates and payer."),
        Action("View/Print ERA", run=view_print, help="Prints an ERA with its EEOBs."),
        Action(
            "Hide/Display Batch", run=display_batches, help="Shows the batches of each ERA, or hides them."
        ),
        EXIT,
        Action(
            "Change View",
            run=change_view,
            help="Builds the list anew by other filters, and may save them as your preferred view.",
        ),
    )
