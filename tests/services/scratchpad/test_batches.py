"""One ERA and several clerks: its batches, who works where, and what becomes of them (behaviour 1.1, 1.1.8, 3.16)."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.store import Store
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.scratchpad import BatchCriterion
from services.errors import InUse, MissingKey, Refused
from services.office import leases
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.receipts.creating import BATCHES_NOT_READY, preview
from services.scratchpad.batch_views import batch_summary
from services.scratchpad.batches import BatchPlan
from services.scratchpad.entering import ERA_IN_USE, NEGATIVE_FIRST, entrance
from services.scratchpad.in_use import ALL_IN_USE, BATCH_IN_USE, ENTIRE_IN_USE, SOME_IN_USE
from services.scratchpad.stored import PAD_CHANGED
from tests import given, ledger
from tests.clerk import Clerk
from tests.stores import FixedClock

IN_PAIRS = BatchPlan(BatchCriterion.MAX, most=2)
BY_NAME = BatchPlan(BatchCriterion.NAME, through=("D", "Z"))
BY_PAYMENT = BatchPlan(BatchCriterion.PAYMENT)
BY_COPAY = BatchPlan(BatchCriterion.COPAY)

Another = Callable[..., Clerk]


@pytest.fixture
def another(site: Store) -> Another:
    """Signs further clerks on, each at a desk of his own."""

    def signed_on(login: str, *keys: SecurityKey) -> Clerk:
        with site.writing() as session:
            add_user(
                session,
                login,
                f"CLERK,{login.upper()}",
                (SecurityKey.CLERK, *keys),
                given_by="test",
            )
        with site.reading() as session:
            return Clerk(site, sign_on(session, login))

    return signed_on


@pytest.fixture
def era(clerk: Clerk) -> int:
    """An ERA of five EEOBs, of DELTA and ECHO, one of a claim that is not in AR; its EFT has come."""
    for bill, patient in (("K1", "DELTA,ONE"), ("K2", "ECHO,TWO"), ("K3", "ALPHA,ONE"), ("K4", "ZULU,ONE")):
        given.bill(clerk.store, clerk.actor, bill, 100, patient=patient)
    return given.matched_era(
        clerk.store,
        clerk.actor,
        trace="T1",
        claims=[
            given.Claim("K1", 100, 100, patient="DELTA,ONE"),
            given.Claim("K2", 100, 60, patient="OTHER,NAME"),
            given.Claim("K3", 100, 0, patient="ALPHA,ONE"),
            given.Claim("K4", 100, 40, patient="ZULU,ONE"),
            given.Claim("X9", 50, 50, patient="ECHO,THREE"),
        ],
        eft_amount=250,
    )


def placed(clerk: Clerk, era: int) -> dict[str, int | None]:
    """In which batch each claim is."""
    return {entry.claim or "ADJ": entry.batch for entry in clerk.enters(era).pad.entries}


@pytest.mark.parametrize(
    ("plan", "wanted"),
    [
        (IN_PAIRS, {"K1": 1, "K2": 1, "K3": 2, "K4": 2, "X9": 3}),
        # The bill's patient counts; the remittance's only where there is no bill.
        (BY_NAME, {"K1": 1, "K2": 2, "K3": 1, "K4": 2, "X9": 2}),
        (BY_PAYMENT, {"K1": 1, "K2": 2, "K3": 3, "K4": 2, "X9": 3}),
        (BY_COPAY, dict.fromkeys(("K1", "K2", "K3", "K4", "X9"), 2)),
    ],
    ids=["max", "name", "payment", "copay"],
)
def test_an_era_is_divided_when_its_pad_is_created_or_later(
    clerk: Clerk, era: int, plan: BatchPlan, wanted: dict[str, int]
) -> None:
    clerk.opens(era, batches=plan)
    assert placed(clerk, era) == wanted
    clerk.divides(era, None)
    assert set(placed(clerk, era).values()) == {None}
    assert clerk.batches(era) == []
    clerk.divides(era, plan)
    assert placed(clerk, era) == wanted
    ledger.assert_clean(clerk.store)


def test_who_has_a_bill_of_his_own_for_the_same_days_is_with_the_copays(clerk: Clerk, era: int) -> None:
    given.bill(clerk.store, clerk.actor, "OWN1", 8, patient="DELTA,ONE")
    given.bill(clerk.store, clerk.actor, "OWN2", 8, patient="ECHO,TWO")
    given.bill(clerk.store, clerk.actor, "OWN3", 8, patient="ZULU,ONE")
    with clerk.store.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE bill SET third_party = false WHERE substr(number, 1, 3) = 'OWN'")
        connection.exec_driver_sql("UPDATE bill SET status = 'CANCELLED BILL' WHERE number = 'OWN2'")
        connection.exec_driver_sql(
            "UPDATE bill SET service_from = '2012-06-05', service_to = '2012-06-05' WHERE number = 'OWN3'"
        )
    clerk.opens(era, batches=BY_COPAY)
    assert placed(clerk, era) == {"K1": 1, "K2": 2, "K3": 2, "K4": 2, "X9": 2}


def test_what_is_of_no_claim_is_in_no_batch_and_a_take_back_alone_is_in_one(clerk: Clerk) -> None:
    given.bills(clerk.store, clerk.actor, {"K1": 100, "K2": 50, "K3": 50})
    era = given.era(
        clerk.store,
        clerk.actor,
        trace="T2",
        claims=[("K1", 100, 80), given.taken_back("K2", 50, 14), ("K3", 50, 50)],
        plbs=[("WO", "R1", 6)],
        method="CHK",
    )
    clerk.opens(era, check="1", batches=IN_PAIRS)
    assert placed(clerk, era) == {"ADJ": None, "K1": 1, "K2": 1, "K3": 2}
    ledger.assert_clean(clerk.store)
    with clerk.refused(NEGATIVE_FIRST):
        clerk.enters(era, 1)
    with clerk.store.reading() as session:
        division = entrance(session, clerk.actor, era).division
        assert division is not None and division.negative


def test_an_era_of_one_eeob_is_not_divided(clerk: Clerk) -> None:
    given.bills(clerk.store, clerk.actor, {"K1": 100})
    era = given.matched_era(clerk.store, clerk.actor, trace="T3", claims=[("K1", 100, 100)], eft_amount=100)
    with clerk.refused("NOT MORE THAN ONE EEOB"):
        clerk.opens(era, batches=IN_PAIRS)
    clerk.opens(era)
    with clerk.refused("NOT MORE THAN ONE EEOB"):
        clerk.divides(era, IN_PAIRS)


def test_two_clerks_work_in_two_batches_and_neither_stands_in_the_others_way(
    clerk: Clerk, era: int, another: Another
) -> None:
    clerk.opens(era, batches=IN_PAIRS)
    clerk.leaves(era)
    one, two = another("one"), another("two")
    first, second = one.enters(era, 1), two.enters(era, 2)
    assert [entry.entry.claim for entry in first.entries] == ["K1", "K2"]
    assert [(entry.display, entry.entry.claim) for entry in second.entries] == [(1, "K3"), (2, "K4")]
    assert first.batch is not None and (first.batch.number, first.batch.name) == (1, "BATCH #: 1")
    one.splits(era, (2, 1), ("K2", 50), ("X7", 10), batch=1, seen=first.version)
    two.splits(era, (4, 1), ("K4", 30), ("X8", 10), batch=2, seen=second.version)
    with one.refused(PAD_CHANGED):
        one.splits(era, (2, 1), ("K2", 40), ("X7", 10), batch=1, seen=first.version)
    with one.refused("THERE IS NO LINE 4.001"):
        one.splits(era, (4, 1), ("K4", 30), batch=1)
    ledger.assert_clean(clerk.store)


def test_the_entire_era_and_its_batches_keep_each_other_out(clerk: Clerk, era: int, another: Another) -> None:
    clerk.opens(era, batches=BY_NAME)
    one = another("one")
    for entering in (lambda: one.enters(era, 1), lambda: one.splits(era, (1, 1), ("K1", 100), batch=1)):
        with pytest.raises(InUse, match=ENTIRE_IN_USE):
            entering()
    with pytest.raises(InUse, match=ERA_IN_USE):
        one.enters(era)
    clerk.leaves(era)
    one.enters(era, 1)
    with pytest.raises(InUse, match=BATCH_IN_USE):
        clerk.enters(era, 1)
    for entire in (
        lambda: clerk.enters(era),
        lambda: clerk.refreshes(era),
        lambda: clerk.divides(era, None),
        lambda: clerk.marks_all_ready(era),
        lambda: clerk.edits_batch(era, 2, ready=True),
        lambda: clerk.creates_receipt(era),
        lambda: clerk.splits(era, (2, 1), ("K2", 60)),
        lambda: clerk.moves_to_suspense(era, "ALL OF IT"),
    ):
        with pytest.raises(InUse, match=SOME_IN_USE) as refusal:
            entire()
        assert "(CLERK,ONE since 14:37, until 14:40 unless renewed)" in str(refusal.value)
    clerk.enters(era, 2)
    with clerk.store.reading() as session:
        assert [batch.used_by for batch in batch_summary(session, era).batches] == [
            "CLERK,ONE",
            clerk.actor.name,
        ]
    one.leaves(era, 1)
    clerk.leaves(era, 2)
    clerk.enters(era)


def test_a_clerk_is_told_which_batches_are_free(clerk: Clerk, era: int, another: Another) -> None:
    clerk.opens(era, batches=BY_NAME)
    clerk.leaves(era)
    one = another("one")
    one.enters(era, 1)

    def division(actor: Actor) -> tuple[list[int], bool]:
        with clerk.store.reading() as session:
            found = entrance(session, actor, era).division
            assert found is not None and not found.negative
            return [batch.number for batch in found.free], found.in_use

    assert division(clerk.actor) == ([2], True)
    assert division(one.actor) == ([1, 2], False)
    clerk.enters(era, 2)
    two = another("two")
    with pytest.raises(InUse, match=ALL_IN_USE):
        division(two.actor)


def test_a_lost_batch_is_free_in_its_time_and_newer_work_there_is_not_overwritten(
    clerk: Clerk, era: int, another: Another, clock: FixedClock
) -> None:
    clerk.opens(era, batches=BY_NAME)
    clerk.leaves(era)
    lost, other = another("lost"), another("other")
    seen = lost.enters(era, 2).version
    clock.forward(minutes=1)
    with pytest.raises(InUse):
        other.enters(era, 2)
    clock.forward(minutes=1)
    now = other.enters(era, 2).version
    assert now == seen
    with pytest.raises(InUse, match=BATCH_IN_USE):
        lost.splits(era, (2, 1), ("K2", 60), batch=2, seen=seen)
    other.splits(era, (2, 1), ("K2", 50), ("X7", 10), batch=2, seen=now)
    other.leaves(era, 2)
    with lost.refused(PAD_CHANGED):
        lost.splits(era, (2, 1), ("K2", 60), batch=2, seen=seen)


@pytest.mark.parametrize("newer", ["split", "divide", "same", "refresh"])
def test_what_is_done_in_the_entire_era_is_newer_work_in_each_batch(
    clerk: Clerk, era: int, another: Another, clock: FixedClock, newer: str
) -> None:
    clerk.opens(era, batches=BY_NAME)
    clerk.leaves(era)
    lost = another("lost")
    seen = lost.enters(era, 2).version
    clock.forward(minutes=2)
    if newer == "split":
        clerk.splits(era, (2, 1), ("K2", 50), ("X7", 10))
    elif newer == "divide":
        clerk.divides(era, IN_PAIRS)
    elif newer == "same":
        clerk.divides(era, BY_NAME)
    else:
        clerk.refreshes(era)
    clerk.leaves(era)
    with lost.refused(PAD_CHANGED):
        lost.splits(era, (2, 1), ("K2", 60), batch=2, seen=seen)


def test_what_is_done_in_a_batch_is_newer_work_in_the_entire_era(
    clerk: Clerk, era: int, another: Another, clock: FixedClock
) -> None:
    clerk.opens(era, batches=BY_NAME)
    seen = clerk.enters(era).version
    clock.forward(minutes=2)
    one = another("one")
    one.splits(era, (2, 1), ("K2", 50), ("X7", 10), batch=2)
    one.leaves(era, 2)
    with clerk.refused(PAD_CHANGED):
        clerk.splits(era, (1, 1), ("K1", 90), ("X7", 10), seen=seen)


def test_a_batch_that_is_gone_is_refused(clerk: Clerk, era: int) -> None:
    clerk.opens(era, batches=IN_PAIRS)
    clerk.divides(era, BY_NAME)
    with clerk.refused(f"ERA {era} HAS NO BATCH 3"):
        clerk.enters(era, 3)
    with clerk.refused(f"ERA {era} HAS NO BATCH 3"):
        clerk.splits(era, (2, 1), ("K2", 60), batch=3)


def test_no_receipt_before_all_batches_are_ready(clerk: Clerk, era: int, another: Another) -> None:
    clerk.opens(era, batches=BY_NAME)

    def previewed() -> None:
        with clerk.store.reading() as session:
            preview(session, era)

    for number in (1, 2):
        with clerk.refused(BATCHES_NOT_READY):
            clerk.creates_receipt(era)
        with pytest.raises(Refused, match="'READY TO POST'"):
            previewed()
        clerk.edits_batch(era, number, ready=True)
    previewed()
    clerk.edits_batch(era, 1, ready=False)
    with clerk.refused(BATCHES_NOT_READY):
        clerk.creates_receipt(era)
    assert clerk.marks_all_ready(era) == 1
    assert clerk.marks_all_ready(era) == 0
    clerk.creates_receipt(era)
    with clerk.refused("THE ERA ALREADY HAS A RECEIPT"):
        clerk.edits_batch(era, 1, ready=False)
    previewed()
    ledger.assert_clean(clerk.store)


def test_refresh_keeps_the_batches_and_none_of_them_is_ready_any_more(clerk: Clerk, era: int) -> None:
    clerk.opens(era, batches=BY_NAME)
    before = placed(clerk, era)
    clerk.splits(era, (2, 1), ("K2", 50), ("X7", 10))
    clerk.edits_batch(era, 1, name="ANNE'S", ready=True)
    assert clerk.batches(era) == [(1, "ANNE'S", True, 2), (2, "LAST NAME FROM E - ZZZZ", False, 3)]
    clerk.refreshes(era)
    assert clerk.batches(era) == [(1, "ANNE'S", False, 2), (2, "LAST NAME FROM E - ZZZZ", False, 3)]
    assert placed(clerk, era) == before
    ledger.assert_clean(clerk.store)


def test_refresh_puts_other_batches_in_their_place_or_none(clerk: Clerk, era: int) -> None:
    clerk.opens(era, batches=BY_NAME)
    clerk.refreshes(era, batches=IN_PAIRS)
    assert [name for _, name, _, _ in clerk.batches(era)] == ["BATCH #: 1", "BATCH #: 2", "BATCH #: 3"]
    assert placed(clerk, era)["X9"] == 3
    clerk.refreshes(era, redefine=True)
    assert clerk.batches(era) == []
    assert set(placed(clerk, era).values()) == {None}
    ledger.assert_clean(clerk.store)


def test_dividing_anew_leaves_the_work_on_the_lines(clerk: Clerk, era: int) -> None:
    clerk.opens(era, batches=IN_PAIRS)
    clerk.splits(era, (2, 1), ("K2", 50), ("X7", 10))
    clerk.marks_all_ready(era)
    lines = [line for _, line in clerk.enters(era).pad.lines()]
    clerk.divides(era, BY_PAYMENT)
    assert [line for _, line in clerk.enters(era).pad.lines()] == lines
    assert [ready for _, _, ready, _ in clerk.batches(era)] == [False] * 3


def test_claims_that_come_later_leave_the_batches_whole(clerk: Clerk) -> None:
    given.bills(clerk.store, clerk.actor, {"K1": 100})
    era = given.matched_era(
        clerk.store,
        clerk.actor,
        trace="T5",
        claims=[("K1", 100, 100), ("K9", 50, 50), ("K8", 50, 20)],
        eft_amount=170,
    )
    clerk.opens(era, batches=BY_PAYMENT)
    assert placed(clerk, era) == {"K1": 1, "K9": 3, "K8": 3}
    given.bills(clerk.store, clerk.actor, {"K9": 50})
    assert placed(clerk, era) == {"K1": 1, "K9": 1, "K8": 3}
    clerk.edits_batch(era, 1, ready=True)
    given.bills(clerk.store, clerk.actor, {"K8": 50})
    assert placed(clerk, era) == {"K1": 1, "K9": 1, "K8": 3}, "what was marked as ready is not laid out anew"
    ledger.assert_clean(clerk.store)


def test_batch_maintenance_needs_its_key_but_not_inside_a_batch(
    clerk: Clerk, era: int, another: Another
) -> None:
    clerk.opens(era, batches=BY_NAME)
    clerk.leaves(era)
    one = another("one")
    for locked in (
        lambda: one.divides(era, None),
        lambda: one.marks_all_ready(era),
        lambda: one.edits_batch(era, 1, ready=True),
    ):
        with one.refused("YOU DO NOT HAVE SECURITY ACCESS TO THIS ACTION") as refusal:
            locked()
        assert isinstance(refusal.value, MissingKey)
    one.edits_batch(era, 1, name="MINE", ready=True, inside=True)
    assert clerk.batches(era)[0] == (1, "MINE", True, 2)
    with one.store.reading() as session:
        leased = leases.users_of(session, "BATCH", [f"{era}.1"])
        assert leased == {f"{era}.1": "CLERK,ONE"}


def test_who_set_a_mark_and_when_is_kept_and_written_down(
    clerk: Clerk, era: int, another: Another, clock: FixedClock
) -> None:
    clerk.opens(era, batches=BY_NAME)
    clerk.leaves(era)
    one = another("one", SecurityKey.BATCH_MAINTENANCE)
    clock.forward(hours=1)
    one.edits_batch(era, 2, ready=True)
    one.edits_batch(era, 1, name="OTHER NAME", ready=False)
    one.marks_all_ready(era)
    with clerk.store.reading() as session:
        first, second = batch_summary(session, era).batches
        events = session.scalars(
            select(AuditEvent).where(AuditEvent.act.in_((Act.BATCHES_ASSIGNED, Act.BATCH_EDITED)))
        ).all()
        said = [(event.act, event.object, event.detail) for event in events]
    assert (first.set_by, second.set_by) == ("CLERK,ONE", "CLERK,ONE")
    assert first.set_at == second.set_at == datetime.datetime(2012, 7, 22, 15, 37, 6, tzinfo=datetime.UTC)
    assert said == [
        (
            Act.BATCHES_ASSIGNED,
            f"ERA {era}",
            "NAME RANGE: 1 LAST NAME FROM A - DZZZ; 2 LAST NAME FROM E - ZZZZ",
        ),
        (Act.BATCH_EDITED, f"ERA {era} batch 2", "ready to post"),
        (Act.BATCH_EDITED, f"ERA {era} batch 1", "not ready to post; named OTHER NAME"),
    ]


def test_an_era_worked_in_batches_is_posted_to_the_cent(clerk: Clerk, era: int, another: Another) -> None:
    clerk.opens(era, batches=IN_PAIRS)
    clerk.leaves(era)
    for number, name in enumerate(("one", "two", "three"), 1):
        worker = another(name)
        view = worker.enters(era, number)
        for entry in view.entries:
            if entry.entry.claim == "K2":
                worker.splits(era, (2, 1), ("K2", 50), ("K4", 10), batch=number, seen=view.version)
        worker.edits_batch(era, number, ready=True, inside=True)
        worker.leaves(era, number)
    receipt = clerk.creates_receipt(era)
    clerk.processes(receipt)
    assert sum((amount for _, amount, _, _ in clerk.lines(receipt)), Decimal(0)) == Decimal("250.00")
    assert clerk.balance("K4") == Decimal("50.00")
    ledger.assert_clean(clerk.store)
