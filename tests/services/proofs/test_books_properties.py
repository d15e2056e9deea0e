"""Any remittance and any acts upon it: the books prove after every act, and what was refused changed nothing."""

import datetime
from collections.abc import Callable
from decimal import Decimal

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from models.bills import Bill
from models.efts import Eft
from models.eras import Era
from models.money import Money
from models.receipts import Receipt, ReceiptLine
from models.scratchpads import LineAdjustment, Scratchpad
from models.store import Store
from models.words.money import ZERO
from models.words.receipts import ReceiptStatus
from models.words.scratchpad import BackgroundAction, LineKey
from services.errors import Refused
from services.office.site import open_site
from services.scratchpad import stored as pads
from services.scratchpad.pad import Pad
from tests import given, ledger
from tests.clerk import Clerk, Place
from tests.stores import FixedClock, StoreKind

CHARGES = {"K1": 300, "K2": 200, "K3": 100, "K4": 50}
UNKNOWN = "X9"

cents = st.integers(1, 20_000).map(lambda each: Decimal(each).scaleb(-2))
bill_numbers = st.sampled_from([*CHARGES, UNKNOWN])


@st.composite
def claims(draw: st.DrawFn) -> given.Claim:
    """A payment, a denial or a take-back, of one of our bills or of one that is not ours."""
    number = draw(bill_numbers)
    charge = CHARGES.get(number, 75)
    paid = draw(st.one_of(st.just(ZERO), cents))
    if draw(st.integers(0, 3)):
        return given.Claim(number, charge, min(paid, Decimal(charge)))
    return given.taken_back(number, charge, min(paid, Decimal(charge)))


plb_amounts = st.one_of(cents, cents.map(lambda amount: -amount))


