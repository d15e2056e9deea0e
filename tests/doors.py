"""The doors of the services, found by reading their source: who begins an act, who writes, and who calls whom.

Nothing is listed by hand. A function *takes an actor* when a parameter is so annotated. It *writes* when it adds,
inserts, updates or deletes rows or sets the attribute of a row. What it writes for whoever sits at a desk (a
`Holder`: leases, and what is remembered of a user) is no change of the site.
"""

import ast
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

#: The one who makes the stamps; it takes an actor, of course.
BEGIN = "services.office.acts.begin"
END = "services.office.acts.end"
REQUIRE = "services.office.actor.require"

#: What stands for an act that is given to `begin` by another way than its word.
UNNAMED = "?"

_STATEMENTS = {"insert", "update", "delete", "bulk_insert", "insert_all"}
_OF_SESSION = {"add", "add_all", "delete", "merge"}

_Definition = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Function:
    """A function or method of the services, and what its body does by itself."""

    name: str
    public: bool
    takes: set[str]
    begins: list[str] = field(default_factory=list)
    writes: bool = False
    calls: set[str] = field(default_factory=set)
    makes_stamp: bool = False
    gives_stamp: bool = False


def functions_of(files: Mapping[str, Path]) -> dict[str, Function]:
    """All functions of some modules, by module and name; methods with their class's name between."""
    found: dict[str, Function] = {}
    for module, path in files.items():
        tree = ast.parse(path.read_text())
        known = _known(tree, module)
        with_actor = _classes_with_actor(tree)
        for owner, node in _definitions(tree):
            name = f"{module}.{owner}{node.name}"
            found[name] = _function(name, node, known)
            if owner in with_actor and "Stamp" not in found[name].takes:
                found[name].takes.add("Actor")
    return found


@cache
def services() -> dict[str, Function]:
    """All functions of the services."""
    return functions_of(files_below(ROOT / "services"))


def files_below(folder: Path) -> dict[str, Path]:
    """The modules of a folder of the house."""
    return {
        ".".join(path.relative_to(folder.parent).with_suffix("").parts): path
        for path in sorted(folder.rglob("*.py"))
        if path.name != "__init__.py"
    }


def faults(functions: Mapping[str, Function]) -> list[str]:
    """What is wrong with the doors, each in a sentence; empty when all is well."""
    said = []
    for function in functions.values():
        if function.makes_stamp and function.name != BEGIN:
            said.append(f"{function.name} makes a stamp itself; only begin does")
        if function.begins:
            if UNNAMED in function.begins:
                said.append(f"{function.name} begins an act that it does not name as Act.WORD")
            if not any(_reaches(functions, each, END) for each in _users(functions, function)):
                said.append(f"{function.name} begins an act that is never ended")
            if "Stamp" in function.takes:
                said.append(f"{function.name} begins an act within another one")
        elif "Actor" in function.takes and function.name != BEGIN:
            said += _without_act(functions, function)
        if {"Actor", "Stamp"} <= function.takes:
            said.append(f"{function.name} takes both an actor and a stamp")
    for act, names in acts(functions).items():
        if len(names) > 1:
            said.append(f"{act} is begun by {', '.join(sorted(names))}: an act has one door")
    return said


def _users(functions: Mapping[str, Function], function: Function) -> Iterator[Function]:
    """A door; of one that gives its stamp to whoever called, all who go through it."""
    if function.gives_stamp:
        yield from (each for each in functions.values() if _reaches(functions, each, function.name))
    else:
        yield function


def _without_act(functions: Mapping[str, Function], function: Function) -> Iterator[str]:
    """What is wrong with a function that takes an actor and begins no act."""
    if function.writes:
        yield f"{function.name} takes an actor and writes, but begins no act"
        return
    if "Store" in function.takes:
        # A run of several transactions: each of them is a door's own.
        goes = function.public and _reaches(functions, function, BEGIN)
        if goes and not _reaches(functions, function, REQUIRE, through_doors=False):
            yield f"{function.name} goes through doors and requires no key before"
        return
    for name in _called(functions, function):
        if name == BEGIN or functions[name].begins:
            yield f"{function.name} takes an actor and goes through the door {name} without being one"
        elif functions[name].writes:
            yield f"{function.name} takes an actor and writes by {name}, but begins no act"


def acts(functions: Mapping[str, Function]) -> dict[str, set[str]]:
    """The doors by the act that they begin."""
    found: dict[str, set[str]] = defaultdict(set)
    for function in functions.values():
        for act in function.begins:
            found[act].add(function.name)
    return dict(found)


