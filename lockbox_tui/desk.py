"""The program with its screens: opens the store, signs the clerk on, and runs the menus (DESIGN 2.17, 3).

The store is opened beside the loading of the screens, and what the options need is loaded beside the first
menu, so that this menu stands within 700 ms of the start.
"""

import sys

from lockbox_tui.signing_on import Places, SigningOn
from lockbox_tui.terminal.launch import run_desk
from lockbox_tui.terminal.on_screens import OnScreens


def open_desk(places: Places, *, actor_login: str | None = None) -> int:
    """Shows the screens until the clerk leaves, and gives the program's exit status.

    The clerk is the operating system's user; `actor_login` names another one, which only a demo store takes.
    Status 1 and one sentence: the user is not registered, or the store cannot be opened. Status 2: no
    terminal.
    """
    signing_on = SigningOn(places, actor_login)

    def session() -> OnScreens:
        # Imported when the store is being opened: it loads Textual, which takes as long.
        from lockbox_tui.session import Session

        return Session(signing_on)

    status = run_desk(session, begin=signing_on.begin, log=places.crash_log)
    if signing_on.refusal is not None:
        print(signing_on.refusal, file=sys.stderr)  # noqa: T201 - the screens are closed by now
        return 1
    return status
