"""The stamp of an act: who does it, when and what, as everything that is written under it says (DESIGN 2.2)."""

import datetime
from dataclasses import dataclass

from models.words.acts import Act
from services.office.once import AlreadyDone


@dataclass(frozen=True, slots=True)
class Stamp:
    """An act that was begun: its doer has the key for it. Only `services.office.acts.begin` makes one.

    `at` is the instant (UTC) and `date` the business date of the site. `done` is the answer to a retry: then
    nothing may be written under it any more. `desk` names the sitting, to which leases belong.
    """

    act: Act
    user_id: int
    login: str
    os_user: str
    desk: str
    at: datetime.datetime
    date: datetime.date
    done: AlreadyDone | None = None

    def refuse_done(self) -> None:
        """Stops an act that writes although it was done before: a defect, and money would move twice."""
        if self.done is not None:
            raise AssertionError(f"{self.act.value} was done before and goes on all the same")
