"""Writes a scenario's claims as 837P (005010X222A1) or 837I (005010X223A2), one set for each remittance."""

import datetime
from collections.abc import Sequence

from services.generator.scenario import ScenarioClaim, ScenarioPayer, ScenarioSite
from services.x12.writing import InterchangeWriter, compact, composite, dollars

PROFESSIONAL = "005010X222A1"
INSTITUTIONAL = "005010X223A2"


def write_claims(
    out: InterchangeWriter,
    site: ScenarioSite,
    payer: ScenarioPayer,
    claims: Sequence[ScenarioClaim],
    *,
    day: datetime.date,
    reference: str,
    institutional: bool,
) -> None:
    """Writes claims to one payer as one transaction set; `reference` is BHT03, `day` when they were sent."""
    out.begin("837", INSTITUTIONAL if institutional else PROFESSIONAL)
    out.segment("BHT", "0019", "00", reference, compact(day), "0800", "CH")
    out.segment("NM1", "41", "2", site.name, "", "", "", "", "46", f"SITE{site.station}")
    out.segment("PER", "IC", "BILLING OFFICE", "TE", "5555550142")
    out.segment("NM1", "40", "2", payer.name, "", "", "", "", "46", payer.identifier)
    out.segment("HL", "1", "", "20", "1")
    out.segment("PRV", "BI", "PXC", site.taxonomy)
    out.segment("NM1", "85", "2", site.name, "", "", "", "", "XX", site.npi)
    out.segment("N3", site.street)
    out.segment("N4", site.city, site.state, site.zip)
    out.segment("REF", "EI", site.tax_id)
    for level, claim in enumerate(claims, start=2):
        _subscriber(out, claim, payer, level)
        _claim(out, claim, institutional=institutional)
        if claim.prior is not None:
            _prior_payer(out, claim)
        if claim.further is not None:
            _further_payer(out, claim, claim.further)
        for number, line in enumerate(claim.lines, start=1):
            out.segment("LX", str(number))
            procedure = composite("HC", line.procedure, *line.modifiers)
            charge, units = dollars(line.charge_cents), str(line.units)
            if institutional:
                out.segment("SV2", line.revenue_code, procedure, charge, "UN", units)
            else:
                out.segment("SV1", procedure, charge, "UN", units, "", "", "1")
            out.segment("DTP", "472", "D8", compact(line.service))
            out.segment("REF", "6R", f"{claim.bill}{number:02d}")
    out.end()


def _subscriber(out: InterchangeWriter, claim: ScenarioClaim, payer: ScenarioPayer, level: int) -> None:
    patient = claim.patient
    out.segment("HL", str(level), "1", "22", "0")
    sequence = "P" if claim.prior is None else "S"
    out.segment("SBR", sequence, "18", "", "", "", "", "", "", payer.billed_as)
    out.segment("NM1", "IL", "1", patient.last, patient.first, "", "", "", "MI", patient.member_id)
    out.segment("N3", "1 DEMO WAY")
    out.segment("N4", "SAMPLETOWN", "OH", "432150000")
    out.segment("DMG", "D8", compact(patient.born), patient.sex)
    out.segment("NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.identifier)


def _claim(out: InterchangeWriter, claim: ScenarioClaim, *, institutional: bool) -> None:
    facility = composite("13", "A", "1") if institutional else composite("11", "B", "1")
    accepts = ("", "A", "Y", "Y") if institutional else ("Y", "A", "Y", "Y")
    out.segment("CLM", claim.bill, dollars(claim.charge_cents), "", "", facility, *accepts)
    if institutional:
        days = [line.service for line in claim.lines]
        out.segment("DTP", "434", "RD8", f"{compact(min(days))}-{compact(max(days))}")
        out.segment("CL1", "3", "1", "01")
    out.segment("HI", composite("ABK", claim.diagnosis))
    last, first, npi = claim.rendering
    if npi:
        out.segment("NM1", "71" if institutional else "82", "1", last, first, "", "", "", "XX", npi)


def _prior_payer(out: InterchangeWriter, claim: ScenarioClaim) -> None:
    prior, patient = claim.prior, claim.patient
    if prior is None:
        return
    out.segment("SBR", "P", "18", "", "", "", "", "", "", prior.payer.billed_as)
    if prior.contractual_cents:
        out.segment("CAS", "CO", "45", dollars(prior.contractual_cents))
    left = claim.charge_cents - prior.paid_cents - prior.contractual_cents
    if left:
        out.segment("CAS", "PR", "2", dollars(left))
    out.segment("AMT", "D", dollars(prior.paid_cents))
    out.segment("OI", "", "", "Y", "", "", "Y")
    out.segment("NM1", "IL", "1", patient.last, patient.first, "", "", "", "MI", patient.member_id)
    out.segment("NM1", "PR", "2", prior.payer.name, "", "", "", "", "PI", prior.payer.identifier)


def _further_payer(out: InterchangeWriter, claim: ScenarioClaim, payer: ScenarioPayer) -> None:
    """The payer who will be billed after this one: loop 2320 with the next sequence and no payment yet."""
    patient = claim.patient
    sequence = "S" if claim.prior is None else "T"
    out.segment("SBR", sequence, "18", "", "", "", "", "", "", payer.billed_as)
    out.segment("OI", "", "", "Y", "", "", "Y")
    out.segment("NM1", "IL", "1", patient.last, patient.first, "", "", "", "MI", patient.member_id)
    out.segment("NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.identifier)
