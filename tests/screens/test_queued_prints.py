"""What is queued to print: worked while the clerk goes on, told when it is done, and never lost without a word."""

import os
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from sqlalchemy.orm import Session

from models.store import Store
from screens.list_manager.asking.pager import Device
from screens.list_manager.menus.menus import Menus
from screens.lockbox_desk import LockboxDesk
from screens.menus import CLERKS_MENU
from screens.printing import print_report
from screens.sign_on import greet, remember_prints
from screens.worklist.view_print import view_print_era
from services.office.actor import Actor
from services.office.site import site_view
from services.reports.report import Report, Section, Words
from services.reports.sheets import Print
from tests.pdf_text import sheets_of
from tests.remittance_in_full import remittance_in_full
from tests.screens.seat import Seat

QUEUED = "Queued. You are told when {} is in the print folder."
PRINTED = "Printed to {} in the site's print folder."


async def test_an_era_is_printed_by_a_reading_of_its_own(site: Store, actor: Actor, tmp_path: Path) -> None:
    era = remittance_in_full(site, actor)

    async def talk(desk: LockboxDesk) -> None:
        await view_print_era(desk)
        await desk.finish_prints()

    async with Seat(site, actor, talk, tmp_path) as clerk:
        screen = await clerk.types(f"{era}\nYES\nQUEUE\nPDF\nera\n\n")
        assert QUEUED.format("era.pdf") in screen
        await clerk.types("\n\n")
        await clerk.until(PRINTED.format("era.pdf"))
        await clerk.types("\n")
        assert clerk.done
    last = sheets_of((tmp_path / "era.pdf").read_bytes())[-1]
    assert "END OF REPORT" in last
    assert last[-1].startswith(f"{actor.name}  JUL 22, 2012@")


async def test_the_menu_tells_it_above_its_prompt_and_keeps_what_was_typed(
    site: Store, actor: Actor, tmp_path: Path
) -> None:
    released = threading.Event()

    def lines() -> Iterator[str]:
        released.wait()
        yield "a line"

    async def talk(desk: LockboxDesk) -> None:
        device = Device(file="slow.txt", queued=True)
        desk.queue_print(device, lambda: nullcontext(Print(lines())))
        await Menus(desk, CLERKS_MENU).run()

    async with Seat(site, actor, talk, tmp_path) as clerk:
        await clerk.types("ED")
        prompt = clerk.prompt
        assert prompt.endswith("Option: ED")
        released.set()
        await clerk.until(PRINTED.format("slow.txt"))
        await clerk.types("")
        assert clerk.prompt == prompt
        assert clerk.row(clerk.glass.cursor[0]) == PRINTED.format("slow.txt")


async def test_what_waits_to_be_printed_has_its_name_already(
    site: Store, actor: Actor, tmp_path: Path
) -> None:
    released = threading.Event()

    def lines() -> Iterator[str]:
        released.wait()
        yield "a line"

    async def talk(desk: LockboxDesk) -> None:
        for _ in range(3):
            await desk.page_out(lines(), await desk.device())
        released.set()
        await desk.finish_prints()

    async with Seat(site, actor, talk, tmp_path) as clerk:
        for number in (1, 2):
            asked = await clerk.types("QUEUE\nFILE\n")
            assert asked.rstrip().endswith(f"FILE NAME: 2012-07-22-{number}.txt//")
            await clerk.types("\n\n")
        said = await clerk.types("QUEUE\nFILE\n2012-07-22-2.txt\n")
        assert "A file 2012-07-22-2.txt is being printed already. Choose another name." in said
        await clerk.types("third.txt\n\n")
        await clerk.until(PRINTED.format("third.txt"))
        await clerk.types("\n")
        assert clerk.done
    assert sorted(os.listdir(tmp_path)) == ["2012-07-22-1.txt", "2012-07-22-2.txt", "third.txt"]


async def test_a_print_that_the_session_breaks_off_leaves_no_file_and_is_said_at_the_next_sign_on(
    site: Store, actor: Actor, tmp_path: Path
) -> None:
    begun = threading.Event()

    def lines() -> Iterator[str]:
        while True:
            yield "a line of a print without end"
            begun.set()

    async def talk(desk: LockboxDesk) -> None:
        for name in ("slow.txt", "later.txt"):
            desk.queue_print(Device(file=name, queued=True), lambda: nullcontext(Print(lines())))
        await desk.in_thread(begun.wait)
        # Its name it has only when it is whole.
        assert [name.rpartition("-")[0] for name in os.listdir(tmp_path)] == [".slow.txt.part-lockbox"]
        lost = desk.prints.break_off()
        assert lost == ["slow.txt", "later.txt"]
        remember_prints(desk, lost)
        for _ in range(2):
            with site.reading() as session:
                greet(desk, site_view(session))
            await desk.ask.pause()

    async with Seat(site, actor, talk, tmp_path) as clerk:
        said = (
            "YOUR SESSION ENDED BEFORE THIS WAS PRINTED: slow.txt, later.txt. LOOK FOR IT, OR PRINT IT AGAIN."
        )
        assert said in " ".join(clerk.screen.split())
        assert "YOUR SESSION ENDED" not in await clerk.types("\n")
        await clerk.types("\n")
    assert os.listdir(tmp_path) == []


async def test_a_fault_in_a_queued_print_is_recorded_and_said(
    site: Store, actor: Actor, tmp_path: Path
) -> None:
    def spoilt(session: Session) -> Report[None]:
        def sections() -> Iterator[Section]:
            yield Section("A", (Words("A LINE"),))
            raise ValueError("the number of a patient")

        return Report("SPOILT", sections=sections())

    async def talk(desk: LockboxDesk) -> None:
        await print_report(desk, spoilt)
        await desk.finish_prints()

    async with Seat(site, actor, talk, tmp_path) as clerk:
        await clerk.types("Q\nFILE\nspoilt\n\n\n")
        await clerk.until("spoilt was not printed.")
        said = " ".join(clerk.screen.split())
        assert "spoilt was not printed. That is a fault of the program, which has been recorded" in said
        assert "the number of a patient" not in said
        await clerk.types("\n")
    assert os.listdir(tmp_path) == []
