"""Which ERAs the worklist lists, in which order, and how they are found."""

import datetime

import pytest
from sqlalchemy import event, insert

from models.eras import Era
from models.messages import Message, TransactionSet
from models.store import Store
from models.words.intake import Outcome, Validation
from models.words.money import money
from models.words.remittances import EraMatchStatus, PostStatus
from services.office.actor import Actor
from services.remittances.listing import EraSelection, MatchFilter, PostFilter, era_numbers, era_rows
from services.remittances.lookup import MOST_HITS, all_eras, find_eras

FIRST_DAY = datetime.date(2012, 7, 1)


def add(store: Store, actor: Actor, eras: list[dict[str, object]]) -> None:
    """Adds ERAs by their rows: what matters of them here is their own fields."""
    at = store.clock()
    with store.writing() as session:
        message = Message(
            sha256="0" * 64,
            file_name="eras.835",
            kind="835",
            size=1,
            outcome=Outcome.FILED,
            received_at=at,
            received_by=actor.user_id,
        )
        session.add(message)
        session.flush()
        one_set = TransactionSet(
            message_id=message.id,
            ordinal=1,
            kind="835",
            version="005010X221A1",
            control="0001",
            group_control="1",
            interchange_control="1",
            sender="DEMOCLEARING",
            offset=0,
            length=1,
            fingerprint=b"0",
            outcome=Outcome.FILED,
            validation=Validation.NONE,
        )
        session.add(one_set)
        session.flush()
        rows = [{**_era(number, one_set.id), **era} for number, era in enumerate(eras, 1)]
        session.execute(insert(Era), [{**row, "received_at": noon(row["received"])} for row in rows])


def noon(day: object) -> datetime.datetime:
    """The instant at which an ERA of that day came in."""
    assert isinstance(day, datetime.date)
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def _era(number: int, set_id: int) -> dict[str, object]:
    return {
        "trace": f"T{number:06d}",
        "trace_key": f"T{number:06d}",
        "payer_id": "DEMO1",
        "payer_key": "DEMO1",
        "payer_name": "BLUE RIVER HEALTH PLAN",
        "date": FIRST_DAY,
        "total": money("100.00"),
        "received": FIRST_DAY,
        "method": "ACH",
        "handling": "I",
        "match_status": EraMatchStatus.UNMATCHED,
        "post_status": PostStatus.NOT_POSTED,
        "check_number": "",
        "eeob_count": 1,
        "approximate_eeobs": 1,
        "payee_name": "",
        "payee_id": "",
        "production_date": None,
        "balanced_lines": True,
        "balanced_claims": True,
        "balanced": True,
        "transaction_set_id": set_id,
        "version": 1,
        "dated": True,
        "content": b"",
    }


def listed(store: Store, selection: EraSelection) -> list[int]:
    with store.reading() as session:
        return list(era_numbers(session, selection))


def test_every_status_but_not_posted_counts_as_posted(site: Store, actor: Actor) -> None:
    add(site, actor, [{"post_status": status} for status in PostStatus])
    assert listed(site, EraSelection(post=PostFilter.UNPOSTED)) == [1]
    assert listed(site, EraSelection(post=PostFilter.POSTED)) == [2, 3, 4, 5]
    assert listed(site, EraSelection(post=PostFilter.BOTH)) == [1, 2, 3, 4, 5]


def test_every_status_but_unmatched_and_held_counts_as_matched(site: Store, actor: Actor) -> None:
    add(site, actor, [{"match_status": status} for status in EraMatchStatus])
    assert list(EraMatchStatus)[6] is EraMatchStatus.HELD
    assert listed(site, EraSelection(match=MatchFilter.NOT_MATCHED)) == [1, 7]
    assert listed(site, EraSelection(match=MatchFilter.MATCHED)) == [2, 3, 4, 5, 6]


def test_dates_and_names_include_both_ends_and_names_are_compared_in_capitals(
    site: Store, actor: Actor
) -> None:
    days = [FIRST_DAY + datetime.timedelta(days=number) for number in range(4)]
    names = ["Aetna", "BLUE-CROSS", "blue river", "BLUEZZZ"]
    add(site, actor, [{"received": d, "payer_name": n} for d, n in zip(days, names, strict=True)])
    assert listed(site, EraSelection(received_from=days[1], received_to=days[2])) == [2, 3]
    assert listed(site, EraSelection(payer_from="BLUE", payer_to="BLUEZZZ")) == [2, 3, 4]
    assert listed(site, EraSelection(payer_from="BLUE RIVER", payer_to="BLUE RIVER")) == [3]
    assert listed(site, EraSelection(payer_from="BLUE A", payer_to="BLUE Z")) == [3]


def test_the_earliest_received_stand_first_and_rows_keep_the_order_asked_for(
    site: Store, actor: Actor
) -> None:
    days = [3, 1, 2, 1]
    add(site, actor, [{"received": FIRST_DAY + datetime.timedelta(days=day)} for day in days])
    assert listed(site, EraSelection()) == [2, 4, 3, 1]
    with site.reading() as session:
        assert [row.number for row in era_rows(session, [3, 1, 99, 2])] == [3, 1, 2]


def test_a_page_costs_one_query_wherever_it_stands(site: Store, actor: Actor) -> None:
    add(site, actor, [{} for _ in range(1_200)])
    statements: list[str] = []

    @event.listens_for(site.engine, "before_cursor_execute")
    def count(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    with site.reading() as session:
        numbers = era_numbers(session, EraSelection())
        assert len(numbers) == 1_200
        for page in (numbers[:3], numbers[600:603], numbers[-3:]):
            statements.clear()
            assert [row.number for row in era_rows(session, page)] == list(page)
            assert len(statements) == 1
            assert "OFFSET" not in statements[0]


def test_a_whole_number_or_trace_comes_before_what_only_begins_like_it(site: Store, actor: Actor) -> None:
    add(
        site,
        actor,
        [
            {"trace": "777", "trace_key": "777"},
            {"trace": "1", "trace_key": "1"},
            {"trace": "1234", "trace_key": "1234"},
            {"trace": "50%_\\X", "trace_key": "50%_\\X", "payer_name": "Prairie State"},
        ],
    )
    with site.reading() as session:

        def found(typed: str) -> list[int]:
            return [row.number for row in find_eras(session, typed)]

        assert found("1") == [1, 2], "ERA 1, and the ERA whose trace is 1"
        assert found("123") == [3]
        assert found(" 777 ") == [1]
        assert found("prairie") == [4]
        assert found("50%") == [4]
        assert found("5_%") == []
        assert found("%") == []
        assert found("") == []
        assert found("²") == []


def test_a_look_up_that_fits_everything_shows_the_first_ones(site: Store, actor: Actor) -> None:
    add(site, actor, [{} for _ in range(MOST_HITS + 50)])
    with site.reading() as session:
        assert len(find_eras(session, "BLUE")) == MOST_HITS
        assert [row.number for row in all_eras(session, 0, 20)] == list(range(1, 21))
        assert [row.number for row in all_eras(session, 240, 20)] == list(range(241, 251))


@pytest.mark.parametrize("selection", [EraSelection(), EraSelection(payer_from="A", payer_to="Z")])
def test_an_empty_store_lists_nothing(site: Store, actor: Actor, selection: EraSelection) -> None:
    assert listed(site, selection) == []
