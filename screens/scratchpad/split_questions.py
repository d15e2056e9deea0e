"""The questions about one row of a split: claim, payment, adjustment, comment (behaviour 1.1.1, `screens.md` 23.4)."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from models.words.money import ZERO
from screens.list_manager.asking.answers import read_money
from screens.list_manager.asking.questions import question
from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from screens.scratchpad.one_answer import BALANCE, OneAnswer, amounts_of, read_one_answer
from screens.scratchpad.open_pad import OpenPad
from services.bills.lookup import BillChoice, claims_of_era
from services.errors import Refused
from services.scratchpad.pad import LONGEST_LINE_COMMENT
from services.scratchpad.screen_view import LineView
from services.scratchpad.splitting import Amounts, SplitRow, bounds, left_of, pay_off, totals

#: What a clerk may type as a claim that is not in AR; claims on file may be longer.
LONGEST_CLAIM = 15

_IN_ONE = (
    "A WHOLE ROW IN ONE: =100 GIVES 100.00 TO THIS CLAIM, K20B120= ALL THAT IS LEFT,",
    "K20B120=B ITS BALANCE, K20B120=100/-50 A PAYMENT AND AN ADJUSTMENT.",
)


class _Claim(NamedTuple):
    """The claim a row is for; without a bill it is not in AR. `one` is the whole row where it was typed in one.

    `given` is what other rows of the split give to its bill.
    """

    number: str
    bill: BillChoice | None
    one: OneAnswer | None
    given: Decimal = ZERO

    @property
    def balance(self) -> Decimal | None:
        """What these rows leave of what is owed on it; None for a claim that is not in AR."""
        return None if self.bill is None else max(self.bill.balance - self.given, ZERO)


async def ask_new_row(pad: OpenPad, line: LineView, rows: Sequence[SplitRow]) -> SplitRow:
    """Asks for the next row of a split; its amounts lie between zero and what is left, which is the default.

    Raises Abandoned when the clerk gives the split up.
    """
    left, first = left_of(line.line, rows), not rows
    claim, comment = (line.line.claim, line.line.comment) if first else ("", "")
    row = SplitRow(claim, None, left.payment, left.adjustment, comment)
    return await _ask_row(pad, line, rows, row, left)


async def ask_changed_row(pad: OpenPad, line: LineView, rows: Sequence[SplitRow], index: int) -> SplitRow:
    """Asks for a row again with its own values as defaults; its amounts may be anything up to the whole line's."""
    others = [*rows[:index], *rows[index + 1 :]]
    whole = Amounts(line.line.payment, line.line.adjustments)
    return await _ask_row(pad, line, others, rows[index], whole)


async def _ask_row(
    pad: OpenPad, line: LineView, others: Sequence[SplitRow], row: SplitRow, most: Amounts
) -> SplitRow:
    """Asks for a row; `row` has the defaults, `most` what it may take of the line."""
    desk, left = pad.desk, left_of(line.line, others)
    while True:
        claim = await _claim(pad, line, row.claim, left)
        bill_id = None if claim.bill is None else claim.bill.id
        given = totals([row for row in others if row.bill_id == bill_id]).net
        claim = claim._replace(given=given)
        if claim.one is None:
            break
        try:
            payment, fixed = amounts_of(claim.one, line.line, left, most, claim.number, claim.balance)
        except Refused as refusal:
            desk.ask.wrong(*str(refusal).splitlines())
            continue
        adjustment = await _adjustment(desk, line, row, most) if fixed is None else fixed
        desk.say(f"  >>Payment: {payment:.2f}  Adjustment: {adjustment:.2f}")
        return SplitRow(claim.number, bill_id, payment, adjustment, row.comment)
    payment = await _payment(desk, line, row.payment, most.payment, claim)
    adjustment = await _adjustment(desk, line, row, most)
    return SplitRow(claim.number, bill_id, payment, adjustment, await ask_comment(desk, row.comment))


async def _claim(pad: OpenPad, line: LineView, default: str, left: Amounts) -> _Claim:
    desk, ask = pad.desk, pad.desk.ask
    eeobs = pad.view.entries[line.display_entry - 1].entry.sequences
    claims = claims_of_era(pad.era_number, line.line.bill_id, eeobs)
    list_all = partial(ask.list_choices, desk.listing(claims))
    while True:
        desk.say()
        answer = await ask.read(question(claims.prompt, default), (*claims.help, *_IN_ONE), list_all=list_all)
        answer = answer.strip().upper()
        if answer == "@" or not (answer or default):
            ask.accept()
            await _abort(desk, left)
            continue
        one = read_one_answer(answer)
        typed = (answer if one is None else one.claim) or default
        if not typed:
            ask.accept()
            ask.wrong("Type the claim in front of =, like K20B120=143.25.")
            continue
        try:
            found = await desk.read(claims.find, typed)
        except Refused as refusal:
            ask.accept()
            ask.wrong(*str(refusal).splitlines())
            continue
        if found:
            ask.accept(answer, f"  >>Current claim balance is: {found[0].balance:.2f}")
            _tell_patient(desk, found[0])
            return _Claim(found[0].number, found[0], one)
        ask.accept()
        if len(typed) > LONGEST_CLAIM and typed != default:
            ask.wrong(f"Type 1 to {LONGEST_CLAIM} characters.")
        elif await ask.yes_no(
            "   THIS CLAIM WAS NOT FOUND IN YOUR AR.  DO YOU WANT TO CONTINUE?",
            default=False,
            help="YES keeps the claim # as typed and sends its money to suspense.",
        ):
            desk.say()
            return _Claim(typed.strip().upper(), None, one)


def _tell_patient(desk: LockboxDesk, bill: BillChoice) -> None:
    """Whose bill it is; that of another patient rings, and is asked about once more when it is filed."""
    if bill.of_another:
        desk.terminal.bell()
        desk.say(f"  >>*** ANOTHER PATIENT: {bill.patient} ***")
    else:
        desk.say(f"  >>Patient is: {bill.patient}")


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


async def _payment(
    desk: LockboxDesk, line: LineView, default: Decimal, bound: Decimal, claim: _Claim
) -> Decimal:
    corrected = (
        (
            "SINCE THIS LINE HAS AN ADJUSTMENT, THE AMOUNT ENTERED HERE SHOULD BE THE",
            "CORRECTED AMOUNT THE PAYER INDICATED THEY SHOULD HAVE PAID FOR THE CLAIM.",
        )
        if line.line.adjustments
        else ()
    )
    least, most = bounds(bound)

    def read(typed: str) -> Decimal | str | None:
        if typed.upper() != f"={BALANCE}":
            return read_money(typed)
        try:
            return pay_off(claim.number, claim.balance, bound)
        except Refused as refusal:
            return str(refusal)

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
            "=B IS THE BALANCE OF THE CLAIM.",
        ),
        read=read,
    )


async def _adjustment(desk: LockboxDesk, line: LineView, row: SplitRow, bound: Amounts) -> Decimal:
    """Asks for the adjustment where the line has one."""
    total = line.line.adjustments
    if not total:
        return row.adjustment
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
    least, most = bounds(bound.adjustment)
    return await desk.ask.money(
        "ADJUSTMENT AMOUNT",
        row.adjustment,
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
