"""Writes a scenario's remittances as an 835 (005010X221A1)."""

from collections.abc import Iterable

from services.generator.scenario import (
    PaymentMethod,
    ScenarioAdjustment,
    ScenarioClaim,
    ScenarioLine,
    ScenarioRemittance,
    ScenarioSite,
    sum_alike,
)
from services.x12.writing import InterchangeWriter, compact, composite, dollars

VERSION = "005010X221A1"
_REASONS_IN_A_CAS = 6
_REASONS_IN_A_PLB = 6


def write_remittance(out: InterchangeWriter, site: ScenarioSite, remittance: ScenarioRemittance) -> None:
    """Writes one remittance as one transaction set."""
    payer, total = remittance.payer, remittance.total_cents
    out.begin("835")
    _payment(out, site, remittance, total)
    out.segment("TRN", "1", remittance.trace, payer.company_id)
    out.segment("DTM", "405", compact(remittance.date))
    out.segment("N1", "PR", payer.name)
    out.segment("N3", payer.street)
    out.segment("N4", payer.city, payer.state, payer.zip)
    out.segment("REF", "2U", payer.identifier)
    out.segment("PER", "BL", "EDI DESK", "TE", "5555550100")
    out.segment("N1", "PE", site.name, "XX", site.npi)
    out.segment("N3", site.street)
    out.segment("N4", site.city, site.state, site.zip)
    out.segment("REF", "TJ", site.tax_id)
    if remittance.claims:
        out.segment("LX", "1")
    for claim in remittance.claims:
        _claim(out, claim, payer.paid_as)
    _provider_adjustments(out, site, remittance)
    out.end()


def _payment(out: InterchangeWriter, site: ScenarioSite, remittance: ScenarioRemittance, total: int) -> None:
    payer, date = remittance.payer, compact(remittance.date)
    if remittance.method is PaymentMethod.ACH:
        bank = payer.odfi + check_digit(payer.odfi)
        out.segment(
            *("BPR", "I", dollars(total), "C", "ACH", "CCP", "01", bank, "DA", "999000001"),
            *(payer.company_id, "", "01", site.routing, "DA", site.account, date),
        )
    elif remittance.method is PaymentMethod.CHECK:
        out.segment("BPR", "I", dollars(total), "C", "CHK", *[""] * 11, date)
    else:
        out.segment("BPR", "H", dollars(total), "C", "NON", *[""] * 11, date)


def _claim(out: InterchangeWriter, claim: ScenarioClaim, paid_as: str) -> None:
    patient = claim.patient
    responsible = claim.patient_cents
    out.segment(
        *("CLP", claim.bill, claim.status, dollars(claim.charge_cents), dollars(claim.paid_cents)),
        *(dollars(responsible) if responsible else "", paid_as, claim.payer_control),
        *(("13", "1") if claim.institutional else ("11", "1")),
    )
    if claim.summary:
        everything = [*claim.adjustments, *(each for line in claim.lines for each in line.adjustments)]
        _adjustments(out, sum_alike(everything))
    else:
        _adjustments(out, claim.adjustments)
    out.segment("NM1", "QC", "1", patient.last, patient.first, "", "", "", "MI", patient.member_id)
    last, first, npi = claim.rendering
    if npi:
        out.segment("NM1", "82", "1", last, first, "", "", "", "XX", npi)
    if claim.lines:
        days = [line.service for line in claim.lines]
        out.segment("DTM", "232", compact(min(days)))
        out.segment("DTM", "233", compact(max(days)))
    if claim.received is not None:
        out.segment("DTM", "050", compact(claim.received))
    if claim.interest_cents:
        out.segment("AMT", "I", dollars(claim.interest_cents))
    if not claim.summary:
        for number, line in enumerate(claim.lines, start=1):
            _line(out, line, f"{claim.bill}{number:02d}")


def _line(out: InterchangeWriter, line: ScenarioLine, control_number: str) -> None:
    procedure = composite("HC", line.procedure, *line.modifiers)
    units = str(line.units)
    out.segment(
        "SVC", procedure, dollars(line.charge_cents), dollars(line.paid_cents), line.revenue_code, units
    )
    out.segment("DTM", "472", compact(line.service))
    _adjustments(out, line.adjustments)
    out.segment("REF", "6R", control_number)
    allowed = line.paid_cents + sum([each.cents for each in line.adjustments if each.group == "PR"])
    if allowed:
        out.segment("AMT", "B6", dollars(allowed))
    for remark in line.remarks:
        out.segment("LQ", "HE", remark)


def _adjustments(out: InterchangeWriter, adjustments: Iterable[ScenarioAdjustment]) -> None:
    """One CAS for each group, up to six reasons in one segment; amounts of zero are left out."""
    groups: dict[str, list[str]] = {}
    for group, code, cents in adjustments:
        if cents:
            groups.setdefault(group, []).extend((code, dollars(cents), ""))
    for group, elements in groups.items():
        for at in range(0, len(elements), 3 * _REASONS_IN_A_CAS):
            out.segment("CAS", group, *elements[at : at + 3 * _REASONS_IN_A_CAS])


def _provider_adjustments(out: InterchangeWriter, site: ScenarioSite, remittance: ScenarioRemittance) -> None:
    pairs = [(composite(plb.code, plb.reference), dollars(plb.cents)) for plb in remittance.plbs if plb.cents]
    fiscal_end = f"{remittance.date.year}1231"
    for at in range(0, len(pairs), _REASONS_IN_A_PLB):
        elements = [element for pair in pairs[at : at + _REASONS_IN_A_PLB] for element in pair]
        out.segment("PLB", site.npi, fiscal_end, *elements)


def check_digit(odfi: str) -> str:
    """The ninth digit of a bank's routing number, from its first eight."""
    weighted = sum(int(digit) * weight for digit, weight in zip(odfi, (3, 7, 1, 3, 7, 1, 3, 7), strict=True))
    return str(-weighted % 10)