def _called(
    functions: Mapping[str, Function], function: Function, *, through_doors: bool = True
) -> Iterator[str]:
    """Whatever a function calls, and what that calls; not what is done for the holder of a desk."""
    seen, left = set[str](), list(function.calls)
    while left:
        name = left.pop()
        if name in seen or name not in functions or "Holder" in functions[name].takes:
            continue
        seen.add(name)
        yield name
        if name != BEGIN and (through_doors or not functions[name].begins):
            left += functions[name].calls


def _reaches(
    functions: Mapping[str, Function], function: Function, wanted: str, *, through_doors: bool = True
) -> bool:
    return wanted in _called(functions, function, through_doors=through_doors)


def _definitions(tree: ast.Module) -> Iterator[tuple[str, _Definition]]:
    for node in tree.body:
        if isinstance(node, _Definition):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.", each) for each in node.body if isinstance(each, _Definition))


def _classes_with_actor(tree: ast.Module) -> set[str]:
    """The classes, with a point behind their names, of which an actor is a field: their methods take him along."""
    return {
        f"{node.name}."
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for each in node.body
        if isinstance(each, ast.AnnAssign) and isinstance(each.annotation, ast.Name)
        if each.annotation.id == "Actor"
    }


def _known(tree: ast.Module, module: str) -> dict[str, str]:
    """What the names of a module stand for: what it imports anywhere, and what it defines."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            known |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            known |= {name.asname or name.name: name.name for name in node.names}
    for node in tree.body:
        if isinstance(node, _Definition | ast.ClassDef):
            known[node.name] = f"{module}.{node.name}"
    return known


def _function(name: str, node: _Definition, known: Mapping[str, str]) -> Function:
    parts = name.split(".")
    made = Function(name, not any(part.startswith("_") for part in parts[2:]), _annotated(node))
    made.gives_stamp = isinstance(node.returns, ast.Name) and node.returns.id == "Stamp"
    values = {"self": name.rpartition(".")[0], **_values(node, known)}
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            _take_call(made, each, known, values)
        elif isinstance(each, ast.Assign | ast.AugAssign):
            made.writes |= any(_of_row(target, values) for target in _targets(each))
    return made


def _annotated(node: _Definition) -> set[str]:
    """The words of the annotations of its parameters."""
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return {
        word.id
        for argument in arguments
        if argument.annotation is not None
        for word in ast.walk(argument.annotation)
        if isinstance(word, ast.Name)
    }


def _take_call(made: Function, call: ast.Call, known: Mapping[str, str], values: Mapping[str, str]) -> None:
    called = call.func
    if isinstance(called, ast.Name):
        full = known.get(called.id, called.id)
        made.writes |= called.id in _STATEMENTS and full.split(".")[0] in ("sqlalchemy", "models")
        made.makes_stamp |= full == "services.office.stamp.Stamp"
        made.calls.add(full)
        if full == BEGIN:
            made.begins.append(_act_of(call))
    elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        of = called.value.id
        made.writes |= of == "session" and called.attr in _OF_SESSION
        made.calls.add(f"{values.get(of) or known.get(of, of)}.{called.attr}")


def _act_of(call: ast.Call) -> str:
    """The word of the act that a call of `begin` names."""
    if len(call.args) > 2:
        act = call.args[2]
        if isinstance(act, ast.Attribute) and isinstance(act.value, ast.Name) and act.value.id == "Act":
            return act.attr
    return UNNAMED


def _targets(node: ast.Assign | ast.AugAssign) -> Iterable[ast.expr]:
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        yield from target.elts if isinstance(target, ast.Tuple) else [target]


def _of_row(target: ast.expr, values: Collection[str]) -> bool:
    """Whether the attribute of a row is set, and not one of a value of the services."""
    return (
        isinstance(target, ast.Attribute)
        and isinstance(target.value, ast.Name)
        and target.value.id not in {"session", *values}
    )


def _values(node: _Definition, known: Mapping[str, str]) -> dict[str, str]:
    """What stands for a value of the services, with its class: a parameter of its type, or what is made there."""
    values = {}
    for argument in node.args.args:
        if isinstance(argument.annotation, ast.Name):
            values[argument.arg] = known.get(argument.annotation.id, "")
    for each in ast.walk(node):
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call):
            made = each.value.func
            if isinstance(made, ast.Name) and made.id[:1].isupper():
                for target in each.targets:
                    if isinstance(target, ast.Name):
                        values[target.id] = known.get(made.id, "")
    return {name: of for name, of in values.items() if of.startswith("services.")}
