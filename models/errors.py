"""Errors of the store's surroundings; the tree stands in `services.errors`."""


class LockboxError(Exception):
    """The program's surroundings are broken; the text says what is wrong and what to do."""


class StoreBusy(LockboxError):
    """Another process held the store's write lock longer than a clerk should wait."""
