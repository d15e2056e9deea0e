"""All commands, in the order in which `--help` and `docs/commands.md` tell them."""

from collections.abc import Iterable, Iterator

from lockbox_tui.commands.declared.batches import BATCH
from lockbox_tui.commands.declared.bills import BILL
from lockbox_tui.commands.declared.codes import CODE, CODES
from lockbox_tui.commands.declared.demonstrating import DEMO
from lockbox_tui.commands.declared.efts import EFT
from lockbox_tui.commands.declared.eras import ERA
from lockbox_tui.commands.declared.exceptions import EXCEPTION
from lockbox_tui.commands.declared.files import IMPORT, VALIDATE
from lockbox_tui.commands.declared.generating import GENERATE
from lockbox_tui.commands.declared.guide import HELP
from lockbox_tui.commands.declared.night import CHECK, JOURNAL, NIGHTLY
from lockbox_tui.commands.declared.receipts import RECEIPTS
from lockbox_tui.commands.declared.reports import REPORT
from lockbox_tui.commands.declared.scratchpads import PAD
from lockbox_tui.commands.declared.sites import INIT, SITE
from lockbox_tui.commands.declared.stores import MIGRATE
from lockbox_tui.commands.declaring import Command, Subject

Entry = Command | Subject

REGISTER: tuple[Entry, ...] = (
    HELP,
    DEMO,
    INIT,
    SITE,
    IMPORT,
    VALIDATE,
    EXCEPTION,
    NIGHTLY,
    CHECK,
    JOURNAL,
    ERA,
    PAD,
    BATCH,
    RECEIPTS,
    EFT,
    BILL,
    REPORT,
    CODE,
    CODES,
    GENERATE,
    MIGRATE,
)


def every_command(register: Iterable[Entry] = REGISTER) -> Iterator[Command]:
    """The commands one by one, those of a subject in their order."""
    for entry in register:
        if isinstance(entry, Subject):
            yield from entry.commands
        else:
            yield entry
