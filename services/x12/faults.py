"""Findings while they are gathered: bounded, so that a hostile file cannot fill the memory."""

from services.findings import Finding

#: How many findings of one code are kept of one claim, one set or one file.
OF_ONE_CODE = 50


def place(segment: str, offset: int, ordinal: int = 0) -> str:
    """Says where in the file: `segment 17 (CLP, byte 1042)`, or `GE, byte 1042` outside a set."""
    return f"segment {ordinal} ({segment}, byte {offset})" if ordinal else f"{segment}, byte {offset}"


class Faults:
    """Gathers the findings of one thing that is read; `take()` hands them over and starts anew."""

    __slots__ = ("_counts", "found")

    def __init__(self, found: list[Finding] | None = None) -> None:
        self.found: list[Finding] = [] if found is None else found
        self._counts: dict[str, int] = {}

    def add(self, code: str, text: str, where: str = "") -> None:
        """Notes one fault; the fiftieth of a code says that further ones of its kind are not listed."""
        count = self._counts.get(code, 0) + 1
        self._counts[code] = count
        if count == OF_ONE_CODE:
            text += " Further ones of this kind are not listed."
        if count <= OF_ONE_CODE:
            self.found.append(Finding(code, text, where))

    def take(self) -> tuple[Finding, ...]:
        """Hands over what was found since the last time."""
        taken = tuple(self.found)
        self.found.clear()
        self._counts.clear()
        return taken
