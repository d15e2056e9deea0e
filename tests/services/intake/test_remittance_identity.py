"""Content decides what a duplicate remittance is; one like another but for its claims is held for a person."""

import io
import re
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as some
from sqlalchemy import func, select

from models.eras import Eeob, Era
from models.messages import Bulletin, TransactionSet, TransmissionException
from models.store import Store
from models.words.intake import Outcome
from models.words.remittances import EraMatchStatus
from services.errors import Refused
from services.intake.importing import import_stream
from services.intake.kept_remittances import header_of, read_claims
from services.intake.report import FileReport
from services.office.actor import Actor
from services.office.site import open_site
from services.scratchpad.acts import PaperCheck, create_pad
from services.x12.segments import read_sets
from tests import given, ledger
from tests.stores import FixedClock, StoreKind

ALIKE = "It has the trace, date and total of ERA 1, but other claims."

Claims = Sequence[given.Claim | tuple[str, given.Dollars, given.Dollars]]


@pytest.fixture
def billed(site: Store, actor: Actor) -> Store:
    """A site that knows the bills K1 to K6, each of 100.00."""
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 7)})
    return site


def brought(store: Store, actor: Actor, content: bytes, name: str = "day.835") -> FileReport:
    """Imports a file, and sees that the books prove whatever became of it."""
    report = import_stream(store, actor, name, io.BytesIO(content))
    ledger.assert_clean(store)
    return report


def paid(trace: str, claims: Claims, control: int = 1) -> bytes:
    """A remittance in a file of its own: the interchange has another number."""
    text = given.remittance_file((trace, claims))
    return text.replace(b"*000000001*", b"*%09d*" % control).replace(
        b"IEA*1*000000001", b"IEA*1*%09d" % control
    )


def told(report: FileReport) -> list[str]:
    """What is said of the sets of a file, the last of each."""
    return [one.findings[-1].text for one in report.sets]


def claims_on_file(store: Store) -> list[tuple[int, str]]:
    """The claims of all ERAs."""
    with store.reading() as session:
        return [(era, claim) for era, claim in session.execute(select(Eeob.era_id, Eeob.claim))]


def open_exceptions(store: Store) -> int:
    """How many exceptions are open."""
    with store.reading() as session:
        return (
            session.scalar(
                select(func.count())
                .select_from(TransmissionException)
                .where(TransmissionException.resolved_at.is_(None))
            )
            or 0
        )


def test_the_other_part_of_one_payment_is_held_and_not_dropped(billed: Store, actor: Actor) -> None:
    assert brought(billed, actor, paid("SPLIT", [("K1", 100, 20)])).outcome is Outcome.FILED
    other = brought(billed, actor, paid("SPLIT", [("K2", 100, 20)], 2))
    assert (other.outcome, other.sets[0].outcome) == (Outcome.EXCEPTION, Outcome.EXCEPTION)
    number = other.sets[0].exception
    assert number is not None
    assert told(other) == [
        f"{ALIKE} File it as an ERA of its own, put it in the place of that ERA, or delete it."
    ]
    assert other.sets[0].findings[-1].where == f"exception {number}"
    # It can be looked at, and nobody works on it.
    assert claims_on_file(billed) == [(1, "K1"), (2, "K2")]
    assert other.sets[0].era == 2
    with billed.writing() as session, pytest.raises(Refused, match="ERA 2 IS HELD AS AN EXCEPTION"):
        create_pad(session, actor, 2, check=PaperCheck("1", given.PAID_ON))
    given.eft(billed, actor, trace="SPLIT", amount=20)
    given.night(billed)
    with billed.reading() as session:
        assert [row.value for row in session.scalars(select(Era.match_status).order_by(Era.id))] == [
            "MATCHED",
            "HELD AS EXCEPTION",
        ]
    with billed.reading() as session:
        assert session.scalars(select(TransmissionException.text)).one().startswith(ALIKE)
    # Sent again, in this file or another, it stays the one exception it was; yet another one is another.
    for control in (2, 3):
        again = brought(billed, actor, paid("SPLIT", [("K2", 100, 20)], control))
        assert (again.sets[0].outcome, again.sets[0].exception) == (Outcome.EXCEPTION, number)
    third = brought(billed, actor, paid("SPLIT", [("K3", 100, 20)], 4))
    assert third.sets[0].exception not in (None, number)
    assert open_exceptions(billed) == 2


