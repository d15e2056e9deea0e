"""What of the guide is written by hand: short files in `docs/guide/parts/`, one a screen, and the chapters.

A part begins with its title (`# ERA List - Worklist`) and a few sentences. Then each action has a section under
its own name (`## Sort List`) with the four facts of `FACTS`, one a line: `- asks: …`. A line `screen: sort_list`
stands for the golden screen of that name. What the declarations say is not repeated.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: The folders of the guide and of its parts, below the project's folder.
GUIDE, PARTS = Path("docs/guide"), Path("docs/guide/parts")

#: What is told of every action, in this order: what it asks, what it writes, what it refuses, and the way back.
FACTS = ("asks", "writes", "refuses", "back")

_FACT = re.compile(r"- ([a-z]+): ")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_STRESSED = re.compile(r"(?<!\w)\*{1,2}(\w[^*]*)\*{1,2}(?!\w)")
_SCREEN = re.compile(r"screen: ([a-z0-9_]+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its title, its first sentences, and its sections by their headings, all as lines of Markdown."""

    title: str
    begin: tuple[str, ...]
    sections: Mapping[str, tuple[str, ...]]


NO_PART = Part("", (), {})


def file_name(title: str) -> str:
    """The file of a screen or menu by its title: `ERA List - Worklist` is `era-list-worklist.md`."""
    return f"{'-'.join(re.findall('[a-z0-9]+', title.lower()))}.md"


def read_part(path: Path) -> Part:
    """A part; an empty one where the file is not there."""
    if not path.exists():
        return NO_PART
    title = ""
    begin: list[str] = []
    sections: dict[str, list[str]] = {}
    into = begin
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            title = line[2:].strip()
        elif line.startswith("## "):
            into = sections.setdefault(line[3:].strip(), [])
        else:
            into.append(line)
    return Part(title, _trim(begin), {name: _trim(lines) for name, lines in sections.items()})


def _trim(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple("\n".join(lines).strip("\n").split("\n")) if any(lines) else ()


def missing_facts(lines: Sequence[str]) -> list[str]:
    """Which of the four facts a section does not have."""
    told = {found[1] for line in lines if (found := _FACT.match(line))}
    return [fact for fact in FACTS if fact not in told]


def with_screens(lines: Sequence[str], golden: Path) -> Iterator[str]:
    """The lines, with each golden screen in the place of its name."""
    for line in lines:
        named = _SCREEN.fullmatch(line)
        if named is None:
            yield line
        else:
            yield from ("```", *(golden / f"{named[1]}.txt").read_text("utf-8").rstrip().splitlines(), "```")


def paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """The lines as paragraphs of plain text: without marks and screens; blocks and tables keep their lines."""
    text, fenced = "", False
    for line in (*lines, ""):
        marked = line.startswith(("```", "|", "- ")) or not line.strip() or _SCREEN.fullmatch(line) or fenced
        if text and marked:
            yield _plain(text)
            text = ""
        if line.startswith("```"):
            fenced = not fenced
        elif fenced:
            yield f"  {line}".rstrip()
        elif line.startswith("|"):
            if not set(line) <= set("|-: "):
                yield _plain(
                    ": ".join(cell for each in line.strip("|").split(" |") if (cell := each.strip()))
                )
        elif line.startswith("- "):
            text = line
        elif line.strip() and not _SCREEN.fullmatch(line):
            text = f"{text} {line.strip()}" if text else line.strip()


def _plain(text: str) -> str:
    return _STRESSED.sub(r"\1", _LINK.sub(r"\1", text)).replace("`", "")
