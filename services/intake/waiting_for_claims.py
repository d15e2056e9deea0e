"""Remittances whose claims came with them and were not filed wait, since they would find no bills (behaviour 8.1)."""

from services.findings import Finding

#: What is said of remittances that wait for claims that came with them.
WAITS_FOR_CLAIMS = "waits-for-claims"


def waits_for_claims(what: str, missing: str) -> Finding:
    """Why `what` was not filed: the claims of the file `missing` were not, or not all of them."""
    told = (
        f"{what} not filed now: the claims of {missing} were not all filed, and without them its payments would find "
        "no bills. Import both again when the claims can be filed, or this file by itself if it does not need them."
    )
    return Finding(WAITS_FOR_CLAIMS, told)
