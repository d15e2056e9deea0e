"""Errors of the store's surroundings; the tree stands in `services.errors`."""


class LockboxError(Exception):
    """The program's surroundings are broken; the text says what is wrong and what to do."""


class StoreBusy(LockboxError):
    """Another process held the store's write lock longer than a clerk should wait."""


class StoreFailed(LockboxError):
    """The database failed; `state` is its SQLSTATE or the name that SQLite has for it, `reason` is for the log.

    Neither the sentence nor the reason holds a value of the store.
    """

    def __init__(self, text: str, state: str, reason: str) -> None:
        super().__init__(text)
        self.state = state
        self.reason = reason


class OutcomeUnknown(LockboxError):
    """An act was begun, and the store does not say whether it was done."""


class NoSite(LockboxError):
    """The store is empty: `init` has not run there, or its address is mistyped."""


class UnknownSchema(LockboxError):
    """A Lockbox store that says nothing of its schema, or what no release of Lockbox says."""
