"""The actions every list has without showing them; `??` prints them (`screens.md` 0.7, 0.8)."""

from enum import StrEnum

from screens.list_manager.lists.list_actions import table


class Hidden(StrEnum):
    """A hidden action by its mnemonic."""

    NEXT = "+"
    PREVIOUS = "-"
    UP = "UP"
    DOWN = "DN"
    RIGHT = ">"
    LEFT = "<"
    FIRST = "FS"
    LAST = "LS"
    GO = "GO"
    REDISPLAY = "RD"
    PRINT_SCREEN = "PS"
    PRINT_LIST = "PL"
    SEARCH = "SL"
    AUTO_DISPLAY = "ADPL"
    QUIT = "Q"


NAMES = {
    Hidden.NEXT: "Next Screen",
    Hidden.PREVIOUS: "Previous Screen",
    Hidden.UP: "Up a Line",
    Hidden.DOWN: "Down a Line",
    Hidden.RIGHT: "Shift View to Right",
    Hidden.LEFT: "Shift View to Left",
    Hidden.FIRST: "First Screen",
    Hidden.LAST: "Last Screen",
    Hidden.GO: "Go to Page",
    Hidden.REDISPLAY: "Re Display Screen",
    Hidden.PRINT_SCREEN: "Print Screen",
    Hidden.PRINT_LIST: "Print List",
    Hidden.SEARCH: "Search List",
    Hidden.AUTO_DISPLAY: "Auto Display(On/Off)",
    Hidden.QUIT: "Quit",
}
_ALSO = {"NEXT": Hidden.NEXT, "PREV": Hidden.PREVIOUS, "QUIT": Hidden.QUIT}
KEYS = {
    "pagedown": Hidden.NEXT,
    "pageup": Hidden.PREVIOUS,
    "home": Hidden.FIRST,
    "end": Hidden.LAST,
    "right": Hidden.RIGHT,
    "left": Hidden.LEFT,
    "ctrl+l": Hidden.REDISPLAY,
}


def find_hidden(words: str) -> Hidden | None:
    """The hidden action with exactly this mnemonic, or NEXT, PREV, QUIT; beginnings do not count."""
    word = words.strip().upper()
    if word in _ALSO:
        return _ALSO[word]
    return Hidden(word) if word in Hidden._value2member_map_ else None


_KEYS_EXPLAINED = (
    "Keys: Up, Down move the marker > to the entry that is the default; PgUp, PgDn,",
    "Home, End turn pages; / searches as you type; F1 explains what is marked; SPACE",
    "RETURN repeats the last action; a number takes its entry for the main act.",
)


def listing() -> list[str]:
    """What `??` prints."""
    rows = table([(action.value, NAMES[action]) for action in Hidden], columns=3, width=26, mnemonic_width=5)
    return ["The following actions are also available:", *rows, *_KEYS_EXPLAINED]
