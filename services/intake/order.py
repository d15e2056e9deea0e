"""In which order files that come together are filed: claims before what is said of them and paid for them."""

import re
import stat
from pathlib import Path

from services.bills.bills_csv import looks_like_bills_csv

_HEAD = 4096

#: Claims, their acknowledgements, remittances, then everything else.
_ORDER = {b"837": 0, b"277": 1, b"835": 2}
_LAST = 3

_FIRST_SET = re.compile(rb"ST[^A-Za-z0-9\s](837|277|835)[^0-9]")


def order_of_filing(path: Path) -> int:
    """Where a file stands among others that are imported with it: claims before what is said of them.

    Only the head of the file is looked at; one that cannot be read comes last and is refused in its turn.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return _LAST
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return _LAST
    if looks_like_bills_csv(head):
        return 0
    first = _FIRST_SET.search(head)
    return _ORDER.get(b"" if first is None else first[1], _LAST)
