"""Bad files at the intake: what is good of them is filed, the rest is held with a clear sentence, nothing half."""

import io
import re
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from models.eras import Eeob, Era, ProviderAdjustment
from models.messages import Message, MessagePart, TransactionSet, TransmissionException
from models.store import Store
from models.words.intake import Outcome
from screens.worklist.era_filters import eeob_worklist
from services.intake.importing import import_stream
from services.intake.provider_adjustments import AT_ONCE as PLBS_AT_ONCE
from services.intake.raw_text import PART, RawText, raw_text
from services.intake.report import FileReport
from services.intake.sets import MOST_FINDINGS
from services.office.actor import Actor
from services.scratchpad.acts import PaperCheck, create_pad
from services.x12.read_835 import SEGMENTS_KEPT
from tests import given, ledger
from tests.screens.pad_site import at_pad
from tests.screens.seat import Seat

HOSTILE = "[@click=app.quit]BLUE[/X]\x1b]0;OWNED\x07\x9b2J [bold]PLAN"
SHOWN = "[@click=app.quit]BLUE[/X]�]0;OWNED��2J [bold]PLAN"


@pytest.fixture
def file(site: Store, actor: Actor) -> bytes:
    """A file of three remittances whose bills are known."""
    given.bills(site, actor, {"K1": 100, "K2": 100, "K3": 100})
    return given.remittance_file(
        ("GOOD1", [("K1", 100, 80)]), ("MIDDLE", [("K2", 100, 70)]), ("GOOD3", [("K3", 100, 60)])
    )


def brought(store: Store, actor: Actor, text: bytes) -> FileReport:
    """Imports a file, and sees that the books prove whatever became of it."""
    report = import_stream(store, actor, "bad.835", io.BytesIO(text))
    ledger.assert_clean(store)
    return report


def outcomes(report: FileReport) -> list[str]:
    """What became of each set."""
    return [one.outcome.value for one in report.sets]


def traces(store: Store) -> list[str]:
    """The ERAs on file, by trace, in the order of filing."""
    with store.reading() as session:
        return list(session.scalars(select(Era.trace).order_by(Era.id)))


def exceptions(store: Store) -> list[bool]:
    """The transmission exceptions: whether each is settled."""
    with store.reading() as session:
        found = session.scalars(select(TransmissionException).order_by(TransmissionException.id))
        return [one.resolved_at is not None for one in found]


def test_a_file_cut_in_a_claim_keeps_the_sets_that_ended_and_the_rest_comes_later(
    site: Store, actor: Actor, file: bytes
) -> None:
    cut = file[: file.index(b"CLP*K3") + 20]
    first = brought(site, actor, cut)
    assert outcomes(first) == ["filed", "filed", "exception"]
    assert first.outcome is Outcome.EXCEPTION
    assert "ends before its SE" in first.sets[2].findings[-1].text
    assert brought(site, actor, cut).sets[2].outcome is Outcome.EXCEPTION
    assert exceptions(site) == [False]
    with site.reading() as session:
        assert session.scalar(select(func.count()).select_from(Eeob)) == 2
    assert outcomes(brought(site, actor, file)) == ["duplicate", "duplicate", "filed"]
    assert traces(site) == ["GOOD1", "MIDDLE", "GOOD3"]


def test_every_place_at_which_a_file_can_be_cut(site: Store, actor: Actor, file: bytes) -> None:
    for end in range(1, len(file), 41):
        report = brought(site, actor, file[:end])
        assert report.findings or any(one.findings for one in report.sets) or end > file.index(b"GE*")
    assert brought(site, actor, file).outcome in (Outcome.FILED, Outcome.DUPLICATE)
    assert traces(site) == ["GOOD1", "MIDDLE", "GOOD3"]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (rb"BPR\*I\*70(\.00)?\*", b"BPR*I*1E400*"),
        (rb"BPR\*I\*70(\.00)?\*", b"BPR*I**"),
        (rb"TRN\*1\*MIDDLE\*", b"TRN*1**"),
        (rb"CLP\*K2\*", b"CLP*NOBODYS\xff*"),
    ],
    ids=["amount-1E400", "no-amount", "no-trace", "unknown-bill"],
)
def test_one_bad_set_does_not_hold_the_good_ones_back(
    site: Store, actor: Actor, file: bytes, good: bytes, bad: bytes
) -> None:
    spoilt, count = re.subn(good, bad, file)
    assert count == 1
    for _ in range(2):
        report = brought(site, actor, spoilt)
        assert report.sets[1].outcome is Outcome.EXCEPTION
        assert report.sets[1].findings[-1].code == "held"
        assert exceptions(site) == [False]
        assert traces(site) == ["GOOD1", "GOOD3"]
    assert outcomes(report) == ["duplicate", "exception", "duplicate"]
    assert outcomes(brought(site, actor, file)) == ["duplicate", "filed", "duplicate"]
    assert sorted(traces(site)) == ["GOOD1", "GOOD3", "MIDDLE"]


