"""View/Print ERA and View/Print EEOB: whole pages, what a reviewer may do, and an independent reading."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.store import Store
from services.errors import Refused
from services.office.actor import Actor
from services.receipts.printed import ProviderKind
from services.reports.era_print import npi_warnings
from services.reports.prints import print_of_eeobs, print_of_era
from services.reports.render.as_page import as_page
from services.reports.report import Report
from tests.remittance_in_full import remittance_in_full

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
