"""Claims become bills, NEW BILL until they are accepted or audited (DESIGN 2.7, 5)."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from models.bills import Bill, BillAlias, BillLine, Patient, Payer
from models.bulk import insert_all, next_ids
from models.site import FilingCode, RateType
from models.words.acts import Act
from models.words.bills import BillStatus, EdiStatus, RateTypeName
from models.words.money import ZERO
from services.bills.acknowledging import may_be_audited, note_kept
from services.bills.amended import replace_charge, void_bill
from services.bills.receivables import activate, exact_forms, find_bill, find_bills, fold, normal
from services.findings import Finding
from services.intake.amending import AMENDING, VOID, earlier_bills, line_row, renew_bill
from services.intake.early_remittances import link_early
from services.intake.sets import comparable, keep
from services.office.clock import now, site_of, today
from services.office.stamp import Stamp
from services.x12.billing import BilledClaim
from services.x12.remittance import Party

_LAST_FOUR = 4


class BillFiling:
    """Claims on their way to bills, some hundreds at a time."""

    def __init__(self, session: Session, by: Stamp, set_id: int | None) -> None:
        self.session = session
        self.by = by
        self.set_id = set_id
        self.at, self.today = now(session), today(session)
        self.station = site_of(session).station
        self.wait = site_of(session).wait_for_277ca
        self.codes = {code.code: code.rate_type for code in session.scalars(select(FilingCode))}
        self.audited = {rate.name: rate.auto_audit for rate in session.scalars(select(RateType))}
        self.filed = 0
        self.amended = 0
        self.duplicates = 0
        self.acknowledged = 0
        self.findings: list[Finding] = []
        #: What is told of it in the audit trail: the act, of what, and its detail.
        self.told: list[tuple[Act, str, str]] = []

    def file(self, claims: Sequence[BilledClaim]) -> dict[str, int]:
        """Files some claims as bills and audits those whose rate type needs no person.

        Gives the ids of the new bills by number. A claim that voids or replaces an earlier one changes the bill of
        that one, which may have come just before it.
        """
        filed: dict[str, int] = {}
        for amends, some in groupby(claims, key=lambda claim: claim.frequency in AMENDING):
            if amends:
                for claim in some:
                    if self._is_usable(claim):
                        self._amend(claim)
            else:
                filed |= self._insert(self._new_claims(list(some)), BillStatus.NEW_BILL)
        return filed

    def _insert(self, new: Sequence[BilledClaim], status: BillStatus) -> dict[str, int]:
        """Stores claims as bills, and tells what came before them: acknowledgements and remittances."""
        if not new:
            return {}
        payers = self._payers(new)
        patients = self._patients(new)
        rates = [self._rate_type(claim) for claim in new]
        ids = next_ids(self.session, Bill, len(new))
        rows = [
            {"id": bill_id, **self._bill_row(claim, rate, payers, patients), "status": status}
            for bill_id, claim, rate in zip(ids, new, rates, strict=True)
        ]
        insert_all(self.session, Bill, rows)
        lines = [
            line_row(bill_id, line) for bill_id, claim in zip(ids, new, strict=True) for line in claim.lines
        ]
        insert_all(self.session, BillLine, lines)
        folded = [str(row["folded"]) for row in rows]
        words = note_kept(self.session, folded)
        self.acknowledged += len(words)
        if status is BillStatus.NEW_BILL:
            self.filed += len(new)
            self._audit(dict(zip(ids, rates, strict=True)), words)
        keep(self.findings, *link_early(self.session, folded))
        return {normal(claim.number): bill_id for bill_id, claim in zip(ids, new, strict=True)}

    def _amend(self, claim: BilledClaim) -> None:
        """Lets a claim void or replace the bill of an earlier one; without one it is kept and nothing owed on it."""
        where, verb = self._place(claim), AMENDING[claim.frequency]
        by_number = find_bill(self.session, claim.number)
        known = by_number.bill_id if by_number.exact else None
        if known is not None:
            bill = self.session.get_one(Bill, known)
            if bill.frequency == claim.frequency and _same(bill, claim):
                self._tell(claim, where, same=True)
                return
            if bill.payer_sequence != claim.payer_sequence or bill.frequency == VOID:
                self._tell(claim, where, same=False)
                return
        target = known if known is not None else self._earlier(claim)
        if target is None:
            said = f" (REF*F8 {claim.original_number})" if claim.original_number else ""
            told = (
                f"Claim {claim.number} {verb} an earlier claim{said} that is not on file here, or not just once; "
                "it is kept, and nothing is owed on it."
            )
            keep(self.findings, Finding("amended-unknown", told, where))
            self.amended += 1
            kept = BillStatus.CANCELLED if claim.frequency == VOID else BillStatus.INCOMPLETE
            self._insert([claim], kept)
            return
        self._change(claim, target, where, aliased=known is None)

    def _change(self, claim: BilledClaim, target: int, where: str, *, aliased: bool) -> None:
        """Voids or replaces a bill, with what follows from it."""
        number = self.session.get_one(Bill, target).number
        if claim.frequency == VOID:
            done = void_bill(self.session, self.by, target, claim.number)
            act, code = Act.BILL_VOIDED, "bill-voided"
        else:
            done = replace_charge(self.session, self.by, target, claim.number, claim.charge)
            act, code = Act.BILL_REPLACED, "bill-replaced"
            if done.changed:
                renew_bill(self.session, target, claim)
        keep(self.findings, Finding(code if done.changed else "bill-differs", done.text, where))
        if not done.changed:
            return
        self.amended += 1
        self.told.append((act, f"bill {number}", f"claim {claim.number}"))
        if aliased:
            self.session.add(BillAlias(number=normal(claim.number), bill_id=target))
            self.session.flush()
            keep(self.findings, *link_early(self.session, [fold(claim.number, self.station)]))

    def _earlier(self, claim: BilledClaim) -> int | None:
        """The one bill of the same patient that a claim names by REF*F8; None without one or with several."""
        found = earlier_bills(self.session, claim, patient_of(claim), self.station)
        return found[0] if len(found) == 1 else None

    def _audit(self, bills: Mapping[int, RateTypeName], words: Mapping[int, EdiStatus]) -> None:
        """Makes the new bills ACTIVE that need no person and whose acceptance came or is not waited for."""
        ready = [
            bill_id
            for bill_id, rate in bills.items()
            if self.audited.get(rate, False)
            and may_be_audited(words.get(bill_id, EdiStatus.NOT_SENT), wait=self.wait)
        ]
        activate(self.session, self.by, ready)

    def _new_claims(self, claims: Sequence[BilledClaim]) -> list[BilledClaim]:
        """The claims whose bill is not on file; the others are duplicates, or kept with a finding."""
        known = find_bills(self.session, (claim.number for claim in claims if claim.number))
        ids = [found.bill_id for found in known.values() if found.exact and found.bill_id is not None]
        on_file = {
            bill.id: (bill, key)
            for bill, key in self.session.execute(
                select(Bill, Payer.key).join(Payer, Payer.id == Bill.payer_id).where(Bill.id.in_(ids))
            )
        }
        new: dict[str, BilledClaim] = {}
        for claim in claims:
            if not self._is_usable(claim):
                continue
            where = self._place(claim)
            found = known[claim.number]
            forms = exact_forms(claim.number, self.station)
            first = next((new[form] for form in forms if form in new), None)
            if found.exact and found.bill_id is not None:
                self._tell_seen(claim, *on_file[found.bill_id], where)
            elif first is not None:
                self._tell_repeated(claim, first, where)
            else:
                new[normal(claim.number)] = claim
        return list(new.values())

    def _is_usable(self, claim: BilledClaim) -> bool:
        """Whether a claim has a number and a charge; one without is left out with a finding."""
        keep(self.findings, *claim.findings[:20])
        where = self._place(claim)
        if not claim.number:
            told = Finding("no-bill-number", "A claim without number (CLM01) was left out.", where)
        elif not claim.charge_read:
            said = f"Claim {claim.number} was left out: without a charge that can be read it is no bill."
            told = Finding("no-charge", said, where)
        elif claim.charge < 0:
            said = f"Claim {claim.number} has a charge below zero and was left out."
            told = Finding("negative-charge", said, where)
        else:
            return True
        keep(self.findings, told)
        return False

    def _place(self, claim: BilledClaim) -> str:
        """Where a claim stands in its file."""
        return f"segment {claim.segment}"

    def _tell_seen(self, claim: BilledClaim, bill: Bill, payer: str, where: str) -> None:
        same = (
            bill.frequency != VOID
            and _same(bill, claim)
            and bill.payer_sequence == claim.payer_sequence
            and payer == comparable(claim.payer.identifier or claim.payer.name)
        )
        self._tell(claim, where, same=same)

    def _tell_repeated(self, claim: BilledClaim, first: BilledClaim, where: str) -> None:
        same = (
            claim.charge == first.charge
            and claim.service_from == first.service_from
            and claim.service_to == first.service_to
            and claim.payer == first.payer
            and claim.payer_sequence == first.payer_sequence
            and claim.frequency == first.frequency
        )
        self._tell(claim, where, same=same)

    def _tell(self, claim: BilledClaim, where: str, *, same: bool) -> None:
        if same:
            self.duplicates += 1
            told = f"Bill {claim.number} is on file already."
            keep(self.findings, Finding("duplicate-bill", told, where))
        else:
            told = (
                f"Bill on file differs: {claim.number} came again with other data; the bill stays as it is."
            )
            keep(self.findings, Finding("bill-differs", told, where))

    def _payers(self, claims: Sequence[BilledClaim]) -> dict[tuple[str, str], int]:
        """The payers of some claims by identifier and name: payers that share an identifier keep their own names."""
        wanted: dict[tuple[str, str], Party] = {}
        for claim in claims:
            wanted.setdefault(_payer_of(claim), claim.payer)
        keys = {key for key, _ in wanted}
        found: dict[tuple[str, str], int] = {}
        for key, name, payer_id in self.session.execute(
            select(Payer.key, Payer.name, Payer.id).where(Payer.key.in_(keys)).order_by(Payer.id)
        ):
            found.setdefault((key, _alike(name)), payer_id)
            # Whoever leaves the name out means the payer that is known by the identifier.
            found.setdefault((key, ""), payer_id)
        missing = {payer: said for payer, said in wanted.items() if payer not in found}
        ids = dict(zip(missing, next_ids(self.session, Payer, len(missing)), strict=True))
        rows = [
            {"id": ids[payer], "key": payer[0], "identifier": said.identifier, "name": said.full_name}
            for payer, said in missing.items()
        ]
        insert_all(self.session, Payer, rows)
        return found | ids

    def _patients(self, claims: Sequence[BilledClaim]) -> dict[tuple[str, str, str], int]:
        wanted = {patient_of(claim): None for claim in claims}
        found: dict[tuple[str, str, str], int] = {
            (name, member, born): patient_id
            for name, member, born, patient_id in self.session.execute(
                select(Patient.name, Patient.member_id, Patient.birth_date, Patient.id).where(
                    tuple_(Patient.name, Patient.member_id, Patient.birth_date).in_(list(wanted))
                )
            )
        }
        missing = [patient for patient in wanted if patient not in found]
        ids = dict(zip(missing, next_ids(self.session, Patient, len(missing)), strict=True))
        rows = [
            {
                "id": patient_id,
                "name": name,
                "member_id": member,
                "birth_date": born,
                "last_four": member[-_LAST_FOUR:],
            }
            for (name, member, born), patient_id in ids.items()
        ]
        insert_all(self.session, Patient, rows)
        return found | ids

    def _rate_type(self, claim: BilledClaim) -> RateTypeName:
        rate = self.codes.get(claim.filing)
        if rate is None:
            told = (
                f"Claim filing indicator {claim.filing or '(none)'} is not in the site's table; "
                "REIMBURSABLE INS. stands for it."
            )
            keep(self.findings, Finding("filing-code", told, self._place(claim)))
            return RateTypeName.REIMBURSABLE
        return rate

    def _bill_row(
        self,
        claim: BilledClaim,
        rate: RateTypeName,
        payers: dict[tuple[str, str], int],
        patients: dict[tuple[str, str, str], int],
    ) -> dict[str, object]:
        return {
            "number": normal(claim.number),
            "folded": fold(claim.number, self.station),
            "kind": claim.kind,
            "status": BillStatus.NEW_BILL,
            "rate_type": rate,
            "third_party": True,
            "original": claim.charge,
            "balance": ZERO,
            "medicare_contractual": ZERO,
            "medicare_unreimbursable": ZERO,
            "payer_id": payers[_payer_of(claim)],
            "payer_sequence": claim.payer_sequence,
            "patient_id": patients[patient_of(claim)],
            "further_payer": _further_payer(claim),
            "frequency": claim.frequency,
            "service_from": claim.service_from,
            "service_to": claim.service_to,
            "billing_provider": claim.billing_provider.full_name,
            "billing_npi": claim.billing_provider.identifier,
            "rendering_provider": claim.rendering.full_name,
            "rendering_npi": claim.rendering.identifier,
            "diagnoses": ",".join(claim.diagnoses),
            "edi_status": EdiStatus.NOT_SENT,
            "entered_at": self.at,
            "status_date": self.today,
            "transaction_set_id": self.set_id,
            "version": 1,
        }


def _same(bill: Bill, claim: BilledClaim) -> bool:
    return (
        bill.original == claim.charge
        and bill.service_from == claim.service_from
        and bill.service_to == claim.service_to
    )


def patient_of(claim: BilledClaim) -> tuple[str, str, str]:
    """Who the patient is: name, member id, date of birth.

    A suffix (JR) is no part of the name: who has bills on file is known without it, and stays one person.
    """
    patient = (claim.patient if claim.patient.name else claim.subscriber)._replace(suffix="")
    member = claim.subscriber.identifier or patient.identifier
    return patient.full_name, member, "" if claim.birth_date is None else claim.birth_date.isoformat()


def _payer_of(claim: BilledClaim) -> tuple[str, str]:
    """Who the payer is: identifier, or name without one, and name, both as they are compared."""
    payer = claim.payer
    return comparable(payer.identifier or payer.name), _alike(payer.full_name)


def _alike(name: str) -> str:
    return " ".join(name.upper().split())


def _further_payer(claim: BilledClaim) -> bool:
    """Whether a payer comes after the one that this claim goes to."""
    order = "PSTABCDEFGH"
    mine = order.find(claim.payer_sequence or "P")
    return any(order.find(other.sequence or "P") > mine for other in claim.other_payers)
