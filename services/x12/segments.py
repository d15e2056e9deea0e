"""The sets of a file: where each ST stands, under which group and interchange, what is wrong around it."""

from collections.abc import Iterator

from services.clean import clean
from services.findings import Finding
from services.x12.envelope import ByteSource, Delimiters, Run, Segment, TransactionSet
from services.x12.faults import Faults, place
from services.x12.interchange import Interchange
from services.x12.splitting import Block, Splitter

#: How many set control numbers of one group are remembered to find repeated ones.
_REMEMBERED = 10_000
_ELEMENTS_OF_GS = 9
#: How many different terminators are named where no set is found.
_TERMINATORS_NAMED = 3


def read_sets(stream: ByteSource, findings: list[Finding]) -> Iterator[TransactionSet]:
    """Reads the transaction sets of an X12 file one by one, in memory that does not grow with the file.

    Each set's `segments` can be read once, before the next set is asked for; what was not read is
    skipped. Findings of a set's own envelope (SE01, SE02, a missing SE) are added to
    `TransactionSet.findings` when its end is reached; those of the file (ISA, GS, GE01, IEA01, text
    that is no X12) are added to `findings`. A set cut off before its SE simply ends. Nothing in the
    bytes raises.
    Source: X12.5 (interchange), X12.6 (segments, SE01, GE01, IEA01).
    """
    return _Envelopes(stream, Faults(findings)).sets()


def _split(runs: Iterator[Run], element: str) -> Iterator[Segment]:
    for run in runs:
        if not run.text:
            continue
        place, ordinal = 0, run.first
        for text in run.text[: -len(run.step)].split(run.step):
            yield Segment(text.split(element), ordinal, run.byte(place, ordinal))
            place += len(text) + len(run.step)
            ordinal += 1


def _text(elements: list[str], index: int) -> str:
    return clean(elements[index].strip(), 40) if index < len(elements) else ""


def _in_words(terminator: str) -> str:
    return "a line end" if terminator in "\r\n" else clean(terminator)


def _same_number(declared: str, counted: int) -> bool:
    return declared.isascii() and declared.isdigit() and int(declared) == counted


