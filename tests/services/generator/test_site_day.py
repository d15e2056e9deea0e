"""A generated day: what was billed, acknowledged, remitted and paid agrees to the cent."""

import datetime
import tracemalloc
from collections import Counter
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import oxedi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.generator.faults import Fault
from services.generator.fictions import PAYERS, bill_number, npi, seed_of
from services.generator.scenario import PaymentMethod
from services.generator.site_day import (
    ACKNOWLEDGEMENT,
    CLAIMS_837I,
    CLAIMS_837P,
    EFT,
    REMITTANCE,
    GeneratedDay,
    generate_site_day,
)
from services.x12.writing import dollars
from tests.services.bank.ach_text import Whole, read_whole
from tests.services.generator.adding_up import Remittance, bills, remittances, segments

DAY = datetime.date(2026, 11, 20)
ALL = frozenset(Fault)


def generate(
    folder: Path, claims: int, faults: frozenset[Fault] = frozenset(), seed: int = 1
) -> GeneratedDay:
    return generate_site_day(folder, claims=claims, lines=3, seed=seed, faults=faults, day=DAY)


def bank_file(folder: Path) -> Whole:
    return read_whole((folder / EFT).read_bytes())


def billed(folder: Path) -> dict[str, tuple[Decimal, Decimal, str]]:
    found = bills(folder / CLAIMS_837P) if (folder / CLAIMS_837P).exists() else {}
    if (folder / CLAIMS_837I).exists():
        found |= bills(folder / CLAIMS_837I)
    return found


def assert_adds_up(folder: Path, day: GeneratedDay) -> None:
    """Line, claim, transaction, bill, acknowledgement and EFT agree, but for the faults asked for."""
    sets = remittances(folder / REMITTANCE)
    on_file = billed(folder)
    assert len(on_file) == day.bills
    assert sum(charge for charge, _, _ in on_file.values()) == Decimal(day.billed_cents).scaleb(-2)
    assert all(charge == lines for charge, lines, _ in on_file.values())
    unbalanced = unknown = 0
    for each in sets:
        assert each.balanced
        assert each.segments == each.stated_segments
        assert each.total >= 0
        assert (each.total == 0) == (each.method == "NON") == (each.handling == "H")
        for claim in each.claims:
            assert claim.bad_lines == 0
            assert claim.patient == claim.stated_patient
            if claim.lines:
                assert claim.line_charges == claim.charge
            unbalanced += not claim.balanced
            if claim.bill in on_file:
                assert abs(claim.charge) == on_file[claim.bill][0]
            else:
                unknown += 1
    assert unbalanced == (Fault.UNBALANCED in day.faults)
    assert (unknown > 0) == (Fault.UNKNOWN_BILL in day.faults)
    assert (len(sets), sum(len(each.claims) for each in sets)) == (day.remittances, day.eeobs)
    assert sum(each.total for each in sets) == Decimal(day.paid_cents).scaleb(-2)
    assert_paid(folder, day, sets)
    acknowledged = [each[2] for each in segments(folder / ACKNOWLEDGEMENT) if each[:2] == ["TRN", "2"]]
    assert Counter(bill for bill in acknowledged if bill in on_file) == Counter(dict.fromkeys(on_file, 1))


def assert_paid(folder: Path, day: GeneratedDay, sets: list[Remittance]) -> None:
    bank = bank_file(folder)
    assert bank.told.proven
    assert bank.told.findings == ()
    assert bank.told.others.count == 0
    assert len(bank.claim_payments) == day.efts
    efts = {
        (entry.trn.trace, entry.payer_id): entry.amount or Decimal()
        for entry in bank.claim_payments
        if entry.trn is not None
    }
    assert len(efts) == day.efts
    assert sum(efts.values(), Decimal()) == Decimal(day.eft_cents).scaleb(-2)
    owed = {(each.trace, each.payer): each.total for each in sets if each.method == "ACH"}
    assert set(owed) == set(efts)
    differences = {efts[key] - owed[key] for key in owed} - {Decimal()}
    wanted = {Fault.EFT_SHORT: -1, Fault.EFT_OVER: 1}
    assert {1 if each > 0 else -1 for each in differences} == {
        wanted[each] for each in wanted if each in day.faults
    }


