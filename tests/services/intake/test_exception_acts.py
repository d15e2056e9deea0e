"""A set that is held is filed as what it is, put in the place of the ERA that it is like, or let go of."""

import io
from decimal import Decimal

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.efts import Eft
from models.eras import Eeob, Era
from models.messages import Bulletin, DataException, Message
from models.store import Store
from models.words.intake import Outcome
from models.words.mail import MailGroup
from models.words.remittances import EraMatchStatus, PostStatus
from services.errors import MissingKey, Refused
from services.intake.exception_acts import delete_exception, file_exception
from services.intake.exception_views import ExceptionState, exception_show
from services.intake.held_eras import forget
from services.intake.importing import import_stream
from services.intake.report import FileReport
from services.intake.sets import SetReport
from services.office.actor import Actor
from tests import given, ledger
from tests.clerk import Clerk


@pytest.fixture
def billed(site: Store, actor: Actor) -> Store:
    """A site that knows the bills K1 to K4, each of 100.00."""
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 5)})
    return site


def brought(store: Store, actor: Actor, content: bytes) -> FileReport:
    """Imports a file, and sees that the books prove whatever became of it."""
    report = import_stream(store, actor, "day.835", io.BytesIO(content))
    ledger.assert_clean(store)
    return report


def filed(store: Store, actor: Actor, number: int | str, *, replace: bool = False) -> SetReport:
    """Files an exception; no money moves, and the books prove."""
    with ledger.moving(store), store.writing() as session:
        return file_exception(session, actor, str(number), replace=replace)


def refused(store: Store, actor: Actor, number: int | str, words: str, *, replace: bool = False) -> None:
    """Is refused with these words, and nothing is changed."""
    before = ledger.contents(store)
    with pytest.raises(Refused, match=words), store.writing() as session:
        file_exception(session, actor, str(number), replace=replace)
    assert ledger.contents(store) == before


@pytest.fixture
def held(billed: Store, actor: Actor) -> int:
    """ERA 1 of K1, and an exception: a remittance of K2 with its trace, date and total."""
    given.era(billed, actor, trace="T1", claims=[("K1", 100, 20)])
    report = brought(billed, actor, given.remittance_file(("T1", [("K2", 100, 20)])))
    number = report.sets[0].exception
    assert number is not None
    return number


def eras(store: Store) -> list[tuple[int, str, EraMatchStatus, PostStatus]]:
    """The ERAs: number, claim, statuses."""
    with store.reading() as session:
        rows = session.execute(
            select(Era.id, Eeob.claim, Era.match_status, Era.post_status)
            .join(Eeob, Eeob.era_id == Era.id)
            .order_by(Era.id)
        )
        return [(number, claim, match, post) for number, claim, match, post in rows]


def test_it_is_filed_as_an_era_of_its_own(billed: Store, actor: Actor, held: int) -> None:
    report = filed(billed, actor, held)
    assert (report.outcome, report.era) == (Outcome.FILED, 2)
    assert [row[:2] for row in eras(billed)] == [(1, "K1"), (2, "K2")]
    refused(billed, actor, held, "IS SETTLED: IT IS FILED")
    with billed.reading() as session:
        assert session.scalars(select(Message.outcome)).all()[-1] is Outcome.FILED
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.sequence.desc())).first()
        assert event is not None
        assert (event.act, event.object, event.detail) == ("exception filed", f"exception {held}", "ERA 2")
    again = brought(billed, actor, given.remittance_file(("T1", [("K2", 100, 20)])))
    assert (again.outcome, again.sets[0].era) == (Outcome.DUPLICATE, 2)


def test_it_takes_the_place_of_the_era_with_its_eft(
    billed: Store, actor: Actor, held: int, clerk: Clerk
) -> None:
    given.eft(billed, actor, trace="T1", amount=20)
    given.night(billed)
    report = filed(billed, actor, held, replace=True)
    assert report.era == 2
    assert eras(billed) == [
        (1, "K1", EraMatchStatus.REMOVED, PostStatus.REMOVED),
        (2, "K2", EraMatchStatus.MATCHED, PostStatus.NOT_POSTED),
    ]
    with billed.reading() as session:
        assert session.scalars(select(Eft.era_id)).all() == [2]
    again = brought(billed, actor, given.remittance_file(("T1", [("K2", 100, 20)])) + b"\n")
    assert (again.outcome, again.sets[0].era) == (Outcome.DUPLICATE, 2)
    clerk.opens(2)
    receipt = clerk.creates_receipt(2)
    with ledger.moving(billed, _2110=20, _1200=-20):
        clerk.processes(receipt)