def test_a_held_set_that_comes_with_another_claim_is_filed_and_what_was_held_stays_held(
    site: Store, actor: Actor, file: bytes
) -> None:
    """What is held names another claim: it is not what was filed, and only a person lets go of it."""
    spoilt = file.replace(b"CLP*K2*", b"CLP*NOBODYS*")
    assert brought(site, actor, spoilt).sets[1].outcome is Outcome.EXCEPTION
    assert brought(site, actor, spoilt + b" ").sets[1].outcome is Outcome.EXCEPTION
    assert exceptions(site) == [False], "the same set in another file is the same exception"
    brought(site, actor, file)
    assert exceptions(site) == [False]
    with site.reading() as session:
        row = session.scalars(
            select(TransactionSet)
            .join(Era, Era.transaction_set_id == TransactionSet.id)
            .where(Era.trace == "MIDDLE")
        ).one()
        kept = raw_text(session, row.message_id, row.offset, row.length)
    assert kept.startswith(b"ST*835*0002~")
    assert b"CLP*K2*" in kept


def test_an_amount_in_a_claim_that_is_no_amount_is_a_finding(site: Store, actor: Actor, file: bytes) -> None:
    spoilt, count = re.subn(rb"CLP\*K2\*1\*100(\.00)?\*", b"CLP*K2*1*1E400*", file)
    assert count == 1
    report = brought(site, actor, spoilt)
    said = [finding for one in report.sets for finding in one.findings]
    assert any("1E400" in finding.text for finding in said)
    with site.reading() as session:
        proven = session.execute(select(Era.trace, Era.balanced_claims)).all()
    assert ("MIDDLE", True) not in [tuple(row) for row in proven]


def test_names_with_markup_and_escape_sequences_are_stored_clean_and_shown_as_text(
    site: Store, actor: Actor, file: bytes
) -> None:
    spoilt = file.replace(b"BLUE RIVER HEALTH PLAN", HOSTILE.encode("latin-1"))
    assert spoilt != file
    assert outcomes(brought(site, actor, spoilt)) == ["filed"] * 3
    with site.reading() as session:
        name = session.scalars(select(Era.payer_name)).first()
        assert name == SHOWN
        row = session.scalars(
            select(TransactionSet).where(TransactionSet.kind == "835").order_by(TransactionSet.ordinal)
        ).first()
        assert row is not None
        kept = raw_text(session, row.message_id, row.offset, row.length)
    assert HOSTILE.encode("latin-1") in kept, "the raw text stays as it came"
    assert kept.rstrip().endswith(b"~")


async def test_the_screens_show_a_hostile_name_as_plain_text(site: Store, actor: Actor, file: bytes) -> None:
    brought(site, actor, file.replace(b"BLUE RIVER HEALTH PLAN", HOSTILE.encode("latin-1")))
    with site.writing() as session:
        create_pad(session, actor, 1, check=PaperCheck("C1", given.PAID_ON))
    async with Seat(site, actor, eeob_worklist) as clerk:
        listed = await clerk.types("\n\n\n\n\n")
    async with at_pad(site, actor, 1) as clerk:
        pad = clerk.screen
    for screen in (listed, pad):
        assert "[@click=app.quit]BLUE[/X]" in screen
        assert not any((ord(letter) < 32 and letter != "\n") or 127 <= ord(letter) < 160 for letter in screen)


@pytest.mark.parametrize("segment", [b"N1*PR*", b"REF*EV*", b"ZZZ*"], ids=["known", "reference", "unknown"])
def test_an_element_of_five_megabytes(site: Store, actor: Actor, file: bytes, segment: bytes) -> None:
    at = file.index(b"N1*PE*", file.index(b"MIDDLE"))
    spoilt = file[:at] + segment + b"A" * 5_000_000 + b"~" + file[at:]
    report = brought(site, actor, spoilt)
    assert outcomes(report)[::2] == ["filed", "filed"]
    assert report.sets[1].findings
    assert all(len(finding.text) <= 500 for finding in report.sets[1].findings)
    with site.reading() as session:
        assert all(len(name) <= 200 for name in session.scalars(select(Era.payer_name)))
        assert all(size <= 1_000_000 for size in session.scalars(select(MessagePart.size)))


def test_a_letter_in_an_ach_amount_holds_the_file_and_takes_no_eft(site: Store, actor: Actor) -> None:
    stream = given.eft_file(trace="T1", amount=60)
    bad = stream.replace(b"0000006000", b"00000A6000", 1)
    assert bad != stream
    before = ledger.contents(site)
    report = import_stream(site, actor, "bad.ach", io.BytesIO(bad))
    ledger.assert_clean(site)
    assert (report.kind, report.outcome, report.efts) == ("ACH", Outcome.EXCEPTION, 0)
    assert "held" in {finding.code for finding in report.findings}
    after = ledger.contents(site)
    assert set(ledger.differing(before, after)) <= {
        "message",
        "message_part",
        "finding",
        "audit_event",
        "site",
        "bulletin",
    }
    assert import_stream(site, actor, "good.ach", io.BytesIO(stream)).efts == 1


