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
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import NoReturn

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult, SystemCommand
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from lockbox_tui.crash import record_crash
from lockbox_tui.terminal.keyboard import Keyboard
from lockbox_tui.terminal.painter import Painter
from lockbox_tui.terminal.watchdog import Watchdog
from screens.list_manager.glass.glass import Attribute, Glass
from screens.list_manager.glass.keys import RESIZED, Key, KeyQueue
from screens.list_manager.glass.terminal import Terminal

Main = Callable[[Terminal], Awaitable[int]]
OnLeave = Callable[[], Awaitable[None]]

STATUS_CRASH = 70
STATUS_SIGNAL = 128
#: What is laid out and painted at most; of a terminal that says it is larger, the rest stays blank.
WIDEST, HIGHEST = 500, 200
_SEQUENCE_WAIT = 0.4
_GRACE = 2.0
_LONG_PAINT = 300


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


class GlassView(Widget):
    """The one widget: it shows the glass, row by row, and never interprets what stands there."""

    DEFAULT_CSS = "GlassView { width: 100%; height: 100%; }"

    def __init__(self, glass: Glass) -> None:
        super().__init__()
        self._glass = glass

    def render_line(self, y: int) -> Strip:
        if y >= self._glass.height:
            return Strip.blank(self.size.width)
        row = self._glass.rows[y]
        segments: list[Segment] = []
        start = 0
        for end in range(1, len(row.text) + 1):
            if end == len(row.text) or row.attributes[end] != row.attributes[start]:
                segments.append(Segment(row.text[start:end], _style(row.attributes[start])))
                start = end
        return Strip(segments, len(row.text))


def _style(attribute: int) -> Style | None:
    if not attribute:
        return None
    return Style(
        bold=bool(attribute & Attribute.BOLD),
        underline=bool(attribute & Attribute.UNDERLINE),
        reverse=bool(attribute & Attribute.REVERSE),
    )


class TerminalApp(App[int]):
    """Owns the glass and the one key queue, and runs one coroutine: the desk."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { overflow: hidden; }"

    def __init__(self, main: Main, *, on_leave: OnLeave | None = None, log: Path | None = None) -> None:
        super().__init__(driver_class=QuietDriver, ansi_color=True)
        self.glass = Glass()
        self.keys = KeyQueue()
        self.terminal = Terminal(self.glass, self.keys)
        self.status = 0
        self.crash: str | None = None
        self.line_is_lost = False
        self._main = main
        self._on_leave = on_leave
        self._log_file = log
        self._painter = Painter()
        self._view = GlassView(self.glass)
        self._session: asyncio.Task[None] | None = None
        self._desk_loop: asyncio.AbstractEventLoop | None = None
        self._ended = False

    def compose(self) -> ComposeResult:
        yield self._view

    def on_mount(self) -> None:
        self._desk_loop = asyncio.get_running_loop()
        self.call_later(self._begin)

    def _begin(self) -> None:
        self.glass.resize(self.size.height, self.size.width)
        self.glass.changed = self._show
        self._session = asyncio.create_task(self._run_main())

    def _show(self) -> None:
        self._view.refresh()

    async def _run_main(self) -> None:
        try:
            self.status = await self._main(self.terminal)
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
        """Cancels what the clerk was doing and runs the leave hook, once, each within two seconds."""
        if self._ended:
            return
        self._ended = True
        self.glass.changed = lambda: None
        if self._session is not None and not self._session.done():
            self._session.cancel()
            await asyncio.wait([self._session], timeout=_GRACE)
        if self._on_leave is not None:
            try:
                await asyncio.wait_for(self._on_leave(), _GRACE)
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
        self._painter.forget()
        self.glass.resize(event.size.height, event.size.width)
        if self._session is not None:
            self.keys.put(Key(RESIZED))

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        # Private: Textual rewrites a changed row from its first column; the painter sends only what differs.
        driver = self._driver
        if not isinstance(driver, QuietDriver) or not self._running or self._batch_count:
            super()._display(screen, renderable)
            return
        update: object = renderable  # Textual passes updates here that its own type does not name
        if isinstance(update, CompositorUpdate):
            data = self._painter.difference(self.glass)
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


def run_on_terminal(main: Main, *, on_leave: OnLeave | None = None, log: Path | None = None) -> int:
    """Runs the desk on this process's terminal and gives the exit status; see `launch.run_desk`."""
    app = TerminalApp(main, on_leave=on_leave, log=log)
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
