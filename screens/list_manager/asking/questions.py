"""The machinery under every question: prompt, answer, echo, help and the ways out."""

import textwrap
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from enum import StrEnum

from screens.list_manager.glass.leaving import Abandoned, LeaveAll
from screens.list_manager.glass.terminal import LONGEST, Terminal

REQUIRED = "This is a required response. Enter '^' to exit"
_TABLE = "   "
Help = str | Sequence[str]


class Pause(StrEnum):
    """The texts on which the screen waits for RETURN, by who has just spoken (`screens.md` 0.9 and 23.6)."""

    RETURN = "Enter RETURN to continue: "
    """The list itself: an entry that is not there, a page too far, a text not found, where a print went."""
    END_OF_PAGE = "Enter RETURN to continue or '^' to exit: "
    """A page of a print, of a menu or of choices, of which `^` stops the rest."""
    MESSAGE = "PRESS RETURN TO CONTINUE "
    """An action or option: a refusal, or something else the clerk has to know."""
    POSTING = "Press RETURN to continue: "
    """Process Receipt, whether it has posted or refused."""


def question(prompt: str, default: str = "") -> str:
    """The prompt as it stands on the screen: `PROMPT: ` or `PROMPT: default// `.

    A prompt that ends with a blank is taken as it is.
    """
    begin = prompt if prompt.endswith(" ") else f"{prompt} " if prompt.endswith(":") else f"{prompt}: "
    return f"{begin}{default}// " if default else begin


def echo(answer: str, word: str) -> str:
    """What is printed behind an answer: the rest of the word it begins, else two blanks and the word."""
    if answer and word.casefold().startswith(answer.casefold()) and len(answer) < len(word):
        return word[len(answer) :]
    return "" if answer.casefold() == word.casefold() else f"  {word}"


class Questions:
    """The machinery under every kind of question."""

    def __init__(self, terminal: Terminal, today: Callable[[], date]) -> None:
        self.terminal = terminal
        self.today = today
        self._asked = ""
        #: Explains what stands on the page of a print when F1 is pressed at its end; None where nothing is explained.
        self.about_page: Callable[[], Awaitable[None]] | None = None

    def say(self, *lines: str) -> None:
        """Prints lines, broken between words; without an argument an empty one."""
        for line in lines or ("",):
            for part in line.splitlines() or ("",):
                self.terminal.paper.line(part)

    def say_record(self, text: str) -> None:
        """Prints one record of a table in one row, cut at the edge of the screen."""
        self.terminal.paper.line(text[: self.terminal.glass.width].rstrip())

    def print_out(self, *lines: str) -> None:
        """Prints the lines of a print as they are; the screen's edge breaks what is wider."""
        for line in lines:
            self.terminal.paper.line(line, whole=True)

    def wrong(self, *lines: str) -> None:
        """Rings the bell and says what is wrong or wanted."""
        self.terminal.bell()
        self.explain(lines)

    def refuse(self, refusal: Exception) -> None:
        """Rings the bell and says what a service refused, broken between words."""
        self.terminal.bell()
        width = max(self.terminal.glass.width - 1, 10)
        self.say("", *(part for line in str(refusal).splitlines() for part in textwrap.wrap(line, width)))

    def explain(self, lines: Sequence[str]) -> None:
        """Says what is wanted or what there is: sentences broken between words, rows of a table whole."""
        width = max(self.terminal.glass.width - 1, 10)
        for line in lines:
            if _TABLE in line.strip():
                self.say_record(f"   {line}")
            else:
                # What the list manager says of a choice stands at the edge (`screens.md` 0.6).
                begin = "" if line.startswith(">>>") else "   "
                self.say(*textwrap.wrap(line, width, initial_indent=begin, subsequent_indent="   "))

    def accept(self, answer: str = "", behind: str = "") -> None:
        """Ends the line of the answer, with an echo behind it."""
        paper = self.terminal.paper
        if behind:
            paper.write(self._asked + answer + behind)
        paper.new_line()

    async def read(
        self,
        prompt: str,
        help_text: Sequence[str],
        choices: Sequence[str] = (),
        list_all: Callable[[], Awaitable[None]] | None = None,
        *,
        blank: bool = False,
    ) -> str:
        """Reads an answer and deals with `?`, `??`, `^` and `^^`; the line is left open for an echo.

        `list_all` answers `??` where the choices are too many to be at hand. SPACE RETURN is no answer but
        where `blank` says that it means something; it is never taken for RETURN.
        """
        while True:
            self._asked = prompt
            answer = (await self.terminal.read_line(prompt)).text
            stripped = answer.strip()
            if stripped == "?":
                self.accept()
                self.explain(help_text)
                self.say()
            elif stripped == "??":
                self.accept()
                if list_all is None:
                    self.explain(choices or help_text)
                else:
                    await list_all()
                self.say()
            elif stripped == "^^":
                self.accept()
                raise LeaveAll
            elif stripped == "^":
                self.accept()
                raise Abandoned
            elif stripped.startswith("^"):
                self.accept()
                self.wrong("Type '^' alone to leave this, or an answer without '^'.")
            elif answer.isspace() and not blank:
                self.accept()
                self.wrong(*help_text)
                self.say()
            else:
                return answer if answer.isspace() else stripped

    async def pause(self, text: Pause = Pause.RETURN) -> bool:
        """Waits for RETURN; False when `^` was typed."""
        while True:
            answer = (await self.terminal.read_line(text, longest=LONGEST)).text.strip()
            if answer == "?" and text is Pause.END_OF_PAGE and self.about_page is not None:
                await self.about_page()
                continue
            self.accept()
            if answer == "^^":
                raise LeaveAll
            if answer in ("", "^"):
                return answer == ""
            self.terminal.bell()


def help_lines(text: Help | None, otherwise: str) -> Sequence[str]:
    if text is None:
        return (otherwise,)
    return (text,) if isinstance(text, str) else text
