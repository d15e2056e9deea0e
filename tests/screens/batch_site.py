"""An ERA that is divided into batches, and a clerk in front of the whole of it or of one batch."""

from models.store import Store
from models.words.keys import SecurityKey
from models.words.scratchpad import BatchCriterion, PaymentOrder
from screens.lockbox_desk import LockboxDesk
from screens.scratchpad.scratch_pad import ScratchPadScreen
from services.office import leases
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.scratchpad.acts import create_pad
from services.scratchpad.batches import BatchPlan
from tests import given
from tests.screens.pad_site import CHECK
from tests.screens.seat import Seat

BY_NAME = BatchPlan(BatchCriterion.NAME, through=("H", "Q", "Z"))

PATIENTS = {
    "K20D101": "DEMOVET,ALPHA",
    "K20D771": "INDIGO,VET",
    "K20D802": "JULIETT,VET",
    "K20D805": "KILO,VET",
    "K20D807": "LIMA,VET",
}


def divided_era(store: Store, actor: Actor, plan: BatchPlan | None = BY_NAME) -> int:
    """An ERA of five EEOBs with its scratch pad, in three batches by last name: one entry, four, and none."""
    for bill, patient in PATIENTS.items():
        given.bill(store, actor, bill, 140, patient=patient)
    claims = [given.Claim(bill, 140, 112, patient=patient) for bill, patient in PATIENTS.items()]
    era = given.era(store, actor, trace="PSI05507937", claims=claims, method="CHK")
    with store.writing() as session:
        create_pad(session, actor, era, check=CHECK, batches=plan)
        leases.give_back_all(session, actor)
    return era


def at_batch(store: Store, actor: Actor, era: int, batch: int | None) -> Seat:
    """A clerk in front of one batch, or of the entire ERA."""

    async def talk(desk: LockboxDesk) -> None:
        await desk.show(ScratchPadScreen(desk, era, PaymentOrder.NONE, batch=batch))

    return Seat(store, actor, talk)


def colleague(store: Store, login: str = "second", *keys: SecurityKey) -> Actor:
    """Another clerk, at a desk of his own."""
    with store.writing() as session:
        add_user(session, login, "CLERK,TWO", (SecurityKey.CLERK, *keys), given_by="test")
    with store.reading() as session:
        return sign_on(session, login)