def test_a_plain_day_adds_up(tmp_path: Path) -> None:
    day = generate(tmp_path, 230)
    assert [path.name for path in day.files] == [CLAIMS_837P, CLAIMS_837I, ACKNOWLEDGEMENT, REMITTANCE, EFT]
    assert (day.bills, day.remittances, day.eeobs, day.efts) == (230, 3, 230, 3)
    assert_adds_up(tmp_path, day)


@pytest.mark.parametrize("seed", [1, 2, 442])
def test_a_day_with_every_fault_adds_up(tmp_path: Path, seed: int) -> None:
    day = generate(tmp_path, 120, ALL, seed)
    assert day.faults == ALL
    assert day.bills == 120
    assert_adds_up(tmp_path, day)


@settings(max_examples=60, deadline=None)
@given(
    claims=st.integers(1, 40),
    lines=st.integers(1, 4),
    seed=st.integers(0, 10**6),
    faults=st.frozensets(st.sampled_from(Fault)),
    per_set=st.integers(1, 12),
)
def test_any_day_adds_up(claims: int, lines: int, seed: int, faults: frozenset[Fault], per_set: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        day = generate_site_day(
            folder, claims=claims, lines=lines, seed=seed, faults=faults, claims_per_set=per_set, day=DAY
        )
        assert day.bills == claims
        # Over few or tiny remittances a fault may hide another; the sums must hold all the same.
        sets = remittances(folder / REMITTANCE)
        assert all(each.balanced and each.total >= 0 for each in sets)
        # One claim is unbalanced and, where other faults repeat it, stays so: never another one.
        unbalanced = {claim.bill for each in sets for claim in each.claims if not claim.balanced}
        assert len(unbalanced) <= (Fault.UNBALANCED in faults)
        assert sum(claim.bad_lines for each in sets for claim in each.claims) == 0
        if (folder / EFT).exists():
            assert bank_file(folder).told.proven


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    first, again = generate(tmp_path / "a", 90, ALL), generate(tmp_path / "b", 90, ALL)
    other = generate(tmp_path / "c", 90, ALL, seed=2)
    for one, same in zip(first.files, again.files, strict=True):
        assert one.read_bytes() == same.read_bytes()
    assert (tmp_path / "a" / REMITTANCE).read_bytes() != (tmp_path / "c" / REMITTANCE).read_bytes()
    assert not billed(tmp_path / "a").keys() & billed(tmp_path / "c").keys()
    assert other.bills == first.bills


def test_another_reader_finds_the_same_sums(tmp_path: Path) -> None:
    day = generate(tmp_path, 60)
    result = oxedi.parse_file(str(tmp_path / REMITTANCE))
    assert result.count_claims() == day.eeobs
    assert Decimal(str(result.sum_payments())) == Decimal(day.paid_cents).scaleb(-2)


def _sets_with(sets: list[Remittance], code: str) -> list[tuple[str, str, Decimal]]:
    return [plb for each in sets for plb in each.plbs if plb[0] == code]


def test_each_fault_can_be_found_in_the_files(tmp_path: Path) -> None:
    day = generate(tmp_path, 120, ALL)
    sets, on_file = remittances(tmp_path / REMITTANCE), billed(tmp_path)
    claims = [claim for each in sets for claim in each.claims]
    controls = {claim.control for claim in claims}
    assert [claim.status for claim in claims if claim.bill not in on_file] == ["1"]
    assert [claim.status for claim in claims].count("22") == 4
    assert all(claim.charge < 0 and claim.balanced for claim in claims if claim.status == "22")
    assert any(claim.status == "4" and claim.paid == 0 for claim in claims)
    [secondary] = [claim for claim in claims if claim.status == "2"]
    assert [group for group, code, _ in secondary.reasons if code == "23"] == ["OA"] * secondary.lines
    assert on_file[secondary.bill][2] == "S"
    assert sum(not claim.balanced for claim in claims) == 1
    assert [each.method for each in sets].count("CHK") == 1
    assert any(each.method == "NON" and all(claim.paid == 0 for claim in each.claims) for each in sets)
    assert any(amount > 0 and reference in controls for _, reference, amount in _sets_with(sets, "WO"))
    [(_, refund, amount)] = _sets_with(sets, "72")
    assert amount < 0 and ("WO", refund, -amount) in _sets_with(sets, "WO")
    assert all(amount < 0 for code in ("L6", "CS") for _, _, amount in _sets_with(sets, code))
    [forward, applied] = _sets_with(sets, "FB")
    assert forward[1] == applied[1] and forward[2] == -applied[2] < 0
    keys = [(each.payer, each.trace, each.total) for each in sets]
    assert [count for count in Counter(keys).values() if count > 1] == [2]
    # A take-back, a correction upwards and a mere take-back of bills that the first remittance paid.
    first, last = sets[0], sets[-2]
    paid_first = {claim.bill: claim.paid for claim in first.claims}
    again: dict[str, list[Decimal]] = {}
    for claim in last.claims:
        if claim.bill in paid_first:
            again.setdefault(claim.bill, []).append(claim.paid)
    nets = sorted(sum(amounts, Decimal()) for amounts in again.values())
    assert first.payer == last.payer
    assert [len(amounts) for amounts in again.values()] == [2, 1, 2, 1]
    assert nets[0] < 0 and nets[1] < 0 and nets[-1] > 0
    assert day.faults == ALL


@pytest.mark.parametrize("fault", list(Fault))
def test_a_fault_alone_adds_up_and_is_contained(tmp_path: Path, fault: Fault) -> None:
    day = generate(tmp_path, 24, frozenset({fault}))
    assert day.faults == {fault}
    assert_adds_up(tmp_path, day)


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)), st.integers(1, 3 * 365))
def test_bills_of_two_days_within_three_years_have_no_number_in_common(
    day: datetime.date, later: int
) -> None:
    seeds = seed_of(day), seed_of(day + datetime.timedelta(days=later))
    first, second = ({bill_number(seed, sequence)[:3] for sequence in (0, 9_998)} for seed in seeds)
    assert len(first) == len(second) == 1
    assert first != second


