"""View/Print ERA and View/Print EEOB: whole pages, what a reviewer may do, and an independent reading."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from models.store import Store
from services.codes.site_list import load_codes, read_code_list
from services.errors import Refused
from services.office.actor import Actor
from services.receipts.printed import ProviderKind
from services.reports.prints import print_of_eeobs, print_of_era
from services.reports.providers import npi_warnings
from services.reports.render.as_page import as_page
from services.reports.report import Report
from services.reports.roll import Roll, roll_of
from tests import given
from tests.clerk import Clerk
from tests.remittance_in_full import file, remittance_in_full

_GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a print with its golden file, or writes the file when asked to with `--golden`."""

    def compare(name: str, text: str) -> None:
        path = _GOLDEN / f"{name}.txt"
        if request.config.getoption("--golden"):
            path.write_text(text, "utf-8")
        assert path.read_text("utf-8") == text, f"{name} is not what it was; refresh it with pytest --golden"

    return compare


def paper(report: Report[None]) -> str:
    """A print as one long page."""
    page = as_page(report)
    return "".join(f"{line}\n" for line in (*page.heading("7/22/12")(1), *page.lines()))


@pytest.fixture
def era(store: Store, actor: Actor) -> int:
    """A remittance that says whatever an 835 can say."""
    return remittance_in_full(store, actor)


def test_an_era_in_short(store: Store, era: int, golden: Callable[[str, str], None]) -> None:
    with store.reading() as session:
        golden("era_in_short", paper(print_of_era(session, era, expanded=False)))


def test_an_era_with_all_that_it_says(store: Store, era: int, golden: Callable[[str, str], None]) -> None:
    with store.reading() as session:
        golden("era_expanded", paper(print_of_era(session, era, expanded=True)))


@pytest.mark.parametrize("sequence", ["2", "3", "4", "ADJ1"])
def test_an_eeob(store: Store, era: int, sequence: str, golden: Callable[[str, str], None]) -> None:
    with store.reading() as session:
        golden(f"eeob_{sequence.lower()}", paper(print_of_eeobs(session, era, (sequence,))))


def test_what_the_era_does_not_have_is_refused(store: Store, era: int) -> None:
    with store.reading() as session:
        for sequence in ("5", "0", "ADJ2", "TOTALS MISMATCH", "²"):
            with pytest.raises(Refused, match=f"THERE IS NO EEOB {sequence} IN ERA {era}"):
                print_of_eeobs(session, era, (sequence,))
        with pytest.raises(Refused, match="THERE IS NO ERA 99"):
            print_of_era(session, 99, expanded=False)


@pytest.mark.parametrize(
    ("npi", "person", "known", "said"),
    [
        ("", True, None, "No NPI was received"),
        ("DOC77", True, None, "is no NPI"),
        ("1790700019", True, None, "not known on this system"),
        ("1790700019", True, ProviderKind.OF_THIS_CLAIM, ""),
        ("1790700019", False, ProviderKind.OF_THIS_CLAIM, ""),
        ("1790700019", True, ProviderKind.RENDERING, ""),
        ("1790700019", False, ProviderKind.RENDERING, "names an organization"),
        ("1790700019", False, ProviderKind.BILLING, ""),
        ("1790700019", True, ProviderKind.BILLING, "names an individual"),
    ],
)
def test_an_npi_that_is_not_as_it_should_be_is_warned_of(
    npi: str, person: bool, known: ProviderKind | None, said: str
) -> None:
    warnings = list(npi_warnings(npi, person, known))
    assert len(warnings) == bool(said)
    assert all(said in warning for warning in warnings)


