"""A clerk's view of the ERA list is remembered as it was asked for."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.office.preferences import LONGEST
from services.remittances.era_views import EraView, read_word, say_view, word_of
from services.remittances.listing import EraOrder, EraSelection, EraSort, MatchFilter, PostFilter, SortKey

# What a clerk can type at a payer's name: no controls, no blanks at the ends, in capitals.
NAMES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"), max_codepoint=0x2FFF), min_size=1
).map(lambda name: name.upper().strip()[:30].strip())
RANGES = st.tuples(NAMES, NAMES).filter(all)
DAYS = st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2099, 12, 31))
KEYS = st.builds(SortKey, st.sampled_from(EraSort), st.booleans())
SELECTIONS = st.builds(
    lambda post, match, days, payers: EraSelection(post, match, *days, *payers),
    st.sampled_from(PostFilter),
    st.sampled_from(MatchFilter),
    st.one_of(st.just((None, None)), st.tuples(DAYS, DAYS)),
    st.one_of(st.just((None, None)), RANGES),
)
VIEWS = st.builds(EraView, SELECTIONS, st.builds(EraOrder, KEYS, st.none() | KEYS))


@given(VIEWS)
def test_what_was_asked_for_is_what_is_remembered(view: EraView) -> None:
    word = word_of(view)
    assert len(word) <= LONGEST, "or the preference would cut it"
    assert read_word(word) == view


@pytest.mark.parametrize(
    "word", ["", "UNPOSTED", "\t" * 7, "OLD\tBOTH\t\t\t\t\tPAYER\t", "BOTH\tBOTH\t2012-02-30\t\t\t\tPAYER\t"]
)
def test_a_word_of_another_release_is_no_view(word: str) -> None:
    assert read_word(word) is None


def test_a_view_is_said_in_one_sentence() -> None:
    chosen = EraSelection(
        PostFilter.UNPOSTED,
        MatchFilter.MATCHED,
        datetime.date(2012, 7, 1),
        datetime.date(2012, 7, 22),
        "BLUE",
        "BLUEZZZ",
    )
    view = EraView(chosen, EraOrder(SortKey(EraSort.AMOUNT, descending=True), SortKey(EraSort.PAYER)))
    assert say_view(view) == (
        "UNPOSTED, MATCH STATUS MATCHED, RECEIVED 7/1/12-7/22/12, PAYERS BLUE-BLUEZZZ, "
        "SORTED BY AMOUNT FROM THE LAST ON AND PAYER"
    )
    assert say_view(EraView().undated()) == "BOTH, MATCH STATUS BOTH, ALL PAYERS"
    assert view.undated().chosen.received_from is None


@pytest.mark.parametrize(
    "word",
    [
        "BOTH\tBOTH\t\t\t\tZ\tDATE RECEIVED\t",
        "BOTH\tBOTH\t\t\tA\t\tDATE RECEIVED\t",
        "BOTH\tBOTH\t2012-07-01\t\t\t\tDATE RECEIVED\t",
        "BOTH\tBOTH\t\t\t\udcff\tZ\tDATE RECEIVED\t",
    ],
)
def test_half_a_range_and_what_is_no_text_are_no_view(word: str) -> None:
    assert read_word("BOTH\tBOTH\t\t\tA\tZ\tDATE RECEIVED\t") is not None
    assert read_word(word) is None
