"""Marking entries as verified by hand, beside what their bills say (behaviour 1.1.6, 3.3, 7.7)."""

import dataclasses
import datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.store import Store
from models.words.acts import Act
from models.words.scratchpad import LineKey
from services.errors import InUse, MissingKey, Refused
from services.office import leases
from services.office.actor import Actor
from services.receipts.creating import create_receipt
from services.scratchpad.acts import create_pad, refresh
from services.scratchpad.document import pad_document
from services.scratchpad.line_acts import split
from services.scratchpad.splitting import SplitRow
from services.scratchpad.stored import PAD_CHANGED
from services.scratchpad.verification import Compared, Told, differences
from services.scratchpad.verifying import ALREADY_VERIFIED, Comparison, find_unverified, verify
from tests import given
from tests.clerk import Clerk
from tests.ledger import assert_clean
from tests.tampering import places


def _pad(site: Store, actor: Actor) -> int:
    """Three claims of which the first agrees with its bill, the second in all but the name, the third has none."""
    given.bills(site, actor, {"K1": 100}, patient="DEMOVET,ALPHA")
    given.bills(site, actor, {"K2": 100}, patient="SMITHSON,JOHN")
    era = given.matched_era(
        site,
        actor,
        trace="T1",
        claims=[
            given.Claim("K1", 100, 60),
            given.Claim("K2", 100, 40, patient="SMYTHE,JOHN"),
            given.Claim("K99ZZ01", 20, 10, patient="DEMOVET,ECHO"),
        ],
        plbs=[("WO", "R1", 5)],
        eft_amount=105,
    )
    with site.writing() as session:
        create_pad(session, actor, era)
    return era


def _waiting(site: Store, era: int) -> tuple[Comparison, ...]:
    with site.reading() as session:
        return find_unverified(session, era).entries


def _marks(site: Store, era: int) -> list[tuple[bool, str | None]]:
    with site.reading() as session:
        return [(entry.verified, entry.verified_by) for entry in pad_document(session, era).entries]


def test_bill_and_eeob_are_compared_in_three_things() -> None:
    day = datetime.date
    bill = Told("SMITHSON,JOHN", Decimal(500), day(2012, 3, 1), day(2012, 3, 5))
    for patient, amount, first, last, differing in (
        ("SMITHSEN,J", "500", day(2012, 3, 3), day(2012, 3, 3), ()),
        ("SMITHSEN,J", "500", day(2012, 2, 28), day(2012, 3, 2), ()),
        ("SMITHSEN,J", "500", None, None, ()),
        ("SMITHSEN,J", "500", day(2012, 2, 28), day(2012, 2, 28), ("service dates",)),
        ("smithson,J", "499.99", day(2012, 3, 1), None, ("patient name", "submitted amount")),
    ):
        assert differences(bill, Told(patient, Decimal(amount), first, last)) == differing


def test_what_is_not_verified_stands_beside_its_bill(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    named, unknown = _waiting(site, era)
    assert (named.entry, named.sequences, named.claim) == (3, ("2",), "K2")
    assert named.eeob is not None and named.bill is not None
    assert (named.eeob.patient, named.bill.patient) == ("SMYTHE,JOHN", "SMITHSON,JOHN")
    assert named.differs == (Compared.NAME,)
    assert named.bill_payer == named.eeob_payer == given.BLUE_RIVER
    assert (unknown.bill, unknown.differs, unknown.agrees) == (None, (), False)
    assert unknown.eeob is not None and unknown.eeob.patient == "DEMOVET,ECHO"


def test_a_line_marked_by_hand_is_verified_and_says_by_whom(site: Store, actor: Actor, clerk: Clerk) -> None:
    era = _pad(site, actor)
    with site.writing() as session:
        verify(session, actor, era, 3, sequences=("2",))
    assert _marks(site, era) == [(False, None), (True, None), (True, actor.name), (False, None)]
    assert [found.entry for found in _waiting(site, era)] == [4]
    with site.reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.sequence.desc())).first()
        assert event is not None
        assert (event.act, event.object) == (Act.LINE_VERIFIED, f"ERA {era} entry 3")
        assert event.detail == "differs in patient name"
    for entry in (2, 3):
        with clerk.refused(ALREADY_VERIFIED), site.writing() as session:
            verify(session, actor, era, entry)
    with clerk.refused("THERE IS NO ENTRY 9"), site.writing() as session:
        verify(session, actor, era, 9)
    with clerk.refused(PAD_CHANGED), site.writing() as session:
        verify(session, actor, era, 4, sequences=("2",))
    assert_clean(site)


