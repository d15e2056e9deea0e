"""The house in order (DESIGN 1): folders, names, sizes, docstrings, and papers that say what is so."""

import argparse
import ast
import importlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lockbox_tui.commands.arguments import build_parser
from lockbox_tui.papers import papers

ROOT = Path(__file__).parents[1]
PROGRAM = ("lockbox_tui", "screens", "services", "models", "data")
HOUSE = (*PROGRAM, "tests", "bench")

#: At 400 lines, a screen at 250, one asks whether a module is two subjects (DESIGN 1); at these it is.
MOST_LINES = 500
MOST_SCREEN_LINES = 320
MOST_TEST_LINES = 500

VAGUE = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}

#: How docstrings and papers name a section of a paper: *DESIGN 2.4*, *behaviour 1.13 and 3.10*, *`screens.md` 5*.
_NUMBERS = r"([0-9]+(?:\.[0-9]+)*(?: and [0-9]+(?:\.[0-9]+)*)?)"
_REFERENCES = {
    "design.md": re.compile(rf"\bDESIGN {_NUMBERS}"),
    "behaviour.md": re.compile(rf"\bbehaviour (?:section )?{_NUMBERS}"),
    "screens.md": re.compile(rf"`screens\.md` {_NUMBERS}"),
}

_COMMAND = re.compile(r"(?:^|[`$ ])(make|lockbox)((?: [a-z][a-z-]*)*)", re.MULTILINE)


@cache
def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@cache
def made() -> dict[str, str]:
    """The papers that are made from the program, as they are made now."""
    return papers()


def modules(*folders: str) -> list[str]:
    """The Python files of some folders, as paths below the root, without the migrations, which are generated."""
    return sorted(
        str(path.relative_to(ROOT))
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and path.stat().st_size
    )


@cache
def tracked() -> tuple[Path, ...]:
    """The files that belong to the project."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


class TestPackages:
    def test_the_import_contract_covers_the_whole_program(self) -> None:
        contract = project()["tool"]["importlinter"]
        assert set(contract["root_packages"]) == set(PROGRAM)
        (layers,) = (
            each["layers"]
            for each in contract["contracts"]
            if each["type"] == "layers" and "containers" not in each
        )
        assert [name for layer in layers for name in layer.split(" | ")] == list(PROGRAM)

    def test_every_package_is_listed_to_be_installed(self) -> None:
        found = {
            ".".join(path.parent.relative_to(ROOT).parts)
            for folder in PROGRAM
            for path in (ROOT / folder).rglob("__init__.py")
        }
        assert set(project()["tool"]["setuptools"]["packages"]) == found

    def test_no_dependency_ships_a_package_of_our_names(self) -> None:
        shipped = importlib.metadata.packages_distributions()
        others = {name: set(shipped.get(name, ())) - {"lockbox"} for name in HOUSE}
        assert {name: found for name, found in others.items() if found} == {}

    def test_rules_and_store_load_without_a_terminal(self) -> None:
        names = [name.removesuffix(".py").replace("/", ".") for name in modules("services", "models")]
        loaded = subprocess.run(
            [
                sys.executable,
                "-c",
                f"import importlib, sys\nfor name in {names!r}:\n    importlib.import_module(name)\n"
                "print(*sorted({'textual', 'rich', 'lockbox_tui', 'screens'} & set(sys.modules)))",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert loaded.stdout.split() == []


class TestScreens:
    @pytest.mark.parametrize("name", modules("screens"))
    def test_no_name_of_the_database_reaches_a_screen(self, name: str) -> None:
        tree = ast.parse((ROOT / name).read_text())
        taken = {
            f"{node.module}.{alias.name}": getattr(importlib.import_module(node.module), alias.name, None)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("services")
            for alias in node.names
        }
        of_it = {
            name
            for name, what in taken.items()
            if str(getattr(what, "__module__", "")).startswith("sqlalchemy")
        }
        assert of_it == set()


class TestModules:
    @pytest.mark.parametrize("name", modules(*HOUSE))
    def test_it_is_one_subject_and_says_which(self, name: str) -> None:
        text = (ROOT / name).read_text()
        tree = ast.parse(text)
        assert ast.get_docstring(tree), f"{name} has no docstring"
        folder = name.split("/", 1)[0]
        most = {"screens": MOST_SCREEN_LINES, "tests": MOST_TEST_LINES}.get(folder, MOST_LINES)
        assert len(text.splitlines()) <= most, f"{name} is two subjects"
        assert not VAGUE & set(Path(name).stem.split("_")), f"{name} names no subject"

    @pytest.mark.parametrize("name", modules("services", "models"))
    def test_what_others_use_says_what_it_is(self, name: str) -> None:
        tree = ast.parse((ROOT / name).read_text())
        assert [node.name for node in _public(tree) if not ast.get_docstring(node)] == []

    @pytest.mark.parametrize("name", modules(*PROGRAM))
    def test_money_is_never_a_float(self, name: str) -> None:
        tree = ast.parse((ROOT / name).read_text())
        assert [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
        ] == []

    @pytest.mark.parametrize("name", modules(*HOUSE))
    def test_nothing_is_left_undone_or_silenced_without_reason(self, name: str) -> None:
        text = (ROOT / name).read_text()
        assert re.findall(r"\b(?:TO" + r"DO|FIX" + r"ME)\b", text) == []
        silenced = [line for line in text.splitlines() if "# type" + ": ignore" in line]
        assert [line for line in silenced if not re.search(r"ignore\[[a-z, -]+\]\s+# \w", line)] == []


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The functions and classes of a module that others may use."""
    for node in tree.body:
        if isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ) and not node.name.startswith("_"):
            yield node


