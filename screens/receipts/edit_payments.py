"""New, Edit and Cancel Payment: the dialogues that mend an open receipt (behaviour 1.13).

Each raises Abandoned on `^` with nothing changed, and gives the sentence for the bar when it has changed
something.
"""

import datetime
from decimal import Decimal
from typing import TypeVar

from models.words.money import CENT
from screens.lockbox_desk import LockboxDesk
from services.bills.lookup import accounts_of_receipt
from services.dates import capitals, pad_day
from services.errors import Refused
from services.receipts import editing
from services.receipts.lookup import refuse_cancelled
from services.receipts.profile import ProfileLine, ReceiptProfile
from services.scratchpad.pad import LONGEST_LINE_COMMENT

AMOUNT = "PAYMENT AMOUNT"
DATE = "DATE OF PAYMENT"
COMMENT = "COMMENT"
IN_SUSPENSE = "NO ACCOUNT: THE PAYMENT WILL STAND IN SUSPENSE"
ACCOUNT_FIXED = "THE ACCOUNT CANNOT BE EDITED: A DECREASE ADJUSTMENT IS PENDING ON IT"
DELETED = "A PAYMENT OF THE WORKLIST THAT IS SET TO 0 IS TAKEN OFF THE RECEIPT"
NOTHING_CHANGED = "Nothing was changed"
T = TypeVar("T", str, Decimal, datetime.date)


async def new_payment(desk: LockboxDesk, profile: ReceiptProfile) -> str:
    """NP: account or suspense, amount, date, comment."""
    ask = desk.ask
    desk.say("", f"RECEIPT {profile.number}   TOTAL: {profile.total:.2f}")
    account = await _account(desk, profile, "")
    amount = await ask.money(AMOUNT, at_least=CENT)
    date = await _date(desk, desk.today())
    comment = await ask.text(COMMENT, longest=LONGEST_LINE_COMMENT)
    line = await desk.write(
        editing.new_payment,
        profile.number,
        account=account,
        amount=amount,
        date=date,
        comment=comment,
        seen=profile.version,
    )
    return f"Payment {line} of {amount:.2f} added"


async def edit_payment(desk: LockboxDesk, profile: ReceiptProfile, number: int) -> str | None:
    """EP: each field with what it has as default; None when nothing was changed."""
    line = _line(profile, number)
    ask = desk.ask
    desk.say("", payment_line(line))
    account = None
    if line.decreases or line.payouts:
        desk.say(ACCOUNT_FIXED)
    else:
        account = _take_change(await _account(desk, profile, line.bill), line.bill)
    amount = _take_change(await ask.money(AMOUNT, line.amount), line.amount)
    if amount == 0 and line.from_worklist:
        desk.say(DELETED)
        if not await ask.yes_no("ARE YOU SURE YOU WANT TO TAKE THIS PAYMENT OFF?:", default=False):
            return None
        date = comment = None
    else:
        date = _take_change(await _date(desk, line.date), line.date)
        typed = await ask.text(COMMENT, line.comment or None, longest=LONGEST_LINE_COMMENT, deletable=True)
        comment = _take_change(typed, line.comment)
    if account is None and amount is None and date is None and comment is None:
        return NOTHING_CHANGED
    changed = await desk.write(
        editing.edit_payment,
        profile.number,
        line.number,
        account=account,
        amount=amount,
        date=date,
        comment=comment,
        seen=profile.version,
    )
    return f"Payment {line.number} edited" if changed else NOTHING_CHANGED


async def cancel_payment(desk: LockboxDesk, profile: ReceiptProfile, number: int) -> str | None:
    """CP: the payment's amount becomes 0, with a comment that says why; None when the clerk says no."""
    line = _line(profile, number)
    desk.say("", payment_line(line))
    comment = await desk.ask.text("CANCEL COMMENT", required=True, longest=LONGEST_LINE_COMMENT)
    if not await desk.ask.yes_no("ARE YOU SURE YOU WANT TO CANCEL THIS PAYMENT?:", default=False):
        return None
    await desk.write(editing.cancel_payment, profile.number, line.number, comment, seen=profile.version)
    return f"Payment {line.number} cancelled"


def payment_line(line: ProfileLine) -> str:
    """The chosen payment as it is echoed before the first question about money."""
    return f"  {line.number:<4}{line.account:<27.27} {pad_day(line.date)} {line.amount:>14.2f}"


def _line(profile: ReceiptProfile, number: int) -> ProfileLine:
    line = profile.payment(number)
    refuse_cancelled(line)
    return line


def _take_change(now: T, before: T) -> T | None:
    """What the clerk answered, or None when it is what it was."""
    return None if now == before else now


async def _account(desk: LockboxDesk, profile: ReceiptProfile, bill: str) -> str:
    """Asks for the bill until it is one that can be paid; "" is suspense."""
    ask, accounts = desk.ask, accounts_of_receipt(profile.number)
    while True:
        typed = await ask.text(
            accounts.prompt,
            bill or None,
            longest=40,
            upper=True,
            deletable=True,
            help=accounts.help,
            listing=desk.listing(accounts),
        )
        if not typed:
            desk.say(f"   {IN_SUSPENSE}")
            return ""
        if typed == bill:
            return bill
        try:
            (found,) = await desk.read(accounts.find, typed)
        except Refused as refusal:
            ask.wrong(*str(refusal).splitlines())
            continue
        desk.say(f"   {found.account}   {found.status}   BALANCE: {found.balance:.2f}")
        return found.number


async def _date(desk: LockboxDesk, default: datetime.date) -> datetime.date:
    today = desk.today()
    earliest = editing.earliest_payment_date(today)
    return await desk.ask.date(
        DATE,
        default,
        earliest=earliest,
        latest=today,
        help=f"Not in the future, and not before {capitals(earliest)}.",
    )
