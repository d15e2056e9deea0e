"""What the figures work on, made when first asked for and kept in the system's temporary directory.

The folder's name carries a digest of the sources that lay out the store and write the files, so that a
change of them starts anew.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.measuring import ROOT, run

_LAID_OUT_BY = ("models", "services/generator", "bench/jobs")


def _folder() -> Path:
    digest = hashlib.sha256()
    for part in _LAID_OUT_BY:
        for path in sorted((ROOT / part).rglob("*.py")):
            digest.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"lockbox-bench-{os.getuid()}-{digest.hexdigest()[:12]}"


def _once(name: str, make: Callable[[Path], None]) -> Path:
    """Makes a folder in one step: a run that was stopped half-way leaves nothing that looks finished."""
    final = _folder() / name
    if not final.is_dir():
        print(f"  (making {name})", flush=True)
        final.parent.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=final.parent) as working:
            made = Path(working) / "made"
            made.mkdir()
            make(made)
            made.rename(final)
    return final


def day(claims: int, claims_per_set: int) -> Path:
    """The files of a generated site day."""
    name = f"day-{claims}-{claims_per_set}"
    return _once(name, lambda folder: _run("site_days:make_day", folder, claims, claims_per_set))


def site() -> Path:
    """A store with a site in it and nothing else."""
    return _once("site", lambda folder: _run("site_days:make_site", _store(folder))) / _STORE


def billed(claims: int, claims_per_set: int) -> Path:
    """A store in which the bills of a day are known."""
    files = day(claims, claims_per_set)

    def make(folder: Path) -> None:
        shutil.copytree(site().parent, folder, dirs_exist_ok=True)
        _run("site_days:make_bills", _store(folder), files)

    return _once(f"billed-{claims}-{claims_per_set}", make) / _STORE


def queued(claims: int, claims_per_set: int) -> Path:
    """A store in which the remittance of a day is filed and waits for its validation."""
    files = day(claims, claims_per_set)

    def make(folder: Path) -> None:
        shutil.copytree(billed(claims, claims_per_set).parent, folder, dirs_exist_ok=True)
        _run("importing:import_and_keep", _store(folder), files / "remittance.835")

    return _once(f"queued-{claims}-{claims_per_set}", make) / _STORE


def remitted(claims: int) -> Path:
    """A store in which one remittance of so many claims is filed."""
    files = day(claims, claims)

    def make(folder: Path) -> None:
        shutil.copytree(billed(claims, claims).parent, folder, dirs_exist_ok=True)
        _run("importing:import_and_keep", _store(folder), files / "remittance.835")

    return _once(f"remitted-{claims}", make) / _STORE


def on_pad(claims: int) -> Path:
    """A store in which one remittance of so many claims lies on its scratch pad, matched to a paper check."""

    def make(folder: Path) -> None:
        shutil.copytree(remitted(claims).parent, folder, dirs_exist_ok=True)
        _run("scratch_pads:make_pad", _store(folder))

    return _once(f"on-pad-{claims}", make) / _STORE


def known_bill() -> Path:
    """A store in which the bill of `plbs` and `big_claim` is known."""

    def make(folder: Path) -> None:
        shutil.copytree(site().parent, folder, dirs_exist_ok=True)
        _run("site_days:make_bill", _store(folder))

    return _once("known-bill", make) / _STORE


def plbs(segments: int) -> Path:
    """An 835 with so many PLB segments of six adjustments each."""
    return _large("plbs", segments, "PLB*1234567893*20261231" + "*WO:REFERENCE*1.00*FB:REFERENCE*-1.00" * 3)


def big_claim(segment: str, times: int) -> Path:
    """An 835 whose one claim has a segment so many times."""
    return _large(f"claim-{segment[:3]}", times, segment)


def _large(name: str, times: int, segment: str) -> Path:
    return (
        _once(f"{name}-{times}", lambda folder: _run("site_days:make_large", folder / _LARGE, segment, times))
        / _LARGE
    )


def bank(efts: int) -> Path:
    """A bank's very large files."""
    return _once(f"bank-{efts}", lambda folder: _run("bank_files:make_bank_files", folder, efts))


def paid(efts: int) -> Path:
    """A store in which the EFTs of a bank's file are on file, not yet recorded."""
    file = bank(efts) / "few-batches.ach"

    def make(folder: Path) -> None:
        shutil.copytree(site().parent, folder, dirs_exist_ok=True)
        _run("bank_files:make_paid", _store(folder), file)

    return _once(f"paid-{efts}", make) / _STORE


def many_eras(eras: int, efts: int) -> Path:
    """A store of very many ERAs and EFTs that nothing has matched yet."""

    def make(folder: Path) -> None:
        shutil.copytree(site().parent, folder, dirs_exist_ok=True)
        _run("many_eras:make_eras", _store(folder), eras, efts)

    return _once(f"eras-{eras}-{efts}", make) / _STORE


_STORE = "store.sqlite3"
_LARGE = "remittance.835"


def _store(folder: Path) -> Path:
    return folder / _STORE


def _run(job: str, *arguments: object) -> None:
    run(job, *arguments)