@pytest.fixture(params=["in another file", "in the same file"])
def once_more(billed: Store, actor: Actor, held: int, request: pytest.FixtureRequest) -> SetReport:
    """ERA 2 took the place of ERA 1, and ERA 1 came again."""
    filed(billed, actor, held, replace=True)
    if request.param == "in another file":
        again = given.remittance_file(("T1", [("K1", 100, 20)])) + b"\n"
        return brought(billed, actor, again).sets[0]
    report = given.remittance(billed, actor, trace="T1", claims=[("K1", 100, 20)])
    ledger.assert_clean(billed)
    return report.sets[0]


def test_a_replaced_era_that_comes_again_is_held_and_stays_one(
    billed: Store, actor: Actor, once_more: SetReport
) -> None:
    assert (once_more.outcome, once_more.era) == (Outcome.EXCEPTION, 1)
    assert once_more.findings[-1].text == (
        "It has the trace, date and total of ERA 2, but other claims. It is ERA 1 once more, which was removed from "
        "the worklist. File it as an ERA of its own, put it in the place of that ERA, or delete it."
    )
    assert [row[:3] for row in eras(billed)] == [
        (1, "K1", EraMatchStatus.HELD),
        (2, "K2", EraMatchStatus.UNMATCHED),
    ]
    again = brought(billed, actor, given.remittance_file(("T1", [("K1", 100, 20)])) + b"\n\n").sets[0]
    assert (again.outcome, again.exception) == (Outcome.EXCEPTION, once_more.exception)
    assert again.findings[-1] == once_more.findings[-1]


def test_a_replaced_era_that_came_again_is_worked_on_beside_the_other_one(
    billed: Store, actor: Actor, once_more: SetReport, clerk: Clerk
) -> None:
    assert once_more.exception is not None
    assert filed(billed, actor, once_more.exception).era == 1
    assert [row[2:] for row in eras(billed)] == [(EraMatchStatus.UNMATCHED, PostStatus.NOT_POSTED)] * 2
    given.eft(billed, actor, trace="T1", amount=20)
    given.night(billed)
    clerk.opens(1)
    receipt = clerk.creates_receipt(1)
    with ledger.moving(billed, _2110=20, _1200=-20):
        clerk.processes(receipt)
    again = brought(billed, actor, given.remittance_file(("T1", [("K1", 100, 20)])) + b"\n\n")
    assert (again.outcome, again.sets[0].era) == (Outcome.DUPLICATE, 1)


def test_a_replaced_era_that_came_again_takes_its_place_back(
    billed: Store, actor: Actor, once_more: SetReport
) -> None:
    assert once_more.exception is not None
    filed(billed, actor, once_more.exception, replace=True)
    assert [row[2:] for row in eras(billed)] == [
        (EraMatchStatus.UNMATCHED, PostStatus.NOT_POSTED),
        (EraMatchStatus.REMOVED, PostStatus.REMOVED),
    ]
    back = brought(billed, actor, given.remittance_file(("T1", [("K2", 100, 20)])))
    assert (back.sets[0].outcome, back.sets[0].era) == (Outcome.EXCEPTION, 2)


def test_a_replaced_era_that_came_again_and_is_deleted_stays_removed_with_all_that_is_kept_of_it(
    billed: Store, actor: Actor, once_more: SetReport
) -> None:
    with ledger.moving(billed), billed.writing() as session:
        delete_exception(session, actor, str(once_more.exception), "the second one is right")
    assert eras(billed)[0] == (1, "K1", EraMatchStatus.REMOVED, PostStatus.REMOVED)
    again = brought(billed, actor, given.remittance_file(("T1", [("K1", 100, 20)])) + b"\n\n").sets[0]
    assert (again.outcome, again.exception) == (Outcome.EXCEPTION, once_more.exception)