def test_refresh_forgets_what_was_marked_by_hand_and_keeps_what_agrees(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    with site.writing() as session:
        verify(session, actor, era, 3)
        verify(session, actor, era, 1)
    with site.writing() as session:
        refresh(session, actor, era)
    assert _marks(site, era) == [(False, None), (True, None), (False, None), (False, None)]
    assert_clean(site)


def test_a_split_entry_is_compared_as_the_payer_sent_it(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    rows = [
        SplitRow("K2", None, Decimal(30), Decimal(0)),
        SplitRow("K99ZZ02", None, Decimal(10), Decimal(0)),
    ]
    with site.writing() as session:
        split(session, actor, LineKey(era, 3, 1), rows, unknown_claims=True)
    named, _ = _waiting(site, era)
    assert named.claim == "K2"
    assert named.bill is not None and named.bill.amount == 100
    assert [(part.claim, part.in_ar, part.payment) for part in named.parts] == [
        ("K2", True, Decimal(30)),
        ("K99ZZ02", False, Decimal(10)),
    ]


def test_it_takes_the_clerks_key_and_the_lease_until_there_is_a_receipt(
    site: Store, actor: Actor, clerk: Clerk
) -> None:
    given.bills(site, actor, {"K2": 100}, patient="SMITHSON,JOHN")
    claims = [given.Claim("K2", 100, 40, patient="SMYTHE,JOHN")]
    era = given.matched_era(site, actor, trace="T1", claims=claims, eft_amount=40)
    reader = dataclasses.replace(actor, keys=frozenset())
    other = dataclasses.replace(actor, desk="another")
    with clerk.refused("NO WORKLIST SCRATCH PAD ENTRY EXISTS"), site.writing() as session:
        verify(session, actor, era, 1)
    with site.writing() as session:
        create_pad(session, actor, era)
    with pytest.raises(MissingKey), site.writing() as session:
        verify(session, reader, era, 1)
    with pytest.raises(InUse), site.writing() as session:
        verify(session, other, era, 1)
    with site.writing() as session:
        create_receipt(session, actor, era)
        leases.give_back_all(session, actor)
    with site.writing() as session:
        verify(session, other, era, 1)
    assert _marks(site, era) == [(True, actor.name)]
    assert_clean(site)


def test_a_pad_with_a_mark_is_not_laid_out_anew_when_its_bill_comes(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K9": 100})
    claims = [("K1", 100, 60), ("K2", 100, 40), ("K9", 100, 0)]
    era = given.matched_era(site, actor, trace="T1", claims=claims, eft_amount=100)
    with site.writing() as session:
        create_pad(session, actor, era)
    with site.writing() as session:
        verify(session, actor, era, 1)
    given.bills(site, actor, {"K1": 100, "K2": 100})
    assert _marks(site, era) == [(True, actor.name), (False, None), (True, None)]
    (late,) = _waiting(site, era)
    assert late.agrees


def test_a_mark_whose_entry_is_not_verified_is_named(site: Store, actor: Actor) -> None:
    era = _pad(site, actor)
    with site.writing() as session:
        verify(session, actor, era, 3)
    assert places(site, "UPDATE scratchpad_entry SET verified = FALSE WHERE number = 3") == {
        ("entry-verified", f"ERA {era} entry 3")
    }


def test_an_era_without_a_pad_has_no_report(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = given.era(site, actor, trace="T1", claims=[("K1", 100, 60)])
    with site.reading() as session, pytest.raises(Refused, match="NO WORKLIST SCRATCH PAD"):
        find_unverified(session, era)
