"""What a test begins with, said as a site would: bills, remittances and EFTs, as small real files.

Every amount is dollars, as text or whole number; each file goes through the same intake as any other.

    given.bills(store, actor, {"K1": 100, "K2": 50})
    era = given.era(store, actor, trace="T1", claims=[("K1", 100, 80), given.taken_back("K2", 50, 14)])
    eft = given.eft(store, actor, trace="T1", amount=66)
    given.night(store)
"""

import datetime
import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from models.bills import Bill
from models.efts import Eft
from models.store import Store
from models.users import User
from models.words.intake import Outcome
from models.words.money import money
from services.bank.write_nacha import NachaWriter, Payment, PaymentBatch
from services.generator.acknowledgement_277 import VERSION as ACKNOWLEDGED
from services.generator.acknowledgement_277 import write_acknowledgement
from services.generator.billing_837 import PROFESSIONAL, write_claims
from services.generator.eft_ach import write_eft
from services.generator.fictions import PAYERS, demo_site
from services.generator.remittance_835 import VERSION, write_remittance
from services.generator.scenario import (
    PaymentMethod,
    ScenarioAdjustment,
    ScenarioClaim,
    ScenarioLine,
    ScenarioPatient,
    ScenarioPayer,
    ScenarioPlb,
    ScenarioRemittance,
)
from services.intake.importing import import_stream
from services.intake.report import FileReport
from services.night.job import Nightly, run_nightly
from services.office.actor import Actor, sign_on
from services.office.clock import site_of
from services.x12.writing import InterchangeWriter

Dollars = str | int | Decimal

SITE = demo_site("442")
BLUE_RIVER = "BLUE RIVER HEALTH PLAN"

#: When the tests' remittances are paid: two days before the tests' clock.
PAID_ON = datetime.date(2012, 7, 20)

#: When the patients of the tests were seen.
SEEN_ON = datetime.date(2012, 6, 4)


class Claim(NamedTuple):
    """One claim of a remittance; `status` is CLP02 (1 primary, 4 denied, 22 reversal)."""

    bill: str
    charge: Dollars
    paid: Dollars
    status: str = "1"
    patient: str = "DEMOVET,ALPHA"


class Plb(NamedTuple):
    """One provider adjustment in X12's sign: what is positive lowers the payment."""

    code: str
    reference: str
    amount: Dollars


def taken_back(bill: str, charge: Dollars, paid: Dollars, patient: str = "DEMOVET,ALPHA") -> Claim:
    """A reversal (CLP02 22) of what was paid for a claim earlier; both amounts as they were then."""
    return Claim(bill, -dollars(charge), -dollars(paid), "22", patient)


def dollars(amount: Dollars) -> Decimal:
    """An amount as money."""
    return money(str(amount))


def payer_named(name: str) -> ScenarioPayer:
    """An invented payer by its name."""
    return next(payer for payer in PAYERS if payer.name == name)


def bills(
    store: Store,
    actor: Actor,
    charges: Mapping[str, Dollars],
    *,
    payer: str = BLUE_RIVER,
    patient: str = "DEMOVET,ALPHA",
) -> dict[str, int]:
    """Bills by an 837P, ACTIVE at once where the site audits them; gives their ids by number."""
    brought(store, actor, "bills.837", io.BytesIO(claims_file(charges, payer=payer, patient=patient)))
    with store.reading() as session:
        found = session.execute(select(Bill.number, Bill.id).where(Bill.number.in_(charges)))
        return {row.number: row.id for row in found}


def bill(
    store: Store, actor: Actor, number: str, charge: Dollars, *, balance: Dollars | None = None, **of: str
) -> int:
    """One bill; with `balance` it is an old one of which only that much is still owed."""
    if balance is None:
        return bills(store, actor, {number: charge}, **of)[number]
    payer, patient = payer_named(of.get("payer", BLUE_RIVER)), of.get("patient", "DEMOVET,ALPHA")
    heading = "bill_number,patient_name,payer_name,payer_id,service_from,charge,balance"
    row = f'{number},"{patient}",{payer.name},{payer.identifier},{SEEN_ON},{charge},{balance}'
    brought(store, actor, "bills.csv", io.BytesIO(f"{heading}\n{row}\n".encode()))
    with store.reading() as session:
        return session.scalars(select(Bill.id).where(Bill.number == number)).one()


