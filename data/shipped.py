"""The files that ship: the font of prints, and the demo site's in the order in which a site would have got them."""

import datetime
from pathlib import Path
from typing import NamedTuple

DEMO_FOLDER = Path(__file__).parent / "demo"

#: DejaVu Sans Mono 2.37, embedded in prints as PDF; its licence lies beside it.
PRINT_FONT = Path(__file__).parent / "fonts" / "DejaVuSansMono.ttf"

#: What a day brings, in the order in which it is imported; claims come before what is paid for them.
CLAIMS = ("old-bills.csv", "claims-837p.837", "claims-837i.837", "acknowledgement.277")
MONEY = ("remittance.835", "eft.ach", "stray.ach")


class DemoDayFiles(NamedTuple):
    """The files of one day of the demo site."""

    date: datetime.date
    claims: tuple[Path, ...]
    money: tuple[Path, ...]


def demo_day_files() -> tuple[DemoDayFiles, ...]:
    """The days of the demo site with their files; each day is a folder named by its date."""
    days = []
    for folder in sorted(folder for folder in DEMO_FOLDER.iterdir() if folder.is_dir()):
        claims, money = (
            tuple(path for name in names if (path := folder / name).exists()) for names in (CLAIMS, MONEY)
        )
        days.append(DemoDayFiles(datetime.date.fromisoformat(folder.name), claims, money))
    return tuple(days)
