"""The questions about one row of a split: claim, payment, adjustment, comment (behaviour 1.1.1, `screens.md` 23.4)."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from models.words.money import ZERO
from screens.list_manager.asking.questions import question
from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from screens.scratchpad.open_pad import OpenPad
from services.bills.lookup import claims_of_era
from services.errors import Refused
from services.scratchpad.pad import LONGEST_LINE_COMMENT
from services.scratchpad.screen_view import LineView
from services.scratchpad.splitting import Amounts, SplitRow, bounds, left_of

#: What a clerk may type as a claim that is not in AR; claims on file may be longer.
LONGEST_CLAIM = 15


class _Claim(NamedTuple):
    """The claim a row is for; without a bill it is not in AR."""

    number: str
    bill_id: int | None


async def ask_new_row(pad: OpenPad, line: LineView, rows: Sequence[SplitRow]) -> SplitRow:
    """Asks for the next row of a split; its amounts lie between zero and what is left, which is the default.

    Raises Abandoned when the clerk gives the split up.
    """
    desk, left, first = pad.desk, left_of(line.line, rows), not rows
    claim = await _claim(pad, line, line.line.claim if first else "", left)
    payment = await _payment(desk, line, left.payment, left.payment)
    adjustment = ZERO
    if line.line.adjustments:
        adjustment = await _adjustment(desk, line, left.adjustment, left.adjustment)
    comment = await ask_comment(desk, line.line.comment if first else "")
    return SplitRow(claim.number, claim.bill_id, payment, adjustment, comment)


async def ask_changed_row(pad: OpenPad, line: LineView, rows: Sequence[SplitRow], index: int) -> SplitRow:
    """Asks for a row again with its own values as defaults; its amounts may be anything up to the whole line's."""
    desk, row = pad.desk, rows[index]
    others = [*rows[:index], *rows[index + 1 :]]
    claim = await _claim(pad, line, row.claim, left_of(line.line, others))
    payment = await _payment(desk, line, row.payment, line.line.payment)
    adjustment = row.adjustment
    if line.line.adjustments:
        adjustment = await _adjustment(desk, line, row.adjustment, line.line.adjustments)
    comment = await ask_comment(desk, row.comment)
    return SplitRow(claim.number, claim.bill_id, payment, adjustment, comment)


async def _claim(pad: OpenPad, line: LineView, default: str, left: Amounts) -> _Claim:
    desk, ask = pad.desk, pad.desk.ask
    eeobs = pad.view.entries[line.display_entry - 1].entry.sequences
    claims = claims_of_era(pad.era_number, line.line.bill_id, eeobs)
    list_all = partial(ask.list_choices, desk.listing(claims))
    while True:
        desk.say()
        answer = await ask.read(question(claims.prompt, default), claims.help, list_all=list_all)
        answer = answer.strip().upper()
        if answer == "@" or not (answer or default):
            ask.accept()
            await _abort(desk, left)
            continue
        typed = answer or default
        try:
            found = await desk.read(claims.find, typed)
        except Refused as refusal:
            ask.accept()
            ask.wrong(*str(refusal).splitlines())
            continue
        if found:
            ask.accept(answer, f"  >>Current claim balance is: {found[0].balance:.2f}")
            return _Claim(found[0].number, found[0].id)
        ask.accept()
        if len(typed) > LONGEST_CLAIM and typed != default:
            ask.wrong(f"Type 1 to {LONGEST_CLAIM} characters.")
        elif await ask.yes_no(
            "   THIS CLAIM WAS NOT FOUND IN YOUR AR.  DO YOU WANT TO CONTINUE?",
            default=False,
            help="YES keeps the claim # as typed and sends its money to suspense.",
        ):
            desk.say()
            return _Claim(typed.strip().upper(), None)


async def _abort(desk: LockboxDesk, left: Amounts) -> None:
    """Money without a claim: the clerk gives the split up (Abandoned) or goes on."""
    adjustment = f" AND ${left.adjustment:.2f} ADJ IS LEFT" if left.adjustment else ""
    desk.say(
        "",
        "YOU MUST SPLIT THE ENTIRE AMOUNT OF THE LINE.",
        f" ${left.payment:.2f} PAYMENT IS LEFT{adjustment}",
    )
    if await desk.ask.yes_no(
        "DO YOU WANT TO ABORT THIS SPLIT NOW?", default=False, help="YES leaves the line as it is."
    ):
        raise Abandoned


async def _payment(desk: LockboxDesk, line: LineView, default: Decimal, bound: Decimal) -> Decimal:
    corrected = (
        (
            "SINCE THIS LINE HAS AN ADJUSTMENT, THE AMOUNT ENTERED HERE SHOULD BE THE",
            "CORRECTED AMOUNT THE PAYER INDICATED THEY SHOULD HAVE PAID FOR THE CLAIM.",
        )
        if line.line.adjustments
        else ()
    )
    least, most = bounds(bound)
    return await desk.ask.money(
        "PAYMENT AMOUNT TO APPLY TO THIS CLAIM",
        default,
        at_least=least,
        at_most=most,
        help=(
            *corrected,
            f"ENTER THE AMT FROM THE PAYMENT TOTAL FOR THIS LINE ({line.line.payment:.2f})",
            "THAT APPLIES TO THIS CLAIM.  THE TOTAL PAYMENTS ENTERED DURING THIS SPLIT",
            f"MUST EQUAL THE ORIGINAL LINE PAYMENT AMOUNT OF ${line.line.payment:.2f}.",
        ),
    )


async def _adjustment(desk: LockboxDesk, line: LineView, default: Decimal, bound: Decimal) -> Decimal:
    total = line.line.adjustments
    desk.say(
        "",
        f"     THIS LINE CONTAINS AN ADJUSTMENT AMOUNT OF ${total:.2f}",
        "     THIS AMT IS USUALLY THE AMT THE PAYER PREVIOUSLY PAID",
        "     ON A CLAIM WHICH THEY HAVE NOW AMENDED.  IF THERE WAS",
        "     AN AMT PREVIOUSLY PAID FOR THIS CLAIM, ENTER THAT AMOUNT",
        "     AS A NEGATIVE AMOUNT HERE.  THE PAYMENT AMOUNT SHOULD BE THE",
        "     CORRECTED AMOUNT THE PAYER SAYS IT SHOULD HAVE PAID.",
        "",
    )
    least, most = bounds(bound)
    return await desk.ask.money(
        "ADJUSTMENT AMOUNT",
        default,
        at_least=least,
        at_most=most,
        help=(
            f"ENTER THE AMT FROM THE ADJUSTMENT TOTAL FOR THIS LINE ({total:.2f})",
            "THAT APPLIES TO THIS CLAIM, AS THE NEGATIVE OF THE AMT THE PAYER PREVIOUSLY",
            "PAID ON IT.  THE TOTAL ADJUSTMENTS ENTERED DURING THIS SPLIT MUST EQUAL",
            f"THE ORIGINAL LINE ADJUSTMENT AMOUNT OF ${total:.2f}.",
        ),
    )


async def ask_comment(desk: LockboxDesk, default: str) -> str:
    """Asks for the receipt line comment; `@` deletes the one that is there."""
    comment = await desk.ask.text(
        "RECEIPT LINE COMMENT", default or None, longest=LONGEST_LINE_COMMENT, deletable=True
    )
    if default and not comment:
        desk.say("   Comment will be deleted")
    return comment
