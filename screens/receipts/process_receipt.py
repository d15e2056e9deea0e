"""Process Receipt: all questions first, then one transaction, then what is true (behaviour 1.13, `screens.md` 23.6).

Nothing is written while a question waits: the questions come from a read-only preview, and the posting
checks every gate again after the last YES.
"""

import datetime

from models.words.finance import DocumentKind, DocumentNumber
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from screens.receipts.deposit_ticket import select_ticket
from services.books.finance import write_journal
from services.dates import capitals
from services.errors import LockboxError, Refused
from services.receipts.gates import refuse_payments
from services.receipts.processing import BOTH, Processed, ProcessPreview, done_before, process_preview
from services.receipts.processing import process_receipt as post
from services.receipts.tickets import TicketChoice

EXPLANATION = (
    "This option will process the payments for the receipt updating the AR",
    "Package and generate the {} receipt document to FMS.  Any decrease",
    "adjustments entered via the EDI Lockbox Worklist will also be generated.",
    "Once a receipt has been processed, the receipt status will change to closed",
    "and no further processing of the receipt can occur.  If the FMS {}",
    "receipt document rejects, you can use this same option to reprocess the",
    "receipt.",
)
_NOT_YET = "Enter YES to have the payments looked at. One more question comes before they are posted."
_LAST = (
    "Enter YES to post the payments: bills are paid, and finance is told. This cannot be taken back. "
    "NO changes nothing, and the receipt stays open."
)
NOT_PROCESSED = "Receipt NOT processed"
CONFLICT = "EDI LBOX ERA receipt cannot have a deposit - Receipt NOT processed"
DECREASING = "Generating automatic decrease adjustments from EDI Lbox Worklist ..."
CHECKING = "Checking payment amounts versus billed amounts ..."
NO_LINES = "WARNING: This receipt has no payments.  Processing will only close it."
NO_TICKET = (
    "WARNING: This receipt does not have a deposit ticket.  If it is processed",
    "without one, no CR document will be sent to FMS.  You may add the ticket now.",
)
NOT_SENT = "Receipt does not have a deposit ticket and will NOT be sent to FMS."
UNKNOWN = (
    "IT IS NOT KNOWN WHETHER RECEIPT {} WAS PROCESSED.  OPEN IT AGAIN BEFORE YOU\n"
    "GO ON: TO PROCESS IT A SECOND TIME IS SAFE, NOTHING IS EVER POSTED TWICE."
)


async def process_receipt(desk: LockboxDesk, number: str, *, by_eft: bool) -> str | None:
    """Says what it does, asks everything, posts the receipt, and says what was done.

    `by_eft` says that the receipt's money came by EFT. Gives the sentence for the bar, if any. Raises
    Abandoned on `^` before the posting; nothing has changed then.
    """
    desk.say("", *explanation(by_eft=by_eft))
    try:
        preview = await desk.read(process_preview, desk.actor, number)
        answers = await _questions(desk, preview)
        if answers is None:
            return NOT_PROCESSED
        done = await _post(desk, preview, answers)
    except Refused as refusal:
        return await _refused(desk, refusal)
    await _told(desk, preview, done)
    return None


class _Answers:
    """What the clerk decided before the posting."""

    def __init__(self) -> None:
        self.ticket: str | None = None
        self.deposit_date: datetime.date | None = None
        self.drop_deposit = False


async def _questions(desk: LockboxDesk, preview: ProcessPreview) -> _Answers | None:
    """All questions in the order of behaviour 1.13; None when the clerk says no to one that stops."""
    ask, answers = desk.ask, _Answers()
    desk.say()
    if preview.deposit_conflict:
        desk.say(BOTH)
        if not await ask.yes_no(
            "DO YOU WANT TO DELETE THIS RECEIPT'S DEPOSIT REFERENCE NOW?:", default=False
        ):
            raise Refused(CONFLICT)
        answers.drop_deposit = True
    if preview.decreases:
        desk.say(DECREASING)
        if not await ask.yes_no("ARE YOU SURE YOU WANT TO CONTINUE?:", default=True, help=_NOT_YET):
            return None
        desk.say()
    if preview.empty:
        desk.say(NO_LINES, "")
    _checked(desk, preview)
    ticket = await _ticket(desk, preview)
    if ticket is not None and ticket.number != preview.ticket:
        answers.ticket = ticket.number
    if preview.ticket is not None and not preview.deposit_conflict:
        answers.deposit_date = await _deposit_date(desk, preview.deposit_date)
    elif ticket is not None:
        answers.deposit_date = await _deposit_date(desk, ticket.date)
    desk.say()
    if not await ask.yes_no("  Are you sure you want to PROCESS this receipt? ", default=False, help=_LAST):
        return None
    return answers


