"""Dates as VistA writes them (`screens.md` 0.10)."""

from datetime import date, datetime

#: The years in which somebody may be at work: receipt numbers have two digits for them, no format is older.
WORKING_YEARS = range(2000, 2100)

#: What is said of a clock that shows another year.
NO_SUCH_TIME = (
    "The clock of this machine says {} UTC, which cannot be. Nothing was changed; "
    "set the clock right and begin again."
)

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def stamp(moment: datetime) -> str:
    """`Jul 22, 2010@17:37:06`; the seconds are left out when they are 00."""
    time = f"{moment:%H:%M}" if moment.second == 0 else f"{moment:%H:%M:%S}"
    return f"{_MONTHS[moment.month - 1].title()} {moment.day:02d}, {moment.year}@{time}"


def short(day: date) -> str:
    """`7/5/10`, as on the ERA list."""
    return f"{day.month}/{day.day}/{day.year % 100:02d}"


def pad_day(day: date) -> str:
    """`07/05/10`, as on the Receipt Profile."""
    return f"{day.month:02d}/{day.day:02d}/{day.year % 100:02d}"


def capitals(day: date) -> str:
    """`JUL 05, 2010`, as behind a date just typed."""
    return f"{_MONTHS[day.month - 1]} {day.day:02d}, {day.year}"
