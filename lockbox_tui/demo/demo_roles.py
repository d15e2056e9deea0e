"""Whom one may be at the demo site."""

from enum import StrEnum


class Role(StrEnum):
    """A user of the demo site; `login` is the name that the site knows him by."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    REVIEWER = "reviewer"

    @property
    def login(self) -> str:
        """The demo's own user of this role."""
        return f"demo-{self.value}"
