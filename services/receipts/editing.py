"""Editing an open receipt: New, Edit and Cancel Payment (behaviour 1.13).

Each act takes `seen`, the receipt's version when the clerk saw it: after a lost lease newer work is refused,
not overwritten.
"""

import datetime
import json
from decimal import Decimal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.bills import Bill
from models.receipts import Receipt, ReceiptLine
from models.scratchpads import Scratchpad
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.money import ZERO
from services.bills.receivables import bill_for_payment
from services.errors import Refused
from services.office import leases
from services.office.actor import Actor, Holder, require
from services.office.acts import begin, end
from services.office.clock import today
from services.office.stamp import Stamp
from services.receipts.creating import unapplied_number
from services.receipts.gates import pad_line_of, pending_changes
from services.receipts.lookup import (
    no_payment,
    receipt_of,
    refuse_cancelled,
    refuse_changed,
    why_closed,
)
from services.receipts.processing import EDITING
from services.scratchpad.pad import LONGEST_LINE_COMMENT

#: A payment may not be of a day before so many days ago (behaviour 1.13).
_OLDEST_DAYS = 31


def open_receipt(session: Session, holder: Holder, number: str, *, seen: int | None = None) -> Receipt:
    """The receipt for an act that edits it; takes its lease and refuses a processed or deposit receipt."""
    receipt = receipt_of(session, number, lock=True)
    refuse_closed(receipt)
    leases.take(session, holder, "RECEIPT", receipt.number, EDITING)
    refuse_changed(receipt, seen)
    return receipt


def hold_receipt(session: Session, actor: Actor, number: str) -> None:
    """Takes the lease on an open receipt for as long as its profile is on the screen; raises `Refused`."""
    require(actor, SecurityKey.CLERK)
    open_receipt(session, actor, number)


def give_back_receipt(session: Session, holder: Holder, number: str) -> None:
    """Gives the lease on a receipt back when its profile is left."""
    leases.give_back(session, leases.Held("RECEIPT", number, holder.desk))


def refuse_closed(receipt: Receipt) -> None:
    """Refuses to edit a receipt that is processed or belongs to an EFT deposit."""
    if (why := why_closed(for_deposit=receipt.for_deposit, status=receipt.status)) is not None:
        raise Refused(why)


def new_payment(
    session: Session,
    actor: Actor,
    number: str,
    *,
    account: str,
    amount: Decimal,
    date: datetime.date | None = None,
    comment: str = "",
    seen: int | None = None,
) -> int:
    """Adds a payment to an open receipt and gives its line number; without account it goes to suspense."""
    by = begin(session, actor, Act.PAYMENT_ENTERED, SecurityKey.CLERK)
    receipt = open_receipt(session, by, number, seen=seen)
    if amount <= 0:
        raise Refused("A PAYMENT IS MORE THAN 0.00")
    bill_id = bill_for_payment(session, account) if account.strip() else None
    paid_on = _payment_date(session, date or by.date)
    line_number = 1 + (
        session.scalar(select(func.max(ReceiptLine.number)).where(ReceiptLine.receipt_id == receipt.id)) or 0
    )
    pad = None if receipt.era_id is None else session.get(Scratchpad, receipt.era_id)
    line = ReceiptLine(
        receipt_id=receipt.id,
        number=line_number,
        bill_id=bill_id,
        amount=amount,
        date=paid_on,
        check_number="" if pad is None else pad.check_number,
        check_date=None if pad is None else pad.check_date,
        bank_routing="" if pad is None else pad.bank_routing,
        entered_by=by.user_id,
        unapplied_number="" if bill_id else unapplied_number(receipt.number, line_number),
        comment=_comment(comment),
    )
    session.add(line)
    _edit(session, by, receipt)
    end(
        session,
        by,
        f"receipt {receipt.number} line {line_number}",
        detail=_say_entered(_facts(session, line)),
    )
    return line_number


def edit_payment(
    session: Session,
    actor: Actor,
    number: str,
    line_number: int,
    *,
    account: str | None = None,
    amount: Decimal | None = None,
    date: datetime.date | None = None,
    comment: str | None = None,
    seen: int | None = None,
) -> bool:
    """Changes a payment of an open receipt; what is None stays as it is. False when nothing differs from before.

    A line of the worklist set to 0 is deleted; a lowered amount leaves a cancelled trail line of the
    difference. The account of a line with a pending decrease cannot be changed.
    """
    by = begin(session, actor, Act.PAYMENT_EDITED, SecurityKey.CLERK)
    receipt = open_receipt(session, by, number, seen=seen)
    line = _line(session, receipt, line_number)
    before, amount_before = _facts(session, line), line.amount
    if account is not None:
        bill_id = bill_for_payment(session, account) if account.strip() else None
        if bill_id != line.bill_id and has_pending_decrease(session, receipt, line):
            raise Refused("THE ACCOUNT OF A PAYMENT WITH A PENDING DECREASE ADJUSTMENT CANNOT BE CHANGED")
        line.bill_id = bill_id
        line.unapplied_number = "" if bill_id else unapplied_number(receipt.number, line.number)
    if date is not None and date != line.date:
        line.date = _payment_date(session, date)
    if comment is not None:
        line.comment = _comment(comment)
    if amount is not None:
        if amount < 0:
            raise Refused("A PAYMENT IS NOT LESS THAN 0.00")
        line.amount = amount
    after = _facts(session, line)
    if after == before:
        return False
    line.edited_by = by.user_id
    if line.entry is not None and line.amount < amount_before:
        _leave_trail(session, by, receipt, line, amount_before)
    _edit(session, by, receipt)
    end(
        session,
        by,
        f"receipt {receipt.number} line {line_number}",
        detail=_say_changed(before, after),
    )
    return True


