"""The rooms of the house by their imports: each knows only rooms below it, and none goes round (DESIGN 1.1)."""

import ast
import tomllib
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("lockbox_tui", "screens", "services", "models", "data")

#: A module and the modules it imports, wherever in it the import stands.
Imports = dict[str, set[str]]


def name_of(path: Path, root: Path) -> str:
    """The dotted name of a module or package."""
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def imports_of(root: Path) -> Imports:
    """What the modules of all floors import of each other."""
    paths = {name_of(path, root): path for floor in FLOORS for path in (root / floor).rglob("*.py")}
    found: Imports = {name: set() for name in paths}
    for name, path in paths.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for target in _targets(node):
                known = target if target in paths else target.rpartition(".")[0]
                if known in paths:
                    found[name].add(known)
    return found


def _targets(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [f"{node.module}.{each.name}" for each in node.names]
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return []


def room_of(module: str, house: str) -> str:
    """The room, right inside a house such as `services`, that a module belongs to."""
    return module.removeprefix(f"{house}.").partition(".")[0]


def arrows(imports: Imports, house: str) -> dict[str, set[str]]:
    """The rooms of a house, and the rooms that each knows."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, known in imports.items():
        for other in known:
            if module.startswith(f"{house}.") and other.startswith(f"{house}."):
                here, there = room_of(module, house), room_of(other, house)
                if here != there:
                    found[here].add(there)
    return dict(found)


def going_round(imports: Imports, house: str) -> list[str]:
    """The rooms of a circle in a house; none when there is no circle."""
    try:
        TopologicalSorter(arrows(imports, house)).prepare()
    except CycleError as circle:
        return list(circle.args[1])
    return []


def upward(imports: Imports, house: str, order: list[list[str]]) -> list[str]:
    """The imports of a house that go to a room above, or beside on the same floor."""
    floor = {room: number for number, rooms in enumerate(order) for room in rooms}
    return sorted(
        f"{module} -> {other}"
        for module, known in imports.items()
        for other in known
        if module.startswith(f"{house}.") and other.startswith(f"{house}.")
        if (here := room_of(module, house)) != (there := room_of(other, house))
        if floor.get(there, len(order)) <= floor.get(here, -1)
    )


@cache
def house_now() -> Imports:
    """The imports of the program as it is."""
    return imports_of(ROOT)


def order_of_services() -> list[list[str]]:
    """The order of the rooms of the services as pyproject.toml declares it, highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each.get("containers") == ["services"])
    return [layer.split(" | ") for layer in layers]


@pytest.mark.parametrize("house", ["services", "screens", "screens.list_manager", "lockbox_tui", "models"])
def test_no_room_goes_round(house: str) -> None:
    assert going_round(house_now(), house) == []


def test_no_arrow_of_the_services_goes_up() -> None:
    assert upward(house_now(), "services", order_of_services()) == []


def test_every_room_of_the_services_has_its_place_in_the_order() -> None:
    rooms = {room_of(module, "services") for module in house_now() if module.startswith("services.")}
    assert rooms == {room for rooms in order_of_services() for room in rooms}


def test_an_arrow_up_and_a_circle_are_found(tmp_path: Path) -> None:
    for floor in FLOORS:
        (tmp_path / floor).mkdir()
    for name, text in (
        ("books", "def late() -> None:\n    from services.receipts import posting\n"),
        ("receipts", "import services.books\n"),
        ("receipts/posting", "from services import books\n"),
    ):
        path = tmp_path / "services" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "services" / "receipts.py").rename(tmp_path / "services" / "receipts" / "__init__.py")
    drawn = imports_of(tmp_path)
    assert upward(drawn, "services", [["receipts"], ["books"]]) == [
        "services.books -> services.receipts.posting"
    ]
    assert set(going_round(drawn, "services")) == {"books", "receipts"}
