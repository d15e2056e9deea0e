"""The site's own list of codes: read from a CSV, loaded as a whole, and used before the lists that ship.

The first row names the columns, in any order and any case; UTF-8. A list that is loaded takes the place of the one
before.

    list   GROUP, CARC, RARC, PLB, CLP02 or BPR04 (required)
    code   the code (required)
    text   what it stands for (required), at most 4,000 characters
    start  the day from which it holds, 2026-11-01
    stop   the day from which it holds no longer
"""

import csv
import datetime
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data.code_lists import ListedCode
from models.codes import SiteCode
from models.words.acts import Act
from models.words.keys import SecurityKey
from services.clean import clean
from services.codes.looking_up import CODE_LISTS, SiteCodes, Told
from services.counted import say_count
from services.errors import Refused
from services.office.actor import Actor
from services.office.acts import begin, end

COLUMNS = ("list", "code", "text", "start", "stop")
_REQUIRED = COLUMNS[:3]

#: Characters of a code and of a text: the longest of the lists that ship has fewer than 2,000.
_LONGEST_CODE, _LONGEST_TEXT = 20, 4_000
#: Bytes of a file: all lists that ship have a fifteenth of it.
LARGEST_FILE = 4_000_000


@dataclass(frozen=True, slots=True)
class CodesLoaded:
    """How many codes the site's own list has now, and had before."""

    codes: int
    before: int


def read_code_list(content: bytes) -> SiteCodes:
    """Reads a list; raises `Refused` with the row and what is wrong there, so that none is loaded in part."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("THE LIST IS NOT IN UTF-8; SAVE IT AS UTF-8 AND LOAD IT AGAIN") from error
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: dict[tuple[Told, str], ListedCode] = {}
    line = 1
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        missing = [name for name in COLUMNS if names.count(name) != 1]
        if missing:
            raise Refused(
                f"THE FIRST ROW HAS TO NAME ONCE EACH: {', '.join(COLUMNS)}; WRONG: {', '.join(missing)}"
            )
        line = rows.line_num + 1
        for row in rows:
            if any(cell.strip() for cell in row):
                told, code = _row(rows.line_num, names, row)
                if (told, code.code) in found:
                    raise Refused(f"LINE {rows.line_num}: {told} {code.code} STANDS IN THE LIST TWICE")
                found[told, code.code] = code
            line = rows.line_num + 1
    except csv.Error as error:
        raise Refused(f"LINE {line}: {_why_unread(error, line, rows.line_num)}") from error
    if not found:
        raise Refused("THE LIST HAS NO CODES")
    return found


def _why_unread(error: csv.Error, first: int, last: int) -> str:
    """What is wrong with a row that begins at the line `first` and could be read only until `last`."""
    # The reader of Python has no kinds of errors, only words.
    if not str(error).startswith("field larger"):
        return "A QUOTATION MARK IS NOT CLOSED, OR STANDS WITHIN A FIELD"
    asked = "; IS A QUOTATION MARK NOT CLOSED?" if last > first else ""
    return f"A FIELD HAS MORE THAN {csv.field_size_limit():,} CHARACTERS, A TEXT HAS AT MOST {_LONGEST_TEXT:,}{asked}"


def _row(line: int, names: list[str], row: list[str]) -> tuple[Told, ListedCode]:
    if len(row) != len(names):
        raise Refused(f"LINE {line}: IT HAS {len(row)} FIELDS, THE FIRST ROW {len(names)}")
    cells = {name: " ".join(clean(cell, len(cell)).split()) for name, cell in zip(names, row, strict=True)}
    empty = [name for name in _REQUIRED if not cells[name]]
    if empty:
        raise Refused(f"LINE {line}: IT HAS NO {empty[0]}")
    told = next((one for one in CODE_LISTS if one == cells["list"].upper()), None)
    if told is None:
        raise Refused(f"LINE {line}: {cells['list'][:20]} IS NO LIST; THE LISTS ARE {', '.join(CODE_LISTS)}")
    code = cells["code"].upper()
    if len(code) > _LONGEST_CODE or " " in code:
        raise Refused(f"LINE {line}: A CODE HAS AT MOST {_LONGEST_CODE} CHARACTERS AND NO BLANKS")
    if (long := len(cells["text"])) > _LONGEST_TEXT:
        raise Refused(f"LINE {line}: THE TEXT HAS {long:,} CHARACTERS, AT MOST {_LONGEST_TEXT:,} ARE TAKEN")
    start, stop = _day(line, cells["start"]), _day(line, cells["stop"])
    if start is not None and stop is not None and stop < start:
        raise Refused(f"LINE {line}: {told} {code} STOPS BEFORE IT STARTS")
    return told, ListedCode(code, cells["text"], start, stop)


def _day(line: int, text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused(f"LINE {line}: {text[:20]} IS NO DATE; TYPE IT AS 2026-11-01") from error


def load_codes(session: Session, actor: Actor, codes: SiteCodes) -> CodesLoaded:
    """Puts a list in the place of the site's own one; needs LOCKBOX MANAGER."""
    by = begin(session, actor, Act.CODES_LOADED, SecurityKey.MANAGER)
    before = len(site_codes(session))
    session.execute(delete(SiteCode))
    session.execute(insert(SiteCode), [*_values(codes)])
    end(session, by, "codes", detail=f"{say_count(len(codes), 'code')}, before {before}")
    return CodesLoaded(len(codes), before)


def _values(codes: SiteCodes) -> Iterator[dict[str, object]]:
    for (told, code), listed in codes.items():
        yield {
            "list": told.value,
            "code": code,
            "text": listed.meaning,
            "start": listed.start,
            "stop": listed.stop,
        }


def site_codes(session: Session) -> Mapping[tuple[Told, str], ListedCode]:
    """The site's own list; empty where none was loaded."""
    return {
        (Told(row.list), row.code): ListedCode(row.code, row.text, row.start, row.stop)
        for row in session.scalars(select(SiteCode).where(SiteCode.list.in_(CODE_LISTS)))
    }
