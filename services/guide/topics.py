"""A topic of the guide, found by a word: an action, an option, a screen, a command, a question or a term of the trade.

The topics are made from the declarations (`make docs`) and ship as data, so that no screen has to be loaded to
tell of it.
"""

import datetime
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from data.guide_topics import TopicRow, read_topic_rows
from services.clean import clean
from services.codes.looking_up import look_up

#: The longest text that is looked up; the longest question has some 70 characters.
_LONGEST = 80
#: Of so many topics that begin with a word each is told; of more only their names.
_FEW = 3
#: At most so many names are offered in the place of one that is unknown.
_NEAREST = 8
_BLANKED = str.maketrans(",=;-:?'\"", "        ")


class Kind(StrEnum):
    """What a topic is, in the order in which topics of one name are told."""

    TERM = "term"
    SCREEN = "screen"
    MENU = "menu"
    OPTION = "option"
    ACTION = "action"
    KEY = "key"
    COMMAND = "command"
    QUESTION = "question"
    CHAPTER = "chapter"
    CODE = "code"


_ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Topic:
    """What the guide says of one thing.

    `where` is the list or menu that it stands on, `called` what else it may be asked for by, such as its synonym.
    `text` is its paragraphs; one that begins with blanks stands as it is, the others are wrapped.
    """

    name: str
    kind: Kind
    where: str
    called: tuple[str, ...]
    text: tuple[str, ...]

    @property
    def heading(self) -> str:
        """Its name, what it is, and what it is typed as."""
        of = f"{self.kind} of {self.where}" if self.where else str(self.kind)
        typed = f", {', '.join(self.called)}" if self.called else ""
        return f"{self.name} ({of}{typed})"


@dataclass(frozen=True, slots=True)
class Found:
    """The topics that a word names, those of the screen where it was asked first; `near` has other names if none."""

    asked: str
    topics: tuple[Topic, ...]
    near: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether the guide has the word."""
        return bool(self.topics)

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is said of a word that the guide does not have; nothing of one that it has."""
        if self.known:
            return ()
        if not self.near:
            return (f"{self.asked or 'This'} is not in the guide. lockbox help lists what is.",)
        return (f"{self.asked} is not in the guide. Near it: {'; '.join(self.near)}.",)


def find_topics(asked: str, here: str = "") -> Found:
    """The topics that a word names, in any case: exactly, else as the beginning of a few; `here` names a screen."""
    shown = " ".join(clean(asked, _LONGEST).split())
    words = _simplify(shown).removeprefix("lockbox ")
    if not words:
        return Found(shown, (), ())
    index = _index()
    begun = [topic for name, topic in index if name.startswith(words)]
    fits = (
        [topic for name, topic in index if name == words]
        or _few([topic for topic in begun if topic.where == here])
        or list(_of_code(shown))
        or _few(begun)
    )
    found = dict.fromkeys(sorted(fits, key=lambda topic: (topic.where != here, _ORDER.index(topic.kind))))
    return Found(shown, tuple(found), () if found else tuple(_near(words)))


def all_topics() -> Sequence[Topic]:
    """Every topic, in the order of the guide."""
    return _topics()


def told(topics: Sequence[Topic], width: int) -> Iterator[str]:
    """What the guide says of some topics, one below the other, in lines of at most `width` characters."""
    for place, topic in enumerate(topics):
        if place:
            yield ""
        yield from _wrap(topic.heading, width)
        for paragraph in topic.text:
            yield from _wrap(paragraph, width, indent="   ")


def listed(width: int) -> Iterator[str]:
    """The names of all topics but the questions, by their kinds."""
    for kind in _ORDER:
        names = dict.fromkeys(topic.name for topic in _topics() if topic.kind is kind)
        if kind is Kind.QUESTION:
            yield from _wrap(
                f"{kind}: any of the {len(names)} questions of the screens, by how it begins", width, "   "
            )
        elif names:
            yield from _wrap(f"{kind}: {'; '.join(sorted(names, key=str.casefold))}", width, "   ")


def _wrap(text: str, width: int, indent: str = "") -> Iterator[str]:
    """A paragraph in lines; what begins with blanks, a table or an example, stands as it is."""
    # Python's textwrap costs more to load than the whole guide.
    if text.startswith(" "):
        yield f"{indent}{text}".rstrip()
        return
    hanging = indent + "  " if text.startswith("- ") else indent
    line = indent
    for word in text.split():
        if line.strip() and len(line) + 1 + len(word) > width:
            yield line
            line = hanging
        line = f"{line} {word}" if line.strip() else f"{line}{word}"
    yield line.rstrip()


def _few(topics: Sequence[Topic]) -> Sequence[Topic]:
    """The topics if they are few, else none: whoever typed so little meant none of them in particular."""
    return topics if len({topic.name for topic in topics}) <= _FEW else ()


def _of_code(asked: str) -> Iterator[Topic]:
    """A code of a remittance, or a status, as the lists that ship explain it, one topic a list."""
    # When a code holds is said as it is listed, so that no day counts as today.
    for code in look_up(asked, datetime.date.min).codes:
        if code.known:
            held = (f"From {code.start}." if code.start else "", f"Until {code.stop}." if code.stop else "")
            said = (code.meaning, code.sign, code.next_step, " ".join(filter(None, held)))
            yield Topic(f"{code.list} {code.code}", Kind.CODE, "", (), tuple(filter(None, said)))


def _near(words: str) -> Iterator[str]:
    """The names that a word may mean: those that begin with it, are spelt much like it, or have it in them."""
    names: dict[str, str] = {}
    for name, topic in _index():
        names.setdefault(name, topic.name)
    begun = [name for name in names if name.startswith(words)]
    within = [name for name in names if words in name] if len(words) > 2 else []
    alike = difflib.get_close_matches(words, names, _NEAREST, 0.6)
    yield from list(dict.fromkeys(names[name] for name in (*begun, *alike, *within)))[:_NEAREST]


def _simplify(text: str) -> str:
    return " ".join(text.translate(_BLANKED).split()).casefold() or text.strip()


@cache
def _topics() -> tuple[Topic, ...]:
    return tuple(map(_topic, read_topic_rows()))


@cache
def _index() -> tuple[tuple[str, Topic], ...]:
    """Every name with its topic."""
    return tuple(
        (simple, topic)
        for topic in _topics()
        for name in (topic.name, *topic.called)
        if (simple := _simplify(name))
    )


def _topic(row: TopicRow) -> Topic:
    return Topic(
        name=str(row["name"]),
        kind=Kind(str(row["kind"])),
        where=str(row["where"]),
        called=tuple(row["called"]),
        text=tuple(row["text"]),
    )
