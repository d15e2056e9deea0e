"""What is wrong with a file, a claim or a receipt, as data that the clerk reads (DESIGN 2.15)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, said in a sentence.

    `code` is a short stable word for scripts (`claim-balance`, `se-count`), `text` the sentence the
    clerk reads, `where` the place: `segment 17 (CLP, byte 1042)`, `record 6 line 3`, or empty.
    """

    code: str
    text: str
    where: str = ""
