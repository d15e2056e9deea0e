"""Python's look for unreachable cycles while a file is read: claims and rows make none, and there are very many."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects after which it looks (it is 700 else).
_OBJECTS_BETWEEN = 20_000


@contextmanager
def few_collections() -> Iterator[None]:
    """Lets it look less often within the block: it takes up to a fifth of the time of an import."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS_BETWEEN, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
