"""The screens on a terminal: the one place that uses private parts of Textual 8.2.8, each with its reason.

Textual gives the event loop, the alternate screen, the sizes and the Pilot of the tests. What it would send
to the terminal is replaced by the painter's few bytes, and what it would do with keys by the one key queue.
Import this through `lockbox_tui.terminal.launch.run_desk`, which first sets what Textual reads when it is imported.
"""

import asyncio
import contextlib
import os
import select
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from rich.console import RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App, SystemCommand
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen

from lockbox_tui.crash import record_crash
from lockbox_tui.terminal.keyboard import Keyboard
from lockbox_tui.terminal.on_screens import OnScreens
from lockbox_tui.terminal.painter import Painter
from lockbox_tui.terminal.watchdog import Watchdog
from screens.list_manager.glass.keys import RESIZED, Key, KeyQueue
from screens.list_manager.glass.stack import AnyScreen, Nowhere, Stack
from screens.list_manager.glass.terminal import Terminal

STATUS_CRASH = 70
STATUS_SIGNAL = 128
#: What is laid out and painted at most; of a terminal that says it is larger, the rest stays blank.
WIDEST, HIGHEST = 500, 200
_SEQUENCE_WAIT = 0.4
_GRACE = 2.0
_LONG_PAINT = 300
#: The app and its driver each say the terminal's size when Textual starts.
_SIZES_TOLD_AT_START = 2