class TestPapers:
    def test_the_changelog_has_this_version(self) -> None:
        changelog = (ROOT / "CHANGELOG.md").read_text()
        assert re.search(
            rf"^## \[?{re.escape(project()['project']['version'])}\]?\b", changelog, re.MULTILINE
        )

    @pytest.mark.parametrize("paper", papers())
    def test_what_is_made_from_the_program_says_what_is_so(self, paper: str) -> None:
        assert (ROOT / paper).read_text(encoding="utf-8") == made()[paper], "stale: run make docs"

    @pytest.mark.parametrize(
        "paper",
        [
            "README.md",
            "CONTRIBUTING.md",
            "docs/commands.md",
            "docs/guide/administrator.md",
            "docs/guide/clerk.md",
            "docs/guide/supervisor.md",
        ],
    )
    def test_the_commands_it_names_exist(self, paper: str) -> None:
        targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
        named = [
            (program, words.split()) for program, words in _COMMAND.findall(_code((ROOT / paper).read_text()))
        ]
        assert named
        assert ("make", ["test"]) in named or "/" in paper
        for program, words in named:
            if program == "make":
                assert set(words) <= targets, f"{paper}: make {' '.join(words)}"
            elif words:
                assert words[0] in _commands(), f"{paper}: lockbox {' '.join(words)}"

    def test_every_make_target_is_explained(self) -> None:
        makefile = (ROOT / "Makefile").read_text()
        (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
        assert set(re.findall(r"^([a-z-]+):.*## \w", makefile, re.MULTILINE)) == set(phony.split())

    @pytest.mark.parametrize(("paper", "named"), _REFERENCES.items())
    def test_a_reference_leads_to_its_section(self, paper: str, named: re.Pattern[str]) -> None:
        sections = _sections((ROOT / "docs" / paper).read_text())
        lost = {}
        for name in (*modules(*HOUSE), "CONTRIBUTING.md", "README.md", *_docs()):
            found = {
                number
                for numbers in named.findall((ROOT / name).read_text())
                for number in numbers.split(" and ")
            }
            if missing := found - sections:
                lost[name] = missing
        assert lost == {}

    def test_every_file_of_the_corpus_is_named_with_its_source(self) -> None:
        corpus = ROOT / "tests" / "corpus"
        sources = corpus / "SOURCES.md"
        kept = [path for path in corpus.rglob("*") if path.is_file() and path != sources]
        said = sources.read_text() if kept else ""
        assert [path.name for path in kept if path.name not in said] == []

    def test_no_file_names_a_registry_or_this_machine(self) -> None:
        forbidden = re.compile(
            r"pypi\.(?:org|io)|python"
            + r"hosted|registry\.npm|--(?:extra-)?index-url|--find-links"
            + "".join(f"|{re.escape(str(place))}/" for place in (ROOT, Path.home()) if len(place.parts) > 1)
        )
        named = {}
        for path in tracked():
            if path == Path(__file__):
                continue
            found = forbidden.findall(path.read_bytes().decode("latin-1"))
            if found:
                named[str(path.relative_to(ROOT))] = found
        assert named == {}

    @pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
    def test_a_lock_pins_all_by_hash_and_names_no_address(self, lock: str) -> None:
        text = (ROOT / lock).read_text()
        assert "://" not in text
        pinned = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text))
        assert all("==" in each.splitlines()[0] and "--hash=sha256:" in each for each in pinned)
        names = {re.split(r"[=\[ ]", each.strip())[0] for each in pinned}
        wanted = list(project()["project"]["dependencies"])
        if "dev" in lock:
            wanted += project()["project"]["optional-dependencies"]["dev"]
        assert {re.split(r"[^A-Za-z0-9-]", each)[0].lower() for each in wanted} <= names
        assert "setuptools" in names


def _docs() -> list[str]:
    """The papers of the project, as paths below the root."""
    return [str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md"))]


def _sections(paper: str) -> set[str]:
    """The numbers of a paper's sections: of headings, and of dialogues that begin with their number."""
    return {
        number.rstrip(".")
        for number in re.findall(r"^(?:#+ )?([0-9]+(?:\.[0-9]+)*)\.?[ :]", paper, re.MULTILINE)
    }


def _code(text: str) -> str:
    """The code of a paper: its fenced blocks and what stands between backticks."""
    fenced = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join([*fenced, *re.findall(r"`([^`\n]+)`", rest)])


def _commands() -> set[str]:
    """The commands of the command line."""
    (words,) = (
        action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    return set(words.choices)
