"""Whether a JSON document is of the shape that its command declares."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lockbox_tui.commands.declaring import EACH, Maybe, Plain, Shape

_AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{2}\Z")


def misfits(document: Any, shape: Shape, where: str = "$") -> Iterator[str]:
    """What of a document is not as declared: a field too many or too few, a value of another kind."""
    if isinstance(shape, Maybe) or (isinstance(shape, str) and shape.endswith("?")):
        if document is not None:
            yield from misfits(document, shape.of if isinstance(shape, Maybe) else shape[:-1], where)
    elif isinstance(shape, str):
        if not _is(document, Plain(shape)):
            yield f"{where} is {document!r}, which is no {shape}"
    elif isinstance(shape, list):
        if not isinstance(document, list):
            yield f"{where} is no array"
            return
        for at, held in enumerate(document):
            yield from misfits(held, shape[0], f"{where}[{at}]")
    elif not isinstance(document, dict):
        yield f"{where} is no object"
    else:
        yield from _object(document, shape, where)


def _object(document: dict[str, Any], shape: Mapping[str, Shape], where: str) -> Iterator[str]:
    declared = dict.fromkeys(document, shape[EACH]) if EACH in shape else shape
    for name in declared.keys() - document.keys():
        yield f"{where} has no {name}, which is declared"
    for name in document.keys() - declared.keys():
        yield f"{where} has {name}, which is not declared"
    for name in declared.keys() & document.keys():
        yield from misfits(document[name], declared[name], f"{where}.{name}")


def _is(value: Any, kind: Plain) -> bool:
    if kind is Plain.FLAG:
        return isinstance(value, bool)
    if kind is Plain.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if kind is Plain.AMOUNT:
        return _AMOUNT.match(value) is not None
    if kind is Plain.DATE:
        return _iso(value) is not None and len(value) == len("2012-07-22")
    if kind is Plain.INSTANT:
        at = _iso(value)
        return at is not None and at.tzinfo is not None
    return True


def _iso(value: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(value)
    except ValueError:
        return None
