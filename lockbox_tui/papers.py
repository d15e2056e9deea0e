"""The papers that are made from the program, so that they say what is so (`make docs`)."""

from pathlib import Path

from lockbox_tui.commands.paper import commands_paper
from lockbox_tui.guide.pages import guide_pages
from lockbox_tui.guide.topics import topics_file
from lockbox_tui.rooms_paper import contributing
from screens.actions_paper import actions_paper

#: The project's folder.
ROOT = Path(__file__).parents[1]


def papers() -> dict[str, str]:
    """Each paper's path below the project's folder, and its text."""
    return {
        "CONTRIBUTING.md": contributing(ROOT),
        "docs/actions.md": actions_paper(),
        "docs/commands.md": commands_paper(),
        **guide_pages(ROOT),
        "data/guide/topics.json": topics_file(ROOT),
    }


def write_papers() -> None:
    """Writes all of them anew."""
    for name, text in papers().items():
        paper = ROOT / name
        paper.parent.mkdir(parents=True, exist_ok=True)
        paper.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_papers()
