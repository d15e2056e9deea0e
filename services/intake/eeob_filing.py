"""The claims of one remittance become EEOBs, some hundreds at a time, whole or not at all (behaviour 3.1)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.eras import Era
from models.messages import DataException
from models.words.intake import DataCategory
from models.words.money import LARGEST, ZERO
from services.bills.receivables import BillFound, find_bills, fold
from services.findings import Finding
from services.intake.eeob_rows import EeobRows
from services.intake.provider_adjustments import AdjustmentFiling
from services.intake.remittance_identity import Content
from services.intake.sets import keep
from services.intake.twins import find_twins, tell_repeated
from services.office.clock import site_of
from services.x12.read_835 import Part
from services.x12.remittance import ProviderLevelAdjustment, RemittanceClaim, RemittanceSummary

#: Claims filed by one statement each for claims, lines, adjustments and so on.
AT_ONCE = 500
#: Characters of claims that wait to be filed together: what a claim takes in memory goes by its text.
CHARACTERS_AT_ONCE = 500_000

#: Bills named in the exception of a set none of whose bills is known.
MOST_NAMED = 40


class EeobFiling:
    """The claims of one set on their way into the store, some hundreds at a time.

    `marked` when EEOBs that came before are marked with their twins, whose detail is not stored again.
    """

    def __init__(self, session: Session, era: Era, content: Content, *, marked: bool) -> None:
        self.session = session
        self.era_id = era.id
        self.content = content
        self.station = site_of(session).station
        self.marked = marked
        self.claims = 0
        self.payable = 0
        self.reversals = 0
        self.bills_known = 0
        self.unknown: list[str] = []
        self.unknown_count = 0
        self.largest = ZERO
        self.adjustments = AdjustmentFiling(session, era.id)
        self.findings: list[Finding] = []

    def file(self, parts: Iterator[Part]) -> RemittanceSummary:
        """Files all claims and provider-level adjustments and gives the summary that ends the set."""
        waiting: list[RemittanceClaim] = []
        size = 0
        for part in parts:
            if isinstance(part, RemittanceClaim):
                size += len(part.text)
                if size > CHARACTERS_AT_ONCE:
                    self._file_some(waiting)
                    waiting, size = [], len(part.text)
                waiting.append(part)
                if len(waiting) == AT_ONCE or size > CHARACTERS_AT_ONCE:
                    self._file_some(waiting)
                    waiting, size = [], 0
            elif isinstance(part, ProviderLevelAdjustment):
                self.adjustments.add(part)
                self.content.add_adjustment(part.provider, part.code, part.reference, -part.amount)
            elif isinstance(part, RemittanceSummary):
                self._file_some(waiting)
                self.adjustments.write()
                return part
        raise AssertionError("an 835 set ended without its summary")

    @property
    def beyond(self) -> str:
        """What comes to more than any payment, claims or PLB segments; empty when neither does."""
        plbs = "PLB segments" if self.adjustments.sum_of_all > LARGEST else ""
        return "claims" if self.largest > LARGEST else plbs

    def _file_some(self, claims: Sequence[RemittanceClaim]) -> None:
        if not claims:
            return
        bills = find_bills(self.session, (claim.claim for claim in claims if claim.claim))
        fingerprints = [claim.fingerprint for claim in claims]
        self.content.add_claims(fingerprints)
        twins = find_twins(self.session, self.era_id, fingerprints) if self.marked else {}
        rows = EeobRows(self.era_id)
        exceptions: list[dict[str, Any]] = []
        for claim, fingerprint in zip(claims, fingerprints, strict=True):
            found = bills.get(claim.claim)
            bill_id = None if found is None else found.bill_id
            twin = None if bill_id is None else twins.get((bill_id, fingerprint))
            rows.add(claim, fingerprint, bill_id, twin)
            self._count(claim, found, twin, exceptions)
        rows.insert(self.session)
        if exceptions:
            self.session.execute(insert(DataException), exceptions)

    def _count(
        self,
        claim: RemittanceClaim,
        found: BillFound | None,
        twin: tuple[int, int] | None,
        exceptions: list[dict[str, Any]],
    ) -> None:
        self.claims += 1
        self.payable += claim.paid >= 0
        self.reversals += claim.reversal
        keep(self.findings, *claim.findings)
        self.largest += max(abs(claim.charge), abs(claim.paid))
        where = f"segment {claim.segment}"
        if found is not None and found.bill_id is not None:
            self.bills_known += 1
            if not found.exact:
                keep(
                    self.findings,
                    Finding("bill-folded", f"Claim {claim.claim} was taken for bill {found.number}.", where),
                )
            if twin is not None:
                keep(
                    self.findings,
                    tell_repeated(claim.claim, twin, where, "; its detail is not stored again."),
                )
            return
        several = found is not None and found.candidates > 1
        text = (
            f"{found.candidates} bills fit {claim.claim}" if found and several else "No bill has this number"
        )
        self.unknown_count += 1
        if len(self.unknown) < MOST_NAMED:
            self.unknown.append(claim.claim)
        keep(self.findings, Finding("bill-not-found", f"{text} (claim {claim.claim}).", where))
        exceptions.append(
            {
                "era_id": self.era_id,
                "sequence": claim.sequence,
                "category": DataCategory.BILL_NOT_FOUND,
                "text": text,
                "claim": claim.claim,
                "folded": fold(claim.claim, self.station),
                "resolved": False,
            }
        )
