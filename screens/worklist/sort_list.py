"""Sort List: by what the list of ERAs is sorted, first and second (behaviour 1.1, `screens.md` 23.3)."""

from collections.abc import Sequence
from dataclasses import replace

from screens.list_manager.asking.dialogue import Ask, Option
from services.remittances.listing import EraOrder, EraSort, SortKey

_KEYS = (
    (EraSort.AMOUNT, Option("A", "AMOUNT PAID")),
    (EraSort.DATE, Option("E", "ERA PAID DATE")),
    (EraSort.PAYER, Option("P", "PAYER NAME")),
    (EraSort.RECEIVED, Option("D", "DATE ERA RECEIVED")),
)
_SORTS = {option.code: sort for sort, option in _KEYS}
_RECEIVED = "D"
_NONE = Option("N", "NONE")

_DATES = (Option("E", "EARLIEST TO LATEST"), Option("L", "LATEST TO EARLIEST"))
#: The directions of each key, upwards first.
_DIRECTIONS = {
    EraSort.AMOUNT: (Option("L", "LOWEST TO HIGHEST"), Option("H", "HIGHEST TO LOWEST")),
    EraSort.DATE: _DATES,
    EraSort.PAYER: (Option("F", "FIRST TO LAST"), Option("L", "LAST TO FIRST")),
    EraSort.RECEIVED: _DATES,
}
_COLUMN = 20


async def ask_order(ask: Ask) -> EraOrder:
    """Asks for one or two keys, each with its direction, never the same twice; raises Abandoned for `^`."""
    keys = [option for _, option in _KEYS]
    first = await _ask_level(ask, "FIRST", keys, _RECEIVED)
    order = EraOrder(await _ask_direction(ask, first))
    second = await _ask_level(ask, "SECOND", [_NONE, *(key for key in keys if key.code != first)], _NONE.code)
    return order if second == _NONE.code else replace(order, second=await _ask_direction(ask, second))


async def _ask_level(ask: Ask, level: str, options: Sequence[Option], default: str) -> str:
    cells = [f"{option.code}  {option.text}" for option in options]
    rows = [f"    {left:<{_COLUMN}}{right}" for left, right in zip(cells[::2], cells[1::2], strict=True)]
    ask.say("", f"  SELECT A {level} LEVEL SORT", "", *rows, "")
    return await ask.choice("Enter response", options, default)


async def _ask_direction(ask: Ask, code: str) -> SortKey:
    by = _SORTS[code]
    up, down = _DIRECTIONS[by]
    asked = f"  SORT ({up.code}){up.text[1:]} OR ({down.code}){down.text[1:]}?"
    return SortKey(by, descending=await ask.choice(asked, (up, down), up.code) == down.code)
