"""Writes the payers' word on a scenario's claims as 277CA (005010X214): every claim accepted (A2, WQ)."""

import datetime
from collections.abc import Sequence

from services.generator.scenario import ScenarioClaim, ScenarioPayer, ScenarioSite
from services.x12.writing import InterchangeWriter, compact, composite, dollars

VERSION = "005010X214"


def write_acknowledgement(
    out: InterchangeWriter,
    site: ScenarioSite,
    payer: ScenarioPayer,
    claims: Sequence[ScenarioClaim],
    *,
    day: datetime.date,
    reference: str,
) -> None:
    """Writes one set that accepts these claims; `reference` is the BHT03 of the 837 it answers."""
    count, total, date = (
        str(len(claims)),
        dollars(sum([claim.charge_cents for claim in claims])),
        compact(day),
    )
    out.begin("277", VERSION)
    out.segment("BHT", "0085", "08", f"ACK{reference}", date, "0900", "TH")
    out.segment("HL", "1", "", "20", "1")
    out.segment("NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.identifier)
    out.segment("TRN", "1", f"RCV{reference}")
    out.segment("DTP", "050", "D8", date)
    out.segment("DTP", "009", "D8", date)
    out.segment("HL", "2", "1", "21", "1")
    out.segment("NM1", "41", "2", site.name, "", "", "", "", "46", f"SITE{site.station}")
    out.segment("TRN", "2", reference)
    out.segment("STC", composite("A1", "19", "PR"), date, "WQ", total)
    out.segment("QTY", "90", count)
    out.segment("AMT", "YU", total)
    out.segment("HL", "3", "2", "19", "1")
    out.segment("NM1", "85", "2", site.name, "", "", "", "", "XX", site.npi)
    out.segment("TRN", "1", "0")
    out.segment("STC", composite("A1", "19", "PR"), "", "WQ", total)
    out.segment("QTY", "QA", count)
    out.segment("AMT", "YU", total)
    for level, claim in enumerate(claims, start=4):
        patient = claim.patient
        days = [line.service for line in claim.lines]
        out.segment("HL", str(level), "3", "PT")
        out.segment("NM1", "QC", "1", patient.last, patient.first, "", "", "", "MI", patient.member_id)
        out.segment("TRN", "2", claim.bill)
        out.segment("STC", composite("A2", "20", "PR"), date, "WQ", dollars(claim.charge_cents))
        out.segment("REF", "1K", claim.payer_control)
        if claim.institutional:
            out.segment("REF", "BLT", "131")
        out.segment("DTP", "472", "RD8", f"{compact(min(days))}-{compact(max(days))}")
    out.end()