def test_what_splits_and_the_receipt_made_of_an_eeob_stands_in_it(store: Store, actor: Actor) -> None:
    clerk = Clerk(store, actor)
    given.bills(store, actor, {"K1": 1000, "K2": 400, "K3": 100})
    era = given.era(store, actor, trace="T1", method="CHK", claims=[("K1", 1000, "519.60"), ("K3", 100, 80)])
    clerk.opens(era, check="5")
    clerk.splits(era, (1, 1), ("K1", 100), ("K2", 400), ("NOBODYS", "19.60"))
    title = " **A/R CORRECTED PAYMENT DATA:"

    def printed(sequence: str) -> list[str]:
        with store.reading() as session:
            return paper(print_of_eeobs(session, era, (sequence,))).splitlines()

    # As in VistA, a split tells nothing of the EEOB before its receipt is there.
    assert title not in printed("1")
    assert " Last Edited : 07/22/12 2:37 pm         Last Edit By : CLERK" in printed("1")
    receipt = clerk.creates_receipt(era)
    lines = printed("1")
    assert " Type        : NORMAL EOB (SPLIT IN A/R)EOB Paid DT  : 07/20/12" in lines
    at = lines.index(title)
    assert lines[at : at + 6] == [
        title,
        "   TOTAL AMT PD: 519.60",
        "      K1                   100.00",
        "      K2                   400.00",
        "      [suspense]NOBODYS    19.60",
        "CLAIM LEVEL PAY STATUS:",
    ]
    assert title not in printed("2"), "its money went where the payer said"
    suspense = 1 + [bill for bill, *_ in clerk.lines(receipt)].index(None)
    clerk.edits_payment(receipt, suspense, account="K3")
    assert "      K3                   19.60" in printed("1"), "the receipt's account was edited since"
    clerk.processes(receipt)
    assert "      K3                   19.60" in printed("1")


def test_the_detail_of_a_repeated_eeob_is_printed_too(store: Store, actor: Actor) -> None:
    first = remittance_in_full(store, actor)
    again = file().replace(b"PSI05507937", b"PSI05507938")
    report = given.brought(store, actor, "again.835", io.BytesIO(again))
    with store.reading() as session:
        lines = paper(print_of_eeobs(session, report.sets[0].era or 0, ("2",))).splitlines()
    assert f" It repeats EEOB 2 of ERA {first}, where its detail is stored." in lines
    assert any("MP-0310;MP-0455" in line for line in lines)
    assert any(line.startswith("  1 05/21/12   0510 99213") for line in lines)


def test_a_print_that_is_read_later_needs_no_open_store(store: Store, era: int) -> None:
    with store.reading() as session:
        expected = paper(print_of_era(session, era, expanded=True)).splitlines()
        roll = roll_of(session, 80, "7/22/12", print_of_era, era, expanded=True)
    assert [*roll.heading(1), *roll.lines()] == expected
    assert list(roll.lines()) == expected[len(roll.heading(1)) :], "again from its beginning"
    roll.close()


def test_a_roll_that_outgrows_the_memory_loses_no_line() -> None:
    lines = [f"line {number} ÄÖ".ljust(70, ".") for number in range(30_000)]
    roll = Roll(iter(lines), lambda number: (f"Page {number}",))
    assert list(roll.lines()) == lines
    roll.close()


def test_the_sites_own_texts_are_printed_where_they_hold_on_the_day_of_the_remittance(
    store: Store, actor: Actor, era: int
) -> None:
    def printed(rows: str) -> str:
        with store.writing() as session:
            load_codes(session, actor, read_code_list(f"list,code,text,start,stop\n{rows}".encode()))
        with store.reading() as session:
            return " ".join(paper(print_of_era(session, era, expanded=True)).split())

    # The remittance is of July 9, 2012.
    said = printed(
        "CARC,45,Above what our contract allows,2012-01-01,\nRARC,N381,See the contract of Demo,,\n"
        "PLB,WO,Kept back for Demo,2012-07-09,\nCLP02,2,Second payer of Demo,,\nGROUP,CO,By the contract of Demo,,\n"
    )
    for text in (
        "Above what our contract allows",
        "See the contract of Demo",
        "Kept back for Demo",
        "Second payer of Demo",
        "By the contract of Demo",
    ):
        assert text in said
    later = printed(
        "CARC,45,Above what our contract allows,2012-07-10,\nCARC,253,Cut,2012-01-01,2012-07-09\n"
    )
    assert "Above what our contract allows" not in later
    assert "Charge exceeds fee schedule/maximum allowable" in later
    assert "(STOPPED 2012-07-09) Cut" in later
