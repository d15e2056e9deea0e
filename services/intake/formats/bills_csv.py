"""A bills CSV: each row becomes a receivable with the balance it has (DESIGN 5)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.bills import Bill
from models.words.bills import BILLS_CSV, BillStatus, EdiStatus, RateTypeName
from models.words.intake import Outcome
from services.bills.bills_csv import CsvBill, looks_like_bills_csv, read_bills_csv
from services.bills.receivables import activate, normal
from services.findings import Finding
from services.intake.bill_filing import BillFiling
from services.intake.format import FileFormat, Formats, Judgement, Progress, Turn, always
from services.intake.incoming import Incoming
from services.intake.raw_text import RawText
from services.intake.report import FileReport, Gathered
from services.intake.sets import comparable, keep
from services.office.stamp import Stamp
from services.x12.billing import BilledClaim
from services.x12.remittance import Party

#: Rows filed together.
AT_ONCE = 500

#: Bills of a list that later rows are compared with; a longer list than any site's would fill the memory.
_MOST_COMPARED = 200_000

#: The row that gave a bill first, and `_data` of it.
_Given = tuple[int, int]

#: The station in front of a bill number: `442-`, `528A8-`.
_PREFIX = re.compile(r"\A[0-9]{3}([A-Z][0-9A-Z]{0,3})?-")


@dataclass(frozen=True, slots=True)
class CsvFiled:
    """What a bills CSV brought."""

    bills: int
    outcome: Outcome
    findings: tuple[Finding, ...]


def file_csv(session: Session, by: Stamp, stream: BinaryIO) -> CsvFiled:
    """Files the rows as ACTIVE bills against opening balances (3000); a balance of 0.00 is COLLECTED/CLOSED.

    Rows that cannot be read are findings; the others are filed.
    """
    filing = _CsvFiling(session, by)
    findings: list[Finding] = []
    bad = 0
    waiting: list[CsvBill] = []
    for row in read_bills_csv(stream):
        if isinstance(row, Finding):
            bad += 1
            keep(findings, row)
            continue
        waiting.append(row)
        if len(waiting) == AT_ONCE:
            filing.file_rows(waiting)
            waiting = []
    filing.file_rows(waiting)
    if bad > len(findings):
        told = f"{bad - len(findings)} further rows could not be read either; they are not listed."
        # First, since a list of this length is itself cut when it is kept.
        findings.insert(0, Finding("rows-left-out", told))
    findings += filing.findings
    if filing.filed or not (filing.duplicates or findings):
        outcome = Outcome.FILED
    else:
        outcome = Outcome.DUPLICATE if filing.duplicates else Outcome.EXCEPTION
    return CsvFiled(filing.filed, outcome, tuple(findings))


class _CsvFiling(BillFiling):
    """Rows of a list on their way to bills; the row names its rate type itself."""

    def __init__(self, session: Session, by: Stamp) -> None:
        super().__init__(session, by, None)
        self.rates: dict[str, RateTypeName] = {}

    def file_rows(self, rows: Sequence[CsvBill]) -> None:
        """Files some rows and makes them receivables."""
        self.rates = {}
        for row in rows:
            self.rates.setdefault(row.bill_number, self._read_rate(row))
        balances = {normal(row.bill_number): row.balance for row in reversed(rows)}
        filed = self.file([_as_claim(row) for row in rows])
        amounts = {bill_id: balances[number] for number, bill_id in filed.items()}
        activate(self.session, self.by, list(amounts), old_balances=amounts)
        closed = [bill_id for bill_id, balance in amounts.items() if not balance]
        if closed:
            self.session.execute(
                update(Bill)
                .where(Bill.id.in_(closed))
                .values(status=BillStatus.COLLECTED_CLOSED)
                .execution_options(synchronize_session=False)
            )

    def _audit(self, bills: Mapping[int, RateTypeName], words: Mapping[int, EdiStatus]) -> None:
        """A row becomes ACTIVE with the balance it has, not by an audit."""

    def _place(self, claim: BilledClaim) -> str:
        return f"row {claim.segment}"

    def _rate_type(self, claim: BilledClaim) -> RateTypeName:
        return self.rates[claim.number]

    def _read_rate(self, row: CsvBill) -> RateTypeName:
        try:
            return RateTypeName(row.rate_type.strip().upper())
        except ValueError:
            told = f"{row.rate_type} is not a rate type; REIMBURSABLE INS. stands for it."
            keep(self.findings, Finding("rate-type", told, f"row {row.row}"))
            return RateTypeName.REIMBURSABLE


def _as_claim(row: CsvBill) -> BilledClaim:
    last, _, first = row.patient_name.partition(",")
    patient = Party("QC", True, last, first, qualifier="MI", identifier=row.member_id)
    return BilledClaim(
        kind=BILLS_CSV,
        number=row.bill_number,
        charge=row.charge,
        facility="",
        frequency="1",
        payer_sequence="P",
        filing="",
        payer=Party("PR", False, row.payer_name, qualifier="PI", identifier=row.payer_id),
        subscriber=patient,
        patient=patient,
        birth_date=None,
        relationship="",
        billing_provider=Party(),
        billing_tax_id="",
        rendering=Party(),
        service_from=row.service_from,
        service_to=row.service_to,
        original_number="",
        diagnoses=(),
        references=(),
        other_payers=(),
        lines=(),
        segment=row.row,
        offset=0,
        findings=(),
    )


def _list_findings(stream: BinaryIO) -> Iterator[Finding]:
    """What is wrong with a list of bills: rows that cannot be read, and bills that an earlier row gives already.

    Whose number is meant without a station's prefix only the site knows, and no store is asked here.
    """
    given, prefixed = dict[str, _Given](), dict[str, str]()
    for row in read_bills_csv(stream):
        if isinstance(row, Finding):
            yield row
            continue
        number = row.bill_number
        bare = _PREFIX.sub("", number)
        other = number if number in given else bare if bare in given else prefixed.get(number, "")
        if other:
            yield _tell_given_before(row, other, given[other])
        elif len(given) < _MOST_COMPARED:
            given[number] = row.row, _data(row)
            if bare != number:
                prefixed.setdefault(bare, number)


def _data(row: CsvBill) -> int:
    """What two rows of one bill have to have alike, small enough to be kept of a long list."""
    payer = comparable(row.payer_id or row.payer_name)
    return hash((row.charge, row.service_from, row.service_to, payer))


def _tell_given_before(row: CsvBill, other: str, given: _Given) -> Finding:
    number, (first, data) = row.bill_number, given
    if number == other:
        named = f"Bill {number} is that of row {first}"
    else:
        station = max(number, other, key=len).partition("-")[0]
        named = f"At station {station} bill {number} is bill {other} of row {first}"
    where = f"row {row.row}"
    if _data(row) == data:
        return Finding("duplicate-bill", f"{named}; it is filed once.", where)
    return Finding("bill-differs", f"{named}, with other data; only the first of them is filed.", where)


def _file(incoming: Incoming, _formats: Formats) -> FileReport:
    gathered = Gathered()
    with incoming.store.writing() as session:
        by = incoming.begin(session)
        message = incoming.message(session, by, BILLS_LIST.kind)
        filed = file_csv(session, by, incoming.stream)
        gathered.findings += filed.findings
        gathered.bills = filed.bills
        gathered.outcome = filed.outcome
        incoming.stream.seek(0)
        RawText.keep(session, message.id, incoming.stream)
        incoming.close(session, by, message.id, gathered)
    return gathered.report(incoming.name, BILLS_LIST.kind, incoming.sha256)


def _judge(stream: BinaryIO, _formats: Formats, _progress: Progress | None) -> Judgement:
    return Judgement(BILLS_LIST.kind, tuple(_list_findings(stream)))


BILLS_LIST = FileFormat("BILLS-CSV", looks_like_bills_csv, always(Turn.CLAIMS), _file, _judge)
