"""A small desk for the tests: one menu, one list of invented ERAs, and the dialogues a clerk meets.

Run as a program it is driven through a pseudo-terminal; `SAMPLE_LOG` names a file that gets a line for every
act, `SAMPLE_ERAS` the length of the list.
"""

import os
import sys
import threading
import time
from array import array
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from screens.list_manager.actions import Action, After
from screens.list_manager.asking.dialogue import Option
from screens.list_manager.asking.lookup import Hit
from screens.list_manager.desk import Desk, DeskSettings
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.source import AnyLine, KeyedLines
from screens.list_manager.lists.template import Contents, Template
from screens.list_manager.menus.menus import Menus
from screens.list_manager.options import Menu
from services.errors import Refused

NOW = datetime(2012, 7, 22, 14, 37, 6)  # noqa: DTZ001 - the desk's clock is the site's own, without a zone
TEMPLATE = Template(
    title="ERA List - Worklist",
    top=7,
    bottom=19,
    entity="#",
    captions=f"{'':12}PAYER NAME/MATCH STATUS         ERA PAID DT  TOT AMT PAID   DT REC'D",
)
HOSTILE = "A\x1b]0;stolen\x07B[/INS] [@click=app.bell]C"
PAYERS = ("NORTHWIND MUTUAL HEALTH", "PRAIRIE STATE INSURANCE CO", "BLUE RIVER HEALTH PLAN", HOSTILE)


def era_lines(number: int) -> Sequence[AnyLine]:
    """One invented ERA as the ERA list shows it."""
    mark = "-" if number % 3 == 1 else " "
    return (
        f"{number:<4}{mark}{10240 + number:<12} NWM{number * 97:07d}",
        f"{'':40}{'7/2/12':>8}{'':5}{number * Decimal('277.10'):>12}{'':7}7/5/12",
        f"{'':12}{PAYERS[(number - 1) % len(PAYERS)]:<30.30}  APPROX # EEOBs: 3",
        f"{'':12}{'UNMATCHED':<32}(CHECK PAYMENT EXPECTED)",
        "",
    )


class SampleDesk(Desk):
    """A desk with a note-book instead of services."""

    def __init__(
        self, terminal: Terminal, settings: DeskSettings, eras: int, log: Path | None = None
    ) -> None:
        super().__init__(terminal, settings)
        self.eras = eras
        self.notes: list[str] = []
        self._log = log

    def note(self, text: str) -> None:
        """Writes down what was done."""
        self.notes.append(text)
        if self._log is not None:
            with self._log.open("a") as file:
                file.write(f"{text}\n")


