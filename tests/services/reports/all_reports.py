"""Every report that the services have, found by what its function gives, with any rows whatsoever."""

import dataclasses
import datetime
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from types import ModuleType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from services import reports
from services.reports.report import Report

#: What a payer may have written so that a spreadsheet, a terminal or another program does something.
HARMFUL = (
    "=1+1",
    '=HYPERLINK("x")',
    "+1",
    "-1",
    "-14.00",
    "@SUM(A1)",
    " =1",
    "＝1",
    "a^b",
    'a"b',
    "a,b;=c",
    '"=1"',
    '"a',
    "^=1",
)

_OF_TYPE: dict[object, st.SearchStrategy[Any]] = {
    str: st.one_of(
        st.sampled_from(HARMFUL),
        st.text(st.characters(codec="latin-1"), max_size=30),
        st.text(st.sampled_from("ABC 12"), min_size=70, max_size=110),
    ),
    Decimal: st.decimals(-(10**9), 10**9, places=2),
    datetime.date: st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1)),
    datetime.datetime: st.integers(0, 2**31).map(
        lambda at: datetime.datetime.fromtimestamp(at, datetime.UTC)
    ),
}


def report_functions(*more: ModuleType) -> dict[str, Callable[..., Report[Any]]]:
    """The functions of all modules of reports, and of some more, that give a report of plain values, by their names."""
    within = pkgutil.walk_packages(reports.__path__, f"{reports.__name__}.")
    modules = [importlib.import_module(found.name) for found in within]
    return {
        name: function
        for module in (*modules, *more)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and _gives(function) is Report
        and "session" not in inspect.signature(function).parameters
    }


def _gives(function: Callable[..., object]) -> object:
    return get_origin(get_type_hints(function).get("return"))


def any_report(function: Callable[..., Report[Any]]) -> st.SearchStrategy[Report[Any]]:
    """A report with any rows that its function may be given."""
    hints = get_type_hints(function)
    hints.pop("return")
    return st.builds(function, **{name: _values(hint) for name, hint in hints.items()})


def _values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type; of what a row holds several of, at most two."""
    inner, origin = get_args(hint), get_origin(hint)
    if hint in _OF_TYPE:
        return _OF_TYPE[hint]
    if origin in (Union, UnionType):
        return st.one_of(*map(_values, inner))
    if origin in (Sequence, Iterable, tuple, list):
        return st.lists(_values(inner[0]), max_size=2).map(tuple)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        fields = get_type_hints(hint)
        return st.builds(hint, **{name: _values(field) for name, field in fields.items()})
    return st.from_type(hint)


def cells(report: Report[Any]) -> Iterator[list[str]]:
    """The cells of a report in words, row by row."""
    for row in report.rows:
        yield [column.text(row) for column in report.columns]