class Walk:
    """One remittance on its way, and what may be done to it next in any order."""

    def __init__(self, store: Store, data: st.DataObject) -> None:
        with store.writing() as session:
            actor = open_site(session, "clerk", station="442", name="DEMO", auto_audit=True)
        self.store, self.data, self.clerk = store, data, Clerk(store, actor)
        self.bills = given.bills(store, actor, CHARGES)
        paid = data.draw(st.lists(claims(), min_size=1, max_size=5).filter(self._some_known))
        plbs = [
            given.Plb("WO", f"REF{number}", amount)
            for number, amount in enumerate(data.draw(st.lists(plb_amounts, max_size=2)))
        ]
        self.by_check = data.draw(st.booleans())
        self.era = given.era(
            store, actor, trace="T1", claims=paid, plbs=plbs, method="CHK" if self.by_check else "ACH"
        )
        with store.reading() as session:
            self.total = session.get_one(Era, self.era).total
        if not self.by_check and self.total:
            over = data.draw(st.sampled_from((0, 0, 5, -5)))
            given.eft(store, actor, trace="T1", amount=max(self.total + over, Decimal("0.01")))
            given.night(store)

    @staticmethod
    def _some_known(paid: list[given.Claim]) -> bool:
        return any(claim.bill in CHARGES for claim in paid)

    def pad(self) -> Pad | None:
        """The scratch pad, when there is one."""
        with self.store.reading() as session:
            if session.get(Scratchpad, self.era) is None:
                return None
            return pads.load(session, session.get_one(Era, self.era))

    def place(self, *, negative: bool) -> Place:
        """A line, mostly one with such a net."""
        pad = self.pad()
        lines = [] if pad is None else [line for _, line in pad.lines()]
        fitting = [line for line in lines if (line.net < 0) is negative and line.net] or lines
        if not fitting:
            return (1, 1)
        line = self.data.draw(st.sampled_from(fitting))
        return (line.at.entry, line.at.line)

    def receipt(self) -> str:
        """The ERA's receipt, or a number that no receipt has."""
        with self.store.reading() as session:
            return session.scalars(select(Receipt.number).where(Receipt.era_id == self.era)).first() or "E0"

    def opens(self) -> None:
        check = "417" if self.by_check and self.total else None
        self.clerk.opens(self.era, check=check, match_0=not self.total)

    def splits(self) -> None:
        place, pad = self.place(negative=self.data.draw(st.booleans())), self.pad()
        if pad is None:
            self.clerk.splits(self.era, place, ("K1", 1))
            return
        _, line = pad.find(LineKey(self.era, *place))
        part = self.data.draw(st.sampled_from((line.payment, line.payment / 2))).quantize(Decimal("0.01"))
        other = self.data.draw(bill_numbers)
        self.clerk.splits(
            self.era,
            place,
            (line.claim, part, line.adjustments),
            (other, line.payment - part + self.data.draw(st.sampled_from((0, 0, 0, 1)))),
        )

    def distributes(self) -> None:
        source, target, pad = self.place(negative=True), self.place(negative=False), self.pad()
        amount = Decimal("1.00")
        if pad is not None:
            at, to = LineKey(self.era, *source), LineKey(self.era, *target)
            most = min(-pad.find(at)[1].net, pad.find(to)[1].net)
            amount = self.data.draw(st.sampled_from((most, most, amount)))
        borne = self.data.draw(st.sampled_from((None, None, True, False)))
        self.clerk.distributes(self.era, source, target, amount, re_establish=borne)

    def refreshes(self) -> None:
        self.clerk.refreshes(self.era)

    def creates_receipt(self) -> None:
        self.clerk.creates_receipt(self.era)

    def edits_receipt(self) -> None:
        amount = self.data.draw(st.sampled_from(("0", "1.00")))
        self.clerk.edits_payment(self.receipt(), 1, amount=amount)

    def adds_to_receipt(self) -> None:
        self.clerk.adds_payment(self.receipt(), self.data.draw(st.sampled_from(("", "K1"))), self._missing())

    def _missing(self) -> Decimal:
        with self.store.reading() as session:
            entered = session.scalar(
                select(func.coalesce(func.sum(ReceiptLine.amount), 0, type_=Money()))
                .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
                .where(Receipt.era_id == self.era)
            )
            return self.total - (entered or ZERO)

    def processes(self) -> None:
        self.clerk.processes(self.receipt(), re_establish=self.data.draw(st.sampled_from(((), (), ("K1",)))))

    def moves_to_suspense(self) -> None:
        self.clerk.moves_to_suspense(self.era, "all of it")

    def links(self) -> None:
        self.clerk.links(self.receipt(), self.data.draw(st.integers(1, 3)), self.data.draw(bill_numbers))

    def clears(self) -> None:
        self.clerk.clears(self.receipt(), self.data.draw(st.integers(1, 3)), "CR-1")

    def adjusts(self) -> None:
        bill = self.data.draw(st.sampled_from(list(self.bills.values())))
        self.clerk.adjusts(bill, self.data.draw(cents), increase=self.data.draw(st.booleans()))

    def charges(self) -> None:
        self.clerk.charges(self.bills["K1"], interest=self.data.draw(cents), admin="0.50")

    def re_establishes(self) -> None:
        self.clerk.re_establishes(self.data.draw(st.sampled_from(list(self.bills.values()))), 10)

    def returns(self) -> None:
        with self.store.reading() as session:
            eft = session.scalars(select(Eft.id).order_by(Eft.returned, Eft.id)).first() or 0
        self.clerk.records_return(eft, "R02")

    def is_paid_again(self) -> None:
        with self.store.reading() as session:
            efts = session.scalar(select(func.count()).select_from(Eft)) or 0
        over = self.data.draw(st.sampled_from((0, 0, 5)))
        date = given.PAID_ON + datetime.timedelta(days=efts)
        if self.total <= 0:
            raise Refused("nothing is paid")
        given.eft(self.store, self.clerk.actor, trace="T1", amount=self.total + over, date=date)
        given.night(self.store)

    def is_reversed(self) -> None:
        with self.store.reading() as session:
            paid = session.scalars(select(Eft.amount)).first()
        if paid is None:
            raise Refused("there is no EFT")
        amount = paid + self.data.draw(st.sampled_from((0, 0, 1)))
        given.reversal(self.store, self.clerk.actor, trace="T1", amount=amount)

    def stands(self) -> None:
        self.clerk.lets_stand(1, "the bank was mistaken")

    def night(self) -> None:
        given.night(self.store)

    def next_act(self) -> Callable[["Walk"], None]:
        """Mostly an act that can be done now; now and then any."""
        if self.data.draw(st.integers(0, 4)) == 0:
            return self.data.draw(st.sampled_from([*OPENING, *WORKING, *MENDING, *AFTER]))
        with self.store.reading() as session:
            status = session.scalars(select(Receipt.status).where(Receipt.era_id == self.era)).first()
        if status is not None:
            return self.data.draw(st.sampled_from(MENDING if status is ReceiptStatus.OPEN else AFTER))
        pad = self.pad()
        if pad is None:
            return self.data.draw(st.sampled_from(OPENING))
        if any(line.net < 0 for _, line in pad.lines()):
            return self.data.draw(st.sampled_from((*WORKING, Walk.distributes)))
        return self.data.draw(st.sampled_from((*WORKING, Walk.creates_receipt)))


