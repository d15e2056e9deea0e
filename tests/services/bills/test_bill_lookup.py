"""Which bills stand in the list behind `??` where a payment asks for its account."""

from decimal import Decimal

import pytest

from models.bills import Bill, Patient
from models.store import Store
from models.words.bills import BillStatus
from services.bills.lookup import (
    BillChoice,
    bills_for_era,
    bills_for_receipt,
    find_account,
    find_claim,
    find_claim_of_era,
)
from services.errors import Refused
from services.office.actor import Actor
from tests import given
from tests.clerk import Clerk

PRAIRIE = "PRAIRIE STATE INSURANCE CO"


def test_the_patients_bills_come_first_then_the_payers(site: Store, actor: Actor, clerk: Clerk) -> None:
    ids = given.bills(site, actor, {"K3": 30, "K1": 10, "K2": "20.50"})
    bravo = given.bills(site, actor, {"K9": 90}, patient="DEMOVET,BRAVO")["K9"]
    given.bills(site, actor, {"P1": 1, "P2": 2}, payer=PRAIRIE, patient="DEMOVET,BRAVO")
    given.bills(site, actor, {"P3": 3}, payer=PRAIRIE, patient="DEMOVET,CHARLIE")
    with site.writing() as session:
        session.get_one(Bill, ids["K3"]).status = BillStatus.NEW_BILL
    number = given.era(site, actor, trace="T1", claims=[("K1", 10, 10)])

    def listed(start: int = 0, count: int = 20, bill: int | None = bravo) -> list[str]:
        with site.reading() as session:
            return [choice.number for choice in bills_for_era(session, number, bill, start, count)]

    assert listed() == ["K9", "P1", "P2", "K1", "K2"]
    assert listed(1, 3) == ["P1", "P2", "K1"]
    assert listed(bill=None) == ["K1", "K2", "K9"]
    with site.reading() as session:
        assert bills_for_era(session, number, bravo, 4, 1) == [
            BillChoice(ids["K2"], "K2", "442-K2", "DEMOVET,ALPHA", BillStatus.ACTIVE, Decimal("20.50"))
        ]


def test_a_bill_that_is_named_has_its_balance_now(site: Store, actor: Actor) -> None:
    given.bill(site, actor, "K20B119", 200, balance=140)
    with site.reading() as session:
        (claim,) = find_claim(session, "442-k20b119")
        assert (claim.number, claim.balance) == ("K20B119", Decimal("140.00"))
        assert find_claim(session, "k99") == []
        (account,) = find_account(session, "K20B119")
        assert (account.account, account.balance) == ("442-K20B119", Decimal("140.00"))
        with pytest.raises(Refused, match="THERE IS NO BILL K99"):
            find_account(session, "K99")


def test_a_bill_of_another_patient_is_told_apart_and_his_own_are_numbered(
    site: Store, actor: Actor, clerk: Clerk
) -> None:
    ids = given.bills(site, actor, {"K1": 10, "K2": 20})
    given.bills(site, actor, {"K9": 90}, patient="DEMOVET,BRAVO")
    given.bills(site, actor, {"K7": 70}, patient="DEMOVET,CHARLIE")
    claims = [given.Claim("K1", 10, 10, patient="DEMOVET,BRAVO"), given.Claim("K99", 5, 5, patient="")]
    number = given.era(site, actor, trace="T1", claims=claims)

    def of_another(text: str, bill: int | None, *eeobs: str) -> bool:
        with site.reading() as session:
            (found,) = find_claim_of_era(session, text, number, bill, eeobs)
            return found.of_another

    # The patient is the one of the bill, and whom the payer names.
    assert [of_another(text, ids["K1"], "1") for text in ("K2", "K9", "K7")] == [False, False, True]
    assert [of_another(text, ids["K1"]) for text in ("K2", "K9")] == [False, True]
    # Nobody says whose it is: there is no other patient.
    assert not of_another("K7", None)
    with site.reading() as session:
        (second,) = find_claim_of_era(session, " #2 ", number, ids["K1"], ("1",))
        assert (second.number, second.place) == ("K2", 2)
        for text in ("#0", "#3"):
            with pytest.raises(Refused, match="HAS NO BILL #"):
                find_claim_of_era(session, text, number, ids["K1"], ("1",))
        assert find_claim_of_era(session, "K77", number, ids["K1"], ("1",)) == []
        places = [choice.place for choice in bills_for_era(session, number, ids["K1"], 0, 9)]
        assert places == [1, 2, None, None]


def test_a_patient_on_file_twice_is_one_patient(site: Store, actor: Actor, clerk: Clerk) -> None:
    ids = given.bills(site, actor, {"K9": 90, "K8": 80}, patient="DEMOVET,BRAVO")
    given.bills(site, actor, {"K1": 10, "K2": 20})
    # By a file without his date of birth and his member number.
    ids["K7"] = given.bill(site, actor, "K7", 70, balance=70, patient="DEMOVET,BRAVO")
    with site.writing() as session:
        patients = {number: session.get_one(Bill, ids[number]).patient_id for number in ids}
        assert patients["K7"] != patients["K9"] == patients["K8"]
        other = Patient(name="DEMOVET,BRAVO", member_id="X1", last_four="X1", birth_date="1950-01-01")
        session.add(other)
        session.flush()
        session.get_one(Bill, ids["K8"]).patient_id = other.id
    number = given.era(site, actor, trace="T1", claims=[("K1", 10, 10)])
    with site.reading() as session:
        for bill, wanted in (("K9", ["K7", "K9", "K1", "K2", "K8"]), ("K7", ["K7", "K8", "K9", "K1", "K2"])):
            listed = bills_for_era(session, number, ids[bill], 0, 20)
            assert [choice.number for choice in listed] == wanted
            pages = [bills_for_era(session, number, ids[bill], at, 2) for at in (0, 2, 4)]
            assert [choice for page in pages for choice in page] == listed


def test_without_a_bill_the_patient_is_who_the_eeob_names(site: Store, actor: Actor, clerk: Clerk) -> None:
    given.bills(site, actor, {"K1": 10, "K2": 20})
    given.bills(site, actor, {"K8": 80, "K9": 90}, patient="DEMOVET,BRAVO")
    claims = [given.Claim("K1", 10, 10), given.Claim("K99", 5, 5, patient="DEMOVET,BRAVO")]
    number = given.era(site, actor, trace="T1", claims=claims)

    def listed(*eeobs: str) -> list[str]:
        with site.reading() as session:
            return [choice.number for choice in bills_for_era(session, number, None, 0, 20, eeobs=eeobs)]

    assert listed("2") == ["K8", "K9", "K1", "K2"]
    assert listed("1") == listed("ADJ1") == listed() == ["K1", "K2", "K8", "K9"]


def test_a_receipt_lists_the_bills_of_its_payers(site: Store, actor: Actor, clerk: Clerk) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 50})
    given.bills(site, actor, {"P1": 1}, payer=PRAIRIE)
    number = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 80)], eft_amount=80)
    clerk.opens(number)
    receipt = clerk.creates_receipt(number)
    with site.reading() as session:
        assert [bill.number for bill in bills_for_receipt(session, receipt, 0, 20)] == ["K1", "K2"]
    clerk.adds_payment(receipt, "P1", "1.00")
    with site.reading() as session:
        assert [bill.number for bill in bills_for_receipt(session, receipt, 0, 20)] == ["K1", "K2", "P1"]
        # A receipt that nothing is known of yet offers what there is.
        assert len(bills_for_receipt(session, "NONE", 0, 20)) == 3
