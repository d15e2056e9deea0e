"""The glossary: the trade's terms (DESIGN 4), each in the sentence that stands first in its docstring.

Terms that are no class of the program have their sentence in `docs/guide/parts/glossary.md`.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lockbox_tui.guide.parts import PARTS, paragraphs, read_part

#: The terms that are classes: the term, its other names, and the class by module and name.
CLASSES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("ERA", ("electronic remittance advice", "835"), "models.eras:Era"),
    ("EEOB", ("electronic explanation of benefits", "EOB"), "models.eras:Eeob"),
    ("EFT", ("electronic funds transfer",), "models.efts:Eft"),
    ("EFT deposit", ("deposit",), "models.efts:EftDeposit"),
    ("PLB", ("provider-level adjustment", "ERA-level adjustment"), "models.eras:ProviderAdjustment"),
    ("CAS", ("claim adjustment",), "models.eras:ClaimAdjustment"),
    ("scratch pad", ("scratchpad", "worklist entry"), "models.scratchpads:Scratchpad"),
    ("scratch-pad entry", ("entry",), "models.scratchpads:ScratchpadEntry"),
    ("scratch-pad line", ("subline", "EEOB line"), "models.scratchpads:ScratchpadLine"),
    ("line adjustment", ("adjustment log",), "models.scratchpads:LineAdjustment"),
    ("batch", (), "models.batches:Batch"),
    ("receipt", (), "models.receipts:Receipt"),
    ("receipt line", ("payment",), "models.receipts:ReceiptLine"),
    ("deposit ticket", ("ticket",), "models.receipts:DepositTicket"),
    ("finance document", ("document",), "models.finance:FinanceDocument"),
    ("bill", ("claim", "receivable", "account"), "models.bills:Bill"),
    ("bill transaction", ("transaction",), "models.bills:BillTransaction"),
    ("payer", ("insurance company",), "models.bills:Payer"),
    ("patient", (), "models.bills:Patient"),
    ("message", (), "models.messages:Message"),
    ("transmission exception", (), "models.messages:TransmissionException"),
    ("data exception", (), "models.messages:DataException"),
    ("bulletin", (), "models.messages:Bulletin"),
    ("mail group", (), "models.words.mail:MailGroup"),
    ("security key", (), "models.words.keys:SecurityKey"),
    ("site", (), "models.site:Site"),
    ("division", (), "models.site:Division"),
)

#: Where a sentence comes from, behind what it says: `(344.5)`, `(file 433)`, `(behaviour 3.1)`.
_SOURCE = re.compile(r" \((?:file |behaviour (?:section )?|DESIGN )?[0-9][^)]*\)|, a line of [0-9.]+")
#: What a docstring says of a field of the class is no part of what the term means.
_FIELD = re.compile(r"; `.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the trade with its other names and what it means, in one sentence."""

    name: str
    called: tuple[str, ...]
    means: str


def terms(root: Path) -> list[Term]:
    """All terms, in alphabetical order."""
    found = [Term(name, called, _sentence(root, of)) for name, called, of in CLASSES]
    return sorted([*found, *_by_hand(root)], key=lambda term: term.name.casefold())


def _by_hand(root: Path) -> Iterator[Term]:
    """The terms that are no classes; a heading may have other names in parentheses: `TRN (trace number)`."""
    for heading, lines in read_part(root / PARTS / "glossary.md").sections.items():
        name, _, called = heading.rstrip(")").partition(" (")
        yield Term(name, tuple(filter(None, called.split("; "))), " ".join(paragraphs(lines)))


def _sentence(root: Path, of: str) -> str:
    """The first sentence of a class's docstring, without its source and without what it says of fields."""
    module, _, name = of.partition(":")
    tree = ast.parse((root / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    (declared,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    text = " ".join((ast.get_docstring(declared) or "").split("\n\n")[0].split())
    first = re.split(r"(?<=\.) (?=[A-Z`])", _SOURCE.sub("", text))[0]
    return f"{_FIELD.sub('', first).rstrip('.')}."


def glossary_page(root: Path) -> str:
    """`docs/guide/glossary.md`."""
    rows = (f"| {'; '.join((term.name, *term.called))} | {term.means} |\n" for term in terms(root))
    return (
        "# The terms of the trade\n\nMade by `make docs` from the first sentences of the docstrings and from "
        "[parts/glossary.md](parts/glossary.md). `lockbox help TERM` says the same, and `lockbox code CODE` "
        "explains a code.\n\n| term | is |\n|---|---|\n" + "".join(rows)
    )
