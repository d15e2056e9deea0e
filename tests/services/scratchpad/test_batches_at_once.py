"""Many desks at the same moment: the entire ERA and its batches are never held together (behaviour 3.16)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from models.store import Store
from models.words.scratchpad import BatchCriterion, LineKey, PaymentOrder
from services.errors import InUse
from services.office.access import Access
from services.office.actor import Actor, sign_on
from services.scratchpad.acts import create_pad
from services.scratchpad.batch_acts import edit_batch
from services.scratchpad.batches import BatchPlan
from services.scratchpad.entering import enter_pad, leave_pad
from services.scratchpad.line_acts import split
from services.scratchpad.screen_view import pad_view
from services.scratchpad.splitting import SplitRow
from tests import given, ledger
from tests.clerk import Clerk

BATCHES, EACH = 4, 3
ROUNDS = 6

#: Whole, or which batch, each desk wants to open.
WANTED: tuple[int | None, ...] = (None, 1, 2, 3, 4, None, 1, 2)


def divided(store: Store, actor: Actor) -> int:
    """An ERA in four batches of three EEOBs each, that nobody holds."""
    numbers = [f"K{number:02d}" for number in range(1, BATCHES * EACH + 1)]
    given.bills(store, actor, dict.fromkeys(numbers, 20))
    era = given.matched_era(
        store, actor, trace="T1", claims=[(number, 20, 20) for number in numbers], eft_amount=240
    )
    with store.writing() as session:
        create_pad(session, actor, era, batches=BatchPlan(BatchCriterion.MAX, most=EACH))
        leave_pad(session, actor, era)
    return era


def desks(store: Store, count: int) -> list[Access]:
    """Some desks of the same clerk."""
    with store.reading() as session:
        return [Access(store, sign_on(session, "clerk")) for _ in range(count)]


def test_the_entire_era_and_its_batches_are_never_held_together(site: Store, actor: Actor) -> None:
    era = divided(site, actor)
    together = threading.Barrier(len(WANTED))

    def enter(access: Access, batch: int | None) -> bool:
        together.wait()
        try:
            access.write(enter_pad, era, PaymentOrder.NONE, batch=batch)
        except InUse:
            return False
        return True

    at = desks(site, len(WANTED))
    with ThreadPoolExecutor(len(WANTED)) as pool:
        for _ in range(ROUNDS):
            came_in = list(pool.map(enter, at, WANTED))
            held = [wanted for wanted, came in zip(WANTED, came_in, strict=True) if came]
            # Whoever comes first: one desk has all of it, or each batch that was wanted is one desk's.
            assert held == [None] or sorted(held, key=str) == [1, 2, 3, 4]
            for access, wanted, came in zip(at, WANTED, came_in, strict=True):
                if came:
                    access.write(leave_pad, era, batch=wanted)


def test_four_clerks_split_all_lines_of_one_pad_and_none_is_refused(
    site: Store, actor: Actor, clerk: Clerk
) -> None:
    era = divided(site, actor)

    def work(access: Access, batch: int) -> None:
        access.write(enter_pad, era, PaymentOrder.NONE, batch=batch)
        for place in range(EACH):
            view = access.read(pad_view, access.actor, era, batch=batch)
            line = view.entries[place].lines[0].line
            rows = [
                SplitRow(line.claim, line.bill_id, Decimal("15.00")),
                SplitRow("X9", None, Decimal("5.00")),
            ]
            at = LineKey(era, *line.at[1:])
            access.write(split, at, rows, unknown_claims=True, seen=view.version, batch=batch)
        access.write(edit_batch, era, batch, ready=True, inside=True)
        access.write(leave_pad, era, batch=batch)

    with ThreadPoolExecutor(BATCHES) as pool:
        list(pool.map(work, desks(site, BATCHES), range(1, BATCHES + 1)))
    clerk.processes(clerk.creates_receipt(era))
    with site.reading() as session:
        pad = pad_view(session, actor, era).pad
        assert sorted(line.net for _, line in pad.lines()) == [Decimal("5.00")] * 12 + [Decimal("15.00")] * 12
    ledger.assert_clean(site)
