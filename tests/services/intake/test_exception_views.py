"""What is held or could not be placed can be seen afterwards, with the text that came."""

import datetime
import io
from collections.abc import Sequence

import pytest

from models.store import Store
from models.words.intake import Outcome
from services.errors import Refused
from services.intake.exception_views import (
    ExceptionCounts,
    ExceptionKind,
    ExceptionSelection,
    ExceptionState,
    exception_counts,
    exception_list,
    exception_show,
)
from services.intake.importing import import_stream
from services.office.actor import Actor
from tests import given

OPEN = ExceptionSelection()
PRAIRIE = "PRAIRIE STATE INSURANCE CO"


def listed(site: Store, selection: ExceptionSelection = OPEN) -> list[str]:
    """The numbers of the exceptions of a selection."""
    with site.reading() as session:
        return [row.number for row in exception_list(session, selection)]


def counted(site: Store) -> ExceptionCounts:
    """How many are open."""
    with site.reading() as session:
        return exception_counts(session)


def held(site: Store, actor: Actor, name: str, content: bytes) -> None:
    """A file that is held, whole or in part."""
    assert import_stream(site, actor, name, io.BytesIO(content)).outcome is Outcome.EXCEPTION


@pytest.fixture
def numbers(site: Store, actor: Actor) -> Sequence[str]:
    """One of each kind: a remittance of unknown bills, a line of one, a bank's file that does not add up."""
    given.bills(site, actor, {"K1": 100})
    given.remittance(site, actor, trace="T1", claims=[("NOBODYS", 50, 40), ("ELSES", 20, 10)], payer=PRAIRIE)
    given.era(site, actor, trace="T2", claims=[("K1", 100, 80), ("X9", 20, 5)])
    held(
        site, actor, "eft.ach", given.eft_file(trace="T2", amount=85).replace(b"0000008500", b"0000008600", 1)
    )
    of_set, of_line, of_file = listed(site)
    assert (of_set.isdigit(), of_line.endswith(".2"), of_file[0]) == (True, True, "F")
    return of_set, of_line, of_file


def test_each_kind_is_listed_with_what_is_known_of_it(site: Store, numbers: Sequence[str]) -> None:
    with site.reading() as session:
        of_set, of_line, of_file = exception_list(session)
    assert (of_set.kind, of_set.category, of_set.trace, of_set.total) == (
        ExceptionKind.TRANSMISSION,
        "NO VALID CLAIMS",
        "T1",
        "50.00",
    )
    assert (of_set.payer, of_set.date, of_set.bills) == (PRAIRIE, given.PAID_ON, ("NOBODYS", "ELSES"))
    assert (of_set.file, of_set.where) == ("T1.835", "set 1 (control 0001, byte 166)")
    assert (of_line.kind, of_line.category, of_line.trace, of_line.total) == (
        ExceptionKind.DATA,
        "VALID BILL NOT FOUND",
        "T2",
        "5.00",
    )
    assert (of_line.payer, f"{of_line.era}.2", of_line.bills) == (given.BLUE_RIVER, numbers[1], ("X9",))
    assert of_line.where.startswith(f"ERA {of_line.era}, EEOB 2 (segment ")
    assert (of_file.kind, of_file.category, of_file.file) == (
        ExceptionKind.FILE,
        "FILE HELD WHOLE",
        "eft.ach",
    )
    assert of_file.text.startswith("A count, hash or total of the file is wrong")
    assert {row.state for row in (of_set, of_line, of_file)} == {ExceptionState.OPEN}
    assert counted(site) == ExceptionCounts(transmission=1, data=1, file=1, bank=0)
    assert counted(site).total == 3


def test_a_set_is_shown_whole_and_a_claim_with_its_own_segments(site: Store, numbers: Sequence[str]) -> None:
    of_set = exception_show(site, numbers[0])
    assert of_set.segments[0].startswith("ST*835*")
    assert of_set.segments[-1].startswith("SE*")
    assert [text for text in of_set.segments if text.startswith("CLP")] == [
        "CLP*NOBODYS*1*50*40**15*PNOBODYS*11*1",
        "CLP*ELSES*1*20*10**15*PELSES*11*1",
    ]
    assert of_set.findings[-1].code == "held"
    of_line = exception_show(site, f" {numbers[1]} ")
    assert of_line.segments[0] == "CLP*X9*1*20*5**12*PX9*11*1"
    assert [text for text in of_line.segments if text.startswith(("CLP", "SE", "ST"))] == [
        of_line.segments[0]
    ]
    assert (of_set.left_out, of_line.left_out) == (0, 0)


def test_a_bank_s_file_is_shown_record_by_record_with_and_without_line_ends(
    site: Store, actor: Actor, numbers: Sequence[str]
) -> None:
    records = exception_show(site, numbers[2].lower()).segments
    assert [len(record) for record in records] == [94] * 10
    assert [record[0] for record in records[:3]] == ["1", "5", "6"]
    held(site, actor, "flat.ach", "".join(records).encode())
    assert exception_show(site, listed(site)[-1]).segments == records


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (ExceptionSelection(kind=ExceptionKind.DATA), [1]),
        (ExceptionSelection(kind=ExceptionKind.FILE), [2]),
        (ExceptionSelection(state=ExceptionState.RESOLVED), []),
        (ExceptionSelection(payer="prairie"), [0]),
        (ExceptionSelection(payer="1990000001"), [1]),
        (ExceptionSelection(payer="199000000"), []),
        (ExceptionSelection(received_from=datetime.date(2012, 7, 22)), [0, 1, 2]),
        (ExceptionSelection(received_from=datetime.date(2012, 7, 23)), []),
        (ExceptionSelection(received_to=datetime.date(2012, 7, 21)), []),
    ],
)
def test_they_are_found_by_kind_state_payer_and_day(
    site: Store, numbers: Sequence[str], selection: ExceptionSelection, found: list[int]
) -> None:
    assert listed(site, selection) == [numbers[at] for at in found]


def test_a_remittance_that_is_filed_after_all_is_resolved(
    site: Store, actor: Actor, numbers: Sequence[str]
) -> None:
    given.bills(site, actor, {"NOBODYS": 50, "ELSES": 20})
    given.remittance(site, actor, trace="T1", claims=[("NOBODYS", 50, 40), ("ELSES", 20, 10)], payer=PRAIRIE)
    assert numbers[0] not in listed(site)
    assert listed(site, ExceptionSelection(state=ExceptionState.RESOLVED)) == [numbers[0]]
    shown = exception_show(site, numbers[0])
    assert (shown.state, shown.resolved_at is not None) == (ExceptionState.RESOLVED, True)
    assert counted(site).transmission == 0


@pytest.mark.parametrize("number", ["99", "1.99", "99.1", "F99", "K1", "", "1.2.3", "9" * 30, "\x1b[2J"])
@pytest.mark.usefixtures("numbers")
def test_a_number_that_names_none_is_refused(site: Store, number: str) -> None:
    with pytest.raises(Refused, match="THERE IS NO EXCEPTION") as refusal:
        exception_show(site, number)
    assert str(refusal.value).isprintable()
