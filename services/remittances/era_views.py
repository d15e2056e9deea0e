"""A list of ERAs as a clerk asks for it, and the word by which it is remembered of him (behaviour 8.6)."""

import datetime
from dataclasses import dataclass, field, replace

from services.clean import is_text
from services.dates import short
from services.remittances.listing import EraOrder, EraSelection, EraSort, MatchFilter, PostFilter, SortKey

#: No answer of a clerk holds this character, for no key gives it.
_BETWEEN = "\t"
_DOWN = "-"


@dataclass(frozen=True, slots=True)
class EraView:
    """Which ERAs a list shows, and in which order."""

    chosen: EraSelection = field(default_factory=EraSelection)
    order: EraOrder = field(default_factory=EraOrder)

    def undated(self) -> "EraView":
        """The same without its range of days: what is wanted of it on any other day."""
        return replace(self, chosen=replace(self.chosen, received_from=None, received_to=None))


def word_of(view: EraView) -> str:
    """The word that a preference keeps; `read_word` reads it."""
    chosen, order = view.chosen, view.order
    days = (chosen.received_from, chosen.received_to)
    return _BETWEEN.join(
        (
            chosen.post,
            chosen.match,
            *("" if day is None else day.isoformat() for day in days),
            chosen.payer_from or "",
            chosen.payer_to or "",
            _key_word(order.first),
            "" if order.second is None else _key_word(order.second),
        )
    )


def read_word(word: str) -> EraView | None:
    """The view that a preference has kept; None when the word is none of this release, or only half a range."""
    parts = word.split(_BETWEEN)
    if len(parts) != len(EraSelection.__slots__) + len(EraOrder.__slots__):
        return None
    post, match, first_day, last_day, first_payer, last_payer, first, second = parts
    if bool(first_day) != bool(last_day) or bool(first_payer) != bool(last_payer) or not is_text(word):
        return None
    try:
        return EraView(
            EraSelection(
                PostFilter(post),
                MatchFilter(match),
                _read_day(first_day),
                _read_day(last_day),
                first_payer or None,
                last_payer or None,
            ),
            EraOrder(_read_key(first), _read_key(second) if second else None),
        )
    except ValueError:
        return None


def _key_word(key: SortKey) -> str:
    return f"{_DOWN if key.descending else ''}{key.by}"


def _read_key(word: str) -> SortKey:
    return SortKey(EraSort(word.removeprefix(_DOWN)), descending=word.startswith(_DOWN))


def _read_day(word: str) -> datetime.date | None:
    return datetime.date.fromisoformat(word) if word else None


def say_view(view: EraView) -> str:
    """A view in one sentence: `UNPOSTED, MATCH STATUS BOTH, RECEIVED 7/1/12-7/22/12, ALL PAYERS`."""
    chosen, order = view.chosen, view.order
    said = [str(chosen.post), f"MATCH STATUS {chosen.match}"]
    if chosen.received_from is not None and chosen.received_to is not None:
        said.append(f"RECEIVED {short(chosen.received_from)}-{short(chosen.received_to)}")
    said.append(
        "ALL PAYERS" if chosen.payer_from is None else f"PAYERS {chosen.payer_from}-{chosen.payer_to}"
    )
    if order != EraOrder():
        said.append("SORTED BY " + " AND ".join(_say_key(key) for key in (order.first, order.second) if key))
    return ", ".join(said)


def _say_key(key: SortKey) -> str:
    return f"{key.by} FROM THE LAST ON" if key.descending else str(key.by)
