"""`lockbox import`: telling a file's kind by its content and filing what is in it (DESIGN 2.7, 5)."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import func, select

import models.tables  # noqa: F401 - tables name each other by foreign keys, so all of them have to be known
from models.efts import Eft, EftDeposit
from models.messages import Message, TransactionSet
from models.store import Store
from models.words.intake import Outcome
from models.words.keys import SecurityKey
from services.clean import clean
from services.findings import Finding
from services.intake.copy import copy_file
from services.intake.few_collections import few_collections
from services.intake.format import Formats, Turn
from services.intake.formats.x12_835 import REMITTANCE
from services.intake.incoming import Incoming, digest_of
from services.intake.known_formats import KNOWN
from services.intake.order import order_of_filing
from services.intake.report import FileReport
from services.intake.waiting_for_claims import waits_for_claims
from services.office.actor import Actor, require

Progress = Callable[[int, int], None]


def import_file(
    store: Store,
    actor: Actor,
    path: Path,
    progress: Progress | None = None,
    *,
    formats: Formats = KNOWN,
    missing_claims: str = "",
) -> FileReport:
    """Imports one file of any known kind; what is wrong with it is in the report, never an exception.

    `progress` is told bytes read and bytes in all. `missing_claims` is a file of claims that came with this one and
    was not filed: remittances wait for it then.
    """
    require(actor, SecurityKey.CLERK)
    try:
        # A pipe or a device may never end.
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            if missing_claims and order_of_filing(path, formats=formats) is Turn.REMITTANCES:
                return _keep_waiting(path, missing_claims)
            with copy_file(path) as stream, few_collections():
                incoming = Incoming.of(store, actor, path.name, stream, progress, missing_claims)
                return formats.take_in(incoming)
        said = "It is a folder; name the files in it." if stat.S_ISDIR(mode) else "It is not a file."
    except OSError as error:
        said = f"The file cannot be read: {error.strerror or error}."
    unreadable = Finding("unreadable", said)
    return FileReport(clean(name_of(path)), "unknown", "", Outcome.REJECTED, findings=(unreadable,))


def _keep_waiting(path: Path, missing: str) -> FileReport:
    """The report of remittances that wait for claims; nothing of the file is kept."""
    waits = waits_for_claims("The file was", missing)
    return FileReport(clean(path.name), REMITTANCE.kind, "", Outcome.REJECTED, findings=(waits,))


def name_of(path: Path) -> str:
    """What a file or folder is called, also one that is named by where it is, such as `.`"""
    return path.name or path.resolve().name or str(path)


def import_stream(
    store: Store,
    actor: Actor,
    name: str,
    stream: BinaryIO,
    progress: Progress | None = None,
    *,
    formats: Formats = KNOWN,
) -> FileReport:
    """Imports what a seekable stream holds."""
    require(actor, SecurityKey.CLERK)
    return formats.take_in(Incoming.of(store, actor, name, stream, progress))


def count_filed(store: Store, path: Path) -> tuple[int, int]:
    """How many sets and how many EFTs of a file the store holds; raises `OSError` if the file cannot be read."""
    with path.open("rb") as stream:
        digest, _ = digest_of(stream)
    with store.reading() as session:
        message = select(Message.id).where(Message.sha256 == digest).scalar_subquery()
        sets = select(func.count(TransactionSet.id)).where(
            TransactionSet.message_id == message,
            TransactionSet.outcome.in_((Outcome.FILED, Outcome.DUPLICATE)),
        )
        efts = select(func.count(Eft.id)).join(EftDeposit).where(EftDeposit.message_id == message)
        return session.scalars(sets).one(), session.scalars(efts).one()