class _Envelopes:
    """Keeps the books of one file's envelopes while its segments go by."""

    def __init__(self, stream: ByteSource, faults: Faults) -> None:
        self._blocks = Splitter(stream, faults).blocks()
        self._faults = faults
        self._block = Block("", "~", 0, None, [], Delimiters("*", ":", "~", ""))
        self._at = 0  # where in the block the next segment stands
        self._marks: list[int] = []  # where envelope segments stand in the block, the next one last
        self._interchange: Interchange | None = None
        self._isa_offset = 0
        self._group: list[str] | None = None
        self._groups = 0
        self._any_group = False
        self._sets = 0
        self._controls: set[str] = set()
        self._terminators: dict[str, None] = {}  # what ends the segments of the interchanges, in words
        self._ordinal = 0
        self._current: TransactionSet | None = None
        self._counted = 0  # segments of the current set so far

    def sets(self) -> Iterator[TransactionSet]:
        while opened := self._next_set():
            yield opened
            while self._run(opened):
                pass
        if not self._ordinal and self._terminators and not self._any_group:
            told = (
                f"The header says that segments end with {' or '.join(self._terminators)};"
                " read so, no group (GS) and no set (ST) stands in the file."
            )
            self._faults.add("no-set", told, place("ISA", self._isa_offset))

    def _runs(self, offset: int) -> Iterator[Run]:
        opened = self._current
        if opened is None or opened.offset != offset:
            return
        while run := self._run(opened):
            yield run

    def _next_block(self) -> bool:
        block = next(self._blocks, None)
        if block is None:
            return False
        self._block = block
        self._at = 0
        self._marks = block.marks
        if block.interchange is not None or block.headless:
            self._open_interchange(block)
        return True

    def _segment(self, at: int) -> tuple[list[str], int]:
        """The elements of the segment at a place of the block, and the place behind it."""
        text, step = self._block.text, self._block.step
        end = text.find(step, at)
        return text[at:end].split(self._block.delimiters.element), end + len(step)

    def _byte(self, at: int) -> int:
        block = self._block
        return (
            block.base + at if block.offsets is None else block.offsets[block.text.count(block.step, 0, at)]
        )

    def _run(self, opened: TransactionSet) -> Run | None:
        """The next segments of the open set that stand together in one block; None when the set has ended."""
        if self._current is not opened:
            return None
        if self._at >= len(self._block.text) and (
            not self._next_block() or self._block.interchange or self._block.headless
        ):
            self._end_set(None, 0)
            return None
        block, start, first = self._block, self._at, self._counted + 1
        trailer: list[str] | None = None
        if not self._marks:
            stop = len(block.text)
        else:
            stop = mark = self._marks[-1]
            elements, end = self._segment(mark)
            if elements[0] == "SE":
                self._marks.pop()
                trailer, stop = elements, end
        self._at = stop
        # Each step begins with the terminator, and one character is counted faster than two.
        self._counted += block.text.count(block.step[0], start, stop)
        if trailer is not None:
            self._end_set(trailer, self._byte(mark))
        elif stop < len(block.text):
            self._end_set(None, 0)
        offsets = block.offsets
        if offsets is not None:
            before = block.text.count(block.step, 0, start)
            offsets = offsets[before : before + self._counted - first + 1]
        return Run(block.text[start:stop], block.step, first, block.base + start, offsets, block.plain)

    def _next_set(self) -> TransactionSet | None:
        """Goes through the envelope up to the next ST; None at the end of the file."""
        while True:
            length = len(self._block.text)
            if self._at >= length:
                if not self._next_block():
                    self._close_interchange()
                    return None
                continue
            mark = self._marks.pop() if self._marks else length
            if mark > self._at:
                self._stray(self._at, self._block.text.count(self._block.step, self._at, mark))
            self._at = mark
            if mark < length:
                elements, end = self._segment(mark)
                if elements[0] == "ST":
                    return self._open_set(elements, self._byte(mark))
                self._at = end
                self._envelope(elements, self._byte(mark), mark)

    def _envelope(self, elements: list[str], offset: int, mark: int) -> None:
        match elements[0]:
            case "GS":
                self._close_group("GS", offset)
                self._group = elements
                self._groups += 1
                # A GS that does not end swallows the whole file.
                self._any_group |= len(elements) <= _ELEMENTS_OF_GS
                self._sets = 0
                self._controls.clear()
            case "GE" if self._group is not None:
                self._check_count("ge-count", "GE01", _text(elements, 1), self._sets, "sets", "GE", offset)
                self._check_control(
                    "ge-control", "GE02", _text(elements, 2), _text(self._group, 6), "GE", offset
                )
                self._group = None
            case "IEA" if self._interchange is not None:
                self._close_group("IEA", offset)
                self._check_count(
                    "iea-count", "IEA01", _text(elements, 1), self._groups, "groups", "IEA", offset
                )
                control = self._interchange.control
                self._check_control("iea-control", "IEA02", _text(elements, 2), control, "IEA", offset)
                self._interchange = None
            case _:
                self._stray(mark, 1)

    def _check_count(
        self, code: str, name: str, declared: str, counted: int, of: str, segment: str, offset: int
    ) -> None:
        if not _same_number(declared, counted):
            text = f"{name} says {declared or 'nothing'}, but {counted} {of} were counted."
            self._faults.add(code, text, place(segment, offset))

    def _check_control(
        self, code: str, name: str, closing: str, opening: str, segment: str, offset: int
    ) -> None:
        if closing.lstrip("0") != opening.lstrip("0"):
            text = f"{name} is {closing or 'empty'}, but the header's control number is {opening or 'empty'}."
            self._faults.add(code, text, place(segment, offset))

    def _stray(self, at: int, number: int) -> None:
        name = clean(self._segment(at)[0][0], 10)
        text = "A segment stands" if number == 1 else f"{number} segments stand"
        where = place(name, self._byte(at))
        self._faults.add("stray-segment", f"{text} outside of a transaction set; not read.", where)

    def _open_interchange(self, block: Block) -> None:
        self._close_interchange()
        self._marks.clear()
        self._at = len(block.text)
        if block.interchange is not None and block.interchange.usable:
            self._interchange = block.interchange
            self._isa_offset = block.base
            if len(self._terminators) < _TERMINATORS_NAMED:
                self._terminators[_in_words(block.interchange.delimiters.segment)] = None
        self._groups = 0
        self._controls.clear()

    def _close_interchange(self) -> None:
        """Says what is missing when an interchange ends without its IEA."""
        if self._interchange is not None:
            self._close_group("ISA", self._isa_offset)
            text = "The interchange has no trailer (IEA)."
            self._faults.add("no-iea", text, place("ISA", self._isa_offset))
        self._interchange = None
        self._group = None

    def _close_group(self, segment: str, offset: int) -> None:
        if self._group is not None:
            control = _text(self._group, 6) or "without number"
            text = f"The functional group {control} has no trailer (GE)."
            self._faults.add("no-ge", text, place(segment, offset))
        self._group = None

    def _open_set(self, elements: list[str], offset: int) -> TransactionSet:
        self._ordinal += 1
        self._sets += 1
        self._counted = 0
        group = self._group or []
        control = _text(elements, 2)
        runs = self._runs(offset)
        opened = TransactionSet(
            code=_text(elements, 1),
            version=_text(elements, 3) or _text(group, 8),
            control=control,
            group_control=_text(group, 6),
            interchange_control=self._interchange.control if self._interchange else "",
            sender=self._interchange.sender if self._interchange else _text(group, 2),
            delimiters=self._block.delimiters,
            ordinal=self._ordinal,
            offset=offset,
            findings=[],
            usage=self._interchange.usage if self._interchange else "",
            segments=_split(runs, self._block.delimiters.element),
            runs=runs,
        )
        if not group and self._interchange is not None:
            self._faults.add("no-gs", "A set stands outside of a functional group (GS).", place("ST", offset))
        if control in self._controls:
            text = f"The set control number {control} was used before in its group."
            opened.findings.append(Finding("st-repeated", text, place("ST", offset, 1)))
        elif len(self._controls) < _REMEMBERED:
            self._controls.add(control)
        self._current = opened
        return opened

    def _end_set(self, trailer: list[str] | None, offset: int) -> None:
        opened = self._current
        self._current = None
        if opened is None:
            return
        if trailer is None:
            text = "The set has no trailer (SE): the file was cut or the trailer left out."
            opened.findings.append(Finding("no-se", text, place("ST", opened.offset, 1)))
            return
        where = place("SE", offset, self._counted)
        declared, control = _text(trailer, 1), _text(trailer, 2)
        if not _same_number(declared, self._counted):
            text = f"SE01 says {declared or 'nothing'}, but {self._counted} segments were counted."
            opened.findings.append(Finding("se-count", text, where))
        if control != opened.control:
            text = f"SE02 is {control or 'empty'}, but ST02 is {opened.control or 'empty'}."
            opened.findings.append(Finding("se-control", text, where))
