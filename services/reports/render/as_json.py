"""JSON of whatever the program tells, written piece by piece, so that a long list takes no more memory (DESIGN 6)."""

import dataclasses
import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from models.words.money import two_decimals
from services.clean import clean
from services.findings import Finding
from services.reports.report import LONGEST, Report

Row = TypeVar("Row")


def as_json(document: object) -> Iterator[str]:
    """One JSON document, piece by piece; `plain` says what it may hold.

    Characters beyond ASCII are escaped, so that no terminal obeys any of them.
    """
    return json.JSONEncoder(ensure_ascii=True, indent=2).iterencode(plain(document))


def plain(value: object) -> object:
    """A value as JSON has it: amounts as strings with two decimals, dates ISO 8601, absent values null.

    Takes reports, dataclasses (an object of their fields), mappings, sequences, words, dates, decimals and
    what JSON knows itself. Raises `TypeError` for anything else, so that nothing is printed by chance; what a
    sequence holds is looked at as it is written.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        return two_decimals(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, Finding):
        return {"code": value.code, "text": value.text, "where": value.where or None}
    if isinstance(value, Report):
        return _report(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return _Items(value)
    raise TypeError(f"a {type(value).__name__} has no place in a JSON document")


def _report(report: Report[Row]) -> dict[str, object]:
    """A report as a document: its rows as objects whose names are those of the columns."""
    keys = {column.title: column.key for column in report.columns}
    return {
        "title": _clean(report.title),
        "heading": _Items([_clean(line) for line in report.heading]),
        "rows": _Rows(report),
        "totals": _Items(
            [
                {
                    "title": total.title,
                    "values": {keys[title]: plain(value) for title, value in total.values.items()},
                }
                for total in report.totals
            ]
        ),
        "notes": _Items([_clean(line) for line in report.notes]),
    }


def _clean(text: str) -> str:
    return clean(text, LONGEST)


class _Items(list[object]):
    """A sequence whose items become plain one by one: a file of very many sets is told set by set."""

    def __iter__(self) -> Iterator[object]:
        return map(plain, super().__iter__())


class _Rows(list[Any]):
    """The rows of a report, each an object only while it is written."""

    def __init__(self, report: Report[Any]) -> None:
        rows: Sequence[Any] = report.rows
        super().__init__(rows)
        self._columns = report.columns

    def __iter__(self) -> Iterator[object]:
        for row in super().__iter__():
            yield {column.key: plain(column.value(row)) for column in self._columns}
