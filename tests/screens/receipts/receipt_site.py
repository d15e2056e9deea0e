"""What the receipt screens begin with: bills, remittances and their receipts, made by acts of a clerk."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import select

from models.bills import Bill
from models.leases import Lease
from models.receipts import Receipt
from models.store import Store
from models.users import User
from models.words.bills import BillStatus
from models.words.keys import SecurityKey
from screens.lockbox_desk import LockboxDesk
from screens.receipts.receipt_preview import receipt_preview
from screens.receipts.receipt_processing import receipt_processing
from screens.receipts.receipt_profile import receipt_profile
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.remittances.finding import era_of
from services.scratchpad.stored import load
from tests import given
from tests.clerk import Clerk
from tests.screens.seat import Seat


class ReceiptSite(Clerk):
    """DEMOCLERK,ONE, who may do everything, with a folder for prints and for the accounting journal."""

    def __init__(self, store: Store, actor: Actor, folder: Path) -> None:
        with store.writing() as session:
            session.get_one(User, actor.user_id).name = "DEMOCLERK,ONE"
            session.flush()
            super().__init__(store, sign_on(session, actor.login))
        self.folder = folder

    def check_pad(self, trace: str = "PSI05507937") -> int:
        """A paper check of 1412.35: a take-back by the payer, interest, an overpaid claim, an unknown one, a zero."""
        given.bills(self.store, self.actor, {"K20A3F7": 905, "K20B119": 100, "K20B120": 400})
        given.bill(self.store, self.actor, "K20A944", "19.47")
        era = given.era(
            self.store,
            self.actor,
            trace=trace,
            method="CHK",
            claims=[
                ("K20A3F7", 905, 905),
                ("K20B119", 500, 500),
                ("K99ZZ02", "19.60", "19.60"),
                ("K20A944", "19.47", 0),
            ],
            plbs=[("WO", "PSI-RCP-77", "18.50"), ("L6", "PSI-INT-04", "-6.25")],
        )
        self.opens(era, check=trace)
        return era

    def make_ready(self, era: int) -> None:
        """Splits K20B119 over two claims and takes the payer's 18.50 out of K20A3F7."""
        places = self.places(era)
        self.splits(era, places["K20B119"], ("K20B119", 100), ("K20B120", 400))
        self.distributes(era, (1, 1), places["K20A3F7"], "18.50", "RETRACTED FOR ERA ADJ #1")

    def check_receipt(self, ticket: str | None = "B120722") -> str:
        """The receipt of `check_pad`, of five payments."""
        era = self.check_pad()
        self.make_ready(era)
        return self.creates_receipt(era, ticket)

    def eft_pad(self, trace: str = "804364580000035") -> int:
        """A matched EFT of 176.08 for two claims."""
        given.bills(self.store, self.actor, {"K20D771": "150.00", "K20D802": "64.00"})
        era = given.matched_era(
            self.store,
            self.actor,
            trace=trace,
            claims=[("K20D771", "150.00", "112.08"), ("K20D802", "64.00", "64.00")],
            eft_amount="176.08",
        )
        self.opens(era)
        return era

    def eft_receipt(self) -> str:
        """The receipt of `eft_pad`."""
        return self.creates_receipt(self.eft_pad())

    def check_receipt_of_other_claim(self, bill: str, amount: given.Dollars) -> str:
        """An open receipt of another paper check that pays the same bill."""
        era = given.era(
            self.store, self.actor, trace="0000418", method="CHK", claims=[(bill, amount, amount)]
        )
        self.opens(era, check="0000418")
        return self.creates_receipt(era)

    def places(self, era: int) -> dict[str, tuple[int, int]]:
        """The stored line numbers of the claims of a scratch pad."""
        with self.store.reading() as session:
            pad = load(session, era_of(session, era, lock=False))
            return {line.claim: (line.at.entry, line.at.line) for _, line in pad.lines() if line.claim}

    def bill_not_yet(self, number: str) -> None:
        """A bill that is not a receivable yet."""
        bill = given.bills(self.store, self.actor, {number: 10})[number]
        with self.store.writing() as session:
            session.get_one(Bill, bill).status = BillStatus.NEW_BILL

    def bill_id(self, number: str) -> int:
        """The id of a bill."""
        with self.store.reading() as session:
            return session.scalars(select(Bill.id).where(Bill.number == number)).one()

    def colleague(self, *keys: SecurityKey) -> Clerk:
        """DEMOCLERK,TWO at another desk, with these keys or with all."""
        with self.store.writing() as session:
            add_user(session, "two", "DEMOCLERK,TWO", keys or tuple(SecurityKey), given_by="clerk")
            return Clerk(self.store, sign_on(session, "two"))

    def reviewer(self) -> Actor:
        """Somebody who may only read, view and print."""
        with self.store.writing() as session:
            add_user(session, "reviewer", "DEMOREVIEWER,ONE", (), given_by="clerk")
            return sign_on(session, "reviewer")

    def leases(self) -> list[tuple[str, str]]:
        """What is being worked on, by anybody."""
        with self.store.reading() as session:
            return [(lease.kind, lease.reference) for lease in session.scalars(select(Lease))]

    def status_of(self, receipt: str) -> str:
        """OPEN or CLOSED."""
        with self.store.reading() as session:
            return session.scalars(select(Receipt.status).where(Receipt.number == receipt)).one().value

    def seat(self, talk: Callable[[LockboxDesk], Awaitable[None]], actor: Actor | None = None) -> Seat:
        """A clerk in front of a screen."""
        return Seat(self.store, actor or self.actor, talk, self.folder)

    def at_profile(self, number: str, actor: Actor | None = None) -> Seat:
        """In front of the Receipt Profile."""
        return self.seat(lambda desk: receipt_profile(desk, number), actor)

    def at_processing(self) -> Seat:
        """In front of Receipt Processing."""
        return self.seat(receipt_processing)

    def at_preview(self, era: int, given_back: list[bool] | None = None, actor: Actor | None = None) -> Seat:
        """In front of the preview; what it gives back is noted."""

        async def talk(desk: LockboxDesk) -> None:
            created = await receipt_preview(desk, era)
            if given_back is not None:
                given_back.append(created)

        return self.seat(talk, actor)