def test_bill_numbers_are_unique_and_short() -> None:
    numbers = {bill_number(7, sequence) for sequence in range(120_000)}
    assert len(numbers) == 120_000
    assert {len(number) for number in numbers} == {7}
    assert not numbers & {bill_number(8, sequence) for sequence in range(120_000)}
    with pytest.raises(ValueError, match="more bills"):
        bill_number(1, 34 * 34 * 9999)


@given(st.integers(0, 999_999))
def test_provider_numbers_pass_the_check_and_belong_to_nobody(number: int) -> None:
    digits = [int(digit) for digit in "80840" + npi(number)]
    doubled = [
        digit if at % 2 == 0 else sum(divmod(digit * 2, 10)) for at, digit in enumerate(reversed(digits))
    ]
    assert sum(doubled) % 10 == 0
    assert npi(number)[0] == "9"


def test_a_long_day_needs_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    peaks = []
    for claims in (300, 1500):
        tracemalloc.start()
        generate(tmp_path / str(claims), claims)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


@pytest.mark.parametrize(("claims", "lines"), [(0, 1), (1, 0)])
def test_a_day_without_claims_is_refused(tmp_path: Path, claims: int, lines: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        generate_site_day(tmp_path, claims=claims, lines=lines, seed=1, faults=frozenset(), day=DAY)


def test_payers_are_told_apart() -> None:
    assert (
        len({payer.company_id for payer in PAYERS})
        == len({payer.identifier for payer in PAYERS})
        == len(PAYERS)
    )
    assert {len(payer.company_id) for payer in PAYERS} == {10}
    assert PaymentMethod("ACH") is PaymentMethod.ACH
    assert dollars(0) == "0"
