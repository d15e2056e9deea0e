"""Finding topics of the guide: those of the screen first, few beginnings, and text in the width of the screen."""

from hypothesis import given
from hypothesis import strategies as st

from services.guide.topics import Kind, all_topics, find_topics, told


def test_the_topic_of_the_screen_comes_first() -> None:
    for title in ("EEOB Worklist/Scratch Pad", "ERA List - Worklist"):
        first, *_ = find_topics("View/Print ERA", title).topics
        assert first.where == title
    assert find_topics("Exit", "Receipt Profile").topics[0].where != "Receipt Profile"


def test_a_beginning_is_told_where_few_things_begin_so() -> None:
    assert [topic.name for topic in find_topics("Distribute A").topics] == ["Distribute Adj Amts"]
    assert [topic.name for topic in find_topics("Ref", "EEOB Worklist/Scratch Pad").topics] == [
        "Refresh Scratch Pad"
    ]
    many = find_topics("era")
    assert many.known and all(
        "era" in (topic.name.casefold(), *map(str.casefold, topic.called)) for topic in many.topics
    )
    many = find_topics("e")
    assert not many.known and {"EEOB", "EFT", "ERA"} < set(many.near)
    assert not find_topics("").known


def test_case_and_signs_do_not_count() -> None:
    wanted = find_topics("Third Party Joint Inquiry").topics
    assert wanted and find_topics("  third party  JOINT inquiry? ").topics == wanted
    assert find_topics("ARE YOU SURE YOU WANT TO CANCEL THIS PAYMENT?").topics[0].kind is Kind.QUESTION


@given(st.integers(20, 132))
def test_no_line_is_wider_than_it_may_be_but_for_a_word_or_an_example(width: int) -> None:
    lines = list(told(all_topics(), width))
    wider = [line for line in lines if len(line) > width]
    # Examples stand as they are, and a word is never broken.
    assert all(line.startswith("     ") or " " not in line.strip(" -") for line in wider)


@given(st.text(max_size=90))
def test_whatever_is_typed_is_answered(text: str) -> None:
    found = find_topics(text, "Receipt Profile")
    assert found.known or found.unknown
    assert list(told(found.topics, 79)) or not found.known
