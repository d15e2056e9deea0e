"""A made-up day never takes the place of another one unasked, and another date is another day."""

from pathlib import Path

import pytest

from services.generator.site_day import DAY_FILES
from tests.lockbox_tui.program import Program
from tests.lockbox_tui.test_papers import GUIDE, block


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program without a site; a made-up day needs none."""
    return Program(tmp_path)


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_folder_with_a_day_in_it_is_refused_and_stays_as_it_is(program: Program, tmp_path: Path) -> None:
    day = tmp_path / "day"
    program.json("generate", "--claims", "3", "--into", day)
    before = contents(day)
    for words in (("--claims", "3"), ("--claims", "9", "--date", "2025-06-03")):
        refused = program.json("generate", *words, "--into", day, status=1)
        assert refused["refused"] == (
            f"{day} has claims-837p.837, acknowledgement.277, remittance.835, eft.ach already. "
            "Name another folder, or say --overwrite to put the new day in its place."
        )
    assert contents(day) == before


def test_one_file_of_such_a_name_is_enough(program: Program, tmp_path: Path) -> None:
    for name in DAY_FILES:
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).symlink_to(tmp_path / "mine")
        assert name in program.json("generate", "--claims", "3", "--into", folder, status=1)["refused"]
        assert [path.name for path in folder.iterdir()] == [name]
    assert not (tmp_path / "mine").exists()


def test_with_overwrite_the_new_day_takes_the_place_of_the_old_one_whole(
    program: Program, tmp_path: Path
) -> None:
    day, alone = tmp_path / "day", tmp_path / "alone"
    both_kinds = program.json("generate", "--claims", "150", "--into", day)
    assert str(day / "claims-837i.837") in both_kinds["files"]
    (day / "notes.txt").write_text("mine")
    program.json("generate", "--claims", "3", "--date", "2025-06-03", "--overwrite", "--into", day)
    program.json("generate", "--claims", "3", "--date", "2025-06-03", "--into", alone)
    assert contents(day) == {**contents(alone), "notes.txt": b"mine"}


def test_a_link_is_not_followed(program: Program, tmp_path: Path) -> None:
    mine, day = tmp_path / "mine", tmp_path / "day"
    mine.write_text("mine")
    day.mkdir()
    (day / "remittance.835").symlink_to(mine)
    program.json("generate", "--claims", "3", "--overwrite", "--into", day)
    assert mine.read_text() == "mine"
    assert not (day / "remittance.835").is_symlink()


def test_another_date_is_another_day_which_one_site_takes_too(program: Program, tmp_path: Path) -> None:
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    guide = tmp_path / "bills.csv"
    guide.write_text(block(GUIDE, "csv"))
    seeds = set()
    for date in ("2025-06-02", "2025-06-03", "2026-11-30"):
        made = program.json("generate", "--claims", "40", "--date", date, "--into", tmp_path / date)
        assert made["date"] == date
        seeds.add(made["seed"])
        reports = program.json("import", *made["files"])
        assert {report["outcome"] for report in reports} == {"filed"}, reports
        assert sum(report["bills"] for report in reports if report["kind"].startswith("837")) == 40
    assert len(seeds) == 3
    (report,) = program.json("import", guide)
    assert (report["bills"], report["findings"]) == (2, [])
    assert len(program.json("bill", "list")) == 3 * 40 + 2
