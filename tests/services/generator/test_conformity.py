"""The implementation guides' judge (pyx12) accepts every file that is generated, with and without faults."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyx12.params import ParamsBase
from pyx12.x12n_document import x12n_document

from services.generator.faults import Fault
from services.generator.site_day import EFT
from tests.services.generator.adding_up import segments
from tests.services.generator.test_site_day import generate


@pytest.fixture(autouse=True)
def _silent_judge() -> Iterator[None]:
    logger = logging.getLogger("pyx12")
    handler, propagate = logging.NullHandler(), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    yield
    logger.removeHandler(handler)
    logger.propagate = propagate


def judged(path: Path) -> tuple[bool, int]:
    """The judge's word and how many segments it saw: it is known to stop early and still say yes."""
    params = ParamsBase()
    params.set("exclude_external_codes", "remark_code")
    seen = 0

    def count(segment: Any, source: Any, node: Any, valid: Any) -> None:
        nonlocal seen
        seen += 1

    with path.open(encoding="latin-1") as stream:
        accepted = x12n_document(params, stream, io.StringIO(), None, callback=count)
    return bool(accepted), seen


@pytest.mark.parametrize("faults", [frozenset(), frozenset(Fault)], ids=["plain", "every fault"])
def test_every_file_conforms(tmp_path: Path, faults: frozenset[Fault]) -> None:
    day = generate(tmp_path, 40 if faults else 110, faults)
    files = [path for path in day.files if path.name != EFT]
    assert len(files) == 4
    for path in files:
        assert judged(path) == (True, len(segments(path))), path.name


def test_the_judge_does_refuse_what_is_wrong(tmp_path: Path) -> None:
    day = generate(tmp_path, 3)
    for path in day.files:
        if path.name != EFT:
            broken = tmp_path / "broken"
            broken.write_text(path.read_text().replace("*MI*", "*??*", 1))
            assert not judged(broken)[0], path.name
