"""Real files, where a folder of them is at hand ($LOCKBOX_CORPUS): every one goes into one store, none breaks it."""

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from models.eras import Era
from models.store import Store
from models.words.intake import Outcome
from services.intake.importing import import_file
from services.intake.report import FileReport
from services.intake.sets import SetReport
from services.office.actor import Actor, sign_on
from services.office.site import open_site, set_parameter
from services.x12.read_835 import read_835
from services.x12.remittance import RemittanceSummary
from services.x12.segments import read_sets
from tests import given, ledger
from tests.lockbox_tui.program import Program
from tests.stores import FixedClock, StoreKind

CORPUS = os.environ.get("LOCKBOX_CORPUS", "")

pytestmark = pytest.mark.skipif(not CORPUS, reason="$LOCKBOX_CORPUS names no folder of real files")

#: Folder and the kinds that its files may be told for.
KINDS = {
    "837": {"837P", "837I", "837D", "unknown 837"},
    "ach": {"ACH"},
    "bai2": {"BAI2"},
    "835": {"835"},
}

#: Files that are of no kind: lists about the formats, and one whose author broke its first record.
NOT_ANY_KIND = {
    "ach/codeindex_bank_description_strings_trn.txt",
    "bai2/mt2ofx_fragment_705trn_split_over_88.txt",
    "bai2/moov_malformed_parse_error.bai2",
}

#: A bills CSV takes numbers of at most this length.
LONGEST_IN_A_LIST = 20

#: Files of each kind that go through `lockbox import` itself.
SAMPLE = (
    "837/lfh_005010X222A2_demo.cob.example3.A.837",
    "835/tastypackets_profee-multiple.835",
    "835/edi835parser_blue_cross_nc_sample.835",
    "ach/moov_ppd_credit.ach",
    "ach/moov_malformed_no_control.ach",
    "bai2/moov_sample1.bai2",
)


@dataclass(frozen=True)
class Imported:
    """One store with the whole corpus, and what became of each file."""

    store: Store
    reports: dict[str, FileReport]


def index() -> dict[str, dict[str, str]]:
    """What is known of each file: the rows of INDEX.tsv by name."""
    with (Path(CORPUS) / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        return {row["file"]: row for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)}


def claims(path: Path) -> list[tuple[str, str]]:
    """Claim and charge of each CLP of a file, whatever its separators."""
    text = path.read_text("latin-1")
    begin = text.find("ISA")
    separator = text[begin + 3] if begin >= 0 else text[text.index("ST") + 2]
    # Taken without the reader under test: both elements come before any segment ends.
    pieces = (piece.split(separator) for piece in text.split(f"CLP{separator}")[1:])
    return [(piece[0].strip(), piece[2].strip().lstrip("-")) for piece in pieces if len(piece) > 2]


def file_bills(store: Store, actor: Actor, paths: list[Path]) -> None:
    """Makes the bills that remittances name, so that these are filed and not held as unknown."""
    charges: dict[str, Decimal] = {}
    for path in paths:
        for number, charge in claims(path):
            readable = re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", charge)
            charges.setdefault(number, (Decimal(charge) if readable else Decimal(0)) or Decimal(1))
    charges.pop("", None)
    listed = io.StringIO()
    rows = csv.writer(listed)
    rows.writerow(("bill_number", "patient_name", "payer_name", "service_from", "charge"))
    for number, amount in charges.items():
        if len(number) <= LONGEST_IN_A_LIST:
            rows.writerow((number, "CORPUS,PATIENT", "CORPUS PAYER", "2020-01-02", amount))
    given.brought(store, actor, "bills.csv", io.BytesIO(listed.getvalue().encode()))
    # Longer numbers do not come as a list.
    given.bills(
        store,
        actor,
        {number: amount for number, amount in charges.items() if len(number) > LONGEST_IN_A_LIST},
    )


def is_like_another(report: SetReport) -> bool:
    """Whether a remittance is held because of an ERA with its trace, date and total, but other claims."""
    return bool(report.findings) and "but other claims." in report.findings[-1].text


def balanced(path: Path) -> bool:
    """Whether every set of a remittance file balances on all three levels."""
    summaries = []
    with path.open("rb") as stream:
        for read in read_sets(stream, []):
            *_, last = read_835(read)
            assert isinstance(last, RemittanceSummary)
            summaries.append(last.lines_balanced and last.claims_balanced and last.balanced)
    return all(summaries)


