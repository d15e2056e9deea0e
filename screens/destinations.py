"""Where a clerk can be led from another room: each screen and dialogue by its name.

A screen goes on by `await desk.go(RECEIPT_PROFILE, number)` and imports nothing of what it leads to; which
function a name stands for is said once, in `screens.house`. So the scratch pad can lead to a receipt, and the
receipt back to its scratch pad.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from models.words.scratchpad import PaymentOrder

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Destination(Generic[P, R]):
    """A name that can be gone to, with what it has to be told and what it gives."""

    name: str


@dataclass(frozen=True, slots=True)
class Way(Generic[P, R]):
    """How one gets there: the function of the screen or dialogue, called with the desk."""

    to: Destination[P, R]
    go: Callable[Concatenate[Any, P], Awaitable[R]]


class Ways:
    """All ways of the house."""

    def __init__(self, *ways: Way[..., Any]) -> None:
        self._ways = {way.to: way for way in ways}
        if len(self._ways) < len(ways):
            raise AssertionError("two ways lead to one destination")

    def __contains__(self, to: Destination[..., Any]) -> bool:
        return to in self._ways

    def way(self, to: Destination[P, R]) -> Way[P, R]:
        """The way to a destination."""
        return cast(Way[P, R], self._ways[to])


#: The options.
EEOB_WORKLIST: Destination[[], None] = Destination("EEOB Worklist")
RECEIPT_PROCESSING: Destination[[], None] = Destination("Receipt Processing")
VIEW_PRINT_ERA: Destination[[], None] = Destination("View/Print ERA")

#: The scratch pad of an ERA: to be worked on by the holder of its lease (entire, or one batch), only to be seen, or
#: seen from its receipt.
SCRATCH_PAD: Destination[[int, PaymentOrder, int | None], None] = Destination("Scratch Pad")
SCRATCH_PAD_TO_VIEW: Destination[[int, PaymentOrder], None] = Destination("Scratch Pad, to be viewed")
SCRATCH_PAD_OF_RECEIPT: Destination[[int, PaymentOrder], None] = Destination("Scratch Pad of a receipt")

#: The receipt of an ERA as it would be, by the ERA's number; gives whether it was created there.
RECEIPT_PREVIEW: Destination[[int], bool] = Destination("Preview Receipt")

#: The same, where at once it is asked whether to create it.
RECEIPT_TO_CREATE: Destination[[int], bool] = Destination("Create Receipt")

#: A receipt by its number; and where at once it is to be processed.
RECEIPT_PROFILE: Destination[[str], None] = Destination("Receipt Profile")
RECEIPT_TO_PROCESS: Destination[[str], None] = Destination("Process Receipt")
