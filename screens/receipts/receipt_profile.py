"""Receipt Profile: one receipt with its payments, its actions and its history (behaviour 1.13, `screens.md` 5)."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from models.words.keys import SecurityKey
from screens.destinations import SCRATCH_PAD_OF_RECEIPT
from screens.explained_codes import code_lines, status_lines
from screens.list_manager.actions import Action, After, later
from screens.list_manager.asking.questions import Pause
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.list_actions import EXIT, ListAction
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.template import Contents, Template
from screens.lockbox_desk import LockboxDesk
from screens.receipts.edit_payments import cancel_payment, edit_payment, new_payment
from screens.receipts.process_receipt import process_receipt
from screens.receipts.receipt_lines import CAPTIONS, about_payment, heading, profile_lines
from services.codes.looking_up import Told, explain
from services.dates import capitals
from services.errors import LockboxError, Refused
from services.receipts.editing import give_back_receipt, hold_receipt
from services.receipts.payment_codes import codes_of_payment
from services.receipts.profile import ReceiptProfile, profile_of
from services.remittances.eeob_codes import CodeOfEeob
from services.scratchpad.acts import preferred_order

NO_WORKLIST = "NO WORKLIST ENTRY EXISTS FOR THIS ERA"
_BELOW_BODY = 13


async def receipt_profile(desk: LockboxDesk, receipt_number: str) -> None:
    """Shows one receipt until it is left; an open one is held by this clerk meanwhile.

    Another clerk's receipt is shown to be read only. Raises `Refused` when there is no such receipt.
    """
    await _show(ReceiptProfileScreen(desk, await desk.read(profile_of, receipt_number)))


async def receipt_profile_to_process(desk: LockboxDesk, receipt_number: str) -> None:
    """As `receipt_profile`, and begins to process the receipt, as if that had been chosen there."""
    screen = ReceiptProfileScreen(desk, await desk.read(profile_of, receipt_number))
    screen.do_at_once("PR")
    await _show(screen)


async def _show(screen: "ReceiptProfileScreen") -> None:
    desk = screen.desk
    if not screen.profile.is_open:
        await desk.show(screen)
        return
    async with screen.held():
        await desk.show(screen)


def _changing(
    name: str,
    synonym: str,
    run: Callable[["ReceiptProfileScreen", Call], Awaitable[After]],
    available: Callable[["ReceiptProfileScreen"], str | None],
    *,
    help: str,
) -> "ListAction[ReceiptProfileScreen]":
    return Action(name, synonym, help=help, key=SecurityKey.CLERK, run=run, available=available)


class ReceiptProfileScreen(ListScreen[LockboxDesk]):
    """One receipt while it is on the screen; `only_read` says why it cannot be worked on."""

    template = Template(
        title="Receipt Profile",
        top=6,
        bottom=16,
        entity="Payment",
        captions=CAPTIONS,
        mnemonic_width=3,
    )

    def __init__(self, desk: LockboxDesk, profile: ReceiptProfile) -> None:
        super().__init__(desk)
        self.profile = profile
        self.only_read: str | None = None
        self.message: str | None = None

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Holds the lease on the receipt, or says who holds it; gives it back however the screen is left."""
        desk, number = self.desk, self.profile.number
        try:
            await desk.write(hold_receipt, number)
        except (Refused, LockboxError) as refusal:
            self.only_read = str(refusal)
            desk.say("", *self.only_read.splitlines(), "THE RECEIPT IS SHOWN TO BE READ ONLY")
            await desk.ask.pause(Pause.MESSAGE)
            yield
            return
        try:
            yield
        finally:
            await self._give_back()

    async def _give_back(self) -> None:
        desk, number = self.desk, self.profile.number
        try:
            await desk.write(give_back_receipt, number)
        except LockboxError:
            # A lease that cannot be given back expires by itself, and the way out stays open.
            return

    async def build(self) -> Contents:
        """The contents of the list, from the store."""
        number = self.profile.number
        profile = self.profile = await self.desk.read(profile_of, number)
        page = max(self.desk.terminal.glass.height - _BELOW_BODY, 1)
        message, self.message = self.message or _standing(profile), None
        return Contents(
            header=heading(profile),
            source=profile_lines(profile, page),
            message=message,
            explain=self._explain,
        )

    async def _explain(self, entry: int) -> Sequence[str]:
        found = [line for line in self.profile.lines if line.number == entry]
        said = [row for line in found for row in about_payment(line)]
        codes = await self.desk.read(codes_of_payment, self.profile.number, entry) if found else ()
        status = self.profile.document_status
        if status is None:
            return (*said, *code_lines(codes))
        document = explain(Told.DOCUMENT, status.value, self.desk.today())
        return (*said, *code_lines(codes), *status_lines([CodeOfEeob("", status.value, None, document)]))

    async def number(self, call: Call) -> After:
        """A bare number: the marker goes to that payment."""
        self.listed.view.mark(self._payment(await call.entry()))
        return After.REPAINT

    def _payment(self, entry: int) -> int:
        return self.profile.payment(entry).number

    def editing(self) -> str | None:
        """Why payments cannot be edited now, or None."""
        return self.profile.why_closed or self.only_read

    def processing(self) -> str | None:
        """Why the receipt cannot even be asked to be processed, or None."""
        return self.only_read if self.profile.is_open else None

    async def new(self, call: Call) -> After:
        """NP: adds a payment."""
        self.message = await new_payment(self.desk, self.profile)
        return After.REBUILD

    async def edit(self, call: Call) -> After:
        """EP: changes a payment."""
        self.message = await edit_payment(self.desk, self.profile, self._payment(await call.entry()))
        return After.REBUILD

    async def cancel(self, call: Call) -> After:
        """CP: cancels a payment."""
        self.message = await cancel_payment(self.desk, self.profile, self._payment(await call.entry()))
        return After.REBUILD

    async def process(self, call: Call) -> After:
        """PR: posts the receipt."""
        self.message = await process_receipt(
            self.desk, self.profile.number, by_eft=self.profile.eft is not None
        )
        return After.REBUILD

    async def worklist(self, call: Call) -> After:
        """WL: the scratch pad of the receipt's ERA, to be read."""
        desk, era = self.desk, self.profile.era
        if era is None or not self.profile.has_worklist:
            desk.say("", NO_WORKLIST)
            await desk.ask.pause(Pause.MESSAGE)
            return After.REPAINT
        order = await desk.read(preferred_order, desk.actor, era)
        await desk.go(SCRATCH_PAD_OF_RECEIPT, era, order)
        return After.REBUILD

    actions = (
        _changing("New Payment", "NP", new, editing, help="Adds a payment."),
        _changing("Edit Payment", "EP", edit, editing, help="Changes a payment."),
        _changing("Cancel Payment", "CP", cancel, editing, help="Cancels a payment."),
        later("Move Payment", "MP"),
        None,
        later("Account Profile", "AP"),
        later("Reprint Receipt", "RR"),
        Action("Worklist (ERA)", "WL", run=worklist, help="Shows the scratch pad of the receipt's ERA."),
        later("Customize", "CU"),
        later("Edit Receipt", "ER"),
        _changing("Process Receipt", "PR", process, processing, help="Posts the receipt."),
        later("215 Report", "21"),
        replace(EXIT, name="Exit Action", synonym="EA", help="Leaves the receipt."),
        later("Entered Online", "CR"),
    )


def _standing(profile: ReceiptProfile) -> str | None:
    """What the bar says of a receipt that a clerk has processed."""
    if profile.is_open or profile.for_deposit or profile.processed is None:
        return None
    at = profile.processed.at
    return f"Receipt processed on {capitals(at.date())}@{at:%H:%M:%S}"
