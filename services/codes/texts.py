"""What the codes of one remittance stand for, on its day: the site's own list first, then the lists that ship."""

import datetime

from sqlalchemy.orm import Session

from services.codes.looking_up import Explained, SiteCodes, Told, explain
from services.codes.site_list import site_codes


class CodeTexts:
    """The codes of one remittance as they stood on its day; each is looked up once, however often it is told."""

    def __init__(self, day: datetime.date, own: SiteCodes) -> None:
        self._day = day
        self._own = own
        self._known: dict[tuple[Told, str, str], Explained] = {}

    @classmethod
    def of(cls, session: Session, day: datetime.date) -> "CodeTexts":
        """Those of a remittance of that day at this site."""
        return cls(day, site_codes(session))

    def explained(self, told: Told, code: str, *, group: str = "") -> Explained:
        """All that is known of a code as a remittance has it, within a `group` where it is a reason in one."""
        wanted = (told, code.strip().upper(), group)
        found = self._known.get(wanted)
        if found is None:
            found = self._known[wanted] = explain(told, wanted[1], self._day, self._own, group=group)
        return found

    def meaning(self, told: Told, code: str) -> str:
        """What a code stands for, as prints say it; an empty text for one that no list has."""
        explained = self.explained(told, code)
        return "" if explained.meaning is None else say_meaning(explained)


def say_meaning(explained: Explained) -> str:
    """The meaning of a code that is known, with the day on which it was stopped where that day had come."""
    stopped = f"(STOPPED {explained.stop}) " if explained.expired else ""
    return f"{stopped}{explained.meaning}"