def claims_file(
    charges: Mapping[str, Dollars], *, payer: str = BLUE_RIVER, patient: str = "DEMOVET,ALPHA"
) -> bytes:
    """An 837P of these claims, to be spoilt or imported."""
    stream = io.BytesIO()
    with _interchange(stream, "HC", PROFESSIONAL) as out:
        claims = [_claim(Claim(number, charge, 0, patient=patient)) for number, charge in charges.items()]
        write_claims(
            out, SITE, payer_named(payer), claims, day=SEEN_ON, reference="GIVEN", institutional=False
        )
    return stream.getvalue()


def acknowledgement_file(*claims: str, says: str = "A2") -> bytes:
    """A 277CA whose payer says the same of each claim: `A2` accepted, `A1` received, `A3` rejected."""
    stream = io.BytesIO()
    with _interchange(stream, "HN", ACKNOWLEDGED) as out:
        sent = [_claim(Claim(number, 100, 0)) for number in claims]
        write_acknowledgement(out, SITE, payer_named(BLUE_RIVER), sent, day=PAID_ON, reference="GIVEN")
    action = b"U" if says == "A3" else b"WQ"
    accepted, said = b"STC*A2:20:PR*20120720*WQ*", b"STC*%s:20:PR*20120720*%s*" % (says.encode(), action)
    assert stream.getvalue().count(accepted) == len(claims)
    return stream.getvalue().replace(accepted, said)


def acknowledged(store: Store, actor: Actor, *claims: str, says: str = "A2") -> FileReport:
    """Imports a 277CA and gives the report, whatever became of it."""
    return import_stream(store, actor, f"{says}.277", io.BytesIO(acknowledgement_file(*claims, says=says)))


def era(
    store: Store,
    actor: Actor,
    *,
    trace: str,
    claims: Sequence[Claim | tuple[str, Dollars, Dollars]],
    plbs: Sequence[Plb | tuple[str, str, Dollars]] = (),
    payer: str = BLUE_RIVER,
    method: str = "ACH",
    date: datetime.date = PAID_ON,
) -> int:
    """An ERA by an 835; gives its number. A remittance of 0.00 is paid by NON whatever the method."""
    report = remittance(
        store, actor, trace=trace, claims=claims, plbs=plbs, payer=payer, method=method, date=date
    )
    assert report.outcome is Outcome.FILED, report
    number = report.sets[0].era
    assert number is not None
    return number


def remittance(
    store: Store,
    actor: Actor,
    *,
    trace: str,
    claims: Sequence[Claim | tuple[str, Dollars, Dollars]],
    plbs: Sequence[Plb | tuple[str, str, Dollars]] = (),
    payer: str = BLUE_RIVER,
    method: str = "ACH",
    date: datetime.date = PAID_ON,
) -> FileReport:
    """Imports an 835 and gives the report, whatever became of it."""
    scenario = ScenarioRemittance(
        payer=payer_named(payer),
        trace=trace,
        date=date,
        claims=tuple(_claim(Claim(*claim)) for claim in claims),
        method=PaymentMethod(method),
        plbs=tuple(
            ScenarioPlb(code, reference, cents(amount)) for code, reference, amount in (Plb(*p) for p in plbs)
        ),
    ).settled()
    stream = io.BytesIO()
    with _interchange(stream, "HP", VERSION) as out:
        write_remittance(out, SITE, scenario)
    stream.seek(0)
    return import_stream(store, actor, f"{trace}.835", stream)


def remittance_file(*remittances: tuple[str, Sequence[Claim | tuple[str, Dollars, Dollars]]]) -> bytes:
    """A file with a set for each remittance, given by its trace and claims, to be spoilt or imported."""
    stream = io.BytesIO()
    with _interchange(stream, "HP", VERSION) as out:
        for trace, claims in remittances:
            paid = tuple(_claim(Claim(*claim)) for claim in claims)
            write_remittance(
                out, SITE, ScenarioRemittance(payer_named(BLUE_RIVER), trace, PAID_ON, paid).settled()
            )
    return stream.getvalue()


def eft(
    store: Store,
    actor: Actor,
    *,
    trace: str,
    amount: Dollars,
    payer: str = BLUE_RIVER,
    date: datetime.date = PAID_ON,
) -> int:
    """An EFT by a CCD+ file of its own; gives its number. The night job has still to record it."""
    stream = io.BytesIO(eft_file(trace=trace, amount=amount, payer=payer, date=date))
    brought(store, actor, f"{trace}.ach", stream)
    with store.reading() as session:
        newest = select(Eft.id).where(Eft.trace == trace).order_by(Eft.id.desc())
        return next(iter(session.scalars(newest)))


