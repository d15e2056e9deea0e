"""How things are found by what a clerk remembers of them; each room says it of its own nouns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class LookUp(Generic[R]):
    """How one kind of thing is asked for, found and listed; `R` is the row that stands for one.

    `find` gives the rows a typed text may mean, and may refuse the text. `page` gives all there are to choose
    from: so many from a place on, counted from 0. `row` is the line that shows one, `key` what names it again.
    `kind` is its word in a sentence, `help` what `?` says.
    """

    kind: str
    prompt: str
    find: Callable[[Session, str], Sequence[R]]
    page: Callable[[Session, int, int], Sequence[R]]
    row: Callable[[R], str]
    key: Callable[[R], str]
    help: tuple[str, ...]
