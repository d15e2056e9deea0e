"""`docs/commands.md`: what every command takes and answers, made from the declarations."""

from collections.abc import Iterable, Iterator, Mapping

from lockbox_tui.commands.arguments import EVERYWHERE, takes
from lockbox_tui.commands.declared.register import REGISTER, Entry, every_command
from lockbox_tui.commands.declaring import Command, Count, Maybe, Option, Shape, Switch, Taken

_HEAD = """\
# The commands

Made by `make docs` from the declarations in `lockbox_tui/commands/declared/`.

`lockbox [--database URL] COMMAND …`. The store is `--database`, else `$LOCKBOX_DATABASE` (an SQLAlchemy URL),
else a SQLite file in your data folder. Without a command the screens open.

Exit status: 0 done, also for a duplicate and for what was filed with findings; 1 refused, held as an exception,
a list of bills of which rows are left out, or found by `check` or `validate`; 2 wrong usage; 130 stopped by
Ctrl-C.

With `--json` a command answers with one document on standard output and nothing else there. An *amount* is a
text with two decimals, a *date* is ISO 8601, an *instant* ISO 8601 with its time zone (UTC). Behind what may
be `null` stands a `?`. Every field is always there. A list is an array of all its rows unless `--limit` is
given. What is refused answers `{"refused": text}`, a broken environment `{"error": text, "number": text?}`,
both with exit status 1. The number is that of an entry in the log, for what support has to look up.

Every command takes:

"""


def commands_paper(register: Iterable[Entry] = REGISTER) -> str:
    """The whole paper: what all commands have in common, a table of them, then one after the other."""
    commands = list(every_command(register))
    parts = [_HEAD, *(_describe_word(taken) for taken in EVERYWHERE), "\n| command | does |\n|---|---|\n"]
    parts += [f"| [`lockbox {each.words}`](#lockbox-{_anchor(each)}) | {each.does} |\n" for each in commands]
    parts += [part for each in commands for part in _command(each)]
    return "".join(parts)


def _anchor(command: Command) -> str:
    return command.words.replace(" ", "-")


def _command(command: Command) -> Iterator[str]:
    yield f"\n## lockbox {command.words}\n\n{command.sentences}"
    if command.key is not None:
        yield f" Needs the key {command.key}."
    yield "\n\n"
    taken = takes(command)
    if taken:
        yield from map(_describe_word, taken)
        yield "\n"
    yield f"```sh\n{command.example}\n```\n\nWith `--json`:\n\n```\n{shape_text(command.json)}\n```\n"


def _describe_word(taken: Taken) -> str:
    """One word or option with what it is for, its default, and what it cannot go with."""
    if isinstance(taken, Switch):
        return f"- `{taken.flag}`: {taken.help}\n"
    if isinstance(taken, Option):
        value = "|".join(taken.choices) or taken.shown or "TEXT"
        required = "; required" if taken.required else ""
        return f"- `{taken.flag} {value}`: {taken.told}{required}\n"
    several = {Count.ONE: "", Count.SOME: " …", Count.ANY: " … (none, one or several)"}[taken.count]
    return f"- `{taken.shown}`{several}: {taken.help}\n"


def shape_text(shape: Shape, indent: str = "") -> str:
    """A shape as its document is written: names and kinds of values."""
    if isinstance(shape, str):
        return shape
    if isinstance(shape, Maybe):
        return f"{shape_text(shape.of, indent)}?"
    if isinstance(shape, list):
        return f"[{shape_text(shape[0], indent)}, …]"
    if not any(isinstance(held, (Mapping, list, Maybe)) for held in shape.values()) and len(shape) <= 4:
        return "{" + ", ".join(f'"{name}": {held}' for name, held in shape.items()) + "}"
    deeper = f"{indent}  "
    fields = ",\n".join(f'{deeper}"{name}": {shape_text(held, deeper)}' for name, held in shape.items())
    return f"{{\n{fields}\n{indent}}}"