def test_the_unknown_claims_of_an_era_that_came_again_are_exceptions_again(
    billed: Store, actor: Actor
) -> None:
    first = given.remittance_file(("T1", [("K1", 100, 20), ("X9", 100, 10)]))
    brought(billed, actor, first)
    second = given.remittance_file(("T1", [("K2", 100, 20), ("K3", 100, 10)]))
    number = brought(billed, actor, second).sets[0].exception
    assert number is not None
    filed(billed, actor, number, replace=True)
    once_more = brought(billed, actor, first + b"\n").sets[0].exception
    assert once_more is not None
    filed(billed, actor, once_more)
    with billed.reading() as session:
        kept = session.execute(select(DataException.era_id, DataException.claim, DataException.resolved))
        assert [tuple(row) for row in kept] == [(1, "X9", False)]


@pytest.mark.parametrize(
    ("how", "became"),
    [
        ("own", "It was filed as an ERA of its own."),
        ("replace", "It was put in the place of ERA 1."),
        ("delete", "It was deleted: the first one was right."),
    ],
)
def test_what_was_to_be_done_is_not_said_any_more_when_it_is_done(
    billed: Store, actor: Actor, held: int, how: str, became: str
) -> None:
    if how == "delete":
        with billed.writing() as session:
            delete_exception(session, actor, str(held), "the first one was right")
    else:
        filed(billed, actor, held, replace=how == "replace")
    said = f"It has the trace, date and total of ERA 1, but other claims. {became}"
    view = exception_show(billed, str(held))
    assert (view.text, view.state) == (said, ExceptionState.RESOLVED)
    assert [(each.code, each.text) for each in view.findings] == [("was-held", said)]


def test_what_is_held_for_want_of_its_claims_says_that_it_was_filed(site: Store, actor: Actor) -> None:
    early = given.remittance_file(("T1", [("K1", 100, 20)]))
    number = brought(site, actor, early).sets[0].exception
    given.bills(site, actor, {"K1": 100})
    brought(site, actor, early)
    assert exception_show(site, str(number)).text == (
        "None of the bills of this remittance is known here. Import the claims (837 or bills CSV), and then this file "
        "again. It came again and was filed."
    )


def test_its_check_and_untouched_pad_go_over_and_its_claims_are_no_repeats(
    billed: Store, actor: Actor, clerk: Clerk
) -> None:
    given.era(billed, actor, trace="T1", claims=[("K1", 100, 20), ("K2", 100, 30)], method="CHK")
    clerk.opens(1, check="4711")
    corrected = given.remittance_file(("T1", [("K1", 100, 20), ("K3", 100, 30)]))
    corrected = corrected.replace(b"*C*ACH*", b"*C*CHK*")
    number = brought(billed, actor, corrected).sets[0].exception
    assert number is not None
    filed(billed, actor, number, replace=True)
    with billed.reading() as session:
        new = session.get_one(Era, 2)
        assert (new.match_status, new.check_number) == (EraMatchStatus.PAPER_CHECK, "4711")
        twins = session.scalars(select(Eeob.twin_era_id).where(Eeob.era_id == 2)).all()
        assert twins == [None, None]
    pad = clerk.refreshes(2)
    assert [(line.claim, line.payment) for _, line in pad.lines()] == [
        ("K1", Decimal("20.00")),
        ("K3", Decimal("30.00")),
    ]
    ledger.assert_clean(billed)


def test_an_era_with_a_receipt_or_a_worked_pad_is_not_replaced(
    billed: Store, actor: Actor, held: int, clerk: Clerk
) -> None:
    given.eft(billed, actor, trace="T1", amount=20)
    given.night(billed)
    clerk.opens(1)
    clerk.splits(1, (1, 1), ("K1", 5), ("K3", 15))
    refused(billed, actor, held, "THE SCRATCH PAD OF ERA 1 WAS WORKED ON; REFRESH IT", replace=True)
    clerk.refreshes(1)
    receipt = clerk.creates_receipt(1)
    refused(billed, actor, held, f"ERA 1 HAS RECEIPT {receipt} AND CANNOT BE", replace=True)
    assert filed(billed, actor, held).era == 2


def test_what_is_held_for_another_reason_is_filed_when_that_is_gone(site: Store, actor: Actor) -> None:
    early = given.remittance_file(("T1", [("K1", 100, 20)]))
    number = brought(site, actor, early).sets[0].exception
    assert number is not None
    refused(site, actor, number, f"EXCEPTION {number} CANNOT BE FILED: None of the bills of this remittance")
    refused(site, actor, number, "IS LIKE NO ERA THAT IT COULD REPLACE", replace=True)
    given.bills(site, actor, {"K1": 100})
    era = filed(site, actor, number).era
    assert [(each, claim) for each, claim, _, _ in eras(site)] == [(era, "K1")]