def eft_file(*, trace: str, amount: Dollars, payer: str = BLUE_RIVER, date: datetime.date = PAID_ON) -> bytes:
    """A CCD+ file of one EFT."""
    bank = replace(payer_named(payer), odfi=_bank_of(trace))
    paid = ScenarioRemittance(bank, trace, date, (), eft_cents=cents(amount))
    stream = io.BytesIO()
    with _bank_file(stream, date) as out:
        write_eft(out, SITE, paid)
    return stream.getvalue()


def _bank_of(trace: str) -> str:
    """Each trace comes from a bank of its own, so that no two EFTs have the same ACH trace."""
    return f"9999{zlib.crc32(trace.encode()) % 10_000:04d}"


def _bank_file(stream: io.BytesIO, date: datetime.date) -> NachaWriter:
    return NachaWriter(
        stream,
        destination=SITE.routing,
        destination_name="DEMO TREASURY BANK",
        origin="999900001",
        origin_name="DEMO CLEARING BANK",
        created=date,
    )


def reversal(
    store: Store,
    actor: Actor,
    *,
    trace: str,
    amount: Dollars,
    payer: str = BLUE_RIVER,
    date: datetime.date = PAID_ON,
) -> FileReport:
    """Imports the bank's debit of a batch REVERSAL that takes back the EFT of `eft`; gives the report."""
    payer_of, bank = payer_named(payer), _bank_of(trace)
    batch = PaymentBatch(payer_of.short_name, payer_of.company_id, "CCD", "REVERSAL", date, bank)
    addenda = f"TRN*1*{trace}*{payer_of.company_id}\\"
    debit = Payment("27", SITE.routing, SITE.account, cents(amount), SITE.name[:22], addenda)
    stream = io.BytesIO()
    with _bank_file(stream, date) as out:
        out.batch(batch, [debit])
    stream.seek(0)
    return import_stream(store, actor, f"{trace}-reversal.ach", stream)


def night(store: Store, date: datetime.date | None = None) -> Nightly:
    """The night job, started by the site's first user: records the deposits and matches. A test's clock is right."""
    with store.reading() as session:
        first = session.scalars(select(User.login).where(~User.system).order_by(User.id)).first()
        assert first is not None
        actor = sign_on(session, first)
    return run_nightly(store, actor, date, date_is_right=True)


def matched_era(
    store: Store,
    actor: Actor,
    *,
    trace: str,
    claims: Sequence[Claim | tuple[str, Dollars, Dollars]],
    plbs: Sequence[Plb | tuple[str, str, Dollars]] = (),
    eft_amount: Dollars,
) -> int:
    """An ERA with its EFT, recorded and matched, at once with errors where the totals differ, as in VistA."""
    matches_at_once(store)
    number = era(store, actor, trace=trace, claims=claims, plbs=plbs)
    eft(store, actor, trace=trace, amount=eft_amount)
    night(store)
    return number


def matches_at_once(store: Store) -> None:
    """The site matches as VistA does: neither dates nor nights count where totals differ."""
    with store.writing() as session:
        site_of(session).match_window_days = 0


def brought(store: Store, actor: Actor, name: str, stream: io.BytesIO) -> FileReport:
    """Imports a file that has to be filed."""
    stream.seek(0)
    report = import_stream(store, actor, name, stream)
    assert report.outcome is Outcome.FILED, report
    return report


def cents(amount: Dollars) -> int:
    """An amount in whole cents, as the generator counts."""
    return int(dollars(amount) * 100)


def _claim(claim: Claim) -> ScenarioClaim:
    """A claim of one line, whose CO-45 bears what was not paid."""
    charge, paid = cents(claim.charge), cents(claim.paid)
    last, _, first = claim.patient.partition(",")
    unpaid = (ScenarioAdjustment("CO", "45", charge - paid),) if charge != paid else ()
    return ScenarioClaim(
        bill=claim.bill,
        patient=ScenarioPatient(last, first, "DEMO00000001", datetime.date(1950, 1, 1), "M"),
        lines=(ScenarioLine("99213", charge, paid, unpaid, SEEN_ON),),
        payer_control=f"P{claim.bill}",
        status=claim.status,
    )


def _interchange(stream: io.BytesIO, functional: str, version: str) -> InterchangeWriter:
    return InterchangeWriter(
        stream,
        functional=functional,
        version=version,
        sender="DEMOCLEARING",
        receiver="SITE442",
        written=PAID_ON,
        control=1,
    )
