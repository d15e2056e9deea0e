"""Filing a bills CSV: each row becomes a receivable with the balance it has (DESIGN 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.bills import Bill
from models.words.bills import BILLS_CSV, BillStatus, EdiStatus, RateTypeName
from models.words.intake import Outcome
from services.bills.bills_csv import CsvBill, read_bills_csv
from services.bills.receivables import activate, normal
from services.findings import Finding
from services.intake.filing_837 import BillFiling
from services.intake.sets import keep
from services.office.actor import Actor
from services.x12.billing import BilledClaim
from services.x12.remittance import Party

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CsvFiled:
    """What a bills CSV brought."""

    bills: int
    outcome: Outcome
    findings: tuple[Finding, ...]


def file_csv(session: Session, actor: Actor, stream: BinaryIO) -> CsvFiled:
    """Files the rows as ACTIVE bills against opening balances (3000); a balance of 0.00 is COLLECTED/CLOSED.

    Rows that cannot be read are findings; the others are filed.
    """
    filing = _CsvFiling(session, actor)
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

    def __init__(self, session: Session, actor: Actor) -> None:
        super().__init__(session, actor, None)
        self.rates: dict[str, RateTypeName] = {}

    def file_rows(self, rows: Sequence[CsvBill]) -> None:
        """Files some rows and makes them receivables."""
        self.rates = {}
        for row in rows:
            self.rates.setdefault(row.bill_number, self._named_rate(row))
        balances = {normal(row.bill_number): row.balance for row in reversed(rows)}
        filed = self.file([_as_claim(row) for row in rows])
        amounts = {bill_id: balances[number] for number, bill_id in filed.items()}
        activate(self.session, self.actor, list(amounts), old_balances=amounts)
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

    def _named_rate(self, row: CsvBill) -> RateTypeName:
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
