"""How the audit trail tells that a batch was edited, and what it is read to say.

What a clerk typed stands last, behind a word of its own, so that no name can be read as more.
Before, it stood first: `name A; ready to post` may be a batch of that name. Then all that it may say counts.
"""

import re
from collections.abc import Iterator

_READY = {"ready to post": True, "not ready to post": False}
_MARKED = "|".join(_READY)
_EDITED = re.compile(rf"(?:({_MARKED})(?:; (?!\Z)|\Z))?(?:named (.*))?", re.DOTALL)
_EDITED_BEFORE = re.compile(rf"name (.*); ({_MARKED})", re.DOTALL)

Edited = tuple[str | None, bool | None]


def say_edited(name: str | None, ready: bool | None) -> str:
    """What was changed on a batch: its mark, its name, or both."""
    said = [words for words, marks in _READY.items() if marks is ready]
    return "; ".join(said if name is None else [*said, f"named {name}"])


def read_edited(detail: str) -> Iterator[Edited]:
    """The names and marks that such a text may tell of; none where it is no such text."""
    told = _EDITED.fullmatch(detail)
    if told is not None:
        yield told[2], None if told[1] is None else _READY[told[1]]
    elif detail.startswith("name "):
        yield detail.removeprefix("name "), None
        both = _EDITED_BEFORE.fullmatch(detail)
        if both is not None:
            yield both[1], _READY[both[2]]
