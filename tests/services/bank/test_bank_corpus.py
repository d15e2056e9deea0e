"""Real ACH and BAI2 files, where a folder of them is at hand ($LOCKBOX_CORPUS)."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from services.bank.bai2 import looks_like_bai2
from services.bank.nacha import looks_like_nacha
from tests.services.bank.ach_text import read_whole

CORPUS = os.environ.get("LOCKBOX_CORPUS", "")

#: Name: entries, credits, debits, and the codes of its findings other than of single entries.
REAL: dict[str, tuple[int, str, str, set[str]]] = {
    "moov_20110805A_multibatch": (48, "2.00", "51010.00", {"batch-count"}),
    "moov_ccd_addenda_malformed_5before8": (
        4,
        "61.25",
        "61.25",
        {"no-file-header", "file-header-place", "addenda-missing", "addenda-alone"},
    ),
    "moov_ccd_debit": (2, "0.00", "5001.25", set()),
    "moov_ccd_issue1620": (1, "0.01", "0.00", {"batch-count"}),
    "moov_ccdplus_txp_credit": (1, "123.45", "0.00", {"bad-date"}),
    "moov_cor_noc": (1, "0.00", "0.00", {"correction"}),
    "moov_ctx_debit_2addenda": (1, "0.00", "1000000.00", set()),
    "moov_ctx_embedded_x12_820_utf8": (1, "0.00", "1000000.00", {"block-count", "file-entry-count"}),
    "moov_issue1595": (1, "100.00", "0.00", set()),
    "moov_malformed_long_line": (1, "0.00", "1000000.00", {"long-record"}),
    "moov_malformed_no_control": (18, "127068.91", "127068.91", {"no-file-control", "prenote"}),
    "moov_malformed_no_header": (18, "127068.91", "127068.91", {"no-file-header", "prenote"}),
    "moov_nacha_tel_reversal": (2, "6851.00", "6851.00", set()),
    "moov_ppd_credit": (1, "1000000.00", "0.00", set()),
    "moov_return_web": (2, "45.65", "123.54", {"return"}),
    "moov_two_micro_deposits": (6, "1.20", "1.20", set()),
    "moov_web_debit": (6, "268.20", "150.00", set()),
    "nodenacha_NACHA_large": (172, "0.00", "97643.52", set()),
}
BAI2 = {
    "moov_sample1": True,
    "moov_sample2": True,
    "moov_sample3": True,
    "moj_citi_example": True,
    "moj_nwb_example": True,
}


def _path(folder: str, name: str) -> Path:
    path = Path(CORPUS) / folder / name
    if not CORPUS or not path.exists():
        pytest.skip(f"$LOCKBOX_CORPUS has no {folder}/{name}")
    return path


@pytest.mark.parametrize("name", REAL)
def test_a_real_ach_file_is_read_and_its_faults_are_said(name: str) -> None:
    path = _path("ach", name + ".ach")
    file = read_whole(path.read_bytes())
    count, credits, debits, faults = REAL[name]
    assert looks_like_nacha(path.read_bytes()[:1000])
    assert not looks_like_bai2(path.read_bytes()[:1000])
    assert file.claim_payments == ()
    assert (file.told.others.count, file.told.others.credits, file.told.others.debits) == (
        count,
        Decimal(credits),
        Decimal(debits),
    )
    assert {finding.code for finding in file.told.findings} - {"debit"} == faults
    assert file.told.proven == (
        not faults or faults <= {"bad-date", "correction", "return", "long-record", "prenote"}
    )


@pytest.mark.parametrize("name", BAI2)
def test_a_real_bai2_file_is_known_for_one(name: str) -> None:
    head = _path("bai2", name + ".bai2").read_bytes()[:1000]
    assert looks_like_bai2(head)
    assert not looks_like_nacha(head)


def test_a_list_of_bank_descriptions_is_neither() -> None:
    head = _path("ach", "codeindex_bank_description_strings_trn.txt").read_bytes()[:1000]
    assert not looks_like_nacha(head)
    assert not looks_like_bai2(head)
