"""How many of something, as a person says it: `1 remittance`, `2 remittances`."""


def say_count(count: int, one: str, several: str = "") -> str:
    """A count with its word; `several` is the word for all counts but 1 where an `s` does not make it."""
    return f"{count} {one if count == 1 else several or f'{one}s'}"
