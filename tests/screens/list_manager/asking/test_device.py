"""Where a print goes, and what a print file may be called."""

import os
import stat
from pathlib import Path

import pytest

from screens.list_manager.asking.device import safe_name, write_file
from screens.list_manager.asking.pager import Device, pages
from screens.list_manager.desk import Desk, DeskSettings
from screens.list_manager.glass.terminal import Terminal
from services.errors import Refused
from tests.screens.list_manager.clerk import Clerk
from tests.terminal.sample_desk import NOW

LINES = [f"line {number:03d} " + "x" * 100 for number in range(1, 61)]


def at_print(folder: Path | None = None, printers: tuple[str, ...] = ()) -> Clerk[Device]:
    async def talk(terminal: Terminal) -> Device:
        desk = Desk(terminal, DeskSettings(now=lambda: NOW, print_folder=folder, printers=printers))
        desk.clear()
        device = await desk.device()
        await desk.page_out(LINES, device, heading=lambda page: (f"AGING REPORT  Page {page}",))
        return device

    return Clerk(talk)


async def test_home_is_paged_on_the_screen() -> None:
    async with at_print() as clerk:
        assert clerk.row(1) == "DEVICE: HOME//"
        assert "Right Margin: 80//" in await clerk.types("\n")
        screen = (await clerk.types("\n")).splitlines()
        assert screen[0] == "AGING REPORT  Page 1"
        assert screen[22].startswith("line 022 xxx")
        assert len(screen[22]) == 80
        assert screen[23] == "Enter RETURN to continue or '^' to exit:"
        assert "AGING REPORT  Page 2" in await clerk.types("\n")
        await clerk.types("^\n")
        assert await clerk.result() == Device(80)


async def test_wide_and_unpaged_rolls_to_the_end() -> None:
    async with at_print() as clerk:
        screen = await clerk.types("0;256;999\n")
        assert "line 060" in screen
        assert "AGING REPORT" not in screen
        await clerk.types("\n")
        assert await clerk.result() == Device(256, 999)


async def test_a_file_in_the_print_folder(tmp_path: Path) -> None:
    async with at_print(tmp_path) as clerk:
        await clerk.types("FILE\n")
        for bad in (
            "../../x",
            "/etc/passwd",
            ".hidden",
            "-rf",
            "a b",
            "a|b",
            "",
        ):
            assert "Type a name of letters, digits" in await clerk.types(f"{bad}\n"), bad
        await clerk.types("aging.txt\n132\n")
        await clerk.result()
    printed = tmp_path / "aging.txt"
    assert stat.S_IMODE(printed.stat().st_mode) == 0o600
    assert printed.read_text().splitlines()[:2] == ["AGING REPORT  Page 1", LINES[0]]
    assert printed.read_text().count("\f") == 1


def test_a_print_file_is_never_written_over_or_through_a_link(tmp_path: Path) -> None:
    write_file(tmp_path, "a.txt", "first")
    with pytest.raises(Refused, match="already in the print folder"):
        write_file(tmp_path, "a.txt", "second")
    os.symlink(tmp_path / "elsewhere", tmp_path / "link.txt")
    with pytest.raises(Refused):
        write_file(tmp_path, "link.txt", "x")
    with pytest.raises(Refused, match="is not a name"):
        write_file(tmp_path, "../a.txt", "x")
    with pytest.raises(Refused, match="could not be written"):
        write_file(tmp_path / "nowhere" / "prints", "a.txt", "x")
    write_file(tmp_path / "prints", "a.txt", "the first print of a site makes its folder")
    assert (tmp_path / "prints").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "a.txt").read_text() == "first"
    assert not (tmp_path / "elsewhere").exists()


def test_prints_never_go_where_a_link_leads_or_others_may_write(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "prints").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="is a link"):
        write_file(tmp_path / "prints", "a.txt", "x")
    (tmp_path / "elsewhere").chmod(0o777)
    with pytest.raises(Refused, match="Others may write"):
        write_file(tmp_path / "elsewhere", "a.txt", "x")
    assert list((tmp_path / "elsewhere").iterdir()) == []


async def test_what_is_no_device_is_said() -> None:
    async with at_print() as clerk:
        assert "Queued prints are not in this release." in await clerk.types("QUEUE\n")
        assert "This site has no print folder." in await clerk.types("FILE\n")
        assert "There is no device LASER." in await clerk.types("LASER\n")
        assert "Type a device, or device;margin;page length." in await clerk.types("HOME;x\n")
        assert "The margin must be between 40 and 1024." in await clerk.types("HOME;7\n")
        assert "on this screen, page by page" in await clerk.types("?\n")


async def test_a_printer_gets_the_text_by_its_configured_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "lp"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/args\ncat > {tmp_path}/text\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    async with at_print(printers=("laser-2",)) as clerk:
        await clerk.types("LASER-2\n\n")
        await clerk.result()
        assert "Sent to laser-2." in clerk.screen
    assert (tmp_path / "args").read_text() == "-s -d laser-2 -- -\n"
    assert (tmp_path / "text").read_text().startswith("AGING REPORT  Page 1\nline 001")


def test_what_is_new_begins_on_a_new_page_where_little_room_is_left() -> None:
    lines = ["a1", "a2", "", "b1", "", "c1", "c2"]
    cut = list(pages(lines, 6, 80, lambda page: (f"Page {page}",), room=3))
    assert cut == [["Page 1", "a1", "a2", "", "b1"], ["Page 2", "c1", "c2"]]
    assert [line for page in pages(lines, 6, 80) for line in page] == lines


def test_pages_carry_the_heading_and_are_cut_at_the_margin() -> None:
    cut = list(pages(LINES, 21, 8, lambda page: (f"Page {page} of many",)))
    assert [page[0] for page in cut] == ["Page 1 o", "Page 2 o", "Page 3 o"]
    assert [len(page) for page in cut] == [21, 21, 21]
    assert list(pages([], 20, 80)) == []


def test_safe_names() -> None:
    assert safe_name(" ERA_10241-2010.07.txt ") == "ERA_10241-2010.07.txt"
    assert safe_name("x" * 81) is None
    assert safe_name("a\N{RIGHT-TO-LEFT OVERRIDE}b") is None
    assert safe_name("a\x1bb") is None
