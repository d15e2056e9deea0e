"""What the codes of a remittance stand for, as far as open lists say it; read when first asked for."""

import csv
import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "codes"

#: What Lockbox itself says of codes, beside the lists.
_ADVICE = "advice"

#: VistA's lists have quotation marks where an apostrophe stood: `patient"s`, `workers" compensation`.
_APOSTROPHE = re.compile(r'(?<=[a-z])"(?=s\b)|(?<=workers)"(?= )')

_AS_OF = re.compile(r"# as of: (.+)")


class CodeList(StrEnum):
    """A list that ships, by the name of its file; `data/codes/SOURCES.md` says where each comes from."""

    GROUPS = "groups"
    REASONS = "carc"
    REMARKS = "rarc"
    PROVIDER_ADJUSTMENTS = "plb"
    CLAIM_STATUS = "claim_status"
    FILING = "filing"
    AMOUNTS = "amounts"
    QUANTITIES = "quantities"
    REFERENCES = "references"
    DAYS = "days"
    ENTITIES = "entities"


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code of a list: what it stands for, and from when until when, where the list says so."""

    code: str
    meaning: str
    start: datetime.date | None = None
    stop: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """What Lockbox says of a code in its own words; a text that is empty says nothing.

    `meaning` is given for what no list explains. Of the code `*` it is said of all codes of the list; of
    `CO-45` only where the reason 45 stands in the group CO.
    """

    meaning: str
    sign: str
    next_step: str


def meaning_of(codes: CodeList, code: str) -> str:
    """What a code stands for; an empty text for one that its list does not have."""
    listed = find_code(codes, code)
    return "" if listed is None else listed.meaning


def find_code(codes: CodeList, code: str) -> ListedCode | None:
    """A code as its list has it, or None."""
    return _read_list(codes).get(code.strip().upper())


@cache
def list_as_of(codes: CodeList) -> str:
    """Of when a list is, in its own words."""
    found = _AS_OF.search(_text(codes))
    assert found is not None, f"{codes} does not say of when it is"
    return found[1]


@cache
def read_advice() -> Mapping[tuple[str, str], Advice]:
    """What Lockbox says of codes, by the name that a list has there and the code."""
    return {
        (row["list"], row["code"]): Advice(row["meaning"], row["sign"], row["next_step"])
        for row in _rows(_ADVICE)
    }


@cache
def _read_list(codes: CodeList) -> dict[str, ListedCode]:
    return {
        row["code"]: ListedCode(
            row["code"],
            " ".join(_APOSTROPHE.sub("'", row["description"]).split()),
            _day(row.get("start")),
            _day(row.get("stop")),
        )
        for row in _rows(codes)
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a list by the titles in its first line, which stands below what says where it comes from."""
    lines = (line for line in _text(name).splitlines() if not line.startswith("#"))
    return csv.DictReader(lines, delimiter="\t")


def _text(name: str) -> str:
    return (_FOLDER / f"{name}.tsv").read_text("utf-8")


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
