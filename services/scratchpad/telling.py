"""How the audit trail tells that a batch was edited or a line reviewed, and what it is read to say.

What a clerk typed stands last, behind a word of its own, so that no name and no comment can be read as more.
Before, it stood first: `name A; ready to post` may be a batch of that name. Then all that it may say counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.words.scratchpad import ReviewStatus

_READY = {"ready to post": True, "not ready to post": False}
_MARKED = "|".join(_READY)
_EDITED = re.compile(rf"(?:({_MARKED})(?:; (?!\Z)|\Z))?(?:named (.*))?", re.DOTALL)
_EDITED_BEFORE = re.compile(rf"name (.*); ({_MARKED})", re.DOTALL)

_STATUSES = "|".join(ReviewStatus)
_REVIEWED = re.compile(
    rf"(?:REVIEWED\? ({_STATUSES})(?:; (?!\Z)|\Z))?(?:comment ([0-9]{{1,9}}) (now )?says: (.*))?", re.DOTALL
)
_REVIEWED_BEFORE = re.compile(r"comment ([0-9]{1,9})( edited)?: (.*)", re.DOTALL)
_COMMENT_AND_STATUS = re.compile(rf"(.*); REVIEWED\? ({_STATUSES})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it was written, by its number among those of its entry, or as its author edited it."""

    number: int
    text: str
    edited: bool = False


Edited = tuple[str | None, bool | None]
Reviewed = tuple[ReviewStatus | None, Said | None]


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


def say_reviewed(status: ReviewStatus | None, comment: Said | None) -> str:
    """What was noted on an entry: how far its review has come, a comment, or both."""
    said = [] if status is None else [f"REVIEWED? {status.value}"]
    if comment is not None:
        said.append(f"comment {comment.number} {'now ' if comment.edited else ''}says: {comment.text}")
    return "; ".join(said)


def read_reviewed(detail: str) -> Iterator[Reviewed]:
    """The statuses and comments that such a text may tell of; none where it is no such text."""
    told = _REVIEWED.fullmatch(detail)
    if told is not None:
        said = None if told[2] is None else Said(int(told[2]), told[4], edited=told[3] is not None)
        yield None if told[1] is None else ReviewStatus(told[1]), said
        return
    before = _REVIEWED_BEFORE.fullmatch(detail)
    if before is None:
        return
    number, edited, text = int(before[1]), before[2] is not None, before[3]
    yield None, Said(number, text, edited)
    both = _COMMENT_AND_STATUS.fullmatch(text)
    if both is not None:
        yield ReviewStatus(both[2]), Said(number, both[1], edited)
