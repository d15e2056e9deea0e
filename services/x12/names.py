"""Names, addresses and contacts: N1 and NM1 loops, and PER segments."""

from services.x12.elements import at
from services.x12.remittance import Contact, Party, Qualified


def party(elements: list[str]) -> Party:
    """Reads an NM1 segment: NM101 entity, NM102 (1 = person), NM103 to NM105, NM107 to NM109."""
    if len(elements) < 10:
        elements = elements + [""] * (10 - len(elements))
    _, entity, kind, name, first, middle, _, suffix, qualifier, identifier = elements[:10]
    return tuple.__new__(
        Party, (entity, kind == "1", name, first, middle, suffix, qualifier, identifier, (), ())
    )


def contact(elements: list[str]) -> Contact:
    """Reads a PER segment: PER01 function, PER02 name, then up to three pairs of qualifier and number."""
    numbers = tuple(
        Qualified(at(elements, index), at(elements, index + 1))
        for index in range(3, 9, 2)
        if at(elements, index) or at(elements, index + 1)
    )
    return Contact(at(elements, 1), at(elements, 2), numbers)


def by_element(elements: list[str]) -> list[Qualified]:
    """The elements of a segment that say something, each by its name, such as `RDM02`."""
    name = elements[0]
    return [Qualified(f"{name}{index:02d}", text) for index, text in enumerate(elements[1:], start=1) if text]


class NameLoop:
    """One N1 or NM1 with the N3, N4 and REF segments behind it, gathered until the next name."""

    __slots__ = ("_address", "_name", "_references")

    def __init__(self, elements: list[str] | None = None) -> None:
        if elements is None:
            self._name = Party()
        elif elements[0] == "N1":
            name, qualifier, identifier = at(elements, 2), at(elements, 3), at(elements, 4)
            self._name = Party(at(elements, 1), name=name, qualifier=qualifier, identifier=identifier)
        else:
            self._name = party(elements)
        self._address: list[str] = []
        self._references: list[Qualified] = []

    def add(self, elements: list[str]) -> None:
        """Takes an N3 (street lines), N4 (city, state and code in one line) or REF of this name."""
        if elements[0] == "N3":
            self._address += [line for line in elements[1:3] if line]
        elif elements[0] == "N4":
            region = " ".join(part for part in elements[2:5] if part)
            self._address.append(", ".join(part for part in (at(elements, 1), region) if part))
        else:
            self._references.append(Qualified(at(elements, 1), at(elements, 2)))

    def reference(self, *qualifiers: str) -> str:
        """The first reference with one of these qualifiers (REF01), or an empty text."""
        return next((value for name, value in self._references if name in qualifiers), "")

    def party(self) -> Party:
        """The name with its address and references."""
        return self._name._replace(address=tuple(self._address), references=tuple(self._references))
