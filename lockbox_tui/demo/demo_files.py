"""Writes the demo site's files anew from what `services.generator.demo_days` says (`make demo-files`)."""

import sys
from pathlib import Path

from data.shipped import DEMO_FOLDER
from services.bank.write_nacha import NachaWriter
from services.generator.demo_claims import OLD_BILL_HEADING
from services.generator.demo_days import demo_days
from services.generator.demo_scene import DemoDay
from services.generator.eft_ach import write_eft
from services.generator.fictions import demo_site
from services.generator.site_day import write_site_day

STATION = "442"


def write_demo_files(folder: Path) -> None:
    """Writes all days into a folder, each into a folder of its own; the same bytes each time."""
    for day in demo_days():
        _write_day(folder / day.date.isoformat(), day)


def _write_day(folder: Path, day: DemoDay) -> None:
    site = demo_site(STATION)
    write_site_day(folder, site, day.remittances, day=day.date, unpaid=day.unpaid, overwrite=True)
    if day.old_bills:
        rows = [OLD_BILL_HEADING, *(bill.row() for bill in day.old_bills)]
        (folder / "old-bills.csv").write_text("".join(f"{row}\n" for row in rows), encoding="ascii")
    if day.stray:
        with (
            (folder / "stray.ach").open("wb") as stream,
            NachaWriter(
                stream,
                destination=site.routing,
                destination_name="DEMO TREASURY BANK",
                origin="999900001",
                origin_name="DEMO CLEARING BANK",
                created=day.date,
            ) as out,
        ):
            for each in day.stray:
                write_eft(out, site, each)


if __name__ == "__main__":
    write_demo_files(Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO_FOLDER)
