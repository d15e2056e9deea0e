"""Why the judge of the implementation guides found no place for a segment: the cause, told once.

Where a segment has no place in the guide, the judge stays where it was, and objects to everything that would
stand under that segment too. Here its map of the guide is asked for the first cause: a segment that the guide
does not have, a qualifier that it does not know there, a segment that has to stand before, or an order that it
does not allow. What follows from a cause that was told is left out.
"""

from dataclasses import dataclass
from typing import Any

from services.clean import clean

#: How many of the codes that a guide knows are named.
_CODES_NAMED = 12
#: The longest value that is repeated: a longer one may be a patient's.
_LONGEST_VALUE = 12


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the judge stood when it objected: the segment before, what it had no place for, which loops it lost."""

    before: str
    unplaced: frozenset[str]
    lost: frozenset[str]


class Causes:
    """Follows the judge through one set, segment by segment.

    `told` are sentences by the ordinal of the segment; one that is in `placed` but not in `told` had no place
    because of an earlier cause. `repeated` counts how often the sentence of an ordinal was true again.
    """

    def __init__(self) -> None:
        self.told: dict[int, str] = {}
        self.repeated: dict[int, int] = {}
        self.surroundings: dict[int, Surroundings] = {}
        self._first: dict[str, int] = {}
        self._lost: set[str] = set()
        self._unplaced: set[str] = set()
        self._before = ""
        self._known: dict[str, list[Any]] = {}

    def follow(self, ordinal: int, segment: Any, node: Any, *, objected: bool) -> None:
        """Takes the next segment and where in its map the judge stands with it; `objected` if it has an objection."""
        name = str(segment.get_seg_id())
        if objected:
            self.surroundings[ordinal] = Surroundings(
                self._before, frozenset(self._unplaced), frozenset(self._lost)
            )
        if node.is_match(segment):
            self._unplaced.clear()
            if self._lost and node.is_first_seg_in_loop():
                path = node.parent.get_path()
                self._lost = {lost for lost in self._lost if lost != path and not lost.startswith(f"{path}/")}
        elif objected:
            self._unplaced.add(name)
            cause = self._cause(name, segment, node)
            if cause:
                first = self._first.setdefault(cause, ordinal)
                if first == ordinal:
                    self.told[ordinal] = cause
                else:
                    self.repeated[first] = self.repeated.get(first, 0) + 1
        self._before = name

    def _cause(self, name: str, segment: Any, node: Any) -> str:
        """Why there is no place for a segment, empty when it follows from a cause that was told."""
        places = self._places(name, node.root)
        if not places:
            return f"The guide has no segment {clean(name, 10)}."
        here = _loops(node)
        fitting = [place for place in places if place.is_match(segment)]
        # Whatever stands in this segment's loop has no place either.
        opened = {place.parent.get_path() for place in places if place.is_first_seg_in_loop()}
        if not fitting:
            self._lost |= opened
            return _unknown_qualifier(segment, _alike(places, _nearest(places, here)))
        missing = {place.get_path(): self._missing(place, here) for place in fitting}
        if any(set(loops) & self._lost for loops in missing.values()):
            self._lost |= opened
            return ""
        self._lost |= opened
        best = _nearest(fitting, here)
        wanted = missing[best.get_path()]
        if not wanted:
            label = _label(name, segment, best)
            return f"Segment {label} stands too late or too often: behind {node.id} the guide has no place for it."
        self._lost |= set(wanted)
        opener = next(loop for loop in _loops(best) if loop.get_path() == wanted[0]).get_first_seg()
        return (
            f"No {opener.id} segment ({opener.name}) stands before this {name} segment; the guide wants one."
        )

    def _missing(self, place: Any, here: list[Any]) -> list[str]:
        """The loops that would have to be open for a segment at this place, outermost first, and are not."""
        open_loops = {loop.get_path() for loop in here}
        loops = _loops(place)[: -1 if place.is_first_seg_in_loop() else None]
        # A loop of loops has no segment of its own that could be missing.
        own = [loop for loop in loops if loop.get_first_seg() is not None]
        return [path for loop in own if (path := loop.get_path()) not in open_loops]

    def _places(self, name: str, root: Any) -> list[Any]:
        if not self._known:
            waiting = [root]
            while waiting:
                for nodes in waiting.pop().pos_map.values():
                    for node in nodes:
                        if node.is_segment():
                            self._known.setdefault(node.id, []).append(node)
                        else:
                            waiting.append(node)
        return self._known.get(name, [])


def _loops(node: Any) -> list[Any]:
    """The loops that a node of the map stands in, outermost first."""
    loops: list[Any] = []
    above = node.parent
    while above is not None and not above.is_map_root():
        loops.append(above)
        above = above.parent
    return loops[::-1]


def _nearest(places: list[Any], here: list[Any]) -> Any:
    """Of several places in the map, the one that shares most loops with where the judge stands."""
    paths = {loop.get_path() for loop in here}
    return max(places, key=lambda place: sum(loop.get_path() in paths for loop in _loops(place)))


def _alike(places: list[Any], best: Any) -> list[Any]:
    """The places beside one of them: in the same loop, or opening one of the loops beside it."""
    first = best.is_first_seg_in_loop()
    beside = best.parent.parent if first else best.parent
    return [
        place
        for place in places
        if place.is_first_seg_in_loop() == first
        and (place.parent.parent if first else place.parent) is beside
    ]


def _value(segment: Any, element: Any) -> str:
    said = str(segment.get_value(element.refdes) or "")
    return clean(said if len(said) <= _LONGEST_VALUE else f"{said[:_LONGEST_VALUE]}…")


def _label(name: str, segment: Any, place: Any) -> str:
    element = place.guess_unique_key_id_element()
    value = _value(segment, element) if element is not None else ""
    return f"{name}*{value}" if value else name


def _unknown_qualifier(segment: Any, places: list[Any]) -> str:
    """Names the element by which the guide tells segments of one name apart, and what it may say."""
    elements = [element for place in places if (element := place.guess_unique_key_id_element()) is not None]
    codes = list(dict.fromkeys(code for element in elements for code in element.valid_codes))
    named = ", ".join(codes[:_CODES_NAMED]) + (" and others" if len(codes) > _CODES_NAMED else "")
    value = _value(segment, elements[0])
    return f"{elements[0].refdes.replace('-0', '-')} is {value or 'missing'}; the guide knows {named} there."
