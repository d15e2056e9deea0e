"""EEOB Worklist Preview Receipt: what the receipt of an ERA would carry (behaviour 1.1.4, `screens.md` 4)."""

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from models.words.keys import SecurityKey
from screens.list_manager.actions import Action, After
from screens.list_manager.asking.questions import Pause
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.list_actions import EXIT
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.source import Lines
from screens.list_manager.lists.template import Contents, Template
from screens.lockbox_desk import LockboxDesk
from screens.receipts.create_receipt import create_receipt
from screens.worklist.era_heading import heading_lines
from services.receipts.creating import RECEIPT_EXISTS, PreviewLine, ReceiptPreview, preview
from services.scratchpad.acts import preferred_order

STILL_NEGATIVE = (
    "THE FOLLOWING LINES HAVE NEGATIVE BALANCES THAT STILL NEED TO BE DISTRIBUTED",
    "NO RECEIPT CAN BE CREATED FOR THIS ERA UNTIL THEY ARE",
)
PAYMENTS = "PAYMENTS (LINES FOR RECEIPT):"
ZERO_PAYMENTS = "ZERO DOLLAR PAYMENTS:"
CREATE = "Create Receipt"
NEGATIVE = "LINES WITH NEGATIVE BALANCES STILL NEEDING TO BE DISTRIBUTED:"


async def receipt_preview(desk: LockboxDesk, era_number: int) -> bool:
    """Shows the receipt of an ERA as it would be; True when the receipt was created there."""
    return await _show(PreviewScreen(desk, era_number))


async def receipt_preview_to_create(desk: LockboxDesk, era_number: int) -> bool:
    """As `receipt_preview`, and asks under it whether to create the receipt, as if that had been chosen there."""
    screen = PreviewScreen(desk, era_number)
    screen.do_at_once(CREATE)
    return await _show(screen)


async def _show(screen: "PreviewScreen") -> bool:
    desk = screen.desk
    shown = await screen.read()
    if shown.negative and not await _warn_of_negative(desk, shown.negative):
        return False
    await desk.show(screen)
    return screen.created


async def _warn_of_negative(desk: LockboxDesk, lines: Sequence[PreviewLine]) -> bool:
    """The page of lines that stand in the way, before the list; False when the clerk leaves there."""
    desk.clear()
    desk.say(*STILL_NEGATIVE, "")
    for line in lines:
        desk.say(f"{line.label:>15}  {line.account:<15.15}  {line.amount:.2f}")
    return await desk.ask.pause(Pause.END_OF_PAGE)


class PreviewScreen(ListScreen[LockboxDesk]):
    """One preview while it is open; `receipt` is the one the ERA has already, `created` says that it was made here."""

    template = Template(
        title="EEOB WORKLIST PREVIEW RECEIPT",
        top=6,
        bottom=20,
        entity="Line",
        captions=f" {'LINE #':<11}{'ACCOUNT':<30}AMOUNT",
        mnemonic_width=2,
    )

    def __init__(self, desk: LockboxDesk, era: int) -> None:
        super().__init__(desk)
        self.era = era
        self.created = False
        self.receipt = ""
        self._heading: Sequence[str] = ()
        self._seen = 0

    async def read(self) -> ReceiptPreview:
        """The preview as the scratch pad stands now."""
        order = await self.desk.read(preferred_order, self.desk.actor, self.era)
        shown = await self.desk.read(preview, self.era, order)
        self._heading, self.receipt = heading_lines(shown.heading), shown.heading.receipt
        return shown

    async def build(self) -> Contents:
        """The contents of the list, from the store."""
        source, shown = Lines(), await self.read()
        self._seen = shown.version
        _section_lines(source, shown)
        return Contents(header=self._heading, source=source)

    async def print_preview(self, call: Call) -> After:
        """Print Receipt Preview: all lines, on a device."""
        source = Lines()
        _section_lines(source, await self.read())
        device = await self.desk.device()
        top = (self.template.title, *self._heading, self.template.captions)
        lines = [str(line) for line in await source.window(0, source.line_count)]
        await self.desk.page_out(lines, device, heading=lambda _: top, title=self.template.title)
        if not device.on_screen:
            await self.desk.ask.pause(Pause.RETURN)
        return After.REPAINT

    async def create(self, call: Call) -> After:
        """Create Receipt: the dialogue, and the receipt's profile behind it."""
        self.created = await create_receipt(self.desk, self.era, self._seen)
        return After.LEAVE if self.created else After.REBUILD

    def why_not_created(self) -> str | None:
        """Why no receipt can be created now; None when it can."""
        return RECEIPT_EXISTS.format(self.receipt) if self.receipt else None

    actions = (
        Action("Print Receipt Preview", run=print_preview, help="Prints all lines of the preview."),
        Action(
            CREATE,
            run=create,
            help="Creates the receipt for this ERA.",
            key=SecurityKey.CLERK,
            available=why_not_created,
        ),
        replace(EXIT, help="Leaves the preview."),
    )


def _section_lines(source: Lines, shown: ReceiptPreview) -> None:
    source.plain(PAYMENTS)
    _entries(source, shown.payments)
    source.plain(_total(shown.total))
    for title, lines in ((ZERO_PAYMENTS, shown.zero), (NEGATIVE, shown.negative)):
        if lines:
            source.plain("", title)
            _entries(source, lines)
    if shown.negative:
        source.plain(_total(shown.still_negative))
    if shown.changes:
        source.plain("", *shown.changes.splitlines())


def _total(amount: Decimal) -> str:
    return f"{'':12}{'TOTAL':<30}{amount:.2f}"


def _entries(source: Lines, lines: Sequence[PreviewLine]) -> None:
    for line in lines:
        source.entry(*preview_lines(line))


def preview_lines(line: PreviewLine) -> Sequence[str]:
    """The rows of one line: stored number, account, amount, and the number on the scratch pad if that is another one.

    Below stands what is pending of its bill, with the comments, and why the bill could not take the payment.
    """
    first = f" {line.label:<11}{line.account:<25.25}{'':5}{line.amount:.2f}"
    rows = [f"{first:<57}= {line.shown} ON THE PAD" if line.shown else first]
    for name, pending in (("Dec adj", line.decreases), ("Payment out of a reversal", line.payouts)):
        for amount, comment in pending:
            rows.append(f"{'':12}{name} ${abs(amount):.2f} pending -")
            if comment:
                rows.append(f"{'':16}{comment}")
    for said in line.warning.splitlines():
        rows += textwrap.wrap(said.strip(), 66, initial_indent=" " * 12, subsequent_indent=" " * 14)
    return rows
