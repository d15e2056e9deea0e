"""What is wrong with a remittance is said once, and says which of several things it is."""

import io

import pytest

from models.store import Store
from models.words.intake import Outcome
from services.intake.importing import import_stream
from services.intake.report import FileReport
from services.office.actor import Actor
from tests import given

GOOD = given.remittance_file(("T1", [("K1", 100, 80)]))


def imported(store: Store, actor: Actor, right: bytes, wrong: bytes) -> FileReport:
    given.bills(store, actor, {"K1": 100})
    assert right in GOOD
    return import_stream(store, actor, "one.835", io.BytesIO(GOOD.replace(right, wrong)))


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (b"TRN*1*T1*", b"TRN*1**", "The remittance names no trace number (TRN02); "),
        (b"BPR*I*80*", b"BPR*I*8O*", "The remittance names no readable total (BPR02); "),
        (
            b"TRN*1*T1*1990000001",
            b"TRN*1",
            "The remittance names no trace number (TRN02) and no payer (TRN03); ",
        ),
    ],
)
def test_a_held_remittance_says_what_it_does_not_name(
    site: Store, actor: Actor, right: bytes, wrong: bytes, told: str
) -> None:
    (one,) = imported(site, actor, right, wrong).sets
    assert one.outcome is Outcome.EXCEPTION
    assert one.findings[-1].text.startswith(told)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (b"", "BPR16, the payment date, is missing; the production date stands for it."),
        (b"*20129999", "BPR16 is no date (20129999); the production date stands for it."),
    ],
)
def test_a_payment_date_that_is_none_is_told_once_with_what_stands_for_it(
    site: Store, actor: Actor, wrong: bytes, told: str
) -> None:
    (one,) = imported(site, actor, b"*20120720~\nTRN", wrong + b"~\nTRN").sets
    assert [(finding.code, finding.text) for finding in one.findings] == [("no-payment-date", told)]


def test_without_any_date_today_stands_for_it(site: Store, actor: Actor) -> None:
    text = GOOD.replace(b"DTM*405*20120720~\n", b"").replace(b"*20120720~\nTRN", b"~\nTRN")
    given.bills(site, actor, {"K1": 100})
    (one,) = import_stream(site, actor, "one.835", io.BytesIO(text)).sets
    assert [finding.text for finding in one.findings if "BPR16" in finding.text] == [
        "BPR16, the payment date, is missing; today stands for it."
    ]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            b"997",
            "Transaction sets 997 (acknowledgement of a file, of the older form) are not read in this release.",
        ),
        (b"810", "Transaction sets 810 are not read in this release."),
    ],
)
def test_a_set_of_another_kind_is_named(site: Store, actor: Actor, code: bytes, told: str) -> None:
    (one,) = imported(site, actor, b"ST*835", b"ST*" + code).sets
    assert [finding.text for finding in one.findings] == [told]
