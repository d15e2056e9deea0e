"""The map of the house in CONTRIBUTING: every room, with the sentence in which its package says what lives there."""

import ast
from collections.abc import Iterator
from pathlib import Path

#: The floors, from the top down.
FLOORS = ("lockbox_tui", "screens", "services", "models", "data")

BEGIN = "<!-- The rooms: written by make docs from the packages' own first sentences. -->"
END = "<!-- End of the rooms. -->"


def contributing(root: Path) -> str:
    """CONTRIBUTING with its map as the packages are now; raises `ValueError` when the map has no place in it."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("CONTRIBUTING.md has no place for the map of the rooms")
    rows = "\n".join(f"| `{room}/` | {said} |" for room, said in rooms(root))
    return f"{before}{BEGIN}\n\n| room | what lives there |\n|---|---|\n{rows}\n\n{END}{after}"


def rooms(root: Path) -> Iterator[tuple[str, str]]:
    """Every package below the floors, by its path, with the first sentence of its docstring."""
    for floor in FLOORS:
        for path in sorted((root / floor).rglob("__init__.py")):
            said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            if said:
                yield str(path.parent.relative_to(root)), " ".join(said.split("\n\n")[0].split())