def _leave_trail(
    session: Session, by: Stamp, receipt: Receipt, line: ReceiptLine, amount_before: Decimal
) -> None:
    """Deletes a worklist payment that was set to 0; of a lowered one it keeps the difference as a cancelled line."""
    if line.amount == 0:
        session.flush()
        session.execute(
            delete(ReceiptLine).where(ReceiptLine.receipt_id == receipt.id, ReceiptLine.number == line.number)
        )
        return
    last = session.scalar(select(func.max(ReceiptLine.number)).where(ReceiptLine.receipt_id == receipt.id))
    assert last is not None
    session.add(
        ReceiptLine(
            receipt_id=receipt.id,
            number=last + 1,
            bill_id=line.bill_id,
            amount=ZERO,
            date=line.date,
            check_number=line.check_number,
            check_date=line.check_date,
            bank_routing=line.bank_routing,
            entered_by=by.user_id,
            edited_by=by.user_id,
            comment="",
            cancelled=True,
            cancel_comment=f"{amount_before - line.amount:.2f} taken off payment {line.number}",
        )
    )


def cancel_payment(
    session: Session, actor: Actor, number: str, line_number: int, comment: str, *, seen: int | None = None
) -> None:
    """Cancels a payment: its amount becomes 0 and the required comment is kept."""
    by = begin(session, actor, Act.PAYMENT_CANCELLED, SecurityKey.CLERK)
    receipt = open_receipt(session, by, number, seen=seen)
    line = _line(session, receipt, line_number)
    if not comment.strip():
        raise Refused("A CANCELLED PAYMENT NEEDS A COMMENT")
    cancelled = _say_entered(_facts(session, line))
    line.amount = ZERO
    line.cancelled, line.cancel_comment, line.edited_by = True, _comment(comment), by.user_id
    _edit(session, by, receipt)
    end(
        session,
        by,
        f"receipt {receipt.number} line {line_number}",
        reason=comment,
        detail=cancelled,
    )


def _facts(session: Session, line: ReceiptLine) -> dict[str, str]:
    """What the audit trail says of a payment; a comment stands in quotes, so that it cannot pass for anything else."""
    bill = None if line.bill_id is None else session.get_one(Bill, line.bill_id)
    return {
        "account": "SUSPENSE" if bill is None else bill.number,
        "amount": f"{line.amount:.2f}",
        "date": line.date.isoformat(),
        "comment": json.dumps(line.comment, ensure_ascii=False) if line.comment else "none",
    }


def _say_entered(facts: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items())


def _say_changed(before: dict[str, str], after: dict[str, str]) -> str:
    """The account, and each value that is another one now: what it was and what it is."""
    return ", ".join(
        f"{name} {value}" if value == after[name] else f"{name} {value} to {after[name]}"
        for name, value in before.items()
        if name == "account" or value != after[name]
    )


def has_pending_decrease(session: Session, receipt: Receipt, line: ReceiptLine) -> bool:
    """Whether processing will decrease the bill of this worklist line."""
    at = pad_line_of(receipt, line)
    return any(change.log.at == at for change in pending_changes(session, receipt))


def _line(session: Session, receipt: Receipt, number: int) -> ReceiptLine:
    line = session.get(ReceiptLine, (receipt.id, number))
    if line is None:
        raise no_payment(receipt.number, number)
    refuse_cancelled(line)
    return line


def earliest_payment_date(today: datetime.date) -> datetime.date:
    """The earliest date that a payment may have; its latest is today."""
    return today - datetime.timedelta(days=_OLDEST_DAYS)


def _payment_date(session: Session, date: datetime.date) -> datetime.date:
    if date > today(session):
        raise Refused("PAYMENT DATE MAY NOT BE IN THE FUTURE")
    if date < earliest_payment_date(today(session)):
        raise Refused(f"PAYMENT DATE MAY NOT BE MORE THAN {_OLDEST_DAYS} DAYS AGO")
    return date


def _comment(text: str) -> str:
    if len(text) > LONGEST_LINE_COMMENT:
        raise Refused(f"A COMMENT HAS AT MOST {LONGEST_LINE_COMMENT} CHARACTERS")
    return text.strip()


def _edit(session: Session, by: Stamp, receipt: Receipt) -> None:
    receipt.edited_by, receipt.edited_at = by.user_id, by.at
    # The version has to rise even when the same clerk edits twice within one tick of the clock.
    flag_modified(receipt, "edited_at")
    session.flush()
