"""Composite elements taken apart into their components, such as SVC01 `HC:99213:25`."""

from collections.abc import Callable

from services.clean import clean
from services.x12.envelope import Delimiters

#: What separates components in practice, whatever the header says.
_USUAL = ":>^|"
#: The first component of a composite is a qualifier or a code of at most so many characters.
_LONGEST_FIRST = 3
_PADDING = " \t\x00"


class Composites:
    """Takes the composites of one set apart, also those whose payer separates them by another mark than ISA16.

    Where ISA16 does not occur in one, but exactly one of the usual marks, that mark separates it; it is told
    once a set. Blanks around a component are no part of it.
    """

    def __init__(self, delimiters: Delimiters) -> None:
        self._component = delimiters.component
        taken = (delimiters.component, delimiters.element, delimiters.segment)
        self._others = [mark for mark in _USUAL if mark not in taken]
        self._told: set[str] = set()

    def split(self, text: str, name: str, tell: Callable[[str, str], None]) -> list[str]:
        """Gives the components; `name` is the element (`SVC01`), `tell` takes code and text of a finding."""
        mark = self._component
        if mark not in text:
            marks = [other for other in self._others if other in text]
            if len(marks) == 1 and len(text.split(marks[0], 1)[0].strip(_PADDING)) in range(
                1, _LONGEST_FIRST + 1
            ):
                mark = marks[0]
                self._tell_once(mark, name, tell)
        return [part.strip(_PADDING) for part in text.split(mark)]

    def _tell_once(self, mark: str, name: str, tell: Callable[[str, str], None]) -> None:
        if mark not in self._told:
            self._told.add(mark)
            tell(
                "component-separator",
                f"{name} separates its components by {mark}, but the header says {clean(self._component)};"
                f" what is separated by {mark} is read so.",
            )
