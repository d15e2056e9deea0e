"""What is said of a claim before the claim comes is kept, and noted once when its bill is filed."""

import io

from sqlalchemy import select

from models.bills import Bill, KeptAcknowledgement
from models.messages import TransactionSet
from models.store import Store
from models.words.bills import BillStatus, EdiStatus
from models.words.intake import Outcome
from services.intake.importing import import_stream
from services.intake.report import FileReport
from services.office.actor import Actor
from services.office.clock import site_of
from services.office.site import set_parameter
from tests import given
from tests.ledger import assert_clean, contents, differing

ACCEPTED = (BillStatus.ACTIVE, EdiStatus.ACCEPTED)


def said(store: Store) -> dict[str, tuple[BillStatus, EdiStatus]]:
    """Each bill's status and what its payer said of it."""
    with store.reading() as session:
        rows = session.execute(select(Bill.number, Bill.status, Bill.edi_status))
        return {row.number: (row.status, row.edi_status) for row in rows}


def waiting(store: Store) -> list[str]:
    """The claims of which something was said and whose bills have not come."""
    with store.reading() as session:
        return list(
            session.scalars(
                select(KeptAcknowledgement.claim)
                .where(KeptAcknowledgement.noted_at.is_(None))
                .order_by(KeptAcknowledgement.segment)
            )
        )


def awaiting(store: Store) -> None:
    """The site waits for the 277CA before a bill becomes ACTIVE."""
    with store.writing() as session:
        site_of(session).wait_for_277ca = True


def codes(report: FileReport) -> list[str]:
    """The findings of a file's only set."""
    return [finding.code for finding in report.sets[0].findings]


def test_known_claims_are_noted_at_once_and_the_others_when_their_bills_come(
    store: Store, actor: Actor
) -> None:
    awaiting(store)
    given.bills(store, actor, {"K1": 100})
    early = given.acknowledged(store, actor, "K1", "K2", "K3")
    assert (early.outcome, early.bills) == (Outcome.FILED, 1)
    assert codes(early) == ["acknowledgements-kept", "bill-not-found", "bill-not-found"]
    assert [finding.text for finding in early.sets[0].findings] == [
        "What is said of 2 claims without a bill is kept until their bills come.",
        "No bill has the number K2.",
        "No bill has the number K3.",
    ]
    assert said(store) == {"K1": ACCEPTED}
    later = import_stream(store, actor, "later.837", io.BytesIO(given.claims_file({"K2": 50, "K4": 10})))
    assert codes(later) == ["acknowledged-before"]
    new = (BillStatus.NEW_BILL, EdiStatus.NOT_SENT)
    assert said(store) == {"K1": ACCEPTED, "K2": ACCEPTED, "K4": new}
    assert waiting(store) == ["K3"]
    given.bills(store, actor, {"K3": 70})
    assert said(store)["K3"] == ACCEPTED
    assert waiting(store) == []
    assert_clean(store)


def test_the_acknowledgement_itself_is_filed_once_and_never_noted_twice(store: Store, actor: Actor) -> None:
    awaiting(store)
    with store.writing() as session:
        set_parameter(session, actor, "auto-audit REIMBURSABLE INS.", "NO")
    given.bills(store, actor, {"K1": 100})
    text = given.acknowledgement_file("K1", "K2")
    for suffix in (b"", b"", b"\n"):
        again = import_stream(store, actor, "early.277", io.BytesIO(text + suffix))
        assert again.outcome is (Outcome.FILED if again.bills else Outcome.DUPLICATE)
    assert waiting(store) == ["K2"]
    given.bills(store, actor, {"K2": 50})
    assert given.acknowledged(store, actor, "K1", "K2", says="A3").outcome is Outcome.FILED
    rejected = (BillStatus.NEW_BILL, EdiStatus.REJECTED)
    assert said(store) == {"K1": rejected, "K2": rejected}
    before = contents(store)
    for suffix in (b"", b"\n"):
        import_stream(store, actor, "early.277", io.BytesIO(text + suffix))
        import_stream(store, actor, "again.837", io.BytesIO(given.claims_file({"K2": 50})))
    assert said(store) == {"K1": rejected, "K2": rejected}
    changed = set(differing(before, contents(store)))
    assert not changed & {"bill", "kept_acknowledgement", "journal_entry", "bill_transaction"}, changed


def test_a_claim_rejected_before_it_comes_stays_a_new_bill(store: Store, actor: Actor) -> None:
    given.bills(store, actor, {"K1": 100})
    given.acknowledged(store, actor, "K1", "K2", says="A3")
    given.bills(store, actor, {"K2": 50, "K3": 20})
    assert said(store) == {
        "K1": (BillStatus.ACTIVE, EdiStatus.REJECTED),
        "K2": (BillStatus.NEW_BILL, EdiStatus.REJECTED),
        "K3": (BillStatus.ACTIVE, EdiStatus.NOT_SENT),
    }
    assert_clean(store)


def test_of_several_early_words_the_last_one_stands(store: Store, actor: Actor) -> None:
    awaiting(store)
    given.bills(store, actor, {"K1": 100})
    for word in ("A1", "A2", "A3"):
        given.acknowledged(store, actor, "K1", "K2", says=word)
    given.bills(store, actor, {"K2": 50})
    assert said(store)["K2"] == (BillStatus.NEW_BILL, EdiStatus.REJECTED)
    assert_clean(store)


def test_a_bill_with_station_prefix_or_from_a_list_is_found_by_what_was_said_before(
    store: Store, actor: Actor
) -> None:
    awaiting(store)
    given.bills(store, actor, {"K1": 100})
    given.acknowledged(store, actor, "K1", "K2", "K3")
    given.bills(store, actor, {"442-K2": 50})
    given.bill(store, actor, "K3", 100, balance=40)
    assert said(store) == {"K1": ACCEPTED, "442-K2": ACCEPTED, "K3": ACCEPTED}
    with store.reading() as session:
        assert session.scalars(select(Bill.balance).where(Bill.number == "K3")).one() == 40
    assert_clean(store)


def test_claims_cut_off_in_the_middle_leave_what_was_said_of_them_waiting(store: Store, actor: Actor) -> None:
    awaiting(store)
    given.bills(store, actor, {"K1": 100})
    given.acknowledged(store, actor, "K1", "K2")
    text = given.claims_file({"K2": 50})
    cut = import_stream(store, actor, "cut.837", io.BytesIO(text[: text.index(b"SE*")]))
    assert cut.outcome is Outcome.EXCEPTION
    assert waiting(store) == ["K2"]
    import_stream(store, actor, "whole.837", io.BytesIO(text))
    assert (said(store)["K2"], waiting(store)) == (ACCEPTED, [])


def test_an_acknowledgement_held_whole_keeps_nothing_until_one_of_its_claims_is_known(
    store: Store, actor: Actor
) -> None:
    awaiting(store)
    text = given.acknowledgement_file("K1", "K2")
    assert import_stream(store, actor, "a.277", io.BytesIO(text)).outcome is Outcome.EXCEPTION
    assert waiting(store) == []
    given.bills(store, actor, {"K1": 100})
    assert import_stream(store, actor, "a.277", io.BytesIO(text)).outcome is Outcome.FILED
    assert waiting(store) == ["K2"]
    with store.reading() as session:
        outcomes = session.scalars(select(TransactionSet.outcome).where(TransactionSet.kind == "277CA"))
        assert outcomes.all() == [Outcome.FILED]
