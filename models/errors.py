"""Errors of the store's surroundings; the tree stands in `services.errors`."""


class LockboxError(Exception):
    """The program's surroundings are broken; the text says what is wrong and what to do."""


class StoreBusy(LockboxError):
    """Another process held the store's write lock longer than a clerk should wait."""


class NoSite(LockboxError):
    """The store is empty: `init` has not run there, or its address is mistyped."""


class UnknownSchema(LockboxError):
    """A Lockbox store that says nothing of its schema, or what no release of Lockbox says."""
