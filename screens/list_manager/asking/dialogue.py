"""Asking the clerk: each question is a coroutine, so that a dialogue reads like the manual's transcript.

Every question takes `?` (what is wanted), `??` (the choices), `^` (raises Abandoned: the whole act is left
and nothing has changed), `^^` (raises LeaveAll) and RETURN (the default before `//`). A wrong answer rings
the bell, says what is wanted, and the question is asked again.
"""

import datetime
import functools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from screens.list_manager.asking.answers import find_piece, read_entries, read_money, show_entries
from screens.list_manager.asking.dates import read_date
from screens.list_manager.asking.lookup import Listing, LookUps
from screens.list_manager.asking.questions import REQUIRED, Help, echo, help_lines, question
from screens.list_manager.glass.leaving import Abandoned
from services.dates import capitals

_LONG_DEFAULT = 19
_REPLACE_HELP = (
    "RETURN keeps the text before Replace. Else type the part of it that is to be another one, "
    "END to add behind it, or ... for all of it."
)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a set: its code and the word or words it stands for."""

    code: str
    text: str


class Ask(LookUps):
    """The kinds of questions."""

    async def text(
        self,
        prompt: str,
        default: str | None = None,
        *,
        required: bool = False,
        shortest: int = 1,
        longest: int = 60,
        upper: bool = False,
        deletable: bool = False,
        help: Help | None = None,
        check: Callable[[str], str | None] | None = None,
        listing: Listing | None = None,
    ) -> str:
        """Asks for free text; gives "" when nothing is typed and nothing is required.

        A default of more than 19 characters is edited by the line editor (` Replace `, ` With `); RETURN keeps
        it. `@` deletes the default where `deletable`. `check` says what is wrong with an answer. `listing` gives
        the rows that `??` shows, page by page.
        """
        list_all = None if listing is None else functools.partial(self.list_choices, listing)
        wanted = f"Type {shortest} to {longest} characters."
        long = default is not None and len(default) > _LONG_DEFAULT
        shown = f"{question(prompt)}{default}  Replace " if long else question(prompt, default or "")
        told = [*help_lines(help, wanted)]
        if long:
            told.append(_REPLACE_HELP)
        elif not required and not default:
            told.append("RETURN alone leaves it empty.")
        while True:
            typed = await self.read(shown, told, list_all=list_all)
            typed = typed.upper() if upper else typed
            answer = typed.strip()
            self.accept()
            if long and default and answer not in ("", "@"):
                answer = await self._edit_line(default, typed, upper=upper)
            if answer == "@" and default:
                if deletable:
                    return ""
                self.wrong("This answer cannot be deleted.")
            elif not answer:
                if default or not required:
                    return default or ""
                self.wrong(REQUIRED)
            elif not shortest <= len(answer) <= longest:
                self.wrong(wanted)
            elif check is not None and (problem := check(answer)):
                self.wrong(problem)
            else:
                return answer

    async def _edit_line(self, text: str, piece: str, *, upper: bool) -> str:
        """The line editor of VistA: a piece of the text, what takes its place, and again until RETURN.

        `END` adds behind the text, `...` takes all of it, `A...B` what stands from A to B (FileMan, `Replace`).
        """
        while piece.strip():
            found = find_piece(text, piece)
            if found is None:
                self.wrong(f"{piece} is no part of the text. {_REPLACE_HELP}")
            else:
                new = await self.read("    With ", ("Type what takes its place; RETURN alone takes it out.",))
                self.accept()
                begin, end = found
                text = (text[:begin] + (new.upper() if upper else new) + text[end:]).strip()
            piece = await self.read(f"    {text}  Replace ", (_REPLACE_HELP,))
            piece = piece.upper() if upper else piece
            self.accept()
        return text

    async def yes_no(
        self,
        prompt: str,
        default: bool | None = None,
        *,
        help: Help | None = None,
        shown: str = "",
        added: bool = False,
        only: str = "",
    ) -> bool:
        """Asks YES or NO, by letter or word; `shown` is another form of the default before `//`.

        `added`: VistA does not ask it. What is neither YES nor NO was typed ahead for what VistA asks next: it is a
        NO, and is left there. `only`, a bill's number, is then the one YES: that word may have been typed ahead too.
        """
        words = {True: "YES", False: "NO"}
        wanted = f"Enter {only} if so, or NO." if only else "Enter either 'Y' or 'N'."
        shown = question(prompt, shown or ("" if default is None else words[default]))
        while True:
            answer = (typed := await self.read(shown, help_lines(help, wanted))).strip().upper()
            if only and (answer == only.upper() or answer.endswith(f"-{only.upper()}")):
                self.accept()
                return True
            for value, word in words.items():
                if answer and word.startswith(answer) and not (value and only):
                    self.accept(answer, echo(answer, word))
                    return value
            self.accept()
            if added and answer and not words[True].startswith(answer):
                self.terminal.keys.put_back(typed)
                return False
            if not answer and default is not None:
                return default
            self.wrong(wanted if answer else REQUIRED)

    async def choice(
        self,
        prompt: str,
        options: Sequence[Option],
        default: str | None = None,
        *,
        required: bool = True,
        help: Help | None = None,
        also: Callable[[str], bool] | None = None,
    ) -> str:
        """Asks for one of a set, by code or by the start of its text; gives the code.

        Without a default RETURN gives "" where no answer is required. `also` says which other answers are taken, SPACE
        RETURN among them; they are given as they were typed.
        """
        listed = [f"  {option.code:<10}{option.text}" for option in options]
        explained = ("Choose one of:", *listed) if help is None else help_lines(help, "")
        texts = {option.code: option.text for option in options}
        shown = question(prompt, texts[default] if default else "")
        while True:
            read = await self.read(shown, explained, listed, blank=also is not None)
            if also is not None and read and also(read):
                self.accept()
                return read
            answer = read.strip()
            typed = answer.casefold()
            by_code = [option for option in options if option.code.casefold() == typed]
            by_text = [option for option in options if typed and option.text.casefold().startswith(typed)]
            fits = by_code or by_text
            if len(fits) == 1:
                text = fits[0].text
                self.accept(answer, f"  {text}" if by_code and text != answer else echo(answer, text))
                return fits[0].code
            self.accept()
            if not answer and (default or not required):
                return default or ""
            if not answer:
                self.wrong(REQUIRED)
            else:
                self.wrong("That is more than one of:" if fits else "Choose one of:", *listed)

    async def money(
        self,
        prompt: str,
        default: Decimal | None = None,
        *,
        at_least: Decimal = Decimal("0.00"),
        at_most: Decimal = Decimal("999999999.99"),
        help: Help | None = None,
        read: Callable[[str], Decimal | str | None] = read_money,
    ) -> Decimal:
        """Asks for an amount in dollars and cents within bounds, both included; never rounds.

        `read` understands what is typed, or says in a sentence why that cannot be taken.
        """
        wanted = f"Type an amount between {at_least:.2f} and {at_most:.2f}, at most 2 decimals."
        shown = question(prompt, "" if default is None else f"{default:.2f}")
        while True:
            answer = (await self.read(shown, help_lines(help, wanted))).strip()
            self.accept()
            if not answer and default is not None:
                return default
            amount = read(answer)
            if not answer:
                self.wrong(REQUIRED)
            elif isinstance(amount, str):
                self.wrong(amount)
            elif amount is None or not at_least <= amount <= at_most:
                self.wrong(wanted)
            else:
                return amount

    async def date(
        self,
        prompt: str,
        default: datetime.date | None = None,
        *,
        earliest: datetime.date | None = None,
        latest: datetime.date | None = None,
        shown: Callable[[datetime.date], str] = capitals,
        help: Help | None = None,
    ) -> datetime.date:
        """Asks for a date, in any form of `dates.read_date`, and shows how it was understood.

        `shown` is the form in which the default stands before `//`; another than the usual one is
        followed by the date in full once it is taken.
        """
        while True:
            found = await self.optional_date(
                prompt, default, earliest=earliest, latest=latest, shown=shown, help=help
            )
            if found is not None:
                return found
            self.wrong(REQUIRED)

    async def optional_date(
        self,
        prompt: str,
        default: datetime.date | None = None,
        *,
        earliest: datetime.date | None = None,
        latest: datetime.date | None = None,
        shown: Callable[[datetime.date], str] = capitals,
        help: Help | None = None,
    ) -> datetime.date | None:
        """As `date`; None when RETURN is pressed and there is no default."""
        wanted = "Type a date, like T, T-7, 7/22/10, JUL 22 or JUL 22, 2010" + _span(earliest, latest)
        asked = question(prompt, "" if default is None else shown(default))
        while True:
            answer = (await self.read(asked, help_lines(help, wanted))).strip()
            day = read_date(answer, self.today()) if answer else default
            if not answer and default is not None:
                self.accept("", "" if shown(default) == capitals(default) else f"({capitals(default)})")
                return default
            if not answer or day is None:
                self.accept()
                if not answer:
                    return None
                self.wrong(wanted)
                continue
            self.accept(answer, f"  ({capitals(day)})")
            if (earliest and day < earliest) or (latest and day > latest):
                self.wrong(wanted)
            else:
                return day

    async def entries(
        self,
        prompt: str,
        low: int,
        high: int,
        *,
        default: Sequence[int] = (),
        many: bool = True,
        help: Help | None = None,
        list_all: Callable[[], Awaitable[None]] | None = None,
        named: Callable[[str], int | None] | None = None,
    ) -> tuple[int, ...]:
        """Asks for numbers between `low` and `high`: `4`, or where several make sense `2-5,7`.

        `list_all` shows for `??` what the numbers stand for. `named` gives the number that something else
        than a number stands for, such as the line `4.001` for its entry.
        """
        several = ", several like 2-5,7" if many else ""
        wanted = f"Type a number between {low} and {high}{several}."
        shown = question(prompt, show_entries(default))
        while True:
            answer = (await self.read(shown, help_lines(help, wanted), list_all=list_all)).strip()
            self.accept()
            if not answer and default:
                return tuple(default)
            if not answer:
                raise Abandoned
            if named is not None and (number := named(answer)) is not None:
                return (number,)
            found = read_entries(answer, low, high)
            if isinstance(found, str):
                self.wrong(f">>> Selection '{found}' is not a valid choice.")
            elif len(found) > 1 and not many:
                self.wrong(">>>  Only 1 entry allowed.")
            else:
                return found

    async def entry(
        self, prompt: str, low: int, high: int, *, default: int | None = None, help: Help | None = None
    ) -> int:
        """Asks for one number between `low` and `high`; RETURN without a default leaves the act."""
        given = () if default is None else (default,)
        return (await self.entries(prompt, low, high, default=given, many=False, help=help))[0]


def _span(earliest: datetime.date | None, latest: datetime.date | None) -> str:
    if earliest and latest:
        return f", from {capitals(earliest)} to {capitals(latest)}."
    if earliest:
        return f", not before {capitals(earliest)}."
    return f", not after {capitals(latest)}." if latest else "."
