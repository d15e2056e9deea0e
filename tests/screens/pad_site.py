"""Scratch pads to sit down at: invented remittances through the intake, and a clerk in front of the pad."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from models.store import Store
from models.words.scratchpad import PaymentOrder
from screens.lockbox_desk import LockboxDesk
from screens.scratchpad.scratch_pad import ScratchPadScreen
from services.office.actor import Actor
from services.scratchpad.acts import PaperCheck, create_pad
from services.scratchpad.screen_view import PadView, pad_view
from tests import given
from tests.screens.seat import Seat

#: When the checks of the sample screens are dated.
CHECK_DATE = datetime.date(2012, 7, 9)
CHECK = PaperCheck("PSI05507937", CHECK_DATE)


def check_era(
    store: Store,
    actor: Actor,
    claims: Sequence[given.Claim | tuple[str, given.Dollars, given.Dollars]],
    plbs: Sequence[given.Plb | tuple[str, str, given.Dollars]] = (),
    *,
    trace: str = "PSI05507937",
) -> int:
    """An ERA paid by a check that has come, with its scratch pad."""
    era = given.era(store, actor, trace=trace, claims=claims, plbs=plbs, method="CHK")
    with store.writing() as session:
        create_pad(session, actor, era, check=PaperCheck(trace, CHECK_DATE))
    return era


def eft_era(
    store: Store,
    actor: Actor,
    claims: Sequence[given.Claim | tuple[str, given.Dollars, given.Dollars]],
    plbs: Sequence[given.Plb | tuple[str, str, given.Dollars]] = (),
    *,
    amount: given.Dollars,
) -> int:
    """An ERA with its EFT, matched (with errors when the amounts differ), with its scratch pad."""
    era = given.matched_era(
        store, actor, trace="804364580000035", claims=claims, plbs=plbs, eft_amount=amount
    )
    with store.writing() as session:
        create_pad(session, actor, era)
    return era


def at_pad(
    store: Store,
    actor: Actor,
    era: int,
    order: PaymentOrder = PaymentOrder.NONE,
    *,
    read_only: bool = False,
    from_receipt: bool = False,
) -> Seat:
    """A clerk in front of the scratch pad."""

    async def talk(desk: LockboxDesk) -> None:
        await desk.show(ScratchPadScreen(desk, era, order, read_only=read_only, from_receipt=from_receipt))

    return Seat(store, actor, talk)


def view_of(store: Store, actor: Actor, era: int, order: PaymentOrder = PaymentOrder.NONE) -> PadView:
    """The pad as it is in the store."""
    with store.reading() as session:
        return pad_view(session, actor, era, order)


def nets(store: Store, actor: Actor, era: int) -> dict[str, Decimal]:
    """The net of each line by its stored number."""
    return {line.label: line.net for _, line in view_of(store, actor, era).pad.lines()}
