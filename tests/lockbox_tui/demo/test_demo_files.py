"""The demo site's files: what ships is what the maker writes, it conforms, and it is small."""

import datetime
from pathlib import Path

import pytest

from data.shipped import DEMO_FOLDER, demo_day_files
from lockbox_tui.demo.demo_files import write_demo_files
from services.generator.demo_days import demo_days
from tests.services.generator.adding_up import segments
from tests.services.generator.test_conformity import _silent_judge, judged

MOST_BYTES = 400_000

__all__ = ["_silent_judge"]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_what_ships_is_what_the_maker_writes(tmp_path: Path) -> None:
    write_demo_files(tmp_path)
    written, shipped = contents(tmp_path), contents(DEMO_FOLDER)
    assert written.keys() == shipped.keys()
    different = [name for name, data in written.items() if shipped[name] != data]
    assert different == []


def test_the_files_are_small() -> None:
    assert sum(len(data) for data in contents(DEMO_FOLDER).values()) < MOST_BYTES


def test_each_day_has_its_files_in_the_order_of_their_arrival() -> None:
    days = demo_day_files()
    assert [day.date for day in days] == [day.date for day in demo_days()]
    assert days[0].date == datetime.date(2026, 10, 16)
    for day in days:
        assert day.money[0].name == "remittance.835"
    listed = {path for day in days for path in (*day.claims, *day.money)}
    assert listed == {path for path in DEMO_FOLDER.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "path",
    [
        path
        for day in demo_day_files()
        for path in (*day.claims, *day.money)
        if path.suffix in (".835", ".837", ".277")
    ],
    ids=lambda path: f"{path.parent.name}-{path.name}",
)
def test_every_x12_file_conforms(path: Path) -> None:
    assert judged(path) == (True, len(segments(path)))
