"""Suspense (fund 3875): moving a whole ERA there, linking and clearing its payments (behaviour 1.7, 1.15)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bills import Bill
from models.dialects import LOCKED
from models.receipts import Receipt, ReceiptLine
from models.scratchpads import Scratchpad
from models.words.acts import Act
from models.words.books import Account
from models.words.finance import DocumentKind
from models.words.keys import SecurityKey
from models.words.receipts import PaymentType, ReceiptStatus
from models.words.remittances import EraMatchStatus, MatchReason, PostStatus
from services.bills.receivables import bill_for_payment
from services.books.finance import issue_document
from services.books.journal import credit, debit, enter
from services.books.movements import Source
from services.errors import Refused
from services.office.actor import Actor
from services.office.acts import begin, end
from services.office.clock import today
from services.office.once import new_key
from services.office.stamp import Stamp
from services.receipts.creating import unapplied_number
from services.receipts.gates import lock_eft, refuse_totals
from services.receipts.lookup import receipt_of, refuse_cancelled
from services.receipts.numbers import next_number
from services.receipts.payments import pay_bill, refuse_unpayable
from services.receipts.tickets import tell_opened, usable_ticket
from services.remittances.finding import eft_of, era_of, refuse_off_worklist
from services.scratchpad.acts import NO_MONEY, take_era
from services.scratchpad.pad import LONGEST_LINE_COMMENT
from services.scratchpad.stored import give_up_decreases


def move_era_total(
    session: Session,
    actor: Actor,
    era_number: int,
    comment: str,
    *,
    ticket: str | None = None,
    date_is_right: bool = False,
) -> str:
    """Moves the whole money of an ERA to suspense by a receipt of one line, processed at once; gives its number.

    Of a matched EFT it moves the EFT's amount, of an ERA with check data its total; with neither it is
    refused. What the scratch pad had distributed is given up: all postings are made by hand (behaviour 1.7).
    """
    era, once = era_of(session, era_number), new_key()
    eft = eft_of(session, era)
    lock_eft(session, None if eft is None else eft.id)
    number = next_number(session, "E", today(session))
    by = begin(
        session,
        actor,
        Act.MOVED_TO_SUSPENSE,
        SecurityKey.CLERK,
        once=once,
        of=number,
        date_is_right=date_is_right,
    )
    take_era(session, by, era.id)
    refuse_off_worklist(era)
    if session.scalars(select(Receipt.id).where(Receipt.era_id == era.id)).first() is not None:
        raise Refused("THIS ERA ALREADY HAS A RECEIPT")
    if not 1 <= len(comment.strip()) <= LONGEST_LINE_COMMENT:
        raise Refused(f"A COMMENT OF 1 TO {LONGEST_LINE_COMMENT} CHARACTERS IS NEEDED")
    if eft is None and not era.check_number and era.total:
        raise Refused(NO_MONEY)
    amount = era.total if eft is None else eft.amount
    deposit = None if ticket is None or eft is not None else usable_ticket(session, by, ticket)
    receipt = Receipt(
        number=number,
        payment_type=PaymentType.CHECK if eft is None and era.check_number else PaymentType.EDI_LOCKBOX,
        date=by.date,
        deposit_ticket_id=None if deposit is None else deposit.id,
        era_id=era.id,
        eft_id=None if eft is None else eft.id,
        opened_by=by.user_id,
        opened_at=by.at,
        process_key=once,
        ach_trace="" if eft is None else eft.ach_trace,
    )
    session.add(receipt)
    session.flush()
    session.add(
        ReceiptLine(
            receipt_id=receipt.id,
            number=1,
            amount=amount,
            date=by.date,
            check_number=era.check_number,
            entered_by=by.user_id,
            unapplied_number=unapplied_number(receipt.number, 1),
            comment=comment.strip(),
        )
    )
    session.flush()
    refuse_totals(session, receipt)
    if amount:
        source = (
            debit(Account.CASH, amount) if eft is None else debit(Account.UNAPPLIED, amount, eft_id=eft.id)
        )
        enter(
            session,
            by,
            Act.MOVED_TO_SUSPENSE,
            [source, credit(Account.SUSPENSE, amount, receipt_id=receipt.id, receipt_line=1)],
            receipt_id=receipt.id,
            memo=f"ERA {era.id}",
        )
        session.get_one(ReceiptLine, (receipt.id, 1)).processed = amount
    else:
        era.match_status, era.match_reason = EraMatchStatus.MATCH_0, MatchReason.MATCH_0
    receipt.status, receipt.processed_by, receipt.processed_at = ReceiptStatus.CLOSED, by.user_id, by.at
    era.post_status = PostStatus.POSTED
    pad = session.get(Scratchpad, era.id)
    if pad is not None:
        pad.receipt_id = receipt.id
        give_up_decreases(session, era.id)
    session.flush()
    if amount and (eft is not None or deposit is not None):
        kind = DocumentKind.CASH_RECEIPT if eft is None else DocumentKind.TRANSFER
        issue_document(session, by, receipt, kind, amount)
    tell_opened(session, by, deposit, receipt.number)
    end(session, by, f"ERA {era.id}", reason=comment, detail=f"{amount:.2f}")
    return receipt.number


def link_payment(
    session: Session,
    actor: Actor,
    key: str,
    receipt_number: str,
    line_number: int,
    account: str,
    *,
    date_is_right: bool = False,
) -> None:
    """Gives a suspense payment its account; of a processed receipt the payment is posted at once.

    Before processing only the account is stored, and no entry is made.
    """
    receipt = receipt_of(session, receipt_number, lock=True)
    by = begin(
        session,
        actor,
        Act.PAYMENT_LINKED,
        SecurityKey.CLERK,
        once=key,
        of=receipt.number,
        date_is_right=date_is_right,
    )
    if by.done is not None:
        return
    line = _unlink(session, receipt, line_number)
    bill_id = bill_for_payment(session, account)
    if receipt.status is ReceiptStatus.OPEN:
        line.bill_id, line.unapplied_number = bill_id, ""
        session.flush()
    else:
        _post_link(session, by, receipt, line, bill_id)
    end(
        session,
        by,
        f"receipt {receipt.number} line {line_number}",
        detail=f"{line.amount:.2f} to bill {session.get_one(Bill, bill_id).number}",
    )


def _post_link(session: Session, by: Stamp, receipt: Receipt, line: ReceiptLine, bill_id: int) -> None:
    refuse_unpayable(session.get_one(Bill, bill_id, with_for_update=LOCKED))
    pay_bill(session, by, bill_id, line.amount, Source(receipt.id, line.number), Account.SUSPENSE)
    line.linked_bill_id = bill_id
    session.flush()


def clear_suspense(
    session: Session,
    actor: Actor,
    key: str,
    receipt_number: str,
    line_number: int,
    document: str,
    *,
    date_is_right: bool = False,
) -> None:
    """Notes the document by which finance cleared a payment from suspense; refused before processing."""
    receipt = receipt_of(session, receipt_number, lock=True)
    by = begin(
        session,
        actor,
        Act.SUSPENSE_CLEARED,
        SecurityKey.CLERK,
        once=key,
        of=receipt.number,
        date_is_right=date_is_right,
    )
    if by.done is not None:
        return
    line = _unlink(session, receipt, line_number)
    if receipt.status is ReceiptStatus.OPEN:
        raise Refused("THE RECEIPT HAS NOT BEEN PROCESSED; THERE IS NOTHING TO CLEAR YET")
    if not document.strip():
        raise Refused("THE FMS DOCUMENT NUMBER IS NEEDED")
    enter(
        session,
        by,
        Act.SUSPENSE_CLEARED,
        [
            debit(Account.SUSPENSE, line.amount, receipt_id=receipt.id, receipt_line=line.number),
            credit(Account.CLEARED_ON_LINE, line.amount),
        ],
        receipt_id=receipt.id,
        memo=document.strip(),
    )
    line.cleared_document = document.strip()
    end(session, by, f"receipt {receipt.number} line {line_number}", detail=document)


def _unlink(session: Session, receipt: Receipt, number: int) -> ReceiptLine:
    line = session.get(ReceiptLine, (receipt.id, number))
    if line is None or receipt.for_deposit or receipt.reversed_at is not None:
        raise Refused(f"THERE IS NO SUSPENSE PAYMENT {number} ON RECEIPT {receipt.number}")
    refuse_cancelled(line)
    if line.bill_id is not None or line.linked_bill_id is not None:
        raise Refused("An account has been assigned to this payment.")
    if line.cleared_document:
        raise Refused(f"THIS PAYMENT WAS CLEARED BY {line.cleared_document}")
    if not line.amount:
        raise Refused("THIS PAYMENT IS 0.00")
    return line
