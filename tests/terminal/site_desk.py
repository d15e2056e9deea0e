"""The program on a real store, for tests through a pseudo-terminal: the store's address stands in the environment."""

import os
import sys
from pathlib import Path

from lockbox_tui.desk import open_desk
from lockbox_tui.signing_on import Places
from models.store import Store
from tests.stores import AUDIT_KEY, FixedClock


def open_store() -> Store:
    """The store of the test, by its clock."""
    return Store(os.environ["SITE_STORE"], audit_key=AUDIT_KEY, clock=FixedClock())


def main() -> int:
    """Runs the screens as the user that the test names; nobody named: as whoever runs the test."""
    folder = Path(os.environ["SITE_FOLDER"])
    places = Places(
        open_store=open_store,
        finance_folder=folder,
        print_folder=folder,
        crash_log=folder / "crashes.txt",
    )
    return open_desk(places, actor_login=os.environ.get("SITE_USER"))


if __name__ == "__main__":
    sys.exit(main())