@pytest.mark.parametrize("blanks", [b"\x00" * 5000, b"\r\n" * 40_000, b" \x00\x1a" * 30_000])
def test_a_file_behind_very_many_blanks_is_read(
    site: Store, actor: Actor, file: bytes, blanks: bytes
) -> None:
    assert outcomes(brought(site, actor, blanks + file)) == ["filed"] * 3
    assert [each.code for each in brought(site, actor, blanks).findings] == ["empty"]


def test_a_list_behind_very_many_line_ends_is_known_as_one(site: Store, actor: Actor) -> None:
    row = "K9,DEMOVET,BLUE RIVER,2026-10-01,100.00\n"
    text = b"\n" * 70_000 + b"bill_number,patient_name,payer_name,service_from,charge\n" + row.encode()
    report = brought(site, actor, text)
    assert (report.kind, report.bills, report.findings) == ("BILLS-CSV", 1, ())


def test_of_very_many_bad_rows_the_first_are_listed_and_the_others_counted(site: Store, actor: Actor) -> None:
    heading = "bill_number,patient_name,payer_name,service_from,charge\n"
    rows = [f"K{each},DEMOVET,BLUE RIVER,2026-10-01,none\n" for each in range(MOST_FINDINGS + 234)]
    report = brought(site, actor, (heading + "".join(rows)).encode())
    assert len(report.findings) == MOST_FINDINGS + 1
    assert report.findings[0].text.startswith("234 further rows could not be read")
    assert (report.findings[1].code, report.findings[1].where) == ("bad-amount", "row 2")


def test_each_of_very_many_plb_amounts_is_filed(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    file = given.remittance_file(("MANY", [("K1", 100, 80)]))
    count = PLBS_AT_ONCE * 2 + 7
    plbs = b"".join(
        b"PLB*1990000001*20261231*WO:R%d*1.01*FB:R%d*-1.01~" % (each, each) for each in range(count)
    )
    report = brought(site, actor, file.replace(b"SE*", plbs + b"SE*", 1))
    assert outcomes(report) == ["filed"]
    assert [each.code for each in report.sets[0].findings] == ["se-count"]
    with site.reading() as session:
        era = session.scalars(select(Era)).one()
        filed = session.scalars(select(ProviderAdjustment).order_by(ProviderAdjustment.number)).all()
        assert era.balanced
        assert [each.number for each in filed] == list(range(1, 2 * count + 1))
        assert [each.reference for each in filed] == [f"R{each // 2}" for each in range(2 * count)]
        assert sum(each.amount for each in filed) == 0
        assert filed[0].amount == Decimal("-1.01")


def test_plb_amounts_beyond_all_bounds_hold_the_set(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    file = given.remittance_file(("MANY", [("K1", 100, 80)]))
    plb = b"PLB*1990000001*20261231*WO:R*9999999999.99*FB:R*-9999999999.99~"
    report = brought(site, actor, file.replace(b"SE*", plb + b"SE*", 1))
    assert outcomes(report) == ["exception"]
    assert "PLB segments come to more than" in report.sets[0].findings[-1].text
    assert traces(site) == []


def test_a_claim_that_is_cut_off_makes_its_era_unbalanced(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    file = given.remittance_file(("LONG", [("K1", 100, 80)]))
    endless = b"SVC*HC:99213*0*0~" * (SEGMENTS_KEPT + 9000)
    report = brought(site, actor, file.replace(b"SE*", endless + b"SE*", 1))
    assert "too-many-segments" in [each.code for each in report.sets[0].findings]
    with site.reading() as session:
        era = session.scalars(select(Era)).one()
        eeob = session.scalars(select(Eeob)).one()
        assert (eeob.balanced, era.balanced_claims, era.balanced_lines) == (False, False, False)
        assert (eeob.paid, era.balanced) == (Decimal(80), True)


def test_text_that_is_stored_is_not_kept_for_the_sets_that_follow(
    site: Store, actor: Actor, file: bytes
) -> None:
    brought(site, actor, file)
    brought(site, actor, file + b"\n")
    with site.reading() as session:
        *_, first, second = session.scalars(select(Message.id).order_by(Message.id))
    size = 2 * PART + 5
    raw = RawText(io.BytesIO(b"R" * size), size=size)
    raw.read()
    with site.writing() as session:
        raw.flush(session, first)
    raw.settle()
    raw.undo()
    with site.writing() as session:
        raw.flush(session, second)
        parts = [
            session.scalar(select(func.count()).where(MessagePart.message_id == each))
            for each in (first, second)
        ]
    assert parts == [3, 1]
