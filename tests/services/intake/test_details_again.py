"""The upgrade of an older store keeps what its remittances say, read again from their text; money stays as filed."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.base import Base
from models.eras import (
    Eeob,
    EeobAmount,
    EeobLine,
    EeobReference,
    Era,
    EraParty,
    EraReference,
    ProviderAdjustment,
)
from models.messages import Bulletin, StoredFinding
from models.store import Store
from models.upgrading import upgrade
from services.intake.eeob_rows import EeobRows
from services.intake.reading_again import after_upgrade
from services.office.actor import Actor
from tests import given, ledger, older
from tests.services.intake.test_eeob_rows import HEADER
from tests.services.x12.files import interchange
from tests.services.x12.test_fast_claims import ALL_DIFFERENT

#: How a release before left it: no suffix in names, absent units, days without an end.
AS_BEFORE = (
    "UPDATE eeob_line SET units = ''",
    "UPDATE eeob SET patient_name = 'DOE,JANE', service_to = NULL, corrected_name = ',C'",
    "DELETE FROM remark WHERE line = 0",
)
BODY = [*HEADER, *ALL_DIFFERENT, "PLB*1234567893*20241231*WO:ICN9*0"]
BODY[BODY.index("NM1*QC*1*DOE*JANE****MI*M1")] = "NM1*QC*1*DOE*JANE*Q**JR*MI*M1"
TABLES = (*EeobRows.DETAIL, Eeob, Era, EraParty, EraReference, ProviderAdjustment)


def rows(store: Store, table: type[Base]) -> list[Any]:
    columns = table.__table__.columns
    with store.reading() as session:
        return list(session.execute(select(*columns).order_by(*table.__table__.primary_key)).all())


@pytest.fixture
def upgraded(site: Store, actor: Actor, tmp_path: Path) -> Callable[..., Any]:
    """Brings these files into a store, makes one of the first release of it with these changes, and upgrades that."""
    if not site.sqlite:
        pytest.skip("the store of the release before is a SQLite file")

    @contextmanager
    def bring_up(files: list[bytes], *changes: str) -> Iterator[Store]:
        for number, file in enumerate(files):
            given.brought(site, actor, f"{number}.835", io.BytesIO(file))
        with older.copy_of(site, "0002", tmp_path / "old.sqlite3", *changes) as store:
            upgrade(store, tmp_path, after_upgrade)
            yield store

    return bring_up


def test_an_upgraded_store_holds_what_a_new_one_would(
    upgraded: Callable[..., Any], site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 301})
    again = interchange(BODY).replace(b"TRACE1", b"TRACE2")
    with upgraded([interchange(BODY), again], *AS_BEFORE) as store:
        for table in TABLES:
            assert rows(store, table) == rows(site, table), table.__tablename__
        assert rows(store, Eeob)[0].patient_name == "DOE,JANE Q JR"
        assert [row.twin_era_id for row in rows(store, Eeob)] == [None, 1]
        assert {row.era_id for row in rows(store, EeobLine)} == {1}
        assert rows(store, StoredFinding) == rows(site, StoredFinding)
        ledger.assert_clean(store)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE eeob SET paid = 0", "the payment of claim K1 is 151.00; 0.00 was filed."),
        ("UPDATE eeob SET charge = 100", "the charge of claim K1 is 301.00; 1.00 was filed."),
        ("UPDATE eeob SET reversal = 1", "the status of claim K1 is no reversal; a reversal was filed."),
        ("UPDATE eeob SET claim = 'K2'", "the number of claim K1 is K1; K2 was filed."),
        ("UPDATE era SET eeob_count = 2", "it holds 1 claims, and 2 were filed."),
    ],
)
def test_where_the_text_says_other_money_the_era_stays_and_somebody_is_told(
    upgraded: Callable[..., Any], site: Store, actor: Actor, change: str, told: str
) -> None:
    given.bills(site, actor, {"K1": 301})
    with upgraded([interchange(BODY)], *AS_BEFORE, change) as store:
        assert rows(store, EeobReference) == rows(store, EraParty) == []
        assert [row.units for row in rows(store, EeobLine)] == ["", ""]
        # What there was is kept.
        assert {row.qualifier for row in rows(store, EeobAmount)} == {
            "AU",
            "MOA01",
            "CLP12",
            "CLP13",
            "QTYCA",
            "QTYZK",
        }
        assert f"says otherwise: {told} The ERA stays" in rows(store, StoredFinding)[-1].text
        assert rows(store, Bulletin)[-1].subject == "EDI LBOX - ERA READ OTHERWISE"


def test_blanks_that_a_release_before_kept_around_a_number_are_no_other_claim(
    upgraded: Callable[..., Any], site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 301})
    with upgraded([interchange(BODY)], "UPDATE eeob SET claim = 'K1  '") as store:
        assert [row.value for row in rows(store, EeobReference)] == ["POLICY", "SITE"]


@pytest.mark.parametrize("change", ["DELETE FROM message_part", "UPDATE message_part SET data = x'00'"])
def test_an_era_whose_text_is_gone_stays_as_it_is(
    upgraded: Callable[..., Any], site: Store, actor: Actor, change: str
) -> None:
    given.bills(site, actor, {"K1": 301})
    with upgraded([interchange(BODY)], *AS_BEFORE, change) as store:
        assert rows(store, EraParty) == []
        assert [row.units for row in rows(store, EeobLine)] == ["", ""]
