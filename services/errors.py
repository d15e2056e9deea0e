"""The exceptions of the services.

    LockboxError            the environment is broken: no store, no disk, a newer store
    ├── StoreBusy           another process holds the store too long
    ├── StoreFailed         the database failed: no connection, no room, no right
    ├── NoSite              the store is empty, or its address is mistyped
    ├── OutcomeUnknown      the store broke off in an act and does not say what became of it
    └── UnknownSchema       the store does not say any more which release it is of
    Refused                 the act may not be done; its text is what the clerk reads
    ├── MissingKey          the actor lacks a security key
    ├── InUse               somebody else holds the lease
    ├── CheckUsedBefore     a paper check pays another ERA already, and nobody said that it pays both
    ├── EftAtHand           a paper check is named for an ERA whose EFT is here, and nobody said that both came
    ├── NegativeLines       a receipt is asked for while lines are negative
    ├── OtherPatient         money is given to a bill of another patient, and nobody said that it is meant
    ├── OddClock            the date of the clock does not follow what the site has done
    └── UnknownClaim        money is given to a claim that is not on file, and nobody said that it is meant

What is wrong with data is never an exception but a `services.findings.Finding`.
"""

from collections.abc import Sequence

from models.errors import LockboxError, NoSite, OutcomeUnknown, StoreBusy, StoreFailed, UnknownSchema

__all__ = [
    "CheckUsedBefore",
    "InUse",
    "LockboxError",
    "MissingKey",
    "NegativeLines",
    "NoSite",
    "OddClock",
    "OtherPatient",
    "OutcomeUnknown",
    "Refused",
    "StoreBusy",
    "StoreFailed",
    "UnknownClaim",
    "UnknownSchema",
]


class Refused(Exception):
    """An act that may not be done now; `str()` of it is the sentence the clerk reads."""


class MissingKey(Refused):
    """The actor does not hold the security key the act asks for."""


class InUse(Refused):
    """Somebody else works on the same thing and holds its lease."""


class NegativeLines(Refused):
    """Money that payers kept back is still to be distributed; `lines` are the lines by their stored numbers."""

    def __init__(self, text: str, lines: tuple[str, ...]) -> None:
        super().__init__(text)
        self.lines = lines


class OtherPatient(Refused):
    """Money of one patient would go to bills of others, by their numbers, and nobody has said that it is meant."""

    def __init__(self, text: str, bills: Sequence[str]) -> None:
        super().__init__(text)
        self.bills = bills


class OddClock(Refused):
    """What is to be dated by a clock whose date does not follow the site's work, and nobody said that it is right."""


class CheckUsedBefore(Refused):
    """A paper check of the payer pays another ERA already, and nobody has confirmed that it pays both."""


class EftAtHand(Refused):
    """A paper check is named for an ERA while an EFT with its trace is on file, and nobody has said that both came."""


class UnknownClaim(Refused):
    """Money would go to suspense under a claim number that nobody has confirmed."""
