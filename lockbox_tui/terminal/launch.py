"""Starting the screens: what must be so before Textual is imported, and how the program is left.

Nothing here imports Textual until `run_desk` is called, so that `lockbox --version` and the commands start
fast, and the store is opened meanwhile.
"""

import os
import signal
import sys
from collections.abc import Callable, MutableMapping
from pathlib import Path

from lockbox_tui.terminal.on_screens import OnScreens

_QUIET = {
    # An arrow key cut in two by the network arrives as Escape and letters if the rest is not waited for.
    "ESCDELAY": "400",
    # Each frame of an animation is a repaint on a slow line.
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    # The kitty keyboard protocol is not understood by a VT100.
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
}
# Textual imports, writes or sends whatever these name: none of them may come from whoever signs on.
_DANGEROUS = (
    "TEXTUAL_DRIVER",
    "TEXTUAL_LOG",
    "TEXTUAL_SCREENSHOT",
    "TEXTUAL_DEVTOOLS",
    "TEXTUAL_DEBUG",
    "TEXTUAL_PRESS",
    "TEXTUAL_SHOW_RETURN",
    "TEXTUAL_ALLOW_SIGNALS",
    "TEXTUAL_FILTERS",
    "TEXTUAL_THEME",
    "TEXTUAL",
)
_NO_SCREEN = {"", "dumb", "unknown", "network", "dialup", "su", "emacs"}


def prepare_environment(environ: MutableMapping[str, str]) -> None:
    """Sets Textual's defaults for a slow line and takes out what could run code or write patients' data."""
    for name in list(environ):
        if name in _DANGEROUS or name.startswith(("TEXTUAL_SCREENSHOT", "TEXTUAL_DEVTOOLS")):
            del environ[name]
    environ.update(_QUIET)


def refusal(term: str, on_terminal: bool) -> str | None:
    """Gives the sentence that says why the screens cannot be shown here, or None when they can."""
    if not on_terminal:
        return (
            "The screens need a terminal; here input or output is a file or a pipe. "
            "lockbox --help lists the commands that do without."
        )
    if term.strip().lower() in _NO_SCREEN:
        return (
            f"The terminal type is {term.strip() or 'not set'}, which cannot place text on a screen. "
            "Set TERM to what yours is, for example: TERM=vt100 lockbox"
        )
    return None


def run_desk(
    session: Callable[[], OnScreens], *, begin: Callable[[], None] | None = None, log: Path | None = None
) -> int:
    """Runs the screens until they are left, and gives the program's exit status.

    `session` gives what runs on them; it is called when Textual may be loaded. `begin` is called before that,
    when there is a terminal: what the session will wait for may begin then. A crash leaves one line with a
    number on the terminal, a record without patients' data in `log`, and status 70. Status 2: no terminal.
    """
    reason = refusal(os.environ.get("TERM", ""), sys.stdin.isatty() and sys.stdout.isatty())
    if reason is not None:
        print(reason, file=sys.stderr)  # noqa: T201 - there is no screen to say it on
        return 2
    # Until the screens read it as a key. Ctrl-C in the middle of an import can leave the lock of the import held,
    # and what was begun in a thread would wait for it for ever.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if begin is not None:
        begin()
    from lockbox_tui.terminal.app import run_on_terminal

    return run_on_terminal(session(), log=log)