OPENING = (Walk.opens, Walk.opens, Walk.night, Walk.moves_to_suspense, Walk.is_paid_again)
WORKING = (Walk.distributes, Walk.splits, Walk.creates_receipt, Walk.refreshes, Walk.adjusts)
MENDING = (
    *(Walk.processes, Walk.processes, Walk.edits_receipt, Walk.adds_to_receipt, Walk.links),
    *(Walk.is_reversed, Walk.stands, Walk.returns),
)
AFTER = (
    *(Walk.links, Walk.clears, Walk.returns, Walk.adjusts, Walk.charges, Walk.re_establishes),
    *(Walk.is_reversed, Walk.returns, Walk.stands, Walk.is_paid_again),
)


@settings(max_examples=25)
@drawn(st.data())
def test_the_books_prove_after_every_act_and_a_refusal_changes_nothing(
    stores: StoreKind, data: st.DataObject
) -> None:
    with stores.fresh(FixedClock()) as store:
        walk = Walk(store, data)
        for _ in range(data.draw(st.integers(6, 12))):
            act = walk.next_act()
            before = ledger.contents(store)
            try:
                act(walk)
            except Refused:
                assert ledger.differing(before, ledger.contents(store)) == {}
                continue
            ledger.assert_clean(store)
            pad = walk.pad()
            assert pad is None or pad.net == pad.total
            with store.reading() as session:
                assert session.scalars(select(Bill.id).where(Bill.balance < ZERO)).all() == []


@settings(max_examples=25)
@drawn(st.data())
def test_what_the_payers_paid_and_took_back_is_what_the_bills_lose(
    stores: StoreKind, data: st.DataObject
) -> None:
    """An ordinary day, whatever its remittance: all take-backs distributed, the receipt processed."""
    with stores.fresh(FixedClock()) as store:
        walk = Walk(store, data)
        try:
            walk.opens()
            while any(line.net < 0 for _, line in (walk.pad() or _none()).lines()):
                source, target = _next(walk)
                pad = walk.pad() or _none()
                at, to = LineKey(walk.era, *source), LineKey(walk.era, *target)
                most = min(-pad.find(at)[1].net, pad.find(to)[1].net)
                walk.clerk.distributes(walk.era, source, target, most)
            receipt = walk.clerk.creates_receipt(walk.era)
            before = {number: walk.clerk.balance(number) for number in CHARGES}
            walk.clerk.processes(receipt)
        except Refused:
            ledger.assert_clean(store)
            return
        ledger.assert_clean(store)
        lines = walk.clerk.lines(receipt)
        assert sum((amount for _, amount, _, _ in lines), ZERO) == (walk.pad() or _none()).total
        decreases = _decreases(store, walk.era)
        for number in CHARGES:
            paid = sum((amount for bill, amount, _, _ in lines if bill == number), ZERO)
            assert before[number] - walk.clerk.balance(number) == paid + decreases.get(number, ZERO)


def _none() -> Pad:
    return Pad(0, ZERO, ())


def _next(walk: Walk) -> tuple[Place, Place]:
    """The first line that needs a distribution, and the largest that could take one."""
    pad = walk.pad() or _none()
    lines = [line for entry, line in pad.lines() if entry.era_level or line.bill_id is not None]
    source = next((line for line in lines if line.net < 0), None)
    target = max(lines, key=lambda line: line.net, default=None)
    if source is None or target is None or target.net <= 0:
        raise Refused("the ERA cannot bear it")
    return (source.at.entry, source.at.line), (target.at.entry, target.at.line)


def _decreases(store: Store, era: int) -> dict[str, Decimal]:
    """What the pad's log asked for, by bill; all of it is marked as done."""
    asked: dict[str, Decimal] = {}
    with store.reading() as session:
        pad = pads.load(session, session.get_one(Era, era))
        numbers = dict(session.execute(select(Bill.id, Bill.number)).all())
        assert not session.scalars(
            select(LineAdjustment.amount).where(
                LineAdjustment.action == BackgroundAction.DECREASE, LineAdjustment.completed.is_(False)
            )
        ).all()
    for _, line in pad.lines():
        for logged in line.log:
            if logged.action is BackgroundAction.DECREASE and line.bill_id is not None:
                asked[numbers[line.bill_id]] = asked.get(numbers[line.bill_id], ZERO) - logged.amount
    return asked
