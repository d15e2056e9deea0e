"""Process Receipt: all questions first, then one transaction, then what is true (behaviour 1.13, `screens.md` 23.6).

Nothing is written while a question waits: the questions come from a read-only preview, and the posting
checks every gate again after the last YES.
"""

import datetime

from models.words.finance import DocumentKind
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Abandoned, Cancelled
from screens.lockbox_desk import LockboxDesk
from screens.receipts.deposit_ticket import select_ticket
from screens.receipts.odd_clock import is_date_right
from services.books.writing_documents import write_documents
from services.dates import capitals
from services.errors import LockboxError, Refused
from services.receipts.gates import BOTH, CONFLICT, Step
from services.receipts.processing import Processed, ProcessPreview, done_before, process_preview
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
_FIRST = "Enter YES to have the payments looked at. One more question comes before they are posted."
_LAST = (
    "Enter YES to post the payments: bills are paid, and finance is told. This cannot be taken back. "
    "NO changes nothing, and the receipt stays open."
)
_RE_ESTABLISH = (
    "The number of the bill raises it again, since the payer took its payment back. NO leaves it as it is; "
    "the receipt is processed either way, and ^ leaves it open."
)
MAY_BE_RAISED = "TYPE {} TO RE-ESTABLISH THE BILL BY IT."
NOT_PROCESSED = "Receipt NOT processed"
DECREASING = "Generating automatic decrease adjustments from EDI Lbox Worklist ..."
REVERSED = "THE PAYER REVERSED ITS PAYMENT OF {}: {:.2f}. NO BILL BEARS IT YET."
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
        questions = _Questions(desk, preview)
        if not await questions.ask():
            return NOT_PROCESSED
        done = await questions.post()
    except Refused as refusal:
        return await _say_refused(desk, refusal)
    await _tell_done(desk, preview, done)
    return None


