"""Writes the bank's CCD+ file for a scenario: one EFT for each remittance that is paid by ACH."""

from services.bank.write_nacha import NachaWriter, Payment, PaymentBatch
from services.generator.scenario import PaymentMethod, ScenarioRemittance, ScenarioSite

_CHECKING_CREDIT = "22"


def write_eft(out: NachaWriter, site: ScenarioSite, remittance: ScenarioRemittance) -> int | None:
    """Writes the EFT of a remittance as a batch of its own and gives its cents; None when the bank sends
    none.
    """
    if remittance.method is not PaymentMethod.ACH or not remittance.eft:
        return None
    cents = remittance.total_cents if remittance.eft_cents is None else remittance.eft_cents
    payer = remittance.payer
    out.batch(
        PaymentBatch(payer.short_name, payer.company_id, "CCD", "HCCLAIMPMT", remittance.date, payer.odfi),
        [
            Payment(
                _CHECKING_CREDIT,
                site.routing,
                site.account,
                cents,
                site.name[:22],
                f"TRN*1*{remittance.trace}*{payer.company_id}\\",
            )
        ],
    )
    return cents
