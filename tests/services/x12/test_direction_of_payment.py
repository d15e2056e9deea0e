"""BPR03 says whether the payer sends the money (C) or somebody has to draw it from the payer's account (D)."""

import io
import re
from pathlib import Path

import pytest

from models.store import Store
from models.words.intake import Outcome
from services.findings import Finding
from services.intake.importing import import_stream
from services.intake.judging import judge_file
from services.office.actor import Actor
from services.remittances.document import era_show
from tests import given
from tests.services.x12.files import read, remittance

CLAIM = ("CLP*K1*1*100*100*0*12*I", "SVC*HC:1*100*100")


def directed(flag: str) -> bytes:
    """A remittance of 100.00 with this BPR03."""
    return remittance(*CLAIM).replace(b"BPR*I*100*C*", b"BPR*I*100*%s*" % flag.encode())


@pytest.mark.parametrize(
    ("flag", "code", "told"),
    [
        (
            "D",
            "debit-payment",
            "The payment is a debit (BPR03 is D): the payer does not send the 100.00, "
            "somebody has to draw it from the payer's account.",
        ),
        (
            "X",
            "credit-debit",
            "BPR03 is X; it is C for a credit or D for a debit. A credit was taken.",
        ),
        (
            "",
            "credit-debit",
            "BPR03 is missing; it is C for a credit or D for a debit. A credit was taken.",
        ),
    ],
    ids=("debit", "neither", "missing"),
)
def test_what_is_no_credit_is_a_finding_and_changes_no_sum(flag: str, code: str, told: str) -> None:
    data = directed(flag)
    header, (claim,), summary = read(data)
    assert header.findings == (Finding(code, told, f"segment 2 (BPR, byte {data.index(b'BPR')})"),)
    credit, (same,), balance = read(directed("C"))
    assert credit.findings == ()
    assert (header.total, claim.paid, claim.findings, summary) == (
        credit.total,
        same.paid,
        same.findings,
        balance,
    )
    assert summary.balanced


def test_without_a_payment_segment_only_that_is_told() -> None:
    data = remittance(*CLAIM).replace(b"BPR*", b"XXX*")
    codes = {finding.code for finding in read(data)[0].findings}
    assert "no-payment" in codes
    assert "credit-debit" not in codes


def directed_file(flag: str, trace: str) -> bytes:
    """A remittance of bill K1 with this BPR03."""
    file = given.remittance_file((trace, [("K1", 100, 80)]))
    spoilt, changed = re.subn(rb"(BPR\*I\*[0-9.]+)\*C\*", rb"\1*%s*" % flag.encode(), file)
    assert changed == 1
    return spoilt


def test_a_debit_is_told_at_import_and_filed_all_the_same(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    report = import_stream(site, actor, "debit.835", io.BytesIO(directed_file("D", "T1")))
    assert report.outcome is Outcome.FILED
    (one,) = report.sets
    assert [finding.code for finding in one.findings] == ["debit-payment"]
    assert one.era is not None
    with site.reading() as session:
        era = era_show(session, one.era)
    assert (era.amount, era.balance.transaction, era.balance.findings) == (given.dollars(80), True, ())
    assert [finding.code for finding in era.findings] == ["debit-payment"]


def test_validate_tells_it_too(tmp_path: Path) -> None:
    file = tmp_path / "debit.835"
    file.write_bytes(directed_file("D", "T1"))
    (judged,) = judge_file(file).sets
    assert [finding.code for finding in judged.findings] == ["debit-payment"]
    assert judged.balance is not None and judged.balance.transaction
    file.write_bytes(directed_file("C", "T1"))
    assert judge_file(file).valid
