"""Distribute Adj Amts: a negative line is taken out of other payments (behaviour 1.1.2, `screens.md` 23.5)."""

from collections.abc import Sequence
from decimal import Decimal

from models.words.keys import SecurityKey
from models.words.money import CENT
from screens.list_manager.actions import After
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Abandoned, Cancelled
from screens.list_manager.lists.call import Call
from screens.scratchpad.distribute_lines import (
    find_line,
    in_display_order,
    line_row,
    of_marker,
    say_whose,
    typed_along,
)
from screens.scratchpad.line_number import ask_line_number
from screens.scratchpad.open_pad import OpenPad, tell_refusal
from services.errors import Refused
from services.scratchpad.distribution import (
    LONGEST_DECREASE_COMMENT,
    NOT_NEEDED,
    NOT_POSSIBLE,
    at_most,
    default_comment,
    needing,
    refuse_impossible,
    refuse_inactive,
    targets,
)
from services.scratchpad.line_acts import distribute as file_distribution
from services.scratchpad.reversals import reversal_behind
from services.scratchpad.screen_view import LineView

NO_AMOUNT = "NO AMOUNT WAS ENTERED - TRY AGAIN LATER"
REVERSED = "THE PAYER TAKES BACK WHAT IT HAD PAID ON BILL {}."
MAY_BEAR = "TYPE {} TO RE-ESTABLISH IT BY {:.2f}, AND PAY LINE {} WITH THAT."
NOT_DISTRIBUTED = "NOTHING WAS DISTRIBUTED"
ADDITIONAL_PAYMENT = (
    "THE LINE SELECTED IS AN ADDITIONAL PAYMENT LINE, NOT SPECIFIC TO A CLAIM",
    "THE AMT WILL BE DISTRIBUTED, BUT A DECREASE ADJUSTMENT WILL NOT BE PERFORMED",
)


async def distribute(pad: OpenPad, call: Call) -> After:
    """Asks from which line to which and how much, and files it at once; the rest of a line is another call.

    Beyond VistA the lines may be typed along: `D=1,41` from and to, `D=41` the one that has to be asked for.
    """
    view, desk = pad.view, pad.desk
    try:
        refuse_impossible(view.pad, has_eft=view.heading.deposit is not None)
    except Refused as refusal:
        await tell_refusal(desk, *str(refusal).splitlines())
        return After.REPAINT
    typed = typed_along(view, call.argument)
    source = await _source(pad, typed.source)
    needed = f"AMOUNT NEEDED TO DISTRIBUTE: {source.line.net:.2f}"
    desk.say("", f"  LINE #: {source.label}  {needed}", f"  {say_whose(view, source)}", "")
    target = await _target(pad, source, typed.target)
    balance = f"LINE BALANCE: {target.line.net:.2f}"
    desk.say("", f"  LINE #: {target.label}  {balance}", f"  {say_whose(view, target)}", "")
    if target.era_level:
        desk.say(*ADDITIONAL_PAYMENT, "")
    amount = await _amount(pad, source, target)
    if amount is None:
        return After.REPAINT
    comment = "" if target.era_level else await _comment(pad, source)
    try:
        borne = await _borne_by_reversed_bill(pad, source, target, amount)
    except Abandoned:
        desk.say("", NOT_DISTRIBUTED)
        await desk.ask.pause(Pause.MESSAGE)
        return After.REPAINT
    await desk.write(
        file_distribution,
        source.stored,
        target.stored,
        amount,
        "" if borne else comment,
        re_establish=borne,
        seen=view.version,
    )
    pad.acted_on(target.stored)
    return After.REBUILD


async def _source(pad: OpenPad, typed: str) -> LineView:
    lines = in_display_order(pad.view, needing(pad.view.pad))
    explained = (
        "THE FOLLOWING LINE(S) HAVE AN ADJUSTMENT THAT CAUSED A NEGATIVE NET PAYMENT.",
        "IN ORDER TO BALANCE THE RECEIPT AND THE DEPOSIT, THESE AMOUNTS WILL NEED TO",
        "  BE DISTRIBUTED TO OTHER LINE(S)",
    )
    prompt = "SELECT A LINE THAT NEEDS AN ADJUSTMENT AMOUNT DISTRIBUTED:"
    only = lines[0].label if len(lines) == 1 else ""
    default = only or of_marker(pad, lines)
    return await _select(pad, prompt, lines, explained, NOT_NEEDED, default=default, typed=typed)


