"""The examples of the commands, run as they stand: on a copy of the demo site, or where a new one is made."""

import contextlib
import datetime
import io
import os
import shlex
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from lockbox_tui.__main__ import main
from lockbox_tui.commands.declared.register import Entry
from lockbox_tui.commands.declaring import Command
from lockbox_tui.opening import Work, at_work
from lockbox_tui.settings import Settings
from models.words.scratchpad import BatchCriterion
from services.generator.site_day import EFT, REMITTANCE
from services.scratchpad.acts import create_pad
from services.scratchpad.batch_acts import assign_batches
from services.scratchpad.batches import BatchPlan
from tests import given
from tests.lockbox_tui.demo.demo_site import copied_demo
from tests.lockbox_tui.program import Program, Ran

#: Examples that make a site of their own.
MAKES_A_SITE = frozenset({"init", "demo"})


def _taken_back(work: Work) -> None:
    """The bank seems to take EFT 25 back."""
    given.reversal(
        work.store,
        work.actor,
        trace="CC20261030099",
        amount="305.20",
        payer="COPPER CANYON HMO",
        date=datetime.date(2026, 11, 2),
    )


def _divided(work: Work) -> None:
    """The scratch pad of ERA 11 is divided into three batches."""
    with work.writing() as session:
        assign_batches(session, work.actor, 11, BatchPlan(BatchCriterion.PAYMENT))


def _debited(work: Work) -> None:
    """The bank takes money, and no EFT has its trace."""
    given.reversal(work.store, work.actor, trace="NO-SUCH-EFT", amount="3.00")


def _lay_out_pad(work: Work) -> None:
    """ERA 21 has a scratch pad, with a line whose bill says another amount."""
    with work.writing() as session:
        create_pad(session, work.actor, 21)


def _lay_out_batches(work: Work) -> None:
    """ERA 23, whose money stays, has a scratch pad in three batches."""
    with work.writing() as session:
        create_pad(session, work.actor, 23, batches=BatchPlan(BatchCriterion.PAYMENT))


#: What an example needs that the demo site does not have, by its command.
NEEDS: dict[str, Callable[[Work], object]] = {
    "eft stands": _taken_back,
    "batch list": _lay_out_batches,
    "batch edit": _divided,
    "batch ready": _divided,
    "exception stands": _debited,
    "report unverified": _lay_out_pad,
}


def words_of(command: Command) -> list[str]:
    """The words of a command's example, without the program's name."""
    program, *words = shlex.split(command.example)
    assert program == "lockbox"
    return words


@dataclass(frozen=True)
class Place:
    """Where examples are run: a folder with the files of a made-up day, and a copy of the demo site in it."""

    folder: Path
    demo: Settings

    @classmethod
    def made(cls, folder: Path, built: Settings) -> "Place":
        """A new place."""
        demo = copied_demo(built, folder)
        shipped = folder / "shipped"
        Program(folder).json("generate", "--claims", "3", "--seed", "9", "--into", shipped)
        for name in ("claims-837p.837", REMITTANCE, EFT):
            shutil.copy(shipped / name, folder)
        codes = "list,code,text,start,stop\nCARC,999,Made up for this site,2026-11-01,\n"
        (folder / "codes.csv").write_text(codes)
        cls._hold(folder, demo.database)
        return cls(folder, demo)

    def prepare(self, command: Command) -> None:
        """Brings about what a command's example needs, where the demo site does not have it."""
        if command.words in NEEDS:
            with at_work(self.demo) as work:
                NEEDS[command.words](work)

    @staticmethod
    def _hold(folder: Path, database: str) -> None:
        """Brings the claims of the demo's first exception, and a second one that nobody has claims for."""
        program = Program(folder)
        (held,) = program.json("exception", "list", "--kind", "transmission", "--database", database)
        assert held["number"] == "1"
        claims = folder / "late.csv"
        heading = "bill_number,patient_name,payer_name,service_from,charge\n"
        claims.write_text(
            heading + "".join(f"{bill},DEMOVET,{held['payer']},2026-10-01,92.00\n" for bill in held["bills"])
        )
        strange = folder / "strange.835"
        strange.write_bytes(given.remittance_file(("STRANGE", [("NOBODYS", 100, 80)])))
        program.json("import", claims, strange, "--database", database, status=1)

    def run(self, command: Command, *more: str, register: Sequence[Entry] | None = None) -> Ran:
        """Runs a command's example with some more words."""
        words = [*words_of(command), *more]
        if command.words not in MAKES_A_SITE:
            words += ["--database", self.demo.database]
        out, err = io.StringIO(), io.StringIO()
        environment = {"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(self.folder / "own")}
        with (
            contextlib.chdir(self.folder),
            patch.dict(os.environ, environment, clear=True),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            status = main(words, register)
        return Ran(status, out.getvalue(), err.getvalue())
