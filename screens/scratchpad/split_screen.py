"""The EEOB WORKLIST SPLIT LINE screen: what a line is to be divided into, until it is filed (`screens.md` 3)."""

from collections.abc import Sequence
from dataclasses import replace

from screens.list_manager.actions import Action, After
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import LeaveAll
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.list_actions import EXIT
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.source import Lines
from screens.list_manager.lists.template import Contents, Template
from screens.list_manager.options import Jump
from screens.lockbox_desk import LockboxDesk
from screens.scratchpad.open_pad import OpenPad, tell_refusal
from screens.scratchpad.pad_lines import BLOCK_IN_HEADING, block
from screens.scratchpad.split_questions import ask_changed_row
from services.errors import OtherPatient
from services.scratchpad.line_acts import split
from services.scratchpad.screen_view import NOBODY, LineView
from services.scratchpad.splitting import SplitRow, differences, totals

_OF_ANOTHER_HELP = (
    "The bill's number, typed again, files the lines as they are. NO leaves them as they are, to be edited."
)
MISMATCH = "**** TOTAL AMOUNTS ENTERED DO NOT MATCH THE ORIGINAL AMOUNTS ****"

_CLAIM_WIDTH = 25
_NOT_IN_AR = " (NOT IN A/R)"


class SplitScreen(ListScreen[LockboxDesk]):
    """The rows a line of an open pad is to become; nothing of them is in the store before they are filed."""

    template = Template(
        title="EEOB WORKLIST SPLIT LINE",
        top=10,
        bottom=20,
        entity="Line",
        captions="    Claim #                    Payment Amount   Adjustment Amt   Net Amount",
        mnemonic_width=2,
        prompt="Select Action:",
    )

    def __init__(self, pad: OpenPad, line: LineView, rows: Sequence[SplitRow]) -> None:
        super().__init__(pad.desk)
        self.pad = pad
        self.line = line
        self.rows = list(rows)
        self.filed = False

    @property
    def wrong(self) -> str:
        """What is wrong with the totals; empty when the rows can be filed."""
        return differences(self.line.line, self.rows)

    async def build(self) -> Contents:
        """Lays the rows out under the line they come from."""
        lines = Lines()
        if self.wrong:
            lines.plain(MISMATCH, "")
        for number, row in enumerate(self.rows, start=1):
            lines.entry(*row_lines(number, row))
        lines.plain(*total_lines(self.rows))
        return Contents((*block(self.line)[:BLOCK_IN_HEADING], ""), lines, explain=self._explain)

    async def _explain(self, number: int) -> Sequence[str]:
        row = self.rows[number - 1]
        entry = self.pad.view.entries[self.line.display_entry - 1]
        codes = await self.pad.explain_codes(entry)
        return (f"Row {number} takes {row.net:.2f} of line {self.line.label} to {row.claim}.", *codes)

    async def file(self) -> bool:
        """Files the rows in place of the line; asks first whether a bill of another patient is meant.

        The question comes when all that VistA asks is answered, so that what is typed ahead goes where it was meant
        to go. False when it is not meant.
        """
        try:
            await self._file(other_patients=False)
        except OtherPatient as refusal:
            self.desk.terminal.bell()
            self.desk.say("", *str(refusal).splitlines(), f"THE LINE IS OF {self.line.patient or NOBODY}")
            for bill in refusal.bills:
                if not await self.desk.ask.yes_no(
                    f"TYPE {bill} AGAIN TO GIVE IT MONEY OF THIS LINE:",
                    default=False,
                    added=True,
                    only=bill,
                    help=_OF_ANOTHER_HELP,
                ):
                    return False
            await self._file(other_patients=True)
        self.filed = True
        return True

    async def _file(self, *, other_patients: bool) -> None:
        pad = self.pad
        # Whether a claim that is not on file is meant was asked when it was typed.
        await pad.desk.write(
            split,
            self.line.stored,
            tuple(self.rows),
            unknown_claims=True,
            other_patients=other_patients,
            seen=pad.view.version,
            batch=pad.batch_number,
        )

    async def file_lines(self, call: Call) -> After:
        """File New Lines: files the rows when their totals are those of the line."""
        if self.wrong:
            await tell_refusal(self.desk, *self.wrong.splitlines())
            return After.REPAINT
        return After.LEAVE if await self.file() else After.REPAINT

    async def edit(self, call: Call) -> After:
        """Edit Lines Split: asks for one of the rows again."""
        number = await call.entry()
        self.rows[number - 1] = await ask_changed_row(self.pad, self.line, self.rows, number - 1)
        return After.REBUILD

    number = edit

    actions = (
        Action(
            "File New Lines", run=file_lines, help="Files these lines in place of the one that was split."
        ),
        Action("Edit Lines Split", run=edit, help="Changes claim, amounts or comment of one of these lines."),
        replace(EXIT, help="Leaves without filing; asks once more."),
    )


def row_lines(number: int, row: SplitRow) -> Sequence[str]:
    """One row of the split, and its comment under it."""
    claim = row.claim[:_CLAIM_WIDTH] if row.bill_id is not None else f"{row.claim[:_CLAIM_WIDTH]}{_NOT_IN_AR}"
    left = f"{number:<4}{claim}"
    # A long claim runs into the blanks left of its payment rather than lose a character.
    first = f"{left}{row.payment:>{max(46 - len(left), 1)}.2f}  {row.adjustment:>15.2f}  {row.net:>15.2f}"
    return (first, f"{'':10}{row.comment}") if row.comment else (first,)


def total_lines(rows: Sequence[SplitRow]) -> Sequence[str]:
    """The rule and the totals under the rows."""
    rule = "=" * 14
    entered = totals(rows)
    return (
        f"{'':32}{rule}   {rule}   {rule}",
        f"{'    TOTALS:':31}{entered.payment:>15.2f}  {entered.adjustment:>15.2f}  {entered.net:>15.2f}",
    )


async def split_screen(screen: SplitScreen) -> None:
    """Shows the rows until they are filed or given up; leaving asks once more when they could be filed.

    Whoever leaves by `^^` or `^option` is asked too, and then gets where he wanted. Rows that are wanted, but not
    with another patient's bill, are shown again: nothing of them is lost.
    """
    while True:
        try:
            await screen.pad.desk.show(screen)
        except (LeaveAll, Jump):
            if await _is_settled(screen):
                raise
        else:
            if await _is_settled(screen):
                return
        screen = SplitScreen(screen.pad, screen.line, screen.rows)


async def _is_settled(screen: SplitScreen) -> bool:
    """Whether the rows are filed, or are given up when that is asked."""
    if screen.filed:
        return True
    desk = screen.pad.desk
    desk.clear()
    desk.say("", "YOU HAVE NOT FILED THESE CHANGES")
    if screen.wrong:
        desk.say("THE TOTALS DO NOT MATCH: THE LINE STAYS AS IT WAS")
        await desk.ask.pause(Pause.MESSAGE)
        return True
    if not await desk.ask.yes_no(
        "DO YOU WANT TO FILE THEM BEFORE YOU EXIT?",
        default=False,
        help="YES files the lines as they were shown, NO leaves the line as it was.",
    ):
        return True
    return await screen.file()
