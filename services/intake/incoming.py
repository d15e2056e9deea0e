"""The file that came: what an import carries through all its steps, and the message that is kept of it (DESIGN 2.7)."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from models.dialects import Right, hold_right
from models.messages import Message, StoredFinding
from models.store import Store
from models.words.acts import Act
from models.words.intake import Outcome
from models.words.keys import SecurityKey
from services.clean import clean
from services.findings import Finding
from services.intake.report import FileReport, Gathered
from services.intake.sets import store_findings
from services.office.actor import Actor
from services.office.acts import begin, end
from services.office.clock import site_of
from services.office.stamp import Stamp

_OF_CONTENT = select(Message).where(Message.sha256 == bindparam("sha256"))


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on its way in: who brings it into which store, its name, its seekable stream, digest and size.

    `progress` is told bytes read and bytes in all. `missing_claims` is a file of claims for which remittances wait.
    """

    store: Store
    actor: Actor
    name: str
    stream: BinaryIO
    sha256: str
    size: int
    progress: Callable[[int, int], None] | None = None
    missing_claims: str = ""

    @classmethod
    def of(
        cls,
        store: Store,
        actor: Actor,
        name: str,
        stream: BinaryIO,
        progress: Callable[[int, int], None] | None = None,
        missing_claims: str = "",
    ) -> "Incoming":
        """What a stream holds, read once to its end for digest and size."""
        sha256, size = digest_of(stream)
        return cls(store, actor, name, stream, sha256, size, progress, missing_claims)

    def inner(self, name: str, content: bytes) -> "Incoming":
        """A file that stands inside of this one."""
        sha256 = hashlib.sha256(content).hexdigest()
        return replace(
            self, name=name, stream=io.BytesIO(content), sha256=sha256, size=len(content), progress=None
        )

    def begin(self, session: Session) -> Stamp:
        """Begins the import in one of its transactions; `close` ends it in the last, with the audit event."""
        return begin(session, self.actor, Act.FILE_IMPORTED, SecurityKey.CLERK)

    def message(self, session: Session, by: Stamp, kind: str) -> Message:
        """The message of this content: a file that came before is the same message.

        From here to its commit nobody else files: what is looked up as new is new.
        """
        hold_right(session, Right.FILING)
        message = session.scalars(_OF_CONTENT, {"sha256": self.sha256}).first()
        if message is None:
            message = Message(
                sha256=self.sha256,
                file_name=clean(self.name, 120),
                kind=kind,
                size=self.size,
                outcome=Outcome.EXCEPTION,
                received_at=by.at,
                received_by=by.user_id,
            )
            session.add(message)
            session.flush()
        return message

    def came_before(self) -> Outcome | None:
        """What became of this content when it came before; None when it never did."""
        with self.store.reading() as session:
            return session.scalars(select(Message.outcome).where(Message.sha256 == self.sha256)).one_or_none()

    def refused(self, kind: str, *findings: Finding) -> FileReport:
        """The report of a file of which nothing is filed and nothing kept."""
        return FileReport(clean(self.name), kind, self.sha256, Outcome.REJECTED, findings=findings)

    def close(
        self, session: Session, by: Stamp, message_id: int, gathered: Gathered, *, new_findings: bool = True
    ) -> None:
        """Closes the message: its outcome, the findings of the file itself, the audit event."""
        message = session.get_one(Message, message_id)
        assert gathered.outcome is not None
        first_time = (
            session.scalar(
                select(func.count())
                .select_from(StoredFinding)
                .where(StoredFinding.message_id == message_id, StoredFinding.transaction_set_id.is_(None))
            )
            == 0
        )
        if gathered.outcome is not Outcome.DUPLICATE or message.outcome is not Outcome.FILED:
            message.outcome = gathered.outcome
        if first_time and new_findings:
            store_findings(session, message_id, None, gathered.findings)
        end(
            session,
            by,
            f"message {message_id}",
            detail=f"{message.kind} {gathered.outcome.value} sha256 {message.sha256[:16]}",
        )
        if gathered.production and site_of(session).live_since is None:
            # Behind the audit event: whoever writes one waits for the site's row with the audit's right in his hands.
            site_of(session).live_since = by.at


def digest_of(stream: BinaryIO) -> tuple[str, int]:
    """The SHA-256 and the size of what a stream holds from where it stands."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