class _Line:
    """The output side of the terminal; once the line is lost, writing is silently over.

    Unbuffered, so that nothing is left to be written to a lost line when the program ends.
    """

    def __init__(self, descriptor: int, encoding: str, lost: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._encoding = encoding
        self._lost = lost
        self._gone = False

    def write(self, text: str) -> int:
        # A name with a letter the clerk's terminal lacks must not end the program.
        data = memoryview(text.encode(self._encoding, "replace"))
        while data and not self._gone:
            try:
                data = data[os.write(self._descriptor, data) :]
            except OSError:
                self._gone = True
                self._lost()
        return len(text)

    def flush(self) -> None:
        return None

    def fileno(self) -> int:
        return self._descriptor


class QuietDriver(LinuxDriver):
    """Sends only what a VT100-class terminal understands, and reads keys by our own parser.

    Private: `_file` (Textual writes to standard error, which a clerk may have sent to a file; and its writer
    thread dies with the line, after which the program would hang), `run_input_thread` (at a hang-up Textual's
    spins for ever, and an unknown sequence becomes typed text), `_get_terminal_size` and `_size` (a terminal, or
    COLUMNS and LINES, may say any size, and Textual would lay out each cell of it).
    """

    # Focus reports repaint the screen; kitty keys, synchronised output, in-band sizes and pointer shapes
    # are unknown to old terminals; a paste must arrive as typed keys; screen readers follow the cursor.
    _DROPPED = (
        "\x1b[?1004", "\x1b[>", "\x1b[<u", "\x1b[?2026", "\x1b[?2048", "\x1b]22;", "\x1b[?2004", "\x1b[?25l",
    )  # fmt: skip

    def __init__(
        self,
        app: "App[object]",
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        output = sys.__stdout__
        if output is None or not isinstance(app, TerminalApp):
            raise AssertionError("QuietDriver belongs to TerminalApp on a terminal")
        self._desk_app = app
        self._size = size or self._get_terminal_size()
        self._file = _Line(output.fileno(), output.encoding, app.line_lost)  # type: ignore[assignment]  # written to, flushed, no more

    def _get_terminal_size(self) -> tuple[int, int]:
        width, height = super()._get_terminal_size()
        return min(width, WIDEST), min(height, HIGHEST)

    def write(self, data: str) -> None:
        if not data.startswith(self._DROPPED):
            super().write(data)

    def send(self, data: str) -> None:
        """Sends the painter's bytes."""
        super().write(data)

    def stop_application_mode(self) -> None:
        # A terminal without an alternate screen would keep the last patient on display.
        self.write("\x1b[m\x1b[r\x1b[H\x1b[2J")
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        keyboard = Keyboard()
        decode = self._decoder()
        while not self.exit_event.is_set():
            wait = _SEQUENCE_WAIT if keyboard.unfinished else 0.1
            ready, _, _ = select.select([self.fileno], [], [], wait)
            if not ready:
                self._pass_on(keyboard.give_up() if keyboard.unfinished else ())
                continue
            try:
                data = os.read(self.fileno, 4096)
            except OSError:
                data = b""
            if not data:
                self._desk_app.line_lost()
                return
            self._pass_on(keyboard.feed(decode(data)))

    @staticmethod
    def _decoder() -> Callable[[bytes], str]:
        import codecs

        return codecs.getincrementaldecoder("utf-8")("replace").decode

    def _pass_on(self, keys: Iterable[Key]) -> None:
        for key in keys:
            self.process_message(events.Key(key.name, key.character or None))


class TerminalApp(App[int]):
    """Owns the one key queue and the stack of screens, and runs one coroutine: the desk.

    It is the stage of that stack: the clerk's open screens are the screens on Textual's own stack.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, session: OnScreens, *, log: Path | None = None) -> None:
        super().__init__(driver_class=QuietDriver, ansi_color=True)
        # Private: each screen would carry a widget for tooltips and one for toasts, which this app never shows.
        self._disable_tooltips = self._disable_notifications = True
        self.keys = KeyQueue()
        self.stack = Stack()
        self.terminal = Terminal(self.stack, self.keys)
        self.status = 0
        self.crash: str | None = None
        self.line_is_lost = False
        self._session = session
        self._log_file = log
        self._painter = Painter()
        self._running_session: asyncio.Task[None] | None = None
        self._desk_loop: asyncio.AbstractEventLoop | None = None
        self._ended = False
        self._sizes_told = 0

    def get_default_screen(self) -> Screen[object]:
        return self.stack.top

    def on_mount(self) -> None:
        self._desk_loop = asyncio.get_running_loop()
        self.call_later(self._begin)

    def _begin(self) -> None:
        self.stack.resize(self.size.height, self.size.width)
        self.stack.stage = self
        self._running_session = asyncio.create_task(self._run_session())

    async def push(self, screen: AnyScreen) -> None:
        """Puts a screen on Textual's stack, and waits until it can be seen."""
        await self.push_screen(screen)

    async def pop(self, screen: AnyScreen) -> None:
        """Takes a screen off Textual's stack; one that never came there, or whose app is ending, is gone anyway."""
        if self.is_running and self.screen is screen:
            await self.pop_screen()

    def changed(self) -> None:
        """Has the screen on top painted."""
        self.stack.top.repaint()

    async def _run_session(self) -> None:
        try:
            self.status = await self._session.run(self.terminal)
        except Exception as error:  # noqa: BLE001 - a crash ends with a number, whatever it was
            self._note_crash(error)
        self.exit(return_code=self.status)

    def _note_crash(self, error: BaseException) -> None:
        self.status = STATUS_CRASH
        if self.crash is None:
            self.crash = record_crash(error, self._log_file)

    def leave(self, status: int) -> None:
        """Ends the session from outside (a signal, a lost line); only in the event loop's thread."""
        if not self._ended:
            self.status = status
            self.exit(return_code=status)

    def line_lost(self) -> None:
        """The terminal is gone; may be called from any thread."""
        self.line_is_lost = True
        if self._desk_loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: so has the session
                self._desk_loop.call_soon_threadsafe(self.leave, STATUS_SIGNAL + signal.SIGHUP)

    async def end_session(self) -> None:
        """Cancels what the clerk was doing and lets the session leave, once, each within two seconds."""
        if self._ended:
            return
        self._ended = True
        self.stack.stage = Nowhere()
        running = self._running_session
        if running is not None and not running.done():
            running.cancel()
            await asyncio.wait([running], timeout=_GRACE)
        try:
            await asyncio.wait_for(self._session.leave(), _GRACE)
        except Exception as error:  # noqa: BLE001 - as above
            self._note_crash(error)

    async def on_event(self, event: events.Event) -> None:
        # Textual would hand a key to a focused widget and let it bubble, out of order with the next ones.
        if isinstance(event, events.Key):
            printable = event.character if event.is_printable else None
            self.keys.put(Key(event.character or event.key, printable) if printable else Key(event.key))
        elif isinstance(event, events.Paste):
            self.keys.feed(event.text)
        else:
            await super().on_event(event)

    def on_resize(self, event: events.Resize) -> None:
        glass, size = self.stack.top.glass, event.size
        self._sizes_told += 1
        if (glass.height, glass.width) != (size.height, size.width):
            self._painter.forget()
            self.stack.resize(size.height, size.width)
            if self._running_session is not None:
                self.keys.put(Key(RESIZED))
        elif self._sizes_told > _SIZES_TOLD_AT_START:
            # A window that is as large as it was may have been smaller in between, and lost what stood there.
            self._painter.forget()
            self.stack.top.repaint()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        # Private: Textual rewrites a changed row from its first column; the painter sends only what differs.
        driver = self._driver
        if not isinstance(driver, QuietDriver) or not self._running or self._batch_count:
            super()._display(screen, renderable)
            return
        update: object = renderable  # Textual passes updates here that its own type does not name
        if isinstance(update, CompositorUpdate) and not self.stack.turned:
            data = self._painter.difference(self.stack.top.glass)
            if len(data) > _LONG_PAINT:
                data = f"\x1b[?25l{data}\x1b[?25h"
            if data:
                driver.send(data)
        self.post_display_hook()

    def _handle_exception(self, error: Exception) -> None:
        # Private: Textual would print a traceback with local variables, which are patients' data.
        self._note_crash(error)
        self._return_code = STATUS_CRASH
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        # Private: as above, on the paths that do not go through _handle_exception.
        self._note_crash(sys.exc_info()[1] or RuntimeError())
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        self._fatal_error()

    def _print_error_renderables(self) -> None:
        # Private: whatever Textual collected for display after the end may hold patients' data.
        self._exit_renderables.clear()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        return ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise RuntimeError(
            "screenshots, the clipboard and suspending are off: they carry patients' data away"
        )

    action_screenshot = _refuse
    save_screenshot = _refuse
    deliver_screenshot = _refuse
    deliver_text = _refuse
    deliver_binary = _refuse
    copy_to_clipboard = _refuse
    action_suspend_process = _refuse
    suspend = _refuse


def screen_text(app: TerminalApp) -> str:
    """The screen as Textual would compose it, as lines of text without trailing blanks, for golden files.

    Private: `_compositor`, the only way to the composed screen as text; it proves that the widget shows
    the glass.
    """
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def _run(app: TerminalApp, watchdog: Watchdog) -> None:
    loop = asyncio.get_running_loop()

    def on_signal(number: int, _frame: object) -> None:
        watchdog.expect_end(STATUS_SIGNAL + number)
        loop.call_soon_threadsafe(app.leave, STATUS_SIGNAL + number)

    # Not `loop.add_signal_handler`: it needs a loop that turns, and a stopped line can hold the loop.
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    try:
        await app.run_async(mouse=False)
    finally:
        await app.end_session()


def run_on_terminal(session: OnScreens, *, log: Path | None = None) -> int:
    """Runs a session on this process's terminal and gives the exit status; see `launch.run_desk`."""
    app = TerminalApp(session, log=log)
    with Watchdog(sys.stdin.fileno(), app.line_lost) as watchdog:
        try:
            asyncio.run(_run(app, watchdog))
        except Exception as error:  # noqa: BLE001 - as above
            app._note_crash(error)
    if app.crash is not None and not app.line_is_lost:
        with contextlib.suppress(OSError):
            os.write(
                sys.stderr.fileno(),
                f"Lockbox stopped because of an error. Its number is {app.crash}.\r\n".encode(),
            )
    return app.status
