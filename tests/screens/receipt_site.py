"""What the receipt screens begin with: bills, remittances and their receipts, through the services."""

import datetime
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from models.bills import Bill
from models.store import Store
from models.users import User
from screens.list_manager import progress
from screens.lockbox_desk import LockboxDesk
from screens.receipt_preview import receipt_preview
from screens.receipt_profile import receipt_profile
from services.actor import Actor, sign_on
from services.pads import era_of, load
from services.receipts import create_receipt
from services.sites import add_user
from services.splitting import SplitRow
from services.worklist import PaperCheck, create_pad, distribute, split
from tests import given
from tests.screens.seat import Seat

CHECK_DATE = datetime.date(2012, 7, 9)


class ReceiptSite:
    """A site with a print folder and a finance folder, and a clerk who may do everything."""

    def __init__(self, store: Store, actor: Actor, folder: Path) -> None:
        self.store, self.folder = store, folder
        with store.writing() as session:
            session.get_one(User, actor.user_id).name = "DEMOCLERK,ONE"
            session.flush()
            self.actor = sign_on(session, actor.login)

    def check_pad(self, trace: str = "PSI05507937") -> int:
        """The manual's paper check: a claim decreased by a PLB, a split, interest, an unknown claim, a zero."""
        given.bills(
            self.store,
            self.actor,
            {"K20A3F7": 905, "K20B119": 100, "K20B120": 400, "K20A944": "19.47"},
            payer=given.BLUE_RIVER,
        )
        era = given.era(
            self.store,
            self.actor,
            trace=trace,
            payer=given.BLUE_RIVER,
            method="CHK",
            claims=[
                ("K20A3F7", 905, 905),
                given.Claim("K20B119", 500, 500, patient="DEMOVET,CHARLIE"),
                given.Claim("K99ZZ02", "19.60", "19.60"),
                given.Claim("K20A944", "19.47", 0),
            ],
            plbs=[("WO", "PSI-RCP-77", "18.50"), ("L6", "PSI-INT-04", "-6.25")],
        )
        with self.store.writing() as session:
            create_pad(session, self.actor, era, check=PaperCheck(trace, CHECK_DATE))
        return era

    def split_and_distributed(self, era: int) -> None:
        """The pad of `check_pad` made ready: K20B119 split, the PLB taken out of K20A3F7."""
        lines = self.lines(era)
        with self.store.writing() as session:
            entry, line = lines["K20B119"]
            split(
                session,
                self.actor,
                era,
                entry,
                line,
                [SplitRow("K20B119", None, Decimal("100.00")), SplitRow("K20B120", None, Decimal("400.00"))],
            )
            distribute(
                session, self.actor, era, (1, 1), lines["K20A3F7"], Decimal("18.50"), "RETRACTED FOR ERA ADJ #1"
            )

    def lines(self, era: int) -> dict[str, tuple[int, int]]:
        """The stored line numbers of the claims of a pad."""
        with self.store.reading() as session:
            pad = load(session, era_of(session, era))
            return {line.claim: (line.entry, line.number) for _, line in pad.lines() if line.claim}

    def receipt(self, era: int, ticket: str | None = None) -> str:
        """Creates the receipt of an ERA and gives its number."""
        with self.store.writing() as session:
            return create_receipt(session, self.actor, era, ticket=ticket).number

    def check_receipt(self, ticket: str | None = "B120722") -> str:
        """The receipt of `check_pad`, made ready."""
        era = self.check_pad()
        self.split_and_distributed(era)
        return self.receipt(era, ticket)

    def eft_receipt(self, trace: str = "804364580000035") -> str:
        """A receipt of a matched EFT with two claims, 112.08 and 64.00."""
        given.bills(self.store, self.actor, {"K20D771": "150.00", "K20D802": "64.00"})
        era = given.matched_era(
            self.store,
            self.actor,
            trace=trace,
            claims=[("K20D771", "150.00", "112.08"), ("K20D802", "64.00", "64.00")],
            eft_amount="176.08",
        )
        with self.store.writing() as session:
            create_pad(session, self.actor, era)
        return self.receipt(era)

    def colleague(self) -> Actor:
        """A second clerk at another desk."""
        with self.store.writing() as session:
            add_user(
                session, "two", "DEMOCLERK,TWO", tuple(self.actor.keys), given_by=self.actor.login
            )
            return sign_on(session, "two")

    def balance(self, bill: str) -> str:
        """What is owed on a bill."""
        with self.store.reading() as session:
            return f"{session.scalars(select(Bill.balance).where(Bill.number == bill)).one():.2f}"

    def seat(self, talk: Callable[[LockboxDesk], Awaitable[None]], actor: Actor | None = None) -> Seat:
        """A clerk in front of a screen."""
        return Seat(self.store, actor or self.actor, talk, self.folder)

    def at_profile(self, number: str, actor: Actor | None = None) -> Seat:
        """A clerk at the Receipt Profile."""
        return self.seat(lambda desk: receipt_profile(desk, number), actor)

    def at_preview(self, era: int, created: list[bool] | None = None) -> Seat:
        """A clerk at the preview; what it gave is noted in `created`."""

        async def talk(desk: LockboxDesk) -> None:
            done = await receipt_preview(desk, era)
            if created is not None:
                created.append(done)

        return self.seat(talk)


@pytest.fixture
def receipts(site: Store, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReceiptSite:
    """The site, with progress lines put off so that a busy machine paints the same screens."""
    monkeypatch.setattr(progress, "PATIENCE", 60.0)
    return ReceiptSite(site, actor, tmp_path)
