"""A second reader of 835 files, oxedi, finds the same claims, lines and money to the cent."""

from decimal import Decimal
from pathlib import Path

import pytest

from services.x12.read_835 import read_835
from services.x12.remittance import ProviderLevelAdjustment, RemittanceClaim
from services.x12.segments import read_sets
from tests.services.x12.files import samples

oxedi = pytest.importorskip("oxedi")

OPEN = [
    pytest.param(path, id=path.name)
    for path, row in samples("835")
    if row["balances"] == "yes" and row["n_isa"] != "0"
]


def column(tables: object, table: str, name: str) -> list[Decimal]:
    """One column of amounts of a table of the other reader, as its text shows it; empty cells are nothing."""
    _, names, *rows = tables[table].render().rstrip().split("\n")  # type: ignore[index]  # oxedi has no types
    at = [one.split(":")[0].strip() for one in names.split("|")].index(name)
    cells = [row.split(" | ")[at].strip() for row in rows if row]
    return [Decimal(0) if cell == "∅" else Decimal(cell) for cell in cells]


@pytest.mark.parametrize("path", OPEN)
def test_both_readers_find_the_same_money(path: Path) -> None:
    claims: list[RemittanceClaim] = []
    taken: list[Decimal] = []
    with path.open("rb") as stream:
        for opened in read_sets(stream, []):
            for part in read_835(opened):
                if isinstance(part, RemittanceClaim):
                    claims.append(part)
                elif isinstance(part, ProviderLevelAdjustment):
                    taken.append(part.amount)
    other = oxedi.parse_file(str(path)).tables
    lines = [line for claim in claims for line in claim.lines]
    reasons: list[Decimal] = []
    for claim in claims:
        reasons += [adjustment.amount for adjustment in claim.adjustments]
        for line in claim.lines:
            reasons += [adjustment.amount for adjustment in line.adjustments]
    assert column(other, "claims", "charge_amount") == [claim.charge for claim in claims]
    assert column(other, "claims", "payment_amount") == [claim.paid for claim in claims]
    assert column(other, "services", "charge_amount") == [line.charge for line in lines]
    assert column(other, "services", "payment_amount") == [line.paid for line in lines]
    assert column(other, "adjustments", "amount") == reasons
    assert column(other, "provider_adjustments", "amount") == taken
