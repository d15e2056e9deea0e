"""The EEOB Worklist/Scratch Pad (behaviour 1.1, `screens.md` 2)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from models.words.keys import SecurityKey
from models.words.scratchpad import PaymentOrder
from screens.destinations import RECEIPT_PREVIEW, RECEIPT_PROFILE, RECEIPT_TO_CREATE
from screens.list_manager.actions import Action, After, later
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.list_actions import EXIT, ListAction
from screens.lockbox_desk import LockboxDesk
from screens.scratchpad.batch_maintenance import batch_maintenance
from screens.scratchpad.distribute import distribute
from screens.scratchpad.open_pad import NOT_AVAILABLE, OpenPad, tell_refusal
from screens.scratchpad.refresh_pad import refresh_pad
from screens.scratchpad.review_line import offer_bookmark, review_line
from screens.scratchpad.split_edit import split_edit
from screens.scratchpad.verify import verify
from screens.scratchpad.view_print import print_eeob, print_whole_era
from services.scratchpad.screen_view import needs_person

NO_RECEIPT = "THIS ERA HAS NO RECEIPT YET."
NOTHING_TO_DO = "ALL LINES ARE VERIFIED, NONE IS NEGATIVE, AND ALL CLAIMS ARE IN YOUR AR."


async def scratch_pad(
    desk: LockboxDesk, era_number: int, order: PaymentOrder, batch: int | None = None
) -> None:
    """Shows the scratch pad of an ERA, or one batch of it, until the clerk leaves it; whoever opens it holds its lease.

    Raises `Refused` when there is no pad.
    """
    await desk.show(ScratchPadScreen(desk, era_number, order, batch=batch))


async def scratch_pad_to_view(desk: LockboxDesk, era_number: int, order: PaymentOrder) -> None:
    """Shows it only to be seen."""
    await desk.show(ScratchPadScreen(desk, era_number, order, read_only=True))


async def scratch_pad_of_receipt(desk: LockboxDesk, era_number: int, order: PaymentOrder) -> None:
    """Shows it from the Receipt Profile, only to be seen."""
    await desk.show(ScratchPadScreen(desk, era_number, order, from_receipt=True))


def _editing(
    name: str,
    run: Callable[[OpenPad, Call], Awaitable[After | None]],
    *,
    help: str,
    available: Callable[[OpenPad], str | None] = OpenPad.why_not_editable,
) -> ListAction[OpenPad]:
    return Action(name, run=run, help=help, key=SecurityKey.CLERK, available=available)


class ScratchPadScreen(OpenPad):
    """The scratch pad with its actions."""

    async def prepare(self) -> None:
        await super().prepare()
        worked_on = not self.from_receipt and not self.view.heading.receipt
        if worked_on and (entry := await offer_bookmark(self)) is not None:
            self.listed.view.first = self.contents.source.first_line(entry.display)
            await self.listed.fetch()

    async def look_at_receipt(self, call: Call) -> After:
        """Look At Receipt: the lines the receipt will have."""
        await self.desk.go(RECEIPT_PREVIEW, self.era_number)
        return After.REBUILD

    async def create_receipt(self, call: Call) -> After:
        """Create Receipt: Look At Receipt, and the question whether to create it at once under it."""
        await self.desk.go(RECEIPT_TO_CREATE, self.era_number)
        return After.REBUILD

    async def show_receipt(self, call: Call) -> After:
        """Receipt Profile: the receipt that was made of this pad."""
        await self.desk.go(RECEIPT_PROFILE, self.view.heading.receipt)
        return After.REBUILD

    def why_no_receipt(self) -> str | None:
        """Why there is no receipt to go to; None when there is one."""
        if self.from_receipt:
            return NOT_AVAILABLE
        return None if self._view is not None and self._view.heading.receipt else NO_RECEIPT

    async def next_for_a_person(self, call: Call) -> After:
        """Next Line To Work On: the marker goes to the next entry that needs a person."""
        waiting = [entry.display for entry in self.view.entries if needs_person(entry)]
        if not waiting:
            await tell_refusal(self.desk, NOTHING_TO_DO)
            return After.REPAINT
        shown = self.listed.view.entries() or (1, 1)
        after = shown[0] - 1 if self.marker is None else self.marker
        self.listed.view.mark(next((entry for entry in waiting if entry > after), waiting[0]))
        return After.REPAINT

    beside = (
        Action(
            "Create Receipt",
            "C",
            run=create_receipt,
            help="Looks at the receipt and asks at once whether to create it.",
            key=SecurityKey.CLERK,
            available=OpenPad.why_not_all_editable,
        ),
        Action(
            "Next Line To Work On",
            "NX",
            run=next_for_a_person,
            help="Goes to the next line that is unverified, negative, or of an unknown claim.",
        ),
        Action(
            "Receipt Profile",
            "RP",
            run=show_receipt,
            help="Goes to the receipt of this scratch pad.",
            available=why_no_receipt,
        ),
    )
    actions = (
        _editing(
            "Split/Edit A Line",
            split_edit,
            help="Divides a line's money among claims, or corrects its claim.",
        ),
        _editing(
            "Distribute Adj Amts",
            distribute,
            help="Takes a negative line out of other payments.",
            available=OpenPad.why_not_all_editable,
        ),
        _editing(
            "Refresh Scratch Pad",
            refresh_pad,
            help="Lays all lines out anew from the ERA.",
            available=OpenPad.why_not_all_editable,
        ),
        later("Research Menu", help="Looks things up in accounts receivable."),
        Action(
            "Look At Receipt",
            run=look_at_receipt,
            help="Shows the lines the receipt will have.",
            available=OpenPad.why_not_in_batch,
        ),
        Action(
            "Review Line",
            run=review_line,
            help="Notes how far the review of a line has come.",
            available=OpenPad.why_not_reviewable,
        ),
        _editing(
            "Batch Maintenance",
            batch_maintenance,
            help="Divides the ERA among several clerks, with the key PRCA ERA BATCH MAINT; edits the batch one is in.",
        ),
        Action("Verify", run=verify, help="Compares lines with their bills."),
        Action("View/Print EEOB", "EOB", run=print_eeob, help="Prints the payer's explanation of a line."),
        Action("View/Print ERA", "ERA", run=print_whole_era, help="Prints the whole remittance."),
        replace(EXIT, help="Leaves the scratch pad."),
    )