def test_the_same_remittance_is_a_duplicate_whoever_sorted_its_claims(billed: Store, actor: Actor) -> None:
    claims = [("K1", 100, 20), ("K2", 100, 30), ("K2", 100, 30)]
    brought(billed, actor, paid("T1", claims))
    for control, these in enumerate((claims, claims[::-1]), start=2):
        again = brought(billed, actor, paid("T1", these, control))
        assert (again.outcome, again.sets[0].era) == (Outcome.DUPLICATE, 1)
        assert told(again) == ["This remittance is on file as ERA 1."]
    # Twice the same claim is not once.
    fewer = paid("T1", [("K1", 100, 20), ("K2", 100, 30)], 9).replace(b"BPR*I*50", b"BPR*I*80")
    assert brought(billed, actor, fewer).outcome is Outcome.EXCEPTION


@pytest.mark.parametrize(
    ("what", "changed", "differs"),
    [
        (rb"N1\*PE\*DEMO MEDICAL CENTER", b"N1*PE*DEMO CLINIC B", "payee"),
        (rb"\*XX\*9990004423", b"*XX*9990004431", "payee"),
        (rb"N1\*PR\*BLUE RIVER HEALTH PLAN", b"N1*PR*BLUE RIVER OF OHIO", "payer name"),
    ],
)
def test_another_payee_or_payer_name_is_another_era(
    billed: Store, actor: Actor, what: bytes, changed: bytes, differs: str
) -> None:
    first = paid("NOPAY", [given.Claim("K1", 100, 0, "4")])
    second, count = re.subn(what, changed, first)
    assert count == 1
    brought(billed, actor, first)
    report = brought(billed, actor, second)
    assert (report.outcome, report.sets[0].era) == (Outcome.FILED, 2)
    assert f"ERA 1 has the same trace, date and total, but another {differs}." in [
        finding.text for finding in report.sets[0].findings
    ]
    assert brought(billed, actor, second.replace(b"~\n", b"~")).outcome is Outcome.DUPLICATE


def test_a_name_in_other_letters_or_with_more_blanks_is_the_same_name(billed: Store, actor: Actor) -> None:
    first = paid("T1", [("K1", 100, 20)])
    brought(billed, actor, first)
    same = first.replace(b"BLUE RIVER HEALTH PLAN", b"Blue River  Health Plan")
    assert brought(billed, actor, same).outcome is Outcome.DUPLICATE


def test_two_that_pay_nothing_to_two_payees_in_one_file_are_both_filed(billed: Store, actor: Actor) -> None:
    text = given.remittance_file(
        ("NOPAY", [given.Claim("K1", 100, 0, "4")]), ("NOPAY", [given.Claim("K2", 100, 0, "4")])
    )
    at = text.rindex(b"N1*PE*") + len(b"N1*PE*")
    report = brought(billed, actor, text[:at] + b"OTHER " + text[at:])
    assert [one.outcome for one in report.sets] == [Outcome.FILED] * 2
    assert claims_on_file(billed) == [(1, "K1"), (2, "K2")]


def test_other_adjustments_are_another_remittance(billed: Store, actor: Actor) -> None:
    first = given.remittance(
        billed, actor, trace="T1", claims=[("K1", 100, 80)], plbs=[("WO", "A", 10), ("FB", "B", -10)]
    )
    other = given.remittance(
        billed, actor, trace="T1", claims=[("K1", 100, 80)], plbs=[("WO", "A", 11), ("FB", "B", -11)]
    )
    assert (first.outcome, other.outcome) == (Outcome.FILED, Outcome.EXCEPTION)


@pytest.mark.parametrize("claims", [b"", b"LX*1~"])
def test_a_payment_for_nothing_is_held_and_does_not_block_the_whole_one(
    billed: Store, actor: Actor, claims: bytes
) -> None:
    whole = paid("T1", [("K1", 100, 80)])
    bare = whole[: whole.index(b"LX*1")] + claims + whole[whole.index(b"SE*") :]
    held = brought(billed, actor, bare)
    assert held.outcome is Outcome.EXCEPTION
    assert told(held)[0].startswith("The remittance pays 80.00 for nothing: it has neither a claim nor a")
    assert claims_on_file(billed) == []
    assert brought(billed, actor, whole).outcome is Outcome.FILED
    assert brought(billed, actor, bare).outcome is Outcome.EXCEPTION


