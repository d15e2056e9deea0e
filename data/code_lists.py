"""What the codes of a remittance stand for, as far as open lists say it; read when first asked for."""

from enum import StrEnum
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "codes"


class CodeList(StrEnum):
    """A list that ships, by the name of its file; `data/codes/SOURCES.md` says where each comes from."""

    GROUPS = "groups"
    REASONS = "carc"
    REMARKS = "rarc"
    PROVIDER_ADJUSTMENTS = "plb"
    CLAIM_STATUS = "claim_status"
    FILING = "filing"
    AMOUNTS = "amounts"
    QUANTITIES = "quantities"
    REFERENCES = "references"
    DAYS = "days"
    ENTITIES = "entities"


def meaning_of(codes: CodeList, code: str) -> str:
    """What a code stands for; an empty text for one that its list does not have."""
    return _meanings(codes).get(code.strip().upper(), "")


@cache
def _meanings(codes: CodeList) -> dict[str, str]:
    """A list as it is in its file: code and meaning are the first two of the columns, which a line of titles names."""
    lines = (_FOLDER / f"{codes}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return {row[0]: " ".join(row[1].split()) for row in rows}