def test_a_set_of_a_file_without_its_envelope_is_filed_by_a_person(billed: Store, actor: Actor) -> None:
    bare = given.remittance_file(("T1", [("K1", 100, 20)]))
    bare = bare[bare.index(b"ST*") : bare.index(b"GE*")]
    number = brought(billed, actor, bare).sets[0].exception
    assert number is not None
    assert filed(billed, actor, number).era == 1


def test_what_cannot_be_read_or_is_no_set_is_refused(billed: Store, actor: Actor) -> None:
    whole = given.remittance_file(("T1", [("K1", 100, 20)]))
    cut = brought(billed, actor, whole[: whole.rindex(b"SE*")]).sets[0].exception
    assert cut is not None
    refused(billed, actor, cut, "ends before its SE segment")
    for number in ("11.4", "F3", "x", ""):
        refused(billed, actor, number, "ONLY A SET THAT IS HELD WHOLE")
    refused(billed, actor, "77", "THERE IS NO EXCEPTION 77")


def test_what_an_older_release_dropped_is_filed_or_takes_the_place(
    billed: Store, actor: Actor, held: int
) -> None:
    """What an upgrade holds is no ERA yet: it is read from its text."""
    second = brought(billed, actor, given.remittance_file(("T1", [("K3", 100, 20)]))).sets[0]
    assert (second.exception, second.era) == (held + 1, 3)
    with billed.writing() as session:
        forget(session, 2)
        forget(session, 3)
    replaced = filed(billed, actor, held).era
    report = filed(billed, actor, held + 1, replace=True)
    assert [(number, claim, match) for number, claim, match, _ in eras(billed)] == [
        (1, "K1", EraMatchStatus.UNMATCHED),
        (replaced, "K2", EraMatchStatus.REMOVED),
        (report.era, "K3", EraMatchStatus.UNMATCHED),
    ]


def test_what_repeats_another_era_is_marked_only_when_it_stands_beside_it(
    billed: Store, actor: Actor
) -> None:
    given.era(billed, actor, trace="T1", claims=[("K1", 100, 20), ("K2", 100, 30)])
    other = given.remittance_file(("T1", [("K1", 100, 20), ("K3", 100, 30)]))
    number = brought(billed, actor, other).sets[0].exception
    assert number is not None
    twins = select(Eeob.twin_era_id).where(Eeob.era_id == 2).order_by(Eeob.sequence)
    with billed.reading() as session:
        assert session.scalars(twins).all() == [None, None]
    report = filed(billed, actor, number)
    assert [finding.code for finding in report.findings] == ["duplicate-eeob"]
    with billed.reading() as session:
        assert session.scalars(twins).all() == [1, None]


def test_it_is_deleted_with_a_reason_and_held_again_when_it_comes_again(
    billed: Store, actor: Actor, held: int
) -> None:
    for reason in ("", "no", "  x  ", "x" * 61):
        with pytest.raises(Refused, match="A REASON OF 3 TO 60"), billed.writing() as session:
            delete_exception(session, actor, str(held), reason)
    with ledger.moving(billed), billed.writing() as session:
        delete_exception(session, actor, str(held), "the first one was right")
    refused(billed, actor, held, "IS SETTLED: IT IS REJECTED")
    with billed.reading() as session:
        note = session.scalars(select(Bulletin).order_by(Bulletin.id.desc())).first()
        assert note is not None
        assert (note.subject, note.group) == (
            "EDI LBOX MESSAGE DELETED BLUE RIVER HEALTH PLAN",
            MailGroup.PAYMENTS,
        )
        assert "deleted by clerk: the first one was right" in note.text
    assert [row[:2] for row in eras(billed)] == [(1, "K1")]
    again = brought(billed, actor, given.remittance_file(("T1", [("K2", 100, 20)])))
    assert (again.outcome, again.sets[0].exception) == (Outcome.EXCEPTION, held)


def test_a_reviewer_files_and_deletes_nothing(billed: Store, actor: Actor, held: int) -> None:
    reviewer = Actor(actor.user_id, actor.login, actor.name, frozenset(), actor.os_user, actor.desk)
    with pytest.raises(MissingKey), billed.writing() as session:
        file_exception(session, reviewer, str(held))
    with pytest.raises(MissingKey), billed.writing() as session:
        delete_exception(session, reviewer, str(held), "whatever")
