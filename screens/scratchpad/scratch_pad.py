"""The EEOB Worklist/Scratch Pad (behaviour 1.1, `screens.md` 2)."""

from collections.abc import Awaitable, Callable, Sequence

from models.words.keys import SecurityKey
from models.words.scratchpad import PaymentOrder
from screens.list_manager.lists.actions import Action, After
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.list_screen import show_list
from screens.list_manager.lists.template import Template
from screens.lockbox_desk import LockboxDesk
from screens.scratchpad.distribute import distribute
from screens.scratchpad.open_pad import OpenPad
from screens.scratchpad.refresh_pad import refresh_pad
from screens.scratchpad.split_edit import split_edit

TEMPLATE = Template(title="EEOB Worklist/Scratch Pad", top=6, bottom=17, entity="EEOB Line")


async def scratch_pad(
    desk: LockboxDesk,
    era_number: int,
    order: PaymentOrder,
    read_only: bool,
    *,
    from_receipt: bool = False,
) -> None:
    """Shows the scratch pad of an ERA until the clerk leaves it; whoever opens it for work holds its lease.

    `from_receipt` says that it was opened from the Receipt Profile, only to be read. Raises `Refused` when
    there is no pad.
    """
    pad = OpenPad(desk, era_number, order, read_only=read_only, from_receipt=from_receipt)
    await show_list(desk, TEMPLATE, pad, pad.build, ACTIONS)


async def _look_at_receipt(pad: OpenPad, call: Call) -> After:
    # The preview leads on to the Receipt Profile, which opens scratch pads itself.
    from screens.receipts.receipt_preview import receipt_preview

    await receipt_preview(pad.desk, pad.era_number)
    return After.REBUILD


async def _leave(pad: OpenPad, call: Call) -> After:
    return After.LEAVE


def _later(name: str, synonym: str = "", *, help: str) -> Action[OpenPad]:
    """An action that has its place on the screen but no release yet."""

    async def run(pad: OpenPad, call: Call) -> After | None:
        return None

    return Action(name, run, synonym, help=help, available=lambda pad: f"{name} is not in this release.")


def _editing(
    name: str, run: Callable[[OpenPad, Call], Awaitable[After | None]], *, help: str
) -> Action[OpenPad]:
    return Action(name, run, help=help, key=SecurityKey.CLERK, available=OpenPad.why_not_editable)


ACTIONS: Sequence[Action[OpenPad] | None] = (
    _editing(
        "Split/Edit A Line", split_edit, help="Divides a line's money among claims, or corrects its claim."
    ),
    _editing("Distribute Adj Amts", distribute, help="Takes a negative line out of other payments."),
    _editing("Refresh Scratch Pad", refresh_pad, help="Lays all lines out anew from the ERA."),
    _later("Research Menu", help="Looks things up in accounts receivable."),
    Action("Look At Receipt", _look_at_receipt, help="Shows the lines the receipt will have."),
    _later("Review Line", help="Notes how far the review of a line has come."),
    _later("Batch Maintenance", help="Divides the ERA among several clerks."),
    _later("Verify", help="Compares lines with their bills."),
    _later("View/Print EEOB", "EOB", help="Shows the payer's explanation of a line."),
    _later("View/Print ERA", "ERA", help="Shows the whole remittance."),
    Action("Exit", _leave, help="Leaves the scratch pad."),
)
