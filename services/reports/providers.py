"""The providers of an EEOB by the remittance and by the claim, and what a clerk should know of their NPIs."""

import re
from collections.abc import Iterator
from typing import Any

from services.receipts.printed import PrintedEeob, PrintedEra, ProviderKind
from services.reports.report import Column, Part, Table, Words

_NPI = re.compile(r"[0-9]{10}")
#: What stands beside each other on a page of 80 columns.
_SIDE = 38
_CAPTION = f"{'**EOB PROVIDER(S)/NPI':<{_SIDE}} CLAIM PROVIDER(S)/NPI**\n{'-' * 21:<{_SIDE}} {'-' * 23}"


def provider_parts(era: PrintedEra, eeob: PrintedEeob) -> Iterator[Part]:
    """The providers by the remittance and by the claim, and what is wrong with the one who rendered the service."""
    detail = eeob.detail
    bill = detail.bill
    who = "RENDERING" if detail.rendering_person or not detail.rendering_name else "SERVICING"
    theirs = [
        f"BILLING: {_provider('', era.billing_npi)}",
        f"{who}: {_provider(detail.rendering_name, detail.rendering_npi)}",
    ]
    ours = ["", ""]
    if bill is not None:
        ours = [
            _provider(bill.billing_provider, bill.billing_npi),
            _provider(bill.rendering_provider, bill.rendering_npi),
        ]
    rows = tuple(zip(theirs, ours, strict=True))
    yield Table(_SIDES, rows, _CAPTION)
    warnings = tuple(npi_warnings(detail.rendering_npi, detail.rendering_person, eeob.rendering))
    if warnings:
        yield Words("Rendering/Servicing Provider NPI Warning:")
        yield from (Words(warning, "  ") for warning in warnings)


def _provider(name: str, npi: str) -> str:
    return f"{name}/{npi}" if name or npi else ""


def npi_warnings(npi: str, person: bool, known: ProviderKind | None) -> Iterator[str]:
    """What a clerk should know of the NPI of a rendering provider (behaviour 1.1.7).

    Whether an NPI is a person's is known here only by how the claims of this site use it.
    """
    if not npi:
        yield "No NPI was received for the servicing/rendering provider."
    elif not _NPI.fullmatch(npi):
        yield f"The identifier received is no NPI, which has ten digits: {npi}"
    elif known is None:
        yield "The NPI received is not known on this system."
    elif known is ProviderKind.RENDERING and not person:
        yield "The ERA names an organization, but on this site's claims the NPI is that of a rendering provider."
    elif known is ProviderKind.BILLING and person:
        yield "The ERA names an individual, but on this site's claims the NPI is that of a billing provider."


_SIDES: tuple[Column[Any], ...] = (
    Column("EOB PROVIDER(S)/NPI", lambda row: row[0], width=_SIDE),
    Column("CLAIM PROVIDER(S)/NPI", lambda row: row[1], width=80 - _SIDE - 1),
)
