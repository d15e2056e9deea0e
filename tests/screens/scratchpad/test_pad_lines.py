"""The lines of the scratch pad: how many an entry has is known before they are written."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.words.bills import BillStatus
from models.words.scratchpad import EntryKind, LineKey, ReviewStatus
from screens.scratchpad.pad_lines import entry_height, entry_lines
from services.scratchpad.pad import Entry, PadLine
from services.scratchpad.reviewing import Comment, Review
from services.scratchpad.screen_view import AdjustmentShown, BillShown, EntryView, LineView

AMOUNT = Decimal("12.50")
WORDS = st.sampled_from(("", "SPLIT PAYMENT", "A second look\nand a third", "X" * 200))
AT = datetime.datetime(2012, 7, 22, 14, 37, tzinfo=datetime.UTC)

BILLS = st.none() | st.builds(
    BillShown,
    st.just("K1"),
    st.sampled_from(BillStatus),
    st.just(AMOUNT),
    st.just(AMOUNT),
    st.none() | st.just(AT.date()),
    st.booleans(),
)
LINES = st.builds(
    lambda kind, comment, bill, adjustments: LineView(
        1,
        kind,
        PadLine(LineKey(1, 1, 1), "K1", None, AMOUNT, Decimal(0), comment),
        bill,
        "DEMOVET,ALPHA",
        "1234",
        tuple(adjustments),
    ),
    st.sampled_from(EntryKind),
    st.sampled_from(("", "SPLIT PAYMENT")),
    BILLS,
    st.lists(st.builds(AdjustmentShown, st.just("TAKEN "), WORDS, st.just(""), WORDS), max_size=3),
)
COMMENTS = st.builds(
    lambda edited, text: Comment(1, 1, "CLERK,ONE", AT, AT if edited else None, text or "?"),
    st.booleans(),
    WORDS,
)
REVIEWS = st.none() | st.builds(
    lambda status, by, comments: Review(status, by, AT, tuple(comments)),
    st.sampled_from(ReviewStatus),
    st.sampled_from(("", "CLERK,ONE")),
    st.lists(COMMENTS, max_size=3),
)
ENTRIES = st.builds(
    lambda lines, unbalanced, review: EntryView(
        1,
        Entry(1, lines[0].kind, "K1", ("1",), 0, False, tuple(line.line for line in lines)),
        tuple(lines),
        tuple(unbalanced),
        review,
    ),
    st.lists(LINES, min_size=1, max_size=3),
    st.lists(st.sampled_from(("1", "2")), max_size=2),
    REVIEWS,
)


@given(ENTRIES)
def test_an_entry_is_as_high_as_its_lines_are_many(entry: EntryView) -> None:
    assert entry_height(entry) == len(entry_lines(entry))