def test_a_payment_of_an_adjustment_alone_is_an_era(billed: Store, actor: Actor) -> None:
    report = given.remittance(billed, actor, trace="T1", claims=[], plbs=[("FB", "BALANCE", -20)])
    assert report.outcome is Outcome.FILED


def test_a_date_that_was_made_up_is_no_part_of_what_a_remittance_is(
    billed: Store, actor: Actor, clock: FixedClock
) -> None:
    undated, count = re.subn(rb"(BPR\*[^~]*)\*20120720~", rb"\1~", paid("T1", [("K1", 100, 80)]))
    assert count == 1
    undated, count = re.subn(rb"DTM\*405\*20120720~\n", b"", undated)
    assert count == 1
    assert brought(billed, actor, undated).outcome is Outcome.FILED
    clock.forward(days=1)
    again = brought(billed, actor, undated.replace(b"~\n", b"~"))
    assert (again.outcome, again.sets[0].era) == (Outcome.DUPLICATE, 1)
    other = brought(billed, actor, undated.replace(b"CLP*K1*", b"CLP*K2*"))
    assert other.outcome is Outcome.EXCEPTION
    assert told(other)[0].startswith(
        "It has the trace and total of ERA 1, but other claims; one of the two names no date."
    )
    # With a date, it is the one that came without.
    assert brought(billed, actor, paid("T1", [("K1", 100, 80)])).outcome is Outcome.DUPLICATE


def test_filed_already_is_said_only_of_what_was_filed(billed: Store, actor: Actor) -> None:
    file = given.remittance_file(("T1", [("K1", 100, 20)]), ("T1", [("K2", 100, 20)]), ("T2", [("X", 1, 1)]))
    brought(billed, actor, file)
    again = brought(billed, actor, file)
    assert [one.outcome for one in again.sets] == [Outcome.DUPLICATE, Outcome.EXCEPTION, Outcome.EXCEPTION]
    assert told(again)[0] == "This set of this file is filed already."
    assert not any("filed already" in text or "on file" in text for text in told(again)[1:])


def test_of_a_duplicate_there_is_one_bulletin_however_often_its_file_comes(
    billed: Store, actor: Actor
) -> None:
    brought(billed, actor, paid("T1", [("K1", 100, 20)]))
    for _ in range(3):
        assert brought(billed, actor, paid("T1", [("K1", 100, 20)], 2)).outcome is Outcome.DUPLICATE
    with billed.reading() as session:
        subjects = session.scalars(select(Bulletin.subject)).all()
        rows = session.scalars(select(TransactionSet.outcome).where(TransactionSet.kind == "835")).all()
    assert [subject for subject in subjects if "DUPLICATE" in subject] == [
        "EDI LBOX - DUPLICATE ERA NOT FILED BLUE RIVER HEALTH PLAN"
    ]
    assert rows == [Outcome.FILED, Outcome.DUPLICATE]


a_claim = some.tuples(
    some.sampled_from(["K1", "K2", "K3", "K4"]),
    some.sampled_from([100, 50]),
    some.sampled_from([10, 20, 0]),
    some.sampled_from(["1", "2", "19"]),
).map(lambda said: given.Claim(*said))


def content(file: bytes) -> bytes:
    """The digest of what the one remittance of a file says."""
    found = []
    for one in read_sets(io.BytesIO(file), []):
        said, complete = read_claims(*header_of(one), lambda _: None)
        assert complete
        found.append(said.digest())
    (digest,) = found
    return digest


@for_any(some.lists(a_claim, min_size=1, max_size=4), a_claim, some.randoms())
def test_two_remittances_that_differ_in_one_claim_say_something_else(
    claims: list[given.Claim], other: given.Claim, random: Random
) -> None:
    at = random.randrange(len(claims))
    changed = [*claims[:at], other, *claims[at + 1 :]]
    sorted_anew = random.sample(claims, len(claims))
    said = content(given.remittance_file(("T1", claims)))
    assert (content(given.remittance_file(("T1", changed))) == said) == (claims[at] == other)
    assert content(given.remittance_file(("T1", sorted_anew))) == said
    assert content(given.remittance_file(("T1", claims[1:]))) != said
    assert content(given.remittance_file(("T1", [*claims, claims[0]]))) != said


