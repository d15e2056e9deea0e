"""How one receipt looks on the Receipt Profile: heading, payments, totals, history (`screens.md` 5)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from screens.list_manager.glass.glass import Attribute, Line, Mark
from screens.list_manager.lists.source import Lines
from services.dates import capitals, pad_day
from services.receipts.profile import ProfileLine, ReceiptProfile, Signature

DECREASE, PAYOUT = "decrease adjustment", "payment out of a reversal"

CAPTIONS = f"{' #':<6}{'Account':<28}{'Pay Date':<10}{'Open By':<9}{'Edit By':<9}{'Pay Amt':<9}Proc Amt"

_RIGHT = 39
_BEFORE_AMOUNTS = 56
_AMOUNTS = 23
_HISTORY = 4


class ReceiptLines(Lines):
    """The lines of a receipt, each under its own number: a number that was deleted keeps its place unseen."""

    def payment(self, number: int, *lines: str) -> None:
        """Adds the payment of this number with its lines."""
        while self.entry_count < number - 1:
            self._starts.append(self.line_count)
            self._ends.append(self.line_count)
        self.entry(*lines)


def heading(profile: ReceiptProfile) -> Sequence[str]:
    """The three heading lines: number and type, where its money is and its status, its finance document."""
    era = "" if profile.era is None else f"   ERA #: {profile.era}"
    document = profile.document.replace(" ", "") or "NOTSENT"
    return (
        f"{f'   Receipt #: {profile.number}':<{_RIGHT}}Type of Payment: {profile.payment_type}",
        f"{_money(profile):<23.23}{era:<16.16} Receipt Status: {profile.status}",
        f"{f'FMS Document: {document}':<{_RIGHT}} FMS Doc Status: {profile.document_status or ''}",
    )


def _money(profile: ReceiptProfile) -> str:
    if profile.eft is not None:
        number, payer = profile.eft
        return f"EFT Detail #: {number} {payer}"
    return f"{' EFT Deposit' if profile.for_deposit else '   Deposit #'}: {profile.ticket}"


def profile_lines(profile: ReceiptProfile, page: int) -> ReceiptLines:
    """The whole list of a receipt; `page` is how many lines one page has, so that the history stays together."""
    source = ReceiptLines()
    for line in profile.lines:
        source.payment(line.number, *payment_lines(line, is_open=profile.is_open))
    source.plain(
        *(
            f"{'':6}Pending {PAYOUT if loose.pays else DECREASE} for {loose.amount:.2f} to {loose.account}"
            for loose in profile.loose_changes
        ),
        f"{'':61}--------  --------",
        f"{'      TOTAL DOLLARS FOR RECEIPT':<{_BEFORE_AMOUNTS}}"
        + _both(profile.total, profile.total_processed),
    )
    if any(line.cancelled for line in profile.lines):
        source.plain("    **indicates payment is CANCELLED")
    source.plain("")
    left = -source.line_count % page
    if left < _HISTORY:
        source.plain(*[""] * left)
    source.plain(
        Line("Receipt History", (Mark(0, 15, Attribute.UNDERLINE),)),
        _history("   Opened By", "   Opened", profile.opened),
        _history("Last Edit By", "Last Edit", profile.edited),
        _history("Processed By", "Processed", profile.processed),
    )
    return source


def payment_lines(line: ProfileLine, *, is_open: bool) -> Sequence[str]:
    """The rows of one payment: itself, then the warning and the pending decreases while the receipt is open."""
    mark = "**" if line.cancelled else ""
    start = f"{line.number:<4}{mark:<2}{line.account:<27.27} {pad_day(line.date)}"
    rows = [
        f"{f'{start}  {line.opened_by:<7.2}  {line.edited_by:.2}':<{_BEFORE_AMOUNTS}}"
        + _both(line.amount, line.processed)
    ]
    if is_open and line.warning is not None:
        rows.append(
            f"  WARNING: Pending Payments ($ {line.warning.pending:.2f}) "
            f"exceed amount billed ($ {line.warning.billed:.2f})"
        )
    rows += [f"{'':6}Pending {DECREASE} for {amount:.2f}" for amount in line.decreases]
    rows += [f"{'':6}Pending {PAYOUT} for {amount:.2f}" for amount in line.payouts]
    return rows


def about_payment(line: ProfileLine) -> Sequence[str]:
    """What `?` says of one payment: its account, why it was cancelled, and its comment."""
    said = (("Cancel Data", line.cancel_comment), ("Comment", line.comment))
    return (
        f"Payment {line.number}: {line.account}",
        *(f"{'':6}{name}: {text}" for name, text in said if text),
    )


def _both(amount: Decimal, processed: Decimal) -> str:
    """Both amounts, ending in columns 69 and 79; what is wider than eight characters grows to the left."""
    return f"{amount:>13.2f} {processed:>9.2f}".rjust(_AMOUNTS)


def _history(who: str, what: str, stamp: Signature | None) -> str:
    name, at = ("", "") if stamp is None else (stamp.name, moment(stamp.at))
    return f"{f'{who}: {name}':<{_RIGHT}.{_RIGHT}}Date/Time {what}: {at}"


def moment(at: datetime) -> str:
    """`JUL 22, 2012  15:41`."""
    return f"{capitals(at.date())}  {at:%H:%M}"
