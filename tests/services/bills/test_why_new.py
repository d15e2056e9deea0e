"""A payment of a bill that is still a NEW BILL is refused with why it is one, and with what to do about it."""

import pytest
from sqlalchemy import update

from models.bills import Bill
from models.store import Store
from models.words.bills import RateTypeName
from services.office.actor import Actor
from services.office.site import set_parameter
from tests import given, ledger
from tests.clerk import Clerk

NEW = "A NEW BILL IS NO RECEIVABLE YET:\n"
SWITCH = (
    "  AUTO-AUDIT OF REIMBURSABLE INS. IS NO AT THIS SITE\n"
    '    TO SWITCH IT ON: lockbox site "auto-audit REIMBURSABLE INS." YES\n'
)
WAITS = (
    "  THE SITE WAITS FOR ITS 277CA (NO ACKNOWLEDGEMENT): IMPORT THAT\n"
    "    TO WAIT FOR NONE: lockbox site wait-for-277ca NO\n"
)
NIGHT = "  THEN MAKE IT ACTIVE: lockbox nightly\n"


def parameters(site: Store, actor: Actor, **values: str) -> None:
    """Sets parameters of the site as `lockbox site` does."""
    names = {"audit": "auto-audit REIMBURSABLE INS.", "wait": "wait-for-277ca"}
    for name, value in values.items():
        with site.writing() as session:
            set_parameter(session, actor, names[name], value)


def receipt_of(clerk: Clerk, site: Store, actor: Actor) -> str:
    """An open receipt of a check that pays K1, and K2 in two payments."""
    era = given.era(
        site, actor, trace="T1", claims=[("K1", 100, 80), ("K2", 100, 30), ("K2", 100, 20)], method="CHK"
    )
    clerk.opens(era, check="417")
    return clerk.creates_receipt(era)


@pytest.mark.parametrize(
    ("audit", "wait", "causes"),
    [
        ("NO", "YES", SWITCH + WAITS + NIGHT),
        ("NO", "NO", SWITCH + NIGHT),
        ("YES", "YES", WAITS + NIGHT),
    ],
)
def test_the_cause_is_named_once_and_what_it_says_is_the_way_out(
    clerk: Clerk, site: Store, actor: Actor, audit: str, wait: str, causes: str
) -> None:
    parameters(site, actor, audit=audit, wait=wait)
    given.bills(site, actor, {"K1": 100, "K2": 100})
    receipt = receipt_of(clerk, site, actor)
    with clerk.refused(f"  THE BILL IS NEW BILL\n{NEW}{causes}NOTE: * Indicates more than one") as refused:
        clerk.processes(receipt)
    assert max(map(len, str(refused.value).splitlines())) < 80
    parameters(site, actor, audit="YES", wait="NO")
    given.night(site)
    clerk.processes(receipt)
    assert clerk.status("K1") == "ACTIVE"
    ledger.assert_clean(site)


def test_of_a_rejected_claim_and_of_medicare_it_says_so(clerk: Clerk, site: Store, actor: Actor) -> None:
    parameters(site, actor, wait="YES")
    given.bills(site, actor, {"K1": 100, "K2": 100})
    given.acknowledged(site, actor, "K1", says="A3")
    with site.writing() as session:
        session.execute(update(Bill).where(Bill.number == "K2").values(rate_type=RateTypeName.MEDICARE))
    receipt = receipt_of(clerk, site, actor)
    with clerk.refused(f"{NEW}  ITS PAYER REJECTED THE CLAIM (277CA); IT HAS TO BE SENT ANEW\n"):
        clerk.processes(receipt)
    with clerk.refused(f"{NEW}  BILLS OF MEDICARE ARE AUDITED BY A PERSON, WHICH IS NOT IN THIS RELEASE\n"):
        clerk.processes(receipt)


def test_a_decrease_of_a_new_bill_names_the_cause_too(clerk: Clerk, site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 100})
    era = given.matched_era(
        site, actor, trace="T1", claims=[("K1", 100, 80), given.taken_back("K2", 100, 20)], eft_amount=60
    )
    clerk.opens(era)
    clerk.distributes(era, (2, 1), (1, 1), 20)
    receipt = clerk.creates_receipt(era)
    parameters(site, actor, audit="NO", wait="YES")
    with site.writing() as session:
        session.execute(update(Bill).where(Bill.number == "K1").values(status="NEW BILL"))
    with clerk.refused(
        f"K1: IT IS NEW BILL\n{NEW}{SWITCH}{WAITS}{NIGHT}WARNING:  Receipt cannot be processed."
    ):
        clerk.processes(receipt)
