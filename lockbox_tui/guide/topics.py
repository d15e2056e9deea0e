"""The topics of the guide as they ship with the program (`data/guide/topics.json`): what is said of each word."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from lockbox_tui.commands.arguments import takes
from lockbox_tui.commands.declared.register import REGISTER, Entry, every_command
from lockbox_tui.commands.declaring import Command, Option, Subject, Switch, Taken, as_sentence
from lockbox_tui.guide.glossary import terms
from lockbox_tui.guide.pages import (
    CHAPTERS,
    EVERY_LIST,
    MENUS,
    AnyAction,
    AnyScreen,
    actions_of,
    keys_of,
    menus,
    part_of,
    said_of,
    told_of,
)
from lockbox_tui.guide.parts import GUIDE, Part, file_name, paragraphs, read_part
from lockbox_tui.guide.questions import questions
from screens.house import SCREENS
from screens.list_manager.lists.hidden import NAMES, Hidden
from screens.list_manager.options import Menu
from services.guide.topics import Kind

Row = dict[str, str | list[str]]

_OF_ALL = "every list"


def topics_file(root: Path, register: Iterable[Entry] = REGISTER) -> str:
    """The whole file."""
    rows = [*_of_words(root), *_of_screens(root), *_of_commands(register), *_of_pages(root)]
    return json.dumps(rows, ensure_ascii=False, indent=0) + "\n"


def _row(kind: Kind, name: str, where: str, called: Iterable[str], text: Iterable[str]) -> Row:
    return {
        "name": name,
        "kind": kind.value,
        "where": where,
        "called": list(filter(None, called)),
        "text": list(filter(None, text)),
    }


def _of_words(root: Path) -> Iterator[Row]:
    for term in terms(root):
        yield _row(Kind.TERM, term.name, "", term.called, (term.means.replace("`", ""),))


def _of_screens(root: Path) -> Iterator[Row]:
    for screen in SCREENS:
        yield from _of_screen(root, screen)
    part = part_of(root, MENUS)
    for menu in menus():
        yield _row(
            Kind.MENU,
            menu.name,
            "",
            (menu.synonym,),
            (menu.help, *(f"- {_line(option)}" for option in menu.options)),
        )
        for option in menu.options:
            if not isinstance(option, Menu):
                yield _of_action(root, Kind.OPTION, part, option, menu.name)
    for hidden in Hidden:
        yield _row(Kind.ACTION, NAMES[hidden], _OF_ALL, (hidden.value,), ("Typed in full, on any list.",))
    every_list = part_of(root, EVERY_LIST)
    for heading, lines in keys_of(every_list):
        name, *called = heading.split(", ")
        yield _row(Kind.KEY, name, _OF_ALL, called, paragraphs(lines))


def _of_screen(root: Path, screen: AnyScreen) -> Iterator[Row]:
    title = screen.template.title
    part = part_of(root, file_name(title))
    actions = actions_of(screen)
    yield _row(
        Kind.SCREEN, title, "", (), (*paragraphs(part.begin), *(f"- {_line(action)}" for action in actions))
    )
    for action in actions:
        yield _of_action(root, Kind.ACTION, part, action, title)


def _of_action(root: Path, kind: Kind, part: Part, action: AnyAction, where: str) -> Row:
    told = () if action.later else paragraphs(told_of(root, part, action))
    return _row(kind, action.name, where, (action.synonym,), (said_of(action), *told))


def _line(action: AnyAction) -> str:
    """An action in one line of a list of them."""
    typed = f" ({action.synonym})" if action.synonym else ""
    return f"{action.name}{typed}: {said_of(action)}"


def _of_commands(register: Iterable[Entry]) -> Iterator[Row]:
    register = tuple(register)
    for entry in register:
        if isinstance(entry, Subject):
            words = (f"- lockbox {command.words}: {command.does}" for command in entry.commands)
            yield _row(Kind.COMMAND, entry.word, "", (), (as_sentence(entry.does), *words))
    for command in every_command(register):
        yield _row(Kind.COMMAND, command.words, "", (), _of_command(command))


def _of_command(command: Command) -> Iterator[str]:
    yield command.sentences
    if command.key is not None:
        yield f"Needs the key {command.key}."
    yield from (f"- {_told(taken)}" for taken in takes(command))
    yield f"  {command.example}"


def _told(taken: Taken) -> str:
    if isinstance(taken, Switch):
        return f"{taken.flag}: {taken.help}"
    if isinstance(taken, Option):
        return f"{taken.flag} {'|'.join(taken.choices) or taken.shown or 'TEXT'}: {taken.told}"
    return f"{taken.shown}: {taken.help}"


def _of_pages(root: Path) -> Iterator[Row]:
    """The questions, and the chapters by their sections."""
    for question in questions(root):
        if question.readable:
            yield _row(Kind.QUESTION, question.prompt, "", (), (question.help,))
    for chapter in CHAPTERS:
        part = read_part(root / GUIDE / chapter)
        sections = "; ".join(part.sections)
        yield _row(
            Kind.CHAPTER, part.title, "", (chapter.removesuffix(".md"),), (*paragraphs(part.begin), sections)
        )
        for heading, lines in part.sections.items():
            yield _row(Kind.CHAPTER, heading, part.title, (), paragraphs(lines))
