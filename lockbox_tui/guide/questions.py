"""The questions of the screens, read from their source: how each is asked, of which kind, and what `?` says to it."""

import ast
import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from screens.list_manager.asking.dialogue import Option
from services.lookup import LookUp

#: The kinds of questions (`screens.list_manager.asking.dialogue`), with what `?` says where nothing else is declared.
KINDS = {
    "text": "A text.",
    "yes_no": "Enter either 'Y' or 'N'.",
    "choice": "One of a set, by its letter or how its word begins; `??` lists them.",
    "money": "An amount in dollars and cents, within the bounds that `?` names.",
    "date": "A date, like T, T-7, 7/22/10, JUL 22 or JUL 22, 2010.",
    "optional_date": "A date, like T, T-7, 7/22/10, JUL 22 or JUL 22, 2010; RETURN alone leaves it out.",
    "entries": "One or several numbers of the list, like 2-5,7.",
    "entry": "One number of the list.",
    "lookup": "A number, or how a name begins; `??` lists what there is to choose from.",
    "pick": "A number, or how a name begins; `??` lists what there is to choose from.",
    "read": "",
}
#: What stands in the place of a value that is known only when the question is asked.
SOME = "…"
#: The frame asks about lists; what it asks is no question of a screen.
_FRAME = "list_manager"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a screen, as it is asked; `help` is what `?` says. `at` is where it stands in the source."""

    prompt: str
    kind: str
    help: str
    at: str

    @property
    def readable(self) -> bool:
        """Whether its words could be read from the source."""
        return bool(self.prompt.strip(f"{SOME} "))


def questions(root: Path) -> list[Question]:
    """All questions of the screens, each once, in the order of their modules."""
    found: dict[tuple[str, str], Question] = {}
    for path in sorted((root / "screens").rglob("*.py")):
        if _FRAME not in path.parts:
            for question in _of_module(path, root):
                found.setdefault((question.prompt, question.help), question)
    for path in sorted((root / "services").rglob("lookup.py")):
        for question in _look_ups(path, path.relative_to(root)):
            found.setdefault((question.prompt, question.help), question)
    return list(found.values())


def _of_module(path: Path, root: Path) -> Iterator[Question]:
    name = ".".join(path.relative_to(root).with_suffix("").parts)
    module = importlib.import_module(name)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            reader = _Reader(module, function)
            for call in _calls(function):
                yield from reader.read(call, f"{path.relative_to(root)}:{call.lineno}")


def _of_look_up(node: ast.expr) -> bool:
    """Whether a question is asked in the words of a look-up, which has a line of its own."""
    return any(isinstance(part, ast.Attribute) and part.attr == "prompt" for part in ast.walk(node))


def _look_ups(path: Path, at: Path) -> Iterator[Question]:
    """The look-ups that a module of the services makes for one thing, such as the claims of an ERA."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == LookUp.__name__:
            said = {word.arg: word.value for word in node.keywords}
            yield Question(_literal(said["prompt"]), "pick", _literal(said["help"]), f"{at}:{node.lineno}")


def _literal(node: ast.expr) -> str:
    """A text, or several, as they stand in the source; what is worked out is `SOME`."""
    if isinstance(node, ast.Tuple | ast.List):
        return " ".join(map(_literal, node.elts))
    return str(node.value) if isinstance(node, ast.Constant) else SOME


def _calls(function: ast.AST) -> Iterator[ast.Call]:
    """The calls that ask something: `ask.money(…)`, `desk.ask.text(…)`, `desk.pick(…)`."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in KINDS:
            of = node.func.value
            on = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
            if on == "ask" or (node.func.attr == "pick" and on == "desk"):
                yield node


class _Reader:
    """Reads the questions of one function; what it cannot know is `SOME`."""

    def __init__(self, module: ModuleType, function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._module = module
        self._set: dict[str, list[ast.expr]] = {}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self._set.setdefault(target.id, []).append(node.value)

    def read(self, call: ast.Call, at: str) -> Iterator[Question]:
        """The question of a call; one for each of the words that it may be asked in."""
        assert isinstance(call.func, ast.Attribute)
        kind = call.func.attr
        declared = [word.value for word in call.keywords if word.arg == "help"]
        asked = self._value(call.args[0]) if call.args else None
        if isinstance(asked, LookUp):
            yield Question(asked.prompt, kind, _joined(asked.help), at)
            return
        if kind == "read":
            declared = call.args[1:2]
        help = " ".join(self._texts(declared[0])) if declared else ""
        if kind == "choice" and len(call.args) > 1 and not help:
            answers = self._answers(call.args[1])
            help = f"One of {', '.join(answers)}." if answers else ""
        if call.args and _of_look_up(call.args[0]):
            return
        for prompt in self._texts(call.args[0]) if call.args else [SOME]:
            # What stands behind the prompt is its default, which the frame shows.
            yield Question(prompt.partition("//")[0].strip(), kind, help.strip(f"{SOME} ") or KINDS[kind], at)

    def _answers(self, node: ast.expr) -> list[str]:
        """The answers that a choice offers, as they are typed and in words."""
        if isinstance(node, ast.Name):
            if node.id in self._set:
                return [each for value in self._set[node.id] for each in self._answers(value)]
            known = getattr(self._module, node.id, None) or ()
            return [f"{each.code} ({each.text})" for each in known if isinstance(each, Option)]
        if isinstance(node, ast.Tuple | ast.List):
            return [each for part in node.elts for each in self._answers(part)]
        if isinstance(node, ast.Call) and len(node.args) == 2:
            code, text = (" or ".join(self._texts(part)) for part in node.args)
            return [] if SOME in f"{code}{text}" else [f"{code} ({text})"]
        return []

    def _value(self, node: ast.expr) -> object:
        return getattr(self._module, node.id, None) if isinstance(node, ast.Name) else None

    def _texts(self, node: ast.expr) -> list[str]:
        """The texts that an expression may be."""
        if isinstance(node, ast.Constant):
            return [str(node.value)]
        if isinstance(node, ast.JoinedStr):
            return [
                "".join(str(part.value) if isinstance(part, ast.Constant) else SOME for part in node.values)
            ]
        if isinstance(node, ast.IfExp):
            return [*self._texts(node.body), *self._texts(node.orelse)]
        if isinstance(node, ast.BinOp):
            return [a + b for a in self._texts(node.left) for b in self._texts(node.right)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "question":
            return self._texts(node.args[0])
        if isinstance(node, ast.Tuple | ast.List):
            return [" ".join(text for part in node.elts for text in self._texts(part))]
        if isinstance(node, ast.Name):
            if node.id in self._set:
                return [text for value in self._set.pop(node.id) for text in self._texts(value)] or [SOME]
            known = getattr(self._module, node.id, None)
            if isinstance(known, str | tuple | list):
                return [_joined(known)]
        return [SOME]


def _joined(text: str | Iterable[object]) -> str:
    return text if isinstance(text, str) else " ".join(map(str, text))
