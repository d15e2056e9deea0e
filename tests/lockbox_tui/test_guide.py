"""The guide is whole: whatever is declared has its line, no link is dead, and no part tells of what is gone."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.guide_topics import TOPICS
from lockbox_tui.commands.declared.register import REGISTER, every_command
from lockbox_tui.commands.declared.sites import SITE
from lockbox_tui.commands.declaring import Word
from lockbox_tui.guide.glossary import CLASSES, terms
from lockbox_tui.guide.pages import CHAPTERS, EVERY_LIST, MENUS, actions_of, menus, part_of, told_of
from lockbox_tui.guide.parts import FACTS, GUIDE, PARTS, file_name, missing_facts, paragraphs
from lockbox_tui.guide.questions import SOME, questions
from models.words.keys import SecurityKey
from screens.house import SCREENS
from screens.list_manager.actions import Action
from screens.list_manager.lists.hidden import NAMES
from screens.list_manager.options import Menu
from services.guide.topics import Kind, all_topics, find_topics
from tests.lockbox_tui.program import ROOT
from tests.lockbox_tui.test_papers import rows
from tests.test_house import project

#: Each action that is done and each option that opens something: where it stands, and the part that tells of it.
TOLD = [
    *((screen.template.title, file_name(screen.template.title), actions_of(screen)) for screen in SCREENS),
    *((menu.name, MENUS, list(menu.options)) for menu in menus()),
]
DONE = [
    pytest.param(where, part, action, id=f"{where}: {action.name}")
    for where, part, actions in TOLD
    for action in actions
    if not action.later and not isinstance(action, Menu)
]
PAGES = [str(path.relative_to(ROOT)) for path in sorted((ROOT / GUIDE).rglob("*.md"))]


@pytest.mark.parametrize(("where", "part", "action"), DONE)
def test_an_action_has_its_line(where: str, part: str, action: Action[Any, ...]) -> None:
    missing = missing_facts(told_of(ROOT, part_of(ROOT, part), action))
    assert not missing, (
        f"{action.name} of {where} is not told in the guide: write the section '## {action.name}' with "
        f"{', '.join(f'- {fact}: ...' for fact in missing)} in {PARTS / part}, then run make docs"
    )


def test_no_part_tells_of_what_is_gone() -> None:
    known = {
        part: {action.name for _, other, actions in TOLD if other == part for action in actions}
        for _, part, _ in TOLD
    }
    gone = {
        f"{part}: ## {name}"
        for part, names in known.items()
        for name in part_of(ROOT, part).sections
        if name not in names
    }
    assert gone == set(), "these sections tell of no action that is declared"
    files = {path.name for path in (ROOT / PARTS).glob("*.md")}
    assert files == {*known, EVERY_LIST, "glossary.md"}


@pytest.mark.parametrize("question", questions(ROOT), ids=lambda question: question.at)
def test_a_question_can_be_told_with_its_help(question: Any) -> None:
    assert question.readable or question.at.startswith("screens/lockbox_desk.py"), (
        f"{question.at} asks in words that cannot be read from the source: give them as a text, an f-string or a "
        "constant of the module, and run make docs"
    )
    assert question.help.strip(f"{SOME} "), f"{question.at}: {question.prompt} has no help"


def test_whatever_is_declared_is_a_topic() -> None:
    told = {(topic.kind, topic.name) for topic in all_topics()}
    wanted = {
        *((Kind.COMMAND, command.words) for command in every_command(REGISTER)),
        *((Kind.SCREEN, screen.template.title) for screen in SCREENS),
        *((Kind.ACTION, action.name) for screen in SCREENS for action in actions_of(screen)),
        *((Kind.ACTION, name) for name in NAMES.values()),
        *((Kind.MENU, menu.name) for menu in menus()),
        *(
            (Kind.OPTION, option.name)
            for menu in menus()
            for option in menu.options
            if not isinstance(option, Menu)
        ),
        *((Kind.QUESTION, question.prompt) for question in questions(ROOT) if question.readable),
        *((Kind.TERM, term.name) for term in terms(ROOT)),
    }
    assert wanted - told == set(), "run make docs"


def test_each_term_is_one_sentence_of_its_own() -> None:
    found = terms(ROOT)
    names = [name.casefold() for term in found for name in (term.name, *term.called)]
    assert len(names) == len(set(names))
    for term in found:
        assert re.fullmatch(r"\S.*[.]", term.means) and ". " not in term.means, term
    assert {key.value for key in SecurityKey} <= {term.name for term in found}
    design = (ROOT / "docs" / "design.md").read_text().split("## 4. Names")[1].split("## 5.")[0]
    named = set(re.findall(r"`([A-Z][A-Za-z]+)`", design))
    # Transfers between sites come in a later release.
    assert named - {of.rpartition(":")[2] for _, _, of in CLASSES} - {"StrEnum"} == {"Transfer"}


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *PAGES])
def test_no_link_is_dead(page: str) -> None:
    assert [link for link in _links(ROOT / page) if not _leads_somewhere(ROOT / page, link)] == []


def _links(page: Path) -> Iterator[str]:
    yield from re.findall(r"\]\(([^)\s]+)\)", page.read_text())


def _leads_somewhere(page: Path, link: str) -> bool:
    place, _, section = link.partition("#")
    target = (page.parent / place).resolve() if place else page
    if not target.exists():
        return False
    headings = re.findall(r"^#+ (.+)$", target.read_text(), re.MULTILINE) if section else []
    slugs = [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings]
    return not section or section in slugs


def test_every_page_is_reached_from_the_first_one() -> None:
    reached, waiting = set(), [ROOT / GUIDE / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md" and page.is_relative_to(ROOT / GUIDE):
            reached.add(page)
            waiting += [
                (page.parent / link.partition("#")[0]).resolve() for link in _links(page) if "#" not in link
            ]
    assert {str(page.relative_to(ROOT)) for page in reached} == set(PAGES)


def test_the_administrators_page_has_every_parameter() -> None:
    (words,) = (taken for taken in SITE.takes if isinstance(taken, Word))
    page = (ROOT / GUIDE / "administrator.md").read_text()
    told = [name.strip("`") for name, _ in rows(page, "| parameter")]
    assert told and all(name in words.help for name in told)
    assert len(told) == len(re.split(r", (?:or )?", words.help.removesuffix(", and its value")))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_is_found_by_each_of_its_headings(chapter: str) -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / GUIDE / chapter).read_text(), re.MULTILINE)
    assert headings
    for heading in headings:
        assert Kind.CHAPTER in {topic.kind for topic in find_topics(heading).topics}, heading


def test_the_topics_ship_with_the_program() -> None:
    shipped = project()["tool"]["setuptools"]["package-data"]["data"]
    path = TOPICS.relative_to(ROOT / "data")
    assert any(path.match(pattern) for pattern in shipped)


def test_parts_become_plain_paragraphs() -> None:
    part = [
        "A **first** [line](x.md)",
        "goes on.",
        "- asks: one",
        "two `x`.",
        "screen: era_list",
        "| a | b |",
    ]
    part += ["|---|---|", "| c | `d` |", "", "```sh", "lockbox check", "```"]
    assert list(paragraphs(part)) == [
        "A first line goes on.",
        "- asks: one two x.",
        "a: b",
        "c: d",
        "  lockbox check",
    ]
    assert missing_facts(["- asks: one", "- writes: two"]) == list(FACTS[2:])