def explanation(*, by_eft: bool) -> tuple[str, ...]:
    """What the option does, said of the document that this receipt gets."""
    formal = "transfer" if by_eft else "cash"
    return tuple(line.format(formal) for line in EXPLANATION)


def _checked(desk: LockboxDesk, preview: ProcessPreview) -> None:
    """Gate 10: says that payments are okay, or which are not, and stops."""
    if not preview.warnings:
        desk.say(f"{CHECKING}  payments okay.")
        return
    desk.say(CHECKING)
    refuse_payments(preview.warnings)


async def _ticket(desk: LockboxDesk, preview: ProcessPreview) -> TicketChoice | None:
    """Gate 11: the warning that no CR will be sent, and the ticket that may be added now."""
    if not preview.no_ticket or not preview.total:
        return None
    desk.say("", *NO_TICKET)
    return await select_ticket(desk)


async def _deposit_date(desk: LockboxDesk, date: datetime.date | None) -> datetime.date:
    """Gate 12: the bank's date of the deposit, by default what its ticket says, else today."""
    default = date or desk.today()
    prompt = f"BANK DEPOSIT DATE: {capitals(default).replace(', ', ',')}// "
    return await desk.ask.optional_date(prompt, latest=desk.today()) or default


async def _post(desk: LockboxDesk, preview: ProcessPreview, answers: _Answers) -> Processed:
    """The posting, in one transaction; after an error of the store it is looked up before anything is said."""
    posting = desk.saying("Updating AR accounts...").once(
        UNKNOWN.format(preview.number), done_before, preview.number
    )
    return await posting.write(
        post,
        preview.number,
        ticket=answers.ticket,
        deposit_date=answers.deposit_date,
        drop_deposit=answers.drop_deposit,
        seen=preview.version,
    )


async def _refused(desk: LockboxDesk, refusal: Refused) -> str:
    """Says why the receipt is not processed; the last line also stands in the bar."""
    lines = str(refusal).splitlines()
    desk.terminal.bell()
    desk.say("", *lines)
    await desk.ask.pause(Pause.POSTING)
    return lines[-1].strip()


async def _told(desk: LockboxDesk, preview: ProcessPreview, done: Processed) -> None:
    """What has been done, after it has been done; nothing said here can undo it."""
    if done.already is not None:
        desk.say("", f"RECEIPT {done.number} {done.already}")
    else:
        made = [*map(str, done.decreases), ""] if done.decreases else []
        desk.say("", *made, "Updating AR accounts... Done.")
    desk.say()
    if done.document is None:
        desk.say(NOT_SENT if preview.total else "Receipt has no amount and will NOT be sent to FMS.")
    else:
        number = DocumentNumber.read(done.document)
        assert number is not None
        desk.say(f"Transmitting {number.kind} document to FMS...", "")
        desk.say(f"Done. FMS document number {done.document}", "")
        desk.say(
            "No 215 report generated for this receipt"
            if number.kind is DocumentKind.TRANSFER
            else "The 215 report is not in this release."
        )
    # Also without a document of its own: what a crash left unwritten is written now.
    await _journal(desk)
    desk.say()
    try:
        await desk.ask.pause(Pause.POSTING)
    except Abandoned:
        # The receipt is posted: Ctrl-C at the pause is only another way to go on.
        return


async def _journal(desk: LockboxDesk) -> None:
    """Appends the document to the accounting journal; a failure is told, and does not undo the posting."""
    try:
        await desk.saying("Writing the accounting journal...").run(write_journal, desk.finance_folder)
    except LockboxError as error:
        desk.terminal.bell()
        desk.say(*str(error).splitlines(), "The receipt is posted all the same.", "")
