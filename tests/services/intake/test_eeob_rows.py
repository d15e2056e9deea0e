"""Rows of EEOBs are written by position: each value stands under its own column, and nothing that was said is lost."""

import datetime
import io
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from models.base import Base
from models.eras import (
    ClaimAdjustment,
    Contact,
    Eeob,
    EeobAmount,
    EeobDay,
    EeobLine,
    EeobParty,
    EeobReference,
    EraParty,
    EraReference,
    ProviderAdjustment,
    Remark,
)
from models.store import Store
from services.office.actor import Actor
from services.remittances.document import EraView, era_show
from tests import given, ledger
from tests.services.x12.files import interchange, remittance
from tests.services.x12.test_fast_claims import ALL_DIFFERENT

BPR = "BPR*I*151*C*CHK******1512345678*SUPPLEMENT*****20240105"
HEADER = (
    *(BPR, "TRN*1*TRACE1*1512345678*ORIGIN", "REF*EV*RECEIVER", "N1*PR*ACME HEALTH*XV*12345"),
    *("N3*1 MAIN ST", "N4*COLUMBUS*OH*43215", "REF*2U*FIRST", "REF*2U*SECOND", "REF*EO*THIRD"),
    *("PER*BL*DESK*TE*8005550100", "N1*PE*SUNRISE CLINIC*XX*1234567893", "N3*2 OAK AVE", "REF*TJ*371234567"),
    *("RDM*EM*JANE*JANE@EXAMPLE.COM", "LX*1", "TS3*PROVIDER*11*20241231*1*301", "TS2*77"),
)


def day(number: int) -> datetime.date:
    return datetime.date(2024, 1, number)


def rows(store: Store, table: type[Base]) -> list[dict[str, Any]]:
    """All rows of a table without the number of the ERA."""
    with store.reading() as session:
        columns, key = table.__table__.columns, table.__table__.primary_key
        found = session.execute(select(*columns).order_by(*key)).mappings()
        return [{name: value for name, value in row.items() if name != "era_id"} for row in found]


def shown(store: Store) -> EraView:
    with store.reading() as session:
        return era_show(session, 1)


@pytest.fixture
def filed(site: Store, actor: Actor) -> Store:
    """A store with one remittance in which no two values are alike."""
    given.bills(site, actor, {"K1": 301})
    body = [*HEADER, *ALL_DIFFERENT, "PLB*1234567893*20241231*WO:ICN9*0"]
    given.brought(site, actor, "one.835", io.BytesIO(interchange(body)))
    return site


def test_each_value_of_an_eeob_stands_under_its_own_column(filed: Store) -> None:
    (eeob,) = rows(filed, Eeob)
    assert eeob.pop("bill_id") is not None
    assert len(eeob.pop("fingerprint")) == 16
    assert eeob == {
        "sequence": 1,
        "claim": "K1",
        "charge": Decimal(301),
        "paid": Decimal(151),
        "patient_responsibility": Decimal(50),
        "status": "2",
        "filing_indicator": "13",
        "payer_control": "ICN2",
        "reversal": False,
        "patient_name": "DOE,JANE",
        "patient_id": "M1",
        "corrected_name": "POE,PAUL",
        "corrected_id": "M3",
        "insured_name": "ROE,RICK",
        "insured_id": "M2",
        "rendering_name": "MOE,MARY",
        "rendering_npi": "1234567893",
        "rendering_person": True,
        "crossover": "CROSSOVER PLAN",
        "service_from": day(1),
        "service_to": day(2),
        "received": day(3),
        "facility": "14",
        "frequency": "5",
        "drg": "396",
        "balanced": False,
        "twin_era_id": None,
        "twin_sequence": None,
        "segment": 19,
    }
    first, second = rows(filed, EeobLine)
    assert first == {
        "eeob_sequence": 1,
        "number": 1,
        "procedure": "99213",
        "modifiers": "25",
        "revenue_code": "0450",
        "units": "4",
        "billed_units": "7",
        "charge": Decimal(202),
        "paid": Decimal(111),
        "allowed": Decimal(161),
        "original_procedure": "HC:99214",
        "service_from": day(5),
        "service_to": day(6),
        "control_number": "LINE1",
    }
    assert (second["units"], second["billed_units"], second["allowed"]) == ("1", "", None)


def test_whatever_else_a_claim_says_is_kept(filed: Store) -> None:
    def told(table: type[Base], *names: str) -> list[tuple[Any, ...]]:
        return [tuple(row[name] for name in names) for row in rows(filed, table)]

    assert told(EeobAmount, "line", "number", "qualifier", "value") == [
        (0, 1, "AU", "251.00"),
        (0, 2, "MOA01", "0.75"),
        (0, 3, "CLP12", "1.25"),
        (0, 4, "CLP13", "0.5"),
        (0, 5, "QTYCA", "3"),
        (1, 1, "QTYZK", "6"),
    ]
    assert told(EeobReference, "line", "number", "qualifier", "value") == [
        (0, 1, "1L", "POLICY"),
        (1, 1, "LU", "SITE"),
    ]
    assert told(EeobDay, "line", "number", "qualifier", "day") == [
        (0, 1, "036", day(4)),
        (0, 2, "009", day(8)),
        (1, 1, "009", day(9)),
    ]
    assert told(EeobParty, "number", "entity", "person", "name", "qualifier", "identifier") == [
        (1, "TT", False, "CROSSOVER PLAN", "PI", "M4"),
        (2, "PR", False, "PRIORITY PLAN", "PI", "M5"),
        (3, "GB", True, "LOE,LISA", "MI", "M6"),
        (4, "QD", True, "DAY,DORA", "", ""),
    ]
    assert told(Remark, "line", "number", "qualifier", "code") == [
        (0, 1, "HE", "MA18"),
        (0, 2, "HE", "N29"),
        (1, 1, "HE", "N130"),
    ]
    assert told(ClaimAdjustment, "line", "number", "adjustment_group", "code", "amount", "quantity") == [
        (0, 1, "OA", "23", Decimal(21), ""),
        (1, 1, "CO", "45", Decimal(41), ""),
        (1, 2, "PR", "1", Decimal(50), ""),
        (2, 1, "CO", "97", Decimal(59), ""),
    ]
    assert told(Contact, "eeob_sequence", "number", "name", "kind", "value") == [
        (0, 1, "DESK", "TE", "8005550100"),
        (1, 1, "HELP", "TE", "8005550100"),
    ]


