"""A file that somebody writes into while it is imported or judged is taken as it was when that began."""

import errno
import io
from pathlib import Path

import pytest
from sqlalchemy import select

from models.eras import Era
from models.store import Store
from models.words.intake import Outcome
from services.intake.copy import copy_file
from services.intake.importing import import_file
from services.intake.judging import judge_file
from services.office.actor import Actor
from tests import given
from tests.ledger import assert_clean
from tests.services.x12.files import interchange


def test_what_is_written_into_a_file_later_is_not_in_its_copy(tmp_path: Path) -> None:
    path = tmp_path / "eft.ach"
    path.write_bytes(b"first" * 1_000_000)
    with copy_file(path) as stream:
        with path.open("r+b") as other:
            other.write(b"other" * 1_000_000)
        assert stream.read() == b"first" * 1_000_000
    assert list(tmp_path.iterdir()) == [path]


def test_no_room_for_the_copy_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "eft.ach"
    path.write_bytes(b"x")

    class Full(io.BytesIO):
        def write(self, data: object, /) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", Full)
    with pytest.raises(OSError, match="there is no room for a copy of it in"), copy_file(path):
        pass


def test_no_remittance_is_filed_as_another_files(site: Store, actor: Actor, tmp_path: Path) -> None:
    """A transfer that overwrites last week's file while it is read: both weeks' ERAs come in, each once."""
    given.bills(site, actor, {"K1": 100})
    path = tmp_path / "week.835"
    weeks = [
        b"".join(_remittance(week, number) + b" " * 200_000 for number in (1, 2, 3)) for week in ("A", "B")
    ]
    path.write_bytes(weeks[0])

    def overwrite(_read: int, _of: int) -> None:
        with path.open("r+b") as other:
            other.write(weeks[1])

    assert import_file(site, actor, path, overwrite).outcome is Outcome.FILED
    assert path.read_bytes() == weeks[1]
    again = tmp_path / "again.835"
    again.write_bytes(weeks[0])
    assert import_file(site, actor, again).outcome is Outcome.DUPLICATE
    assert import_file(site, actor, path).outcome is Outcome.FILED
    with site.reading() as session:
        traces = session.scalars(select(Era.trace).order_by(Era.trace)).all()
    assert traces == ["A1", "A2", "A3", "B1", "B2", "B3"]
    assert_clean(site)


def test_a_file_that_is_cut_off_while_it_is_judged_is_judged_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "week.835"
    path.write_bytes(b"".join(_remittance("A", number) for number in (1, 2, 3)))
    before = judge_file(path)

    def cut_off(_read: int, _of: int) -> None:
        path.write_bytes(b"")

    assert judge_file(path, cut_off) == before
    assert len(before.sets) == 3
    assert path.stat().st_size == 0


def _remittance(week: str, number: int) -> bytes:
    return interchange(
        [
            "BPR*I*10*C*ACH*CCP*01*999999992*DA*123456*1512345678**01*999988880*DA*98765*20260105",
            f"TRN*1*{week}{number}*1512345678",
            "N1*PR*PAYER",
            "N1*PE*CLINIC*XX*1234567893",
            "LX*1",
            "CLP*K1*1*100*10*90*12*1",
            "NM1*QC*1*DOE*JANE",
            "CAS*CO*45*90",
        ]
    )
