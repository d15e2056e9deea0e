"""The pages of the guide: one a list, one for the menus, one for what every list has, and those of words."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lockbox_tui.guide.glossary import glossary_page
from lockbox_tui.guide.parts import GUIDE, PARTS, Part, file_name, missing_facts, read_part, with_screens
from lockbox_tui.guide.questions import questions
from screens.house import MENU, SCREENS
from screens.list_manager.actions import COMES_LATER, Action
from screens.list_manager.lists.hidden import NAMES, Hidden
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.options import Menu

AnyAction = Action[Any, ...]
AnyScreen = type[ListScreen[Any]]

EVERY_LIST, MENUS = "every-list.md", "menus.md"

#: The pages that are written by hand from beginning to end, in the order of the guide.
CHAPTERS = ("clerk.md", "supervisor.md", "administrator.md")

#: Where the golden screens of the tests stand, below the project's folder.
_GOLDEN = Path("tests/screens/golden")


def guide_pages(root: Path) -> dict[str, str]:
    """Each page that is made, by its path below the project's folder, with its text."""
    pages = {
        **{file_name(screen.template.title): _screen_page(root, screen) for screen in SCREENS},
        MENUS: _menus_page(root),
        EVERY_LIST: _every_list_page(root),
        "questions.md": _questions_page(root),
        "glossary.md": glossary_page(root),
    }
    pages["README.md"] = _contents_page(root)
    return {str(GUIDE / name): text for name, text in pages.items()}


def part_of(root: Path, name: str) -> Part:
    """What is written by hand for a page."""
    return read_part(root / PARTS / name)


def told_of(root: Path, part: Part, action: AnyAction) -> tuple[str, ...]:
    """What is written by hand of an action: in the part of its screen, else in that of every list."""
    return part.sections.get(action.name) or part_of(root, EVERY_LIST).sections.get(action.name, ())


def keys_of(part: Part) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sections of what every list has that tell of a key or a sign, not of an action."""
    for name, lines in part.sections.items():
        if missing_facts(lines):
            yield name, lines


def actions_of(screen: AnyScreen) -> Sequence[AnyAction]:
    """All actions of a list of its own: those of its table, then those that are typed in full."""
    return [*(action for action in screen.actions if action is not None), *screen.beside]


def menus() -> Sequence[Menu[Any]]:
    """All menus, from the first one down."""
    return [MENU, *(option for option in MENU.everywhere() if isinstance(option, Menu))]


def said_of(action: AnyAction) -> str:
    """What an action does, as it is declared, with its key, and why it is not here."""
    does = "" if action.later and action.help == COMES_LATER else action.help
    needs = f"Needs the key {action.key}." if action.key else ""
    return " ".join(filter(None, (does, action.later, needs)))


def _made_from(*places: str) -> str:
    links = ", ".join(f"[{place.rpartition('/')[2]}]({place})" for place in places)
    return f"Made by `make docs` from the declarations in `screens/`, the golden screens, and {links}."


def _screen_page(root: Path, screen: AnyScreen) -> str:
    name = file_name(screen.template.title)
    part = part_of(root, name)
    lines = [f"# {screen.template.title}", "", _made_from(f"parts/{name}"), "", *part.begin]
    lines += ["", "`?` and `??` name its actions; what [every list](every-list.md) has, it has, too."]
    lines += _actions(root, part, actions_of(screen))
    return _page(root, lines)


def _menus_page(root: Path) -> str:
    part = part_of(root, MENUS)
    lines = [f"# {part.title}", "", _made_from(f"parts/{MENUS}"), "", *part.begin]
    for menu in menus():
        lines += ["", f"## {menu.name}", "", menu.help, *_actions(root, part, menu.options, "###")]
    return _page(root, lines)


def _actions(root: Path, part: Part, actions: Iterable[AnyAction | None], mark: str = "##") -> Iterator[str]:
    """A section for each action that is here, and a line with those that come later."""
    closed = []
    for action in filter(None, actions):
        if action.later:
            closed.append(action)
            continue
        typed = f" (`{action.synonym}`)" if action.synonym else ""
        more = " Another menu." if isinstance(action, Menu) else ""
        yield from ("", f"{mark} {action.name}{typed}", "", f"{said_of(action)}{more}")
        if told := told_of(root, part, action):
            yield from ("", *told)
    if closed:
        yield from ("", "In parentheses, and not in this release:", "")
        yield from (f"- {action.name}: {said_of(action)}" for action in closed)


def _every_list_page(root: Path) -> str:
    part = part_of(root, EVERY_LIST)
    lines = [f"# {part.title}", "", _made_from(f"parts/{EVERY_LIST}"), "", *part.begin]
    lines += [
        "",
        "## Actions that are not shown",
        "",
        "These are typed in full.",
        "",
        "| type | does |",
        "|---|---|",
    ]
    lines += [f"| `{hidden}` | {NAMES[hidden]} |" for hidden in Hidden]
    for name, told in keys_of(part):
        code = f"`{name}`" if not name[0].isalpha() else name
        lines += ["", f"## {code}", "", *told]
    return _page(root, lines)


def _questions_page(root: Path) -> str:
    lines = [
        "# The questions",
        "",
        "Made by `make docs` from the source of the screens: each question with what `?` says to it. `…` stands for",
        "what is known only when it is asked.",
        "",
        "| question | `?` says |",
        "|---|---|",
    ]
    lines += [f"| {_cell(each.prompt)} | {_cell(each.help)} |" for each in questions(root) if each.readable]
    return _page(root, lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _contents_page(root: Path) -> str:
    """The first page: where everything stands."""
    lines = [
        "# The guide",
        "",
        "Made by `make docs`. `lockbox help WORD` says on the command line what stands here, `?WORD` on the screens:",
        "WORD is an action, an option, a screen, a question, a command, a term of the trade, or a chapter.",
        "",
    ]
    for chapter in CHAPTERS:
        part = read_part(root / GUIDE / chapter)
        lines += [f"- [{part.title}]({chapter}): {'; '.join(part.sections)}"]
    lines += ["", "The screens:", ""]
    lines += [
        f"- [{screen.template.title}]({file_name(screen.template.title)}): "
        f"{', '.join(action.name for action in actions_of(screen) if not action.later)}"
        for screen in SCREENS
    ]
    lines += [
        f"- [The menus]({MENUS}), and [what every list has]({EVERY_LIST})",
        "- [The questions](questions.md), with what `?` says to each",
        "",
        "The words: [the terms of the trade](glossary.md), [the commands](../commands.md) and [all actions in one",
        "table](../actions.md).",
    ]
    return _page(root, lines)


def _page(root: Path, lines: Sequence[str]) -> str:
    return "\n".join(with_screens(lines, root / _GOLDEN)).rstrip() + "\n"
