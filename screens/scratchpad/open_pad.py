"""The scratch pad a clerk has open: what its screen and the dialogues of its actions share."""

from collections.abc import Sequence

from models.words.scratchpad import LineKey, PaymentOrder
from screens.explained_codes import code_lines
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Cancelled
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.source import KeyedLines, Lines, ListSource
from screens.list_manager.lists.template import Contents, Template
from screens.lockbox_desk import LockboxDesk
from screens.scratchpad.pad_lines import entry_height, entry_lines
from screens.worklist.era_heading import heading_lines
from services.remittances.eeob_codes import codes_of
from services.scratchpad.acts import PAD_HAS_RECEIPT
from services.scratchpad.screen_view import EntryView, PadView, pad_view

EMPTY_BATCH = "THERE ARE NO EEOBs ASSIGNED TO THIS BATCH"
NOT_IN_BATCH = "THIS ACTION IS NOT VALID WHEN IN A BATCH WITHIN THE ERA."
NOT_AVAILABLE = "THIS ACTION NOT CURRENTLY AVAILABLE"
OUT_OF_BALANCE = "THE AMOUNTS OF THIS ERA DO NOT AGREE AMONG THEMSELVES"
READ_ONLY = "THIS SCRATCH PAD IS OPEN FOR VIEWING ONLY."


class OpenPad(ListScreen[LockboxDesk]):
    """One ERA's scratch pad, or one `batch` of it, at one desk, with the view the clerk is looking at."""

    template = Template(title="EEOB Worklist/Scratch Pad", top=6, bottom=17, entity="EEOB Line")

    def __init__(
        self,
        desk: LockboxDesk,
        era_number: int,
        order: PaymentOrder,
        *,
        read_only: bool = False,
        from_receipt: bool = False,
        batch: int | None = None,
    ) -> None:
        super().__init__(desk)
        self.era_number = era_number
        self.batch_number = batch
        self.order = order
        self.from_receipt = from_receipt
        self.read_only = read_only or from_receipt
        self._view: PadView | None = None
        self._acted_on: int | None = None

    @property
    def view(self) -> PadView:
        """The pad as it is on the screen."""
        if self._view is None:
            raise AssertionError("no scratch pad has been read yet")
        return self._view

    async def build(self) -> Contents:
        """Reads the pad, beside the screen."""
        desk = self.desk
        while True:
            try:
                view = await desk.read(
                    pad_view, desk.actor, self.era_number, self.order, batch=self.batch_number
                )
                break
            except Cancelled:
                # A pad that stood may not go on showing money as it was before an act.
                if self._view is None:
                    raise
        self._view = view
        message = None if view.balanced else OUT_OF_BALANCE
        acted_on, self._acted_on = self._acted_on, None
        turn_to = next((entry.display for entry in view.entries if entry.entry.number == acted_on), None)
        return Contents(_heading(view), _lay_out(view), message, explain=self._explain, turn_to=turn_to)

    def acted_on(self, line: LineKey) -> None:
        """Lets the page show the entry of a line when the pad is built anew, wherever it stands then."""
        self._acted_on = line.entry

    async def _explain(self, entry: int) -> tuple[str, ...]:
        shown = self.view.entries[entry - 1]
        count = len(shown.lines)
        parts = "1 line" if count == 1 else f"{count} lines"
        return (
            f"Entry {entry} is EEOB seq # {', '.join(shown.entry.sequences)} of the ERA: {parts}, net "
            f"{shown.entry.net:.2f}.",
            *(
                f"On EEOB {number} charge, adjustments and payment do not agree: ask the payer."
                for number in shown.unbalanced
            ),
            *await self.explain_codes(shown),
            "Split/Edit A Line changes where its money goes; a negative net is distributed.",
        )

    async def explain_codes(self, shown: EntryView) -> tuple[str, ...]:
        """What the codes mean that the payer gives for an entry."""
        codes = await self.desk.read(codes_of, self.era_number, shown.entry.sequences)
        return tuple(code_lines(codes))

    def why_not_reviewable(self) -> str | None:
        """Why nothing can be noted on its lines now; a receipt does not stand in the way of that."""
        return NOT_AVAILABLE if self.from_receipt else None

    def why_not_editable(self) -> str | None:
        """Why nothing can be changed in this pad now; None when it can."""
        if self.from_receipt:
            return NOT_AVAILABLE
        if self._view is not None and self._view.heading.receipt:
            return PAD_HAS_RECEIPT
        return READ_ONLY if self.read_only else None

    def why_not_in_batch(self) -> str | None:
        """Why what concerns all lines cannot be done now: only some of them are at hand. None when it can."""
        return None if self.batch_number is None else NOT_IN_BATCH

    def why_not_all_editable(self) -> str | None:
        """Why nothing can be changed that concerns all lines; None when it can."""
        return self.why_not_editable() or self.why_not_in_batch()


def _heading(view: PadView) -> Sequence[str]:
    """The heading of the ERA; in a batch its line stands in the place of the EFT or check."""
    lines = heading_lines(view.heading)
    if view.batch is None:
        return lines
    state = "READY" if view.batch.ready else "NOT READY"
    return (*lines[:2], f"BATCH: {view.batch.number}  {view.batch.name}  {state}")


def _lay_out(view: PadView) -> ListSource:
    """The lines of the list, written as they are shown: an ERA may have thousands of entries."""
    if view.batch is not None and not view.entries:
        empty = Lines()
        empty.plain(EMPTY_BATCH)
        return empty

    async def write(entries: Sequence[EntryView]) -> Sequence[Sequence[str]]:
        return [entry_lines(entry) for entry in entries]

    heights = {place: entry_height(entry) for place, entry in enumerate(view.entries, start=1)}
    return KeyedLines(view.entries, write, 0, taller=heights)


async def tell_refusal(desk: LockboxDesk, *lines: str) -> None:
    """Rings, says something in the words of a refusal and waits for RETURN."""
    desk.terminal.bell()
    desk.say("", *lines)
    await desk.ask.pause(Pause.MESSAGE)
