"""What a bill owes is moved in one place, by one table of kinds: balance, transaction, entry and status together."""

import ast
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from models.store import Store
from models.words.acts import Act
from models.words.bills import TransactionType
from models.words.books import Account
from models.words.keys import SecurityKey
from models.words.movements import KINDS, SIDES, Of
from models.words.scratchpad import LineKey, LogKey
from services.books.journal import credit, debit, enter
from services.books.movements import Movement, Source, move
from services.errors import Refused
from services.office.actor import Actor
from services.office.acts import begin
from services.office.once import new_key
from services.office.stamp import Stamp
from tests import given, ledger
from tests.clerk import Clerk
from tests.doors import ROOT, files_below

MOVER = "services.books.movements"
JOURNAL = "services.books.journal"

#: Which modules write the rows of a table; each of these tables is append-only.
WRITERS = {"BillTransaction": {MOVER}, "JournalEntry": {JOURNAL}, "JournalLine": {JOURNAL}}


def rows_written(path: Path) -> set[str]:
    """The tables of which a module makes rows, and `balance` when it sets a balance."""
    written = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            names = {each.id for each in node.args if isinstance(each, ast.Name)}
            written |= {called} & {*WRITERS}
            if called in ("insert", "insert_all", "bulk_insert", "update", "delete"):
                written |= names & {*WRITERS}
            if called == "values" and any(each.arg == "balance" for each in node.keywords):
                written.add("balance")
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr == "balance":
            written.add("balance")
    return written


def test_one_module_moves_bills_and_one_writes_the_journal() -> None:
    found: dict[str, set[str]] = {}
    for module, path in {**files_below(ROOT / "services"), **files_below(ROOT / "lockbox_tui")}.items():
        for table in rows_written(path):
            found.setdefault(table, set()).add(module)
    assert found == {**WRITERS, "balance": {MOVER}}


def test_another_mover_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "mover.py"
    for line, table in (
        ("session.execute(insert(BillTransaction), [row])", "BillTransaction"),
        ("session.add(JournalEntry(act=act))", "JournalEntry"),
        ("insert_all(session, JournalLine, rows)", "JournalLine"),
        ("update(Bill).values(balance=Bill.balance - 1)", "balance"),
        ("bill.balance -= 1", "balance"),
        ("bill.status, bill.balance = 'X', 0", "balance"),
    ):
        path.write_text(line)
        assert rows_written(path) == {table}


def test_every_type_of_transaction_has_its_kind_and_every_act_its_sides() -> None:
    assert {type for type, _ in KINDS} == set(TransactionType)
    for kind in KINDS.values():
        for act, others in kind.against.items():
            more, less = (SIDES[act].debit, SIDES[act].credit), (SIDES[act].credit, SIDES[act].debit)
            owed, other = more if kind.sign == 1 else less
            assert Account.RECEIVABLE in owed
            assert others <= other


@pytest.fixture
def by(site: Store, actor: Actor) -> Stamp:
    """An adjustment that was begun."""
    with site.writing() as session:
        return begin(session, actor, Act.ADJUSTED, SecurityKey.ADJUST)


@pytest.mark.parametrize(
    ("act", "accounts", "said"),
    [
        (Act.ADJUSTED, (Account.RECEIVABLE, Account.CASH), "adjustment does not credit account 1010"),
        (Act.CHARGE_ENTERED, (Account.INTEREST_ADMIN, Account.RECEIVABLE), "does not debit account 4050"),
        (Act.PAD_CREATED, (Account.RECEIVABLE, Account.BILLED), "scratch pad created does not debit"),
    ],
)
def test_the_journal_refuses_what_its_table_does_not_allow(
    site: Store, by: Stamp, act: Act, accounts: tuple[Account, Account], said: str
) -> None:
    before = ledger.contents(site)
    cents = Decimal("5.00")
    with pytest.raises(AssertionError, match=said), site.writing() as session:
        enter(session, by, act, [debit(accounts[0], cents), credit(accounts[1], cents)])
    assert ledger.differing(before, ledger.contents(site)) == {}


def test_nothing_is_written_under_an_act_that_was_done(site: Store, actor: Actor) -> None:
    bill, key = given.bills(site, actor, {"K1": 100})["K1"], new_key()
    Clerk(site, actor).adjusts(bill, 5, key=key)
    with site.writing() as session:
        again = begin(session, actor, Act.ADJUSTED, SecurityKey.ADJUST, once=key)
    assert again.done is not None
    with pytest.raises(AssertionError, match="was done before"), site.writing() as session:
        move(
            session,
            again,
            Movement(bill, TransactionType.DECREASE, Decimal(-5)),
            Account.OTHER_ADJUSTMENTS,
        )


SOURCES = {
    Of.HAND: Source(),
    Of.RECEIPT: Source(1),
    Of.LINE: Source(1, 1),
    Of.PAD: Source(1, log=LogKey(LineKey(1, 1, 1), 1)),
}


def test_a_movement_that_is_of_no_kind_changes_nothing(site: Store, actor: Actor, by: Stamp) -> None:
    """Whatever somebody asks of the mover: of another way or cause than its kind has, it stops."""
    bill = given.bills(site, actor, {"K1": 100})["K1"]
    before = ledger.contents(site)
    refused = 0
    for type, of, amount in product(TransactionType, Of, map(Decimal, (-30, 0, 30))):
        kind = KINDS.get((type, of))
        if kind is not None and kind.sign in (None, (amount > 0) - (amount < 0)):
            continue
        with pytest.raises(AssertionError, match=r"no .* is of"), site.writing() as session:
            move(session, by, Movement(bill, type, amount, SOURCES[of]), None)
        refused += 1
    assert refused > len(TransactionType) * len(Of)
    assert ledger.differing(before, ledger.contents(site)) == {}


def test_whatever_takes_the_last_cent_closes_the_bill_and_what_is_owed_again_opens_it(
    site: Store, actor: Actor
) -> None:
    bill = given.bills(site, actor, {"K1": 100})["K1"]
    clerk = Clerk(site, actor)
    for amount, owed, status in ((-40, "60", "ACTIVE"), (-60, "0", "COLLECTED/CLOSED"), (10, "10", "ACTIVE")):
        type = TransactionType.DECREASE if amount < 0 else TransactionType.INCREASE
        with site.writing() as session:
            by = begin(session, actor, Act.ADJUSTED, SecurityKey.ADJUST, once=new_key())
            left = move(session, by, Movement(bill, type, Decimal(amount)), Account.OTHER_ADJUSTMENTS)
        assert (left, clerk.balance("K1"), clerk.status("K1")) == (Decimal(owed), Decimal(owed), status)
        ledger.assert_clean(site)
    with (
        pytest.raises(Refused, match="THE BALANCE OF BILL K1 WOULD FALL BELOW ZERO"),
        site.writing() as session,
    ):
        by = begin(session, actor, Act.ADJUSTED, SecurityKey.ADJUST)
        taken = Movement(bill, TransactionType.DECREASE, Decimal("-10.01"))
        move(session, by, taken, Account.OTHER_ADJUSTMENTS)
    assert clerk.balance("K1") == Decimal("10.00")
