"""What the audit trail says of scratch pads, event by event, for the proofs that compare their rows with it."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.words.acts import Act

#: A row has the time when its act began, the event the time when it ended; the clock may be set meanwhile.
_LONGEST_ACT = datetime.timedelta(hours=1)

#: By these a scratch pad is laid out anew, or goes: what was noted on its entries goes with them.
LAID_OUT = (Act.PAD_CREATED, Act.PAD_REFRESHED, Act.ERA_FREE_AGAIN)

_OF_PAD = re.compile(r"ERA ([0-9]{1,9})(?: (?:batch|entry) ([0-9]{1,9}))?")


@dataclass(frozen=True, slots=True)
class Event:
    """What a user did to the scratch pad of an ERA, or to its batch or entry `part`, and what is told of it."""

    sequence: int
    at: datetime.datetime
    user: str
    act: str
    era: int
    part: int
    detail: str

    def took_place(self, at: datetime.datetime) -> bool:
        """Whether a row of this time can have been written by it."""
        return abs(self.at - at) <= _LONGEST_ACT


def read_trail(session: Session, *acts: Act) -> Iterator[Event]:
    """The events of some acts on scratch pads, in the order of their writing; `part` is 0 of an entire one."""
    rows = session.execute(
        select(
            AuditEvent.sequence,
            AuditEvent.at,
            AuditEvent.user,
            AuditEvent.act,
            AuditEvent.object,
            AuditEvent.detail,
        )
        .where(AuditEvent.act.in_(acts))
        .order_by(AuditEvent.sequence)
    ).all()
    for row in rows:
        of_pad = _OF_PAD.fullmatch(row.object)
        if of_pad is not None:
            yield Event(
                row.sequence, row.at, row.user, row.act, int(of_pad[1]), int(of_pad[2] or 0), row.detail
            )