class EraList(ListScreen[SampleDesk]):
    """The ERA list of the sample."""

    template = TEMPLATE
    fetched = 0

    async def build(self) -> Contents:
        async def fetch(keys: Sequence[int]) -> Sequence[Sequence[AnyLine]]:
            self.fetched += len(keys)
            return [era_lines(number) for number in keys]

        return Contents(
            header=(
                f"{'SELECTED:  MATCH STATUS: BOTH':<40}POST STATUS: UNPOSTED",
                "           DATE RANGE  : 1/1/12-7/22/12",
                "           ALL PAYERS",
                "#   ERA #         TRACE#",
            ),
            source=KeyedLines(array("q", range(1, self.desk.eras + 1)), fetch, 5),
            message="'-' Before the ERA # indicates no scratchpad entry",
            explain=lambda entry: (f"ERA {10240 + entry} waits for its payment.",),
        )

    async def select(self, call: Call) -> After:
        entry = await call.entry()
        self.desk.note(f"SELECT {entry}")
        return After.REBUILD

    async def split(self, call: Call) -> After:
        ask = self.desk.ask
        entry = await call.entry()
        amount = await ask.money(
            "PAYMENT AMOUNT TO APPLY TO THIS CLAIM", Decimal("519.60"), at_most=Decimal("519.60")
        )
        comment = await ask.text("RECEIPT LINE COMMENT", longest=60)
        order = await ask.choice(
            "ORDER OF PAYMENTS", (Option("N", "NO ORDER"), Option("L", "ZERO-PAYMENTS LAST")), "N"
        )
        if not await ask.yes_no("IS THIS CORRECT?", default=False):
            self.desk.note(f"SPLIT {entry} not done")
            return After.REPAINT
        self.desk.note(f"SPLIT {entry} {amount} {comment!r} {order}")
        return After.REBUILD

    async def several(self, call: Call) -> After:
        self.desk.note(f"VIEW {','.join(map(str, await call.entries()))}")
        await self.desk.page_out([f"line {number}" for number in range(1, 41)], await self.desk.device())
        return After.REPAINT

    async def wait(self, call: Call) -> After:
        stop = threading.Event()
        found = await self.desk.in_thread(lambda: "late" if stop.wait(30) else "done", stop=stop)
        self.desk.note(f"WAIT {found}")
        return After.REPAINT

    async def post(self, call: Call) -> After:
        await self.desk.in_thread(lambda: time.sleep(0.5), "POSTING", uncancellable=True)
        self.desk.note("POSTED")
        return After.REPAINT

    async def fall(self, call: Call) -> After:
        raise KeyError("SMITH,JOHN 000-00-0000")

    async def refuse(self, call: Call) -> After:
        raise Refused("ERA 10241 is in use by CLERK,TWO since 14:30.")

    async def payer(self, call: Call) -> After:
        async def search(text: str) -> Sequence[Hit[str]]:
            return [Hit(name, name, name) for name in PAYERS[:3] if text.upper() in name]

        self.desk.note(f"PAYER {await self.desk.ask.lookup('Select PAYER', search, kind='payer')}")
        return After.REPAINT

    actions = (
        Action("Select ERA", run=select, help="Opens the scratch pad of an ERA."),
        Action("Split/Edit A Line", "SP", run=split, help="Splits a line over several claims."),
        Action("View/Print ERA", "VP", run=several, help="Shows ERAs."),
        Action("Wait", run=wait, help="Searches for long."),
        Action("Post-Receipt", run=post, help="Posts."),
        Action("Find Payer", run=payer, help="Finds a payer."),
        Action("Fall", run=fall, help="Falls over."),
        Action(
            "215 Report",
            "21",
            run=refuse,
            help="Prints the report.",
            available=lambda _: "It has no receipt.",
        ),
        Action("Refuse", run=refuse, help="Is refused."),
    )


async def era_list(desk: SampleDesk) -> None:
    """The option WL of the sample."""
    desk.last_list = Action("ERA List - Worklist", run=era_list)
    await desk.show(EraList(desk))


async def note_only(desk: SampleDesk) -> None:
    """An option without a list."""
    desk.note("OPTION MA")


MENU: Menu[SampleDesk] = Menu(
    "Clerk's AR Menu",
    options=(
        Action("Transaction Profile", run=note_only, help="Shows a transaction."),
        Action(
            "Third Party Joint Inquiry", "TPJI", later="TPJI is not in this release.", help="Shows a bill."
        ),
        Menu(
            "EDI Lockbox",
            help="Electronic remittances.",
            options=(
                Action("Automatic Match EFTs to ERAs", "MA", run=note_only, help="Matches."),
                Action("EEOB Worklist", "WL", run=era_list, help="The list of ERAs."),
                Action("Mark 0-Balance EFT Matched", "ZB", run=note_only, help="Marks.", key="RCDPEPP"),
            ),
        ),
    ),
)


class Sample:
    """The sample as a program: straight into the list, then the menus."""

    async def run(self, terminal: Terminal) -> int:
        log = os.environ.get("SAMPLE_LOG")
        desk = SampleDesk(
            terminal,
            DeskSettings(now=lambda: NOW, print_folder=Path(log).parent if log else None),
            int(os.environ.get("SAMPLE_ERAS", "40")),
            Path(log) if log else None,
        )
        menus = Menus(desk, MENU)
        await era_list(desk)
        await menus.run()
        return 0

    async def leave(self) -> None:
        """Stands for the freeing of leases."""
        if log := os.environ.get("SAMPLE_LOG"):
            with open(log, "a") as file:  # noqa: ASYNC230 - a line in a test's file
                file.write("LEFT\n")


if __name__ == "__main__":
    from lockbox_tui.terminal.launch import run_desk

    crashes = os.environ.get("SAMPLE_CRASHES")
    sys.exit(run_desk(Sample, log=Path(crashes) if crashes else None))
