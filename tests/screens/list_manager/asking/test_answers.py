"""Amounts, entry numbers and dates as they are typed."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.list_manager.asking.answers import read_entries, read_money, show_entries
from screens.list_manager.asking.dates import read_date
from services.dates import capitals, pad_day, short, stamp

TODAY = date(2010, 7, 22)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("100", "100.00"), ("100.5", "100.50"), (".5", "0.50"), ("5.", "5.00"), ("$1,234.50", "1234.50"),
        ("-18.50", "-18.50"), ("+3", "3.00"), ("-0", "0.00"),
    ],
)  # fmt: skip
def test_amounts_as_clerks_type_them(typed: str, amount: str) -> None:
    assert str(read_money(typed)) == amount


@pytest.mark.parametrize(
    "typed", ["", ".", "-", "$", "1.234", "1,23", "1e5", "NaN", "١٢", "1 2", "12.3.4", "--1"]
)
def test_what_is_not_an_amount(typed: str) -> None:
    assert read_money(typed) is None


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2))
def test_an_amount_shown_is_read_back_to_the_cent(amount: Decimal) -> None:
    assert read_money(f"{amount:.2f}") == amount
    assert read_money(f"{amount:,.2f}") == amount


@given(st.text(max_size=20))
def test_any_typing_is_an_amount_in_cents_or_none(text: str) -> None:
    amount = read_money(text)
    assert amount is None or amount == amount.quantize(Decimal("0.01"))


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12, unique=True))
def test_entries_shown_are_read_back(numbers: list[int]) -> None:
    assert read_entries(show_entries(numbers), 1, 40) == tuple(numbers)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("4", (4,)), ("2-5,7", (2, 3, 4, 5, 7)), ("1/3;5 . 7", (1, 3, 5, 7)), ("3 - 4", (3, 4)), ("4,4", (4,))],
)
def test_entries_with_every_separator(typed: str, numbers: tuple[int, ...]) -> None:
    assert read_entries(typed, 1, 9) == numbers


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("0", "0"),
        ("2,10", "10"),
        ("5-2", "5-2"),
        ("2-99", "2-99"),
        ("a", "a"),
        ("1-999999999", "1-999999999"),
    ],
)
def test_the_part_that_is_no_entry_is_named(typed: str, wrong: str) -> None:
    assert read_entries(typed, 1, 9) == wrong


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("T", TODAY), ("t-7", date(2010, 7, 15)), ("T+1", date(2010, 7, 23)), ("T-2W", date(2010, 7, 8)),
        ("T+7M", date(2011, 2, 22)), ("N", TODAY), ("today", TODAY), ("7/5/10", date(2010, 7, 5)),
        ("07-05-2010", date(2010, 7, 5)), ("7/5", date(2010, 7, 5)), ("JUL 22", TODAY),
        ("jul 22, 2011", date(2011, 7, 22)), ("JULY 4 10", date(2010, 7, 4)), ("22 JUL 2010", TODAY),
        ("22-JUL-2010", TODAY), ("20100722", TODAY), ("2010-07-22", TODAY), ("1/1/31", date(1931, 1, 1)),
        ("1/1/30", date(2030, 1, 1)), ("1/1/99", date(1999, 1, 1)),
    ],
)  # fmt: skip
def test_dates_as_clerks_type_them(typed: str, day: date) -> None:
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["", "T-", "T-99999", "2/30/10", "13/1/10", "JU 22", "XYZ 1", "٧/٥", "20101322", "7"]
)
def test_what_is_not_a_date(typed: str) -> None:
    assert read_date(typed, TODAY) is None


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_every_form_of_a_date_is_read_back(day: date) -> None:
    for text in (capitals(day), pad_day(day), short(day), f"{day:%Y%m%d}", day.isoformat()):
        assert read_date(text, TODAY) == day


@given(st.integers(-2000, 2000))
def test_days_before_and_after_today(days: int) -> None:
    assert read_date(f"T{days:+d}", TODAY) == TODAY + timedelta(days=days)


@given(st.dates(), st.integers(-9999, 9999))
def test_months_before_and_after_never_fail(today: date, months: int) -> None:
    day = read_date(f"T{months:+d}M", today)
    assert day is None or (day.year * 12 + day.month) - (today.year * 12 + today.month) == months


def test_the_stamp_of_the_title_line() -> None:
    assert stamp(datetime(2010, 7, 2, 17, 37, 6)) == "Jul 02, 2010@17:37:06"  # noqa: DTZ001
    assert stamp(datetime(2010, 7, 22, 7, 3, 0)) == "Jul 22, 2010@07:03"  # noqa: DTZ001