def test_the_names_and_numbers_of_the_header_are_kept(filed: Store) -> None:
    assert rows(filed, EraParty) == [
        {
            "entity": "PE",
            "name": "SUNRISE CLINIC",
            "qualifier": "XX",
            "identifier": "1234567893",
            "address": "2 OAK AVE",
        },
        {
            "entity": "PR",
            "name": "ACME HEALTH",
            "qualifier": "XV",
            "identifier": "12345",
            "address": "1 MAIN ST\nCOLUMBUS, OH 43215",
        },
    ]
    assert [(row["entity"], row["qualifier"], row["value"]) for row in rows(filed, EraReference)] == [
        ("PR", "BPR10", "1512345678"),
        ("PR", "BPR11", "SUPPLEMENT"),
        ("PR", "TRN04", "ORIGIN"),
        ("", "EV", "RECEIVER"),
        ("", "RDM01", "EM"),
        ("", "RDM02", "JANE"),
        ("", "RDM03", "JANE@EXAMPLE.COM"),
        ("PR", "2U", "FIRST"),
        ("PR", "2U", "SECOND"),
        ("PR", "EO", "THIRD"),
        ("PE", "TJ", "371234567"),
        ("", "TS301", "PROVIDER"),
        ("", "TS302", "11"),
        ("", "TS303", "20241231"),
        ("", "TS304", "1"),
        ("", "TS305", "301"),
        ("", "TS201", "77"),
    ]
    assert [row["fiscal_date"] for row in rows(filed, ProviderAdjustment)] == [datetime.date(2024, 12, 31)]
    ledger.assert_clean(filed)


def test_an_era_shows_what_is_kept(filed: Store) -> None:
    era = shown(filed)
    (eeob,) = era.eeobs
    assert [party.entity for party in era.parties] == ["PR", "PE"]
    assert era.parties[0].address == ("1 MAIN ST", "COLUMBUS, OH 43215")
    assert ("PR", "2U", "SECOND") in [(each.entity, each.qualifier, each.value) for each in era.references]
    assert [party.id for party in eeob.parties] == ["M4", "M5", "M6", None]
    assert [amount.qualifier for amount in eeob.amounts] == ["AU", "MOA01", "CLP12", "CLP13", "QTYCA"]
    assert [reference.value for reference in eeob.references] == ["POLICY"]
    assert [reference.value for reference in eeob.lines[0].references] == ["SITE"]
    assert (eeob.lines[0].units, eeob.lines[0].billed_units) == ("4", "7")
    assert eeob.remarks == ("MA18", "N29")


def test_several_of_one_kind_are_all_kept(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    claim = ["CLP*K1*4*100*0**12*I", "CAS*CO*16*100", "AMT*AU*50", "AMT*AU*60", "REF*F8*OLD1", "REF*F8*OLD2"]
    line = [
        "SVC*HC:1*100*100",
        "AMT*B6*7",
        "AMT*B6*8",
        "AMT*KH*9",
        "REF*6R*A",
        "REF*6R*B",
        "QTY*ZK*1",
        "QTY*ZL*2",
    ]
    claim[0], claim[1] = "CLP*K1*1*100*100**12*I", "LQ*HE*N1"
    given.brought(site, actor, "one.835", io.BytesIO(remittance(*claim, *line)))
    (eeob,) = shown(site).eeobs
    assert [(each.qualifier, each.value) for each in eeob.amounts] == [("AU", "50.00"), ("AU", "60.00")]
    assert [(each.qualifier, each.value) for each in eeob.references] == [("F8", "OLD1"), ("F8", "OLD2")]
    (shown_line,) = eeob.lines
    assert shown_line.allowed == Decimal(7)
    assert [(each.qualifier, each.value) for each in shown_line.amounts] == [
        ("B6", "8.00"),
        ("KH", "9.00"),
        ("QTYZK", "1"),
        ("QTYZL", "2"),
    ]
    assert [(each.qualifier, each.value) for each in shown_line.references] == [("6R", "B")]


@pytest.mark.parametrize(
    ("days", "served"),
    [
        (["DTM*232*20240101"], (day(1), day(1))),
        (["DTM*232*20240101", "DTM*233*20240103"], (day(1), day(3))),
        (["DTM*233*20240103"], (day(3), day(3))),
        (["DTM*233*20240109", "SVC*HC:1*100*100", "DTM*472*20240104"], (day(4), day(4))),
        ([], (None, None)),
    ],
)
def test_an_eeob_has_the_days_of_its_claim_or_its_lines(
    site: Store, actor: Actor, days: list[str], served: tuple[datetime.date | None, datetime.date | None]
) -> None:
    given.bills(site, actor, {"K1": 100})
    given.brought(site, actor, "one.835", io.BytesIO(remittance("CLP*K1*1*100*100**12*I", *days)))
    (eeob,) = shown(site).eeobs
    assert (eeob.service_from, eeob.service_to) == served