async def _target(pad: OpenPad, source: LineView, typed: str) -> LineView:
    lines = in_display_order(pad.view, targets(pad.view.pad))
    lines.sort(key=lambda line: -line.line.net)
    explained = (
        "THE FOLLOWING LINE(S) HAVE A NET PAYMENT THAT CAN BE USED TO OFFSET THE",
        f"  NEGATIVE NET PAYMENT FOR LINE {source.label} ({source.line.net:.2f}):",
    )
    prompt = "SELECT A LINE TO DISTRIBUTE THE ADJUSTMENT AMOUNT TO:"
    while True:
        line = await _select(
            pad, prompt, lines, explained, NOT_POSSIBLE, default=of_marker(pad, lines), typed=typed
        )
        typed = ""
        try:
            refuse_inactive(None if line.bill is None else line.bill.status)
        except Refused as refusal:
            pad.desk.terminal.bell()
            pad.desk.say(*str(refusal).splitlines())
        else:
            return line


async def _select(
    pad: OpenPad,
    prompt: str,
    lines: Sequence[LineView],
    explained: Sequence[str],
    wrong_line: str,
    *,
    default: str,
    typed: str = "",
) -> LineView:
    """Asks for one of these lines by its display number, unless it was typed along.

    RETURN alone leaves when there is no default.
    """
    listed = [*explained, *(line_row(pad.view, line) for line in lines)]
    while True:
        pad.desk.say()
        answer = typed or await ask_line_number(pad.desk, prompt, default, listed)
        typed = ""
        if not answer:
            raise Abandoned
        found = find_line(pad.view, lines, answer, wrong_line)
        if isinstance(found, LineView):
            return found
        pad.desk.terminal.bell()
        pad.desk.say(found)


async def _amount(pad: OpenPad, source: LineView, target: LineView) -> Decimal | None:
    most = at_most(source.line, target.line)
    try:
        return await pad.desk.ask.money(
            "ADJUSTMENT AMOUNT TO DISTRIBUTE",
            most,
            at_least=CENT,
            at_most=most,
            help=(
                "THIS IS THE AMOUNT OF THE ADJUSTMENT THAT SHOULD BE APPLIED TO THIS",
                f"PAYMENT LINE.  THE AMT ENTERED MUST BE BETWEEN .01 AND {most:.2f}",
            ),
        )
    except Cancelled:
        raise
    except Abandoned:
        await tell_refusal(pad.desk, NO_AMOUNT)
        return None


async def _borne_by_reversed_bill(pad: OpenPad, source: LineView, target: LineView, amount: Decimal) -> bool:
    """Beyond VistA: asks whether the bill that the payer reversed is raised, and the target paid with that.

    It comes when all that VistA asks is answered, so that what is typed ahead goes where it was meant to go.
    """
    desk, of = pad.desk, pad.view.pad
    reversal = await desk.read(reversal_behind, of, source.stored, target.stored, amount)
    if reversal is None or not desk.actor.holds(SecurityKey.ADJUST):
        return False
    desk.say("", REVERSED.format(reversal.account), MAY_BEAR.format(reversal.number, amount, target.label))
    return await desk.ask.yes_no(
        f"RE-ESTABLISH BILL {reversal.account}?:",
        default=False,
        added=True,
        only=reversal.number,
        help="The number of the bill raises it again, since the payer took its payment back, and pays this "
        "line's claim in full. NO takes the amount off this line's claim by a decrease adjustment.",
    )


async def _comment(pad: OpenPad, source: LineView) -> str:
    entry, line = pad.view.pad.find(source.stored)
    pad.desk.say(f"DECREASE ADJ COMMENT (1-{LONGEST_DECREASE_COMMENT} CHARACTERS):")
    return await pad.desk.ask.text(
        "  > ", default_comment(entry, line), required=True, longest=LONGEST_DECREASE_COMMENT
    )
