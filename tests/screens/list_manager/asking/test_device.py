"""Where a print goes: the device question, and what becomes of the print on each device."""

import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from screens.list_manager.asking.pager import Device
from screens.list_manager.desk import Desk, DeskSettings
from screens.list_manager.glass.terminal import Terminal
from services.errors import Refused
from services.reports.printers import NO_LP
from tests.pdf_text import sheets_of
from tests.screens.list_manager.clerk import Clerk
from tests.terminal.sample_desk import NOW

LINES = [f"line {number:03d} " + "x" * 100 for number in range(1, 61)]
FOOT = "CLERK,ONE  JUL 22, 2012@14:37:06"
PRINTED = "Printed to {} in the site's print folder."


def at_print(folder: Path | None = None, printers: Callable[[], Sequence[str]] = tuple) -> Clerk[Device]:
    async def talk(terminal: Terminal) -> Device:
        settings = DeskSettings(now=lambda: NOW, print_folder=folder, printers=printers, user="CLERK,ONE")
        desk = Desk(terminal, settings)
        desk.clear()
        device = await desk.device()
        await desk.page_out(LINES, device, heading=lambda page: (f"AGING REPORT  Page {page}",))
        await desk.finish_prints()
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
        ):
            assert "Type a name of letters, digits" in await clerk.types(f"{bad}\n"), bad
        await clerk.types("aging.txt\n132\n")
        await clerk.result()
    printed = tmp_path / "aging.txt"
    assert stat.S_IMODE(printed.stat().st_mode) == 0o600
    first, second = printed.read_text().split("\f")
    assert first.splitlines()[:2] == ["AGING REPORT  Page 1", LINES[0]]
    assert first.splitlines()[-1] == f"{FOOT}{'PAGE 1':>{132 - len(FOOT)}}"
    assert second.splitlines()[-1] == f"{FOOT}{'PAGE 2':>{132 - len(FOOT)}}"


async def test_a_pdf_in_the_print_folder_says_what_the_file_says(tmp_path: Path) -> None:
    async with at_print(tmp_path) as clerk:
        await clerk.types("FILE\naging\n\n")
        await clerk.result()
    async with at_print(tmp_path) as clerk:
        await clerk.types("P\naging\n\n")
        assert await clerk.result() == Device(80, file="aging.pdf", pdf=True)
        assert PRINTED.format("aging.pdf") in clerk.screen
    printed = tmp_path / "aging.pdf"
    assert stat.S_IMODE(printed.stat().st_mode) == 0o600
    said = [sheet.splitlines() for sheet in (tmp_path / "aging").read_text().split("\f")]
    assert sheets_of(printed.read_bytes()) == said


async def test_return_takes_a_name_that_no_file_has(tmp_path: Path) -> None:
    (tmp_path / "2012-07-22-1.txt").write_text("first")
    async with at_print(tmp_path) as clerk:
        await clerk.types("FILE\n")
        assert clerk.screen.rstrip().endswith("FILE NAME: 2012-07-22-2.txt//")
        await clerk.types("\n\n")
        assert await clerk.result() == Device(80, file="2012-07-22-2.txt")
    async with at_print(tmp_path) as clerk:
        await clerk.types("PDF\n\n\n")
        assert await clerk.result() == Device(80, file="2012-07-22-1.pdf", pdf=True)
    assert (tmp_path / "2012-07-22-1.txt").read_text() == "first"


async def test_a_name_that_is_taken_is_said_before_anything_is_printed(tmp_path: Path) -> None:
    (tmp_path / "aging.pdf").write_text("first")
    async with at_print(tmp_path) as clerk:
        said = await clerk.types("PDF\naging\n")
        assert "A file aging.pdf is already in the print folder. Choose another name." in said
        await clerk.types("other.PDF\n\n")
        await clerk.result()
    assert (tmp_path / "aging.pdf").read_text() == "first"
    assert (tmp_path / "other.PDF").exists()


async def test_what_is_no_device_is_said() -> None:
    async with at_print() as clerk:
        assert "This site has no print folder." in await clerk.types("FILE\n")
        assert "This site has no print folder." in await clerk.types("PDF\n")
        assert "There is no device LASER. '??' lists them." in await clerk.types("LASER\n")
        assert "Type a device, or device;margin;page length." in await clerk.types("HOME;x\n")
        assert "The margin must be between 40 and 1024." in await clerk.types("HOME;7\n")
        assert "on this screen, page by page" in await clerk.types("?\n")
        assert "This computer has no printer." in await clerk.types("??\n")


async def test_the_printers_of_the_computer_are_listed_when_they_are_asked_for() -> None:
    async with at_print(printers=lambda: ("laser-2", "matrix")) as clerk:
        screen = await clerk.types("??\n")
        assert "laser-2       a printer" in screen
        assert "matrix        a printer" in screen
        assert clerk.row(clerk.glass.cursor[0] + 1) == "DEVICE: HOME//"


def no_printing() -> Sequence[str]:
    """A computer without a print command."""
    raise Refused(NO_LP)


async def test_a_computer_that_cannot_print_says_so_in_one_sentence() -> None:
    async with at_print(printers=no_printing) as clerk:
        for typed in ("??\n", "LASER\n"):
            assert NO_LP in " ".join((await clerk.types(typed)).split())
            assert clerk.row(clerk.glass.cursor[0] + 1) == "DEVICE: HOME//"


async def test_what_is_queued_is_printed_while_the_clerk_goes_on(tmp_path: Path) -> None:
    async with at_print(tmp_path) as clerk:
        assert "QUEUE TO PRINT ON DEVICE: FILE//" in await clerk.types("Q\n")
        for wrong in ("HOME", "Q", "0;256;999"):
            assert "What is queued goes to a FILE, a PDF or a printer." in await clerk.types(f"{wrong}\n")
        await clerk.types("\naging.txt\n\n")
        await clerk.until(PRINTED.format("aging.txt"))
        assert "Queued. You are told when aging.txt is in the print folder." in clerk.screen
        await clerk.types("\n")
        assert await clerk.result() == Device(80, file="aging.txt", queued=True)
    assert (tmp_path / "aging.txt").read_text().startswith("AGING REPORT  Page 1\nline 001")


@pytest.mark.parametrize("typed", ["Q;132\nPDF\naging\n", "Q\nPDF;132\naging\n"])
async def test_a_queued_print_takes_the_margin_that_was_typed(tmp_path: Path, typed: str) -> None:
    async with at_print(tmp_path) as clerk:
        await clerk.types(typed)
        await clerk.until(PRINTED.format("aging.pdf"))
        await clerk.types("\n")
        assert await clerk.result() == Device(132, file="aging.pdf", pdf=True, queued=True)