def padded(file: bytes, random: Random) -> bytes:
    """The same file with other zeros and blanks around its amounts."""

    def anew(found: re.Match[bytes]) -> bytes:
        sign, whole, part = found[2], found[3].lstrip(b"0"), found[4].rstrip(b"0")
        part += b"0" * random.randint(0, 2 - len(part)) + b"0" * random.choice([0, 0, 5])
        point = b"." if part or random.random() < 0.3 else b""
        if not whole and not part:
            whole = b"0"
        zeros = b"0" * random.choice([0, 1, 7])
        blanks = [b" " * random.choice([0, 0, 2]) for _ in range(2)]
        return found[1] + blanks[0] + sign + zeros + whole + point + part + blanks[1]

    before = rb"(BPR\*.\*|CLP\*[^*]*\*[^*]*\*(?:[^*~]*\*)?|CAS\*[^*]*\*[^*]*\*|SVC\*[^*]*\*(?:[^*~]*\*)?|AMT\*[^*]*\*)"
    for _ in range(2):
        # An amount that stands behind another one has its turn on the second way.
        file = re.sub(before + rb" *(-?)([0-9]*)\.?([0-9]*) *(?=[*~])", anew, file)
    return file


@for_any(some.lists(a_claim, min_size=1, max_size=3), a_claim, some.randoms())
def test_however_amounts_are_padded_it_says_the_same_and_one_other_claim_something_else(
    claims: list[given.Claim], other: given.Claim, random: Random
) -> None:
    said = content(given.remittance_file(("T1", claims)))
    assert content(padded(given.remittance_file(("T1", claims)), random)) == said
    changed = [other, *claims[1:]]
    assert (content(padded(given.remittance_file(("T1", changed)), random)) == said) == (other == claims[0])


def test_the_same_remittance_with_padded_amounts_is_a_duplicate(billed: Store, actor: Actor) -> None:
    first = paid("T1", [("K1", 100, "23.50"), ("K2", 100, 20)])
    brought(billed, actor, first)
    for control, (plain, wide) in enumerate(
        [
            ((b"*43.5*", b"*000000043.50*"), (b"*23.5*", b"*0023.500*")),
            ((b"*43.5*", b"* 43.5 *"), (b"*23.5*", b"*23.5   *")),
            ((b"*100*", b"*100.00*"), (b"*20*", b"*20.*")),
        ],
        start=2,
    ):
        other = paid("T1", [("K1", 100, "23.50"), ("K2", 100, 20)], control)
        for was, now in (plain, wide):
            assert was in other
            other = other.replace(was, now)
        again = brought(billed, actor, other)
        assert (again.outcome, again.sets[0].era) == (Outcome.DUPLICATE, 1)


@settings(max_examples=15)
@for_any(data=some.data())
def test_for_any_two_that_differ_in_one_claim_neither_is_a_duplicate_of_the_other(
    stores: StoreKind, data: some.DataObject
) -> None:
    claims = data.draw(some.lists(a_claim, min_size=1, max_size=3))
    at = data.draw(some.integers(0, len(claims) - 1))
    other = data.draw(a_claim.filter(lambda claim: claim != claims[at]))
    first = paid("T1", claims)
    # The same total is told of both: what the claims come to is another matter.
    total = re.search(rb"BPR\*.\*[^*]*\*.\*...", first)
    assert total is not None
    second = re.sub(
        rb"BPR\*.\*[^*]*\*.\*...", total[0], paid("T1", [*claims[:at], other, *claims[at + 1 :]], 2)
    )
    with stores.fresh(FixedClock()) as store:
        with store.writing() as session:
            actor = open_site(session, "clerk", station="442", name="DEMO", auto_audit=True)
        given.bills(store, actor, {f"K{number}": 100 for number in range(1, 5)})
        for file in data.draw(some.permutations([first, second])):
            report = brought(store, actor, file)
            assert report.outcome in (Outcome.FILED, Outcome.EXCEPTION)
            assert brought(store, actor, file).outcome in (Outcome.DUPLICATE, Outcome.EXCEPTION)
        with store.reading() as session:
            worked = select(func.count()).where(Era.match_status != EraMatchStatus.HELD)
            assert (session.scalar(worked), session.scalar(select(func.count(Era.id)))) == (1, 2)
        assert open_exceptions(store) == 1
