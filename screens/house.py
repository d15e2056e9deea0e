"""The register of the screens: which there are, the menu they are opened from, and the ways between them.

From it come the lint of all declarations, the test of their keys, `docs/actions.md` and the way to every
destination. It loads every screen, and is itself loaded when the first menu stands.
"""

from collections.abc import Sequence
from typing import Any

from screens.destinations import (
    EEOB_WORKLIST,
    RECEIPT_PREVIEW,
    RECEIPT_PROCESSING,
    RECEIPT_PROFILE,
    RECEIPT_TO_CREATE,
    RECEIPT_TO_PROCESS,
    SCRATCH_PAD,
    SCRATCH_PAD_OF_RECEIPT,
    SCRATCH_PAD_TO_VIEW,
    VIEW_PRINT_ERA,
    Way,
    Ways,
)
from screens.list_manager.lists.list_actions import lint as lint_list
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.menus.rows import lint as lint_menus
from screens.menus import CLERKS_MENU
from screens.receipts.receipt_preview import PreviewScreen, receipt_preview, receipt_preview_to_create
from screens.receipts.receipt_processing import receipt_processing
from screens.receipts.receipt_profile import ReceiptProfileScreen, receipt_profile, receipt_profile_to_process
from screens.scratchpad.scratch_pad import (
    ScratchPadScreen,
    scratch_pad,
    scratch_pad_of_receipt,
    scratch_pad_to_view,
)
from screens.scratchpad.split_screen import SplitScreen
from screens.worklist.era_filters import eeob_worklist
from screens.worklist.era_list import EraListScreen
from screens.worklist.view_print import view_print_era

MENU = CLERKS_MENU

SCREENS: Sequence[type[ListScreen[Any]]] = (
    EraListScreen,
    ScratchPadScreen,
    SplitScreen,
    PreviewScreen,
    ReceiptProfileScreen,
)

WAYS = Ways(
    Way(EEOB_WORKLIST, eeob_worklist),
    Way(RECEIPT_PROCESSING, receipt_processing),
    Way(VIEW_PRINT_ERA, view_print_era),
    Way(SCRATCH_PAD, scratch_pad),
    Way(SCRATCH_PAD_TO_VIEW, scratch_pad_to_view),
    Way(SCRATCH_PAD_OF_RECEIPT, scratch_pad_of_receipt),
    Way(RECEIPT_PREVIEW, receipt_preview),
    Way(RECEIPT_TO_CREATE, receipt_preview_to_create),
    Way(RECEIPT_PROFILE, receipt_profile),
    Way(RECEIPT_TO_PROCESS, receipt_profile_to_process),
)


def lint() -> list[str]:
    """Says what is wrong with the declarations of all menus and lists."""
    return lint_menus(MENU) + [
        problem
        for screen in SCREENS
        for problem in lint_list(screen.template, screen.actions, beside=screen.beside)
    ]
