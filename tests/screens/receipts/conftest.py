"""The site in front of which the receipt screens are tested."""

from pathlib import Path

import pytest

from models.store import Store
from screens.list_manager.asking import progress
from services.office.actor import Actor
from tests.screens.receipts.receipt_site import ReceiptSite


@pytest.fixture
def receipts(site: Store, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReceiptSite:
    """The site; progress lines are put off, so that a busy machine paints the same screens."""
    monkeypatch.setattr(progress, "PATIENCE", 60.0)
    return ReceiptSite(site, actor, tmp_path)
