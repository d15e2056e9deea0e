"""A clerk types a code and reads what it means, which way its amounts go, and what is usually done."""

import datetime
from enum import StrEnum

import pytest

from data.code_lists import CodeList, find_code, read_advice
from models.words.finance import DocumentStatus
from models.words.remittances import EftMatchStatus, EraMatchStatus, PaymentMethod, PostStatus
from services.codes.looking_up import Told, look_up

TODAY = datetime.date(2026, 11, 2)


def found(asked: str, today: datetime.date = TODAY) -> list[str]:
    """The codes that a text is taken for."""
    return [f"{code.list} {code.code}" for code in look_up(asked, today).codes]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("CO-45", ["GROUP CO", "CARC 45"]),
        ("co 45", ["GROUP CO", "CARC 45"]),
        ("PR1", ["GROUP PR", "CARC 1"]),
        ("OA:B13", ["GROUP OA", "CARC B13"]),
        ("CARC 45", ["CARC 45"]),
        ("carc co-45", ["GROUP CO", "CARC 45"]),
        ("  reason   45 ", ["CARC 45"]),
        ("N130", ["RARC N130"]),
        ("MA01", ["RARC MA01"]),
        ("CO", ["GROUP CO"]),
        ("OA", ["GROUP OA", "PLB OA"]),
        ("PLB OA", ["PLB OA"]),
        ("WO", ["PLB WO"]),
        ("4", ["CARC 4", "CLP02 4"]),
        ("CLP02 22", ["CLP02 22"]),
        ("status 22", ["CLP02 22"]),
        ("BPR04 non", ["BPR04 NON"]),
        ("MATCHED", ["ERA MATCH MATCHED", "EFT MATCH MATCHED"]),
        ("eft matched", ["EFT MATCH MATCHED"]),
        ("match-0 payment", ["ERA MATCH MATCH-0 PAYMENT"]),
        ("POST POSTED", ["ERA POST POSTED"]),
        ("not posted-removed", ["ERA POST NOT POSTED-REMOVED"]),
    ],
)
def test_what_is_typed_is_taken_for_the_codes_it_may_mean(asked: str, codes: list[str]) -> None:
    assert found(asked) == codes
    assert look_up(asked, TODAY).known


def test_a_reason_is_told_with_its_sign_rule_its_days_and_what_its_group_makes_of_it() -> None:
    group, reason = look_up("CO-45", TODAY).codes
    assert group.meaning == "Contractual Obligations"
    assert reason.meaning and "fee schedule" in reason.meaning
    assert reason.sign and reason.sign.startswith("Positive takes from the charge")
    assert (reason.start, reason.stop, reason.expired) == (datetime.date(1995, 1, 1), None, False)
    steps = {
        asked: look_up(asked, TODAY).codes[-1].next_step for asked in ("CO-45", "PR-45", "CARC 45", "OA-45")
    }
    assert len({steps["CO-45"], steps["PR-45"], steps["CARC 45"]}) == 3
    assert steps["OA-45"] == steps["CARC 45"]


def test_a_provider_level_adjustment_is_told_with_its_own_sign_rule_and_that_of_all() -> None:
    (recovery,) = look_up("WO", TODAY).codes
    assert recovery.sign and recovery.sign.startswith("Taken: ")
    assert recovery.sign.endswith("what is taken is negative.")


def test_a_code_that_holds_no_longer_is_explained_with_a_note_from_the_day_it_was_stopped() -> None:
    stopped = datetime.date(2008, 4, 1)
    before = look_up("CARC 25", stopped - datetime.timedelta(days=1))
    after = look_up("CARC 25", stopped)
    assert (before.codes[0].expired, before.notes) == (False, ())
    assert after.known and after.codes[0].expired
    assert after.codes[0].meaning == "Payment denied. Your Stop loss deductible has not been met."
    assert after.notes[0].startswith("CARC 25 holds no longer: it was stopped on 2008-04-01.")


@pytest.mark.parametrize(
    ("asked", "note"),
    [
        ("CO-999", "CARC 999 is not in its list, which is as of entries loaded 2016-08-12; ask the payer."),
        ("PLB 45", "PLB 45 is not in its list, which is as of 2012-01-01 (5010 list); ask the payer."),
        ("BPR04 ZZZ", "BPR04 ZZZ is not in its list; ask the payer."),
    ],
)
def test_an_unknown_code_of_a_named_list_says_so(asked: str, note: str) -> None:
    looked = look_up(asked, TODAY)
    assert not looked.known
    assert looked.notes == (note,)
    unknown = looked.codes[-1]
    assert (unknown.meaning, unknown.sign, unknown.next_step, unknown.start) == (None, None, None, None)


@pytest.mark.parametrize(
    "asked", ["XYZZY", "", "   ", "*", "CARC *", "\x1b[2J", "A" * 5000, "CO-", "-", "NON SENSE"]
)
def test_whatever_else_is_typed_is_answered(asked: str) -> None:
    looked = look_up(asked, TODAY)
    assert not looked.known
    assert len(looked.notes) == 1
    assert "\x1b" not in looked.asked + looked.notes[0]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Told.ERA_MATCH, EraMatchStatus),
        (Told.ERA_POST, PostStatus),
        (Told.EFT_MATCH, EftMatchStatus),
        (Told.PAYMENT_METHOD, PaymentMethod),
        (Told.DOCUMENT, DocumentStatus),
    ],
)
def test_each_word_that_a_screen_shows_is_explained(told: Told, words: type[StrEnum]) -> None:
    for word in words:
        assert f"{told} {word}" in found(word)
        assert look_up(f"{told} {word}", TODAY).codes[0].meaning


def test_advice_is_given_only_for_codes_that_there_are() -> None:
    for (told, code), said in read_advice().items():
        assert any((said.meaning, said.sign, said.next_step))
        if code != "*":
            assert look_up(f"{told} {code}", TODAY).known, f"{told} {code}"


def test_the_texts_of_the_lists_have_their_apostrophes_and_quotation_marks() -> None:
    def meaning(code: str) -> str:
        listed = find_code(CodeList.REASONS, code)
        assert listed is not None
        return listed.meaning

    assert (
        meaning("204")
        == "This service/equipment/drug is not covered under the patient's current benefit plan"
    )
    assert "state workers' compensation" in meaning("18")
    assert 'qualifier "IG")' in meaning("191")
    assert not any('""' in meaning(code) for code in ("6", "18", "191", "204"))