@pytest.fixture(scope="module")
def imported(stores: StoreKind) -> Iterator[Imported]:
    """Every file of the corpus, in one store: claims first, then money, then remittances."""
    root, reports = Path(CORPUS), {}
    with stores.fresh(FixedClock()) as store:
        with store.writing() as session:
            actor = open_site(
                session, "clerk", station="442", name="CORPUS", auto_audit=True, time_zone="UTC"
            )
            # Files for tests and for production come to this one site.
            set_parameter(session, actor, "test-files", "YES")
        for folder in KINDS:
            paths = sorted((root / folder).iterdir())
            if folder == "835":
                file_bills(store, actor, paths)
            for path in paths:
                reports[f"{folder}/{path.name}"] = import_file(store, actor, path)
        yield Imported(store, reports)


def test_every_file_is_filed_or_says_why_not(imported: Imported) -> None:
    assert set(index()) <= set(imported.reports)
    for name, report in imported.reports.items():
        folder = name.partition("/")[0]
        if name in NOT_ANY_KIND:
            assert (report.kind, report.outcome) == ("unknown", Outcome.REJECTED), name
            assert report.findings, name
            continue
        assert report.kind in KINDS[folder], name
        if report.outcome is Outcome.FILED:
            continue
        said = [*report.findings, *(finding for one in report.sets for finding in one.findings)]
        assert said, name
        assert all(finding.text.endswith(".") for finding in said), name


def test_remittances_with_known_bills_are_filed(imported: Imported) -> None:
    outcomes = [report.outcome for name, report in imported.reports.items() if name.startswith("835/")]
    assert outcomes.count(Outcome.FILED) >= 30
    for name, row in index().items():
        if row["kind"] != "835" or row["balances"] != "yes":
            continue
        report = imported.reports[name]
        # Samples that somebody changed a little are like the ERA of the first of them.
        found = {one.outcome for one in report.sets if not is_like_another(one)}
        if row["n_isa"] == "0":
            assert found == {Outcome.EXCEPTION}, name
        else:
            assert found <= {Outcome.FILED, Outcome.DUPLICATE}, (name, report)


def test_what_is_called_balanced_is_proven_balanced_and_nothing_else(imported: Imported) -> None:
    with imported.store.reading() as session:
        proven = {
            row.id: row.balanced_lines and row.balanced_claims and row.balanced
            for row in session.execute(select(Era.id, Era.balanced_lines, Era.balanced_claims, Era.balanced))
        }
    for name, row in index().items():
        if row["kind"] != "835":
            continue
        assert balanced(Path(CORPUS) / name) == (row["balances"] == "yes"), name
        filed = [one for one in imported.reports[name].sets if one.outcome is Outcome.FILED]
        assert all(one.era is not None for one in filed), name
        if row["balances"] == "yes":
            assert all(proven[one.era] for one in filed if one.era is not None), name


def test_the_books_are_proven_afterwards(imported: Imported) -> None:
    ledger.assert_clean(imported.store)


def test_all_files_again_change_no_money(imported: Imported) -> None:
    """What was filed answers duplicate; what was held stays the one exception it was."""
    store = imported.store
    before = ledger.contents(store)
    with store.reading() as session:
        actor = sign_on(session, "clerk")
    for name, first in imported.reports.items():
        again = import_file(store, actor, Path(CORPUS) / name)
        assert again.outcome is not Outcome.FILED or not (again.efts or again.bills), name
        assert [one.era for one in again.sets] == [one.era for one in first.sets], name
    after = ledger.contents(store)
    for table in ("bill", "bill_transaction", "era", "eeob", "eft", "transmission_exception", "journal_line"):
        assert before[table] == after[table], table
    ledger.assert_clean(store)


def test_the_program_takes_real_files(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "CORPUS", "--auto-audit")
    files = [Path(CORPUS) / name for name in SAMPLE]
    ran = program.run("import", *files, "--json")
    assert (ran.status, ran.err) == (1, "")
    assert [report["outcome"] for report in ran.json] == [
        "filed",
        "exception",
        "exception",
        "filed",
        "exception",
        "rejected",
    ]
    told = program.run("import", *files)
    assert told.status == 1
    assert "Traceback" not in told.out + told.err
    assert program.json("check")["proven"] is True