class _Questions:
    """What the clerk decides before the posting: the steps of the services, each with its words."""

    def __init__(self, desk: LockboxDesk, preview: ProcessPreview) -> None:
        self._desk = desk
        self._preview = preview
        self._drop_deposit = False
        self._ticket: TicketChoice | None = None
        self._deposit_date: datetime.date | None = None
        self._re_establish: list[str] = []

    async def ask(self) -> bool:
        """Asks everything; False when the clerk says no to what stops. Raises `Refused` at a gate that is shut."""
        asking = {
            Step.DEPOSIT_REFERENCE: self._ask_to_drop_deposit,
            Step.DECREASES: self._ask_about_decreases,
            Step.NO_PAYMENTS: self._tell_of_no_payments,
            Step.PAYMENTS: self._check_payments,
            Step.TICKET: self._ask_ticket,
            Step.DEPOSIT_DATE: self._ask_deposit_date,
            Step.SURE: self._ask_whether_sure,
            Step.REVERSALS: self._ask_or_leave,
        }
        if not await is_date_right(self._desk, self._preview.odd_clock):
            return False
        self._desk.say()
        for step in self._preview.steps:
            if not await asking[step]():
                return False
        return True

    async def post(self) -> Processed:
        """The posting, in one transaction; after an error of the store it is looked up before anything is said."""
        number = self._preview.number
        posting = self._desk.saying("Updating AR accounts...").once(
            UNKNOWN.format(number), done_before, number
        )
        return await posting.write(
            post,
            number,
            ticket=None if self._ticket is None else self._ticket.number,
            deposit_date=self._deposit_date,
            drop_deposit=self._drop_deposit,
            re_establish=self._re_establish,
            seen=self._preview.version,
            date_is_right=self._preview.odd_clock is not None,
        )

    async def _ask_to_drop_deposit(self) -> bool:
        self._desk.say(BOTH)
        if not await self._desk.ask.yes_no(
            "DO YOU WANT TO DELETE THIS RECEIPT'S DEPOSIT REFERENCE NOW?:", default=False
        ):
            raise Refused(CONFLICT)
        self._drop_deposit = True
        return True

    async def _ask_about_decreases(self) -> bool:
        self._desk.say(DECREASING)
        if not await self._desk.ask.yes_no("ARE YOU SURE YOU WANT TO CONTINUE?:", default=True, help=_FIRST):
            return False
        self._desk.say()
        return True

    async def _ask_or_leave(self) -> bool:
        """As `_ask_about_reversals`; whoever leaves there is told that the receipt is not processed."""
        try:
            return await self._ask_about_reversals()
        except Cancelled:
            raise
        except Abandoned:
            return False

    async def _ask_about_reversals(self) -> bool:
        """Beyond VistA: a bill whose payment was reversed, and that nobody has charged with it, may be raised.

        It comes when all that VistA asks is answered, so that what is typed ahead goes where it was meant to go.
        """
        self._desk.say()
        for reversal in self._preview.reversals:
            self._desk.say(
                REVERSED.format(reversal.account, reversal.amount), MAY_BE_RAISED.format(reversal.number)
            )
            if await self._desk.ask.yes_no(
                f"RE-ESTABLISH BILL {reversal.account}?:",
                default=False,
                added=True,
                only=reversal.number,
                help=_RE_ESTABLISH,
            ):
                self._re_establish.append(reversal.number)
            self._desk.say()
        return True

    async def _tell_of_no_payments(self) -> bool:
        self._desk.say(NO_LINES, "")
        return True

    async def _check_payments(self) -> bool:
        """Says that payments are okay, or which are not, and stops."""
        if (why := self._preview.why_not_paid) is not None:
            self._desk.say(CHECKING)
            raise Refused(why)
        self._desk.say(f"{CHECKING}  payments okay.")
        return True

    async def _ask_ticket(self) -> bool:
        """The warning that no CR will be sent, and the ticket that may be added now."""
        self._desk.say("", *NO_TICKET)
        self._ticket = await select_ticket(self._desk)
        return True

    async def _ask_deposit_date(self) -> bool:
        """The bank's date of the deposit, by default what its ticket says; nothing without a ticket."""
        default = self._preview.deposit_date if self._ticket is None else self._ticket.date
        if default is not None:
            ask, today = self._desk.ask, self._desk.today()
            prompt = f"BANK DEPOSIT DATE: {capitals(default).replace(', ', ',')}// "
            self._deposit_date = await ask.optional_date(prompt, latest=today) or default
        return True

    async def _ask_whether_sure(self) -> bool:
        self._desk.say()
        return await self._desk.ask.yes_no(
            "  Are you sure you want to PROCESS this receipt? ", default=False, help=_LAST
        )


def explanation(*, by_eft: bool) -> tuple[str, ...]:
    """What the option does, said of the document that this receipt gets."""
    formal = "transfer" if by_eft else "cash"
    return tuple(line.format(formal) for line in EXPLANATION)


async def _say_refused(desk: LockboxDesk, refusal: Refused) -> str:
    """Says why the receipt is not processed; the last line also stands in the bar."""
    lines = str(refusal).splitlines()
    desk.terminal.bell()
    desk.say("", *lines)
    await desk.ask.pause(Pause.POSTING)
    return lines[-1].strip()


async def _tell_done(desk: LockboxDesk, preview: ProcessPreview, done: Processed) -> None:
    """What has been done, after it has been done; nothing said here can undo it."""
    if done.already is not None:
        desk.say("", f"RECEIPT {done.number} {done.already}")
    else:
        made = [*map(str, done.changes), ""] if done.changes else []
        desk.say("", *made, "Updating AR accounts... Done.")
    desk.say()
    if done.document is None:
        desk.say(NOT_SENT if preview.total else "Receipt has no amount and will NOT be sent to FMS.")
    else:
        desk.say(f"Transmitting {done.kind} document to FMS...", "")
        desk.say(f"Done. FMS document number {done.document}", "")
        desk.say(
            "No 215 report generated for this receipt"
            if done.kind is DocumentKind.TRANSFER
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
        await desk.saying("Writing the accounting journal...").run(write_documents, desk.finance_folder)
    except LockboxError as error:
        desk.terminal.bell()
        desk.say(*str(error).splitlines(), "The receipt is posted all the same.", "")
