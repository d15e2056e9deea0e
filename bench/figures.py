"""The figures: what each compares, and its bars."""

from collections.abc import Callable
from dataclasses import dataclass

from bench import prepared
from bench.measuring import bar, heading, line, ratio, side_by_side

#: Claims of a set; a set is filed in one transaction.
_A_SET = 100
_MOST_MEMORY = 150.0
#: What takes parts of a second is run so many times as often: a hiccup of the machine weighs more in it.
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: so many runs, over so many claims, ERAs and EFTs."""

    runs: int = 3
    claims: int = 10_000
    many_claims: int = 100_000
    eras: int = 100_000
    efts: int = 50_000
    plbs: int = 50_000
    printed: int = 2_000


QUICK = Size(runs=1, claims=1_000, many_claims=10_000, eras=10_000, efts=5_000, plbs=10_000)


def importing(size: Size) -> None:
    """An 835 imported end to end, beside pyx12's X12Reader merely walking it."""
    heading(f"Import of an 835 of {size.claims:,} claims, its validation apart")
    path = prepared.day(size.claims, _A_SET) / "remittance.835"
    store = prepared.billed(size.claims, _A_SET)
    imported, walked = side_by_side(
        size.runs, ("importing:import_into", store, path), ("importing:walk", path)
    )
    line("lockbox import", imported, f"{size.claims / imported.cpu:,.0f} claims/s")
    line("pyx12 X12Reader, walking", walked)
    bar("import : walk", ratio(imported, walked), 2, "x")
    bar("memory of the import", imported.peak, _MOST_MEMORY, "MB")


def parsing(size: Size) -> None:
    """Reading an 835 and proving its balances, beside a loop that splits and counts."""
    heading(f"Reading an 835 of {size.claims:,} claims, without a store")
    path = prepared.day(size.claims, _A_SET) / "remittance.835"
    read, counted = side_by_side(_SHORT * size.runs, ("parsing:read", path), ("parsing:count", path))
    line("read and proven", read, f"{size.claims / read.cpu:,.0f} claims/s")
    line("split into elements and counted", counted)
    bar("reading : counting", ratio(read, counted), 6, "x")


def others(size: Size) -> None:
    """The other files of the same day: claims and their acknowledgement."""
    heading(f"Import of what else comes for {size.claims:,} claims")
    files = prepared.day(size.claims, _A_SET)
    billed, known = side_by_side(
        size.runs,
        ("importing:import_into", prepared.site(), files / "claims-837p.837"),
        ("importing:import_into", prepared.billed(size.claims, _A_SET), files / "acknowledgement.277"),
    )
    line("837P, its bills made ACTIVE", billed)
    line("277CA", known)


def memory(size: Size) -> None:
    """The peak of importing very large files, in many sets and in one, and of sets that are large in one place."""
    claims = size.many_claims
    heading(f"Memory of importing files of {claims:,} claims")
    many, one = prepared.day(claims, _A_SET), prepared.day(claims, claims)
    bills, nothing = prepared.billed(claims, _A_SET), prepared.site()
    for what, store, path, outcome in (
        ("835, 100 claims a set", bills, many / "remittance.835", "filed"),
        ("835, one set", bills, one / "remittance.835", "filed"),
        ("835, 100 unknown claims a set", nothing, many / "remittance.835", "exception"),
        ("835, one set of unknown claims", nothing, one / "remittance.835", "exception"),
        ("837P, 100 claims a set", nothing, many / "claims-837p.837", "filed"),
        ("837P, one set", nothing, one / "claims-837p.837", "filed"),
        ("837P, one set, its bills on file", bills, one / "claims-837p.837", "duplicate"),
        ("277CA, 100 claims a set", bills, many / "acknowledgement.277", "filed"),
        ("277CA, one set", bills, one / "acknowledgement.277", "filed"),
        ("277CA, one set of unknown claims", nothing, one / "acknowledgement.277", "exception"),
    ):
        (imported,) = side_by_side(1, ("importing:import_into", store, path, outcome))
        line(what, imported, f"{claims / imported.cpu:,.0f} claims/s")
        bar("memory of the import", imported.peak, _MOST_MEMORY, "MB")
    for what, path in (
        (f"835, {size.plbs:,} PLB segments", prepared.plbs(size.plbs)),
        ("835, one claim of 50,000 CAS segments", prepared.big_claim("CAS*CO" + "*45*1.00*1" * 6, 50_000)),
        ("835, one claim of 50,000 REF segments", prepared.big_claim("REF*1L*" + "X" * 990, 50_000)),
    ):
        (imported,) = side_by_side(1, ("importing:import_into", prepared.known_bill(), path))
        line(what, imported)
        bar("memory of the import", imported.peak, _MOST_MEMORY, "MB")
    _bank_memory(size)


def _bank_memory(size: Size) -> None:
    """The peak of importing a bank's very large files, and of recording what they brought."""
    efts = size.many_claims
    heading(f"Memory of importing ACH files of {efts:,} EFTs")
    files, nothing, paid = prepared.bank(efts), prepared.site(), prepared.paid(efts)
    for what, store, name, outcome in (
        ("ACH, 1,000 EFTs a batch", nothing, "few-batches", "filed"),
        ("ACH, a batch for each EFT", nothing, "many-batches", "filed"),
        ("ACH, its EFTs on file", paid, "many-batches", "duplicate"),
        ("ACH, its last total wrong", nothing, "wrong-total", "exception"),
        ("ACH, a hundredth of the EFTs, 300 addenda each", nothing, "addenda", "filed"),
        ("ACH, CTX with remittances of unknown bills", nothing, "ctx", "exception"),
    ):
        (imported,) = side_by_side(1, ("importing:import_into", store, files / f"{name}.ach", outcome))
        line(what, imported)
        bar("memory of the import", imported.peak, _MOST_MEMORY, "MB")
    (night,) = side_by_side(1, ("night:run_night", paid))
    line("nightly", night, f"{night.told('efts'):,.0f} EFTs in {night.told('deposits'):,.0f} deposits")
    bar("memory of the night job", night.peak, _MOST_MEMORY, "MB")


def start(size: Size) -> None:
    """From starting the program to the first menu on a terminal."""
    heading("lockbox to the first painted menu")
    menu, python = side_by_side(size.runs, ("screens:first_menu", prepared.site()), ("screens:start_python",))
    line("lockbox", menu, f"{menu.told('bytes'):,.0f} bytes")
    line("python -c pass", python)
    bar("first paint", menu.wall * 1000, 700, "ms")
    bar("memory of the program", menu.peak, _MOST_MEMORY, "MB")


def matching(size: Size) -> None:
    """The night's matching: a few statements, whatever the number of EFTs."""
    heading(f"Matching {size.efts:,} EFTs to {size.eras:,} ERAs")
    (matched,) = side_by_side(size.runs, ("matching:match", prepared.many_eras(size.eras, size.efts)))
    counts = " ".join(f"{matched.told(name):,.0f} {name}" for name in ("matched", "mismatched", "unmatched"))
    line("match_deposits", matched, counts)
    bar("statements", matched.told("statements"), 20, "")
    bar("memory", matched.peak, _MOST_MEMORY, "MB")


def listing(size: Size) -> None:
    """The ERA List through a pseudo-terminal: opened, paged, jumped through; the price of a key."""
    heading(f"ERA List of {size.eras:,} ERAs")
    (seen,) = side_by_side(size.runs, ("screens:era_list", prepared.many_eras(size.eras, size.efts)))
    line("the whole sitting", seen, f"{seen.told('pages'):,.0f} pages")
    for name, what in (
        ("open", "open"),
        ("page", "next page"),
        ("last", "last page"),
        ("back", "page before the last"),
        ("first", "first page"),
        ("marker", "marker move"),
        ("edge", "marker move that scrolls, the dearest"),
        ("key", "key at the prompt"),
    ):
        print(f"  {what:<46}{seen.told(f'{name}_ms'):8.1f} ms {seen.told(f'{name}_bytes'):8.0f} bytes")
    bar("last page : next page", seen.told("last_ms") / seen.told("page_ms"), 3, "x")
    for name, what, most in (("page", "page", 2200), ("marker", "marker move", 210), ("key", "key", 50)):
        bar(f"bytes of a {what}", seen.told(f"{name}_bytes"), most, "bytes")
    # What comes into sight must be sent: five lines of text, of which a long trace or payer makes more.
    bar("bytes of a marker move that scrolls, median", seen.told("edge_median_bytes"), 210, "bytes")
    bar("memory of the program", seen.peak, _MOST_MEMORY, "MB")


def sorting(size: Size) -> None:
    """The ERA List sorted by two levels: whatever the keys, its last page is as near as the next one."""
    heading(f"Sort List of {size.eras:,} ERAs, by every key in both directions")
    (seen,) = side_by_side(size.runs, ("screens:era_sorts", prepared.many_eras(size.eras, size.efts)))
    line("all sorts", seen)
    print(f"  {'the dearest sort':<46}{seen.told('sort_ms'):8.1f} ms")
    bar("dearest last page : next page", seen.told("last_ms") / seen.told("page_ms"), 3, "x")


def padding(size: Size) -> None:
    """The scratch pad of a small ERA and of a large one: opened, paged, and back on it after a split."""
    few, many = size.printed // 100, size.printed
    heading(f"A scratch pad of {few:,} EEOBs and one of {many:,}, through a pseudo-terminal")
    small, large = side_by_side(
        size.runs,
        ("screens:scratch_pad", prepared.on_pad(few)),
        ("screens:scratch_pad", prepared.on_pad(many)),
    )
    for name, what in (("open", "opened"), ("page", "next page"), ("last", "last page"), ("split", "split")):
        taken, usual = large.told(f"{name}_ms"), small.told(f"{name}_ms")
        print(f"  {what:<46}{usual:8.1f} ms {taken:8.1f} ms")
        bar(f"{what}, large : small", taken / usual, 2, "x")


def leaving(size: Size) -> None:
    """A key, and the end of the session, while the queue of validation is worked beside the screens."""
    heading("Typing and leaving while a remittance is validated")
    store = prepared.queued(size.claims, _A_SET)
    (seen,) = side_by_side(size.runs, ("screens:while_validating", store))
    line("hang-up to the end of the program", seen)
    bar("a key, median", seen.told("key_ms"), 250, "ms")
    bar("hang-up to the end", seen.told("leave_ms"), 3000, "ms")


def printing(size: Size) -> None:
    """The print of an ERA with the whole detail of its EEOBs, a small one and a large one."""
    few, many = size.printed // 100, size.printed
    heading(f"Printing an ERA whole, of {few:,} EEOBs and of {many:,}")
    small, large = prepared.remitted(few), prepared.remitted(many)
    short, long, short_pdf, long_pdf = side_by_side(
        size.runs,
        ("printing:print_era", small),
        ("printing:print_era", large),
        ("printing:print_era_as_pdf", small),
        ("printing:print_era_as_pdf", large),
    )
    for printed, eeobs in ((short, few), (long, many)):
        line(f"{eeobs:,} EEOBs as sheets and as CSV", printed, f"{printed.told('sheets'):,.0f} sheets")
    for printed, eeobs in ((short_pdf, few), (long_pdf, many)):
        line(f"{eeobs:,} EEOBs as PDF", printed, f"a document of {printed.told('megabytes'):.1f} MB")
    bar("memory : that of a small one", long.peak / short.peak, 1.2, "x")
    bar("memory of the print", long.peak, _MOST_MEMORY, "MB")
    # A PDF is whole before it is written: the document itself comes on top.
    bar("memory of a PDF : that of a small one", long_pdf.peak / short_pdf.peak, 1.6, "x")
    bar("memory of the PDF", long_pdf.peak, _MOST_MEMORY, "MB")


FIGURES: dict[str, Callable[[Size], None]] = {
    "import": importing,
    "parse": parsing,
    "others": others,
    "start": start,
    "match": matching,
    "list": listing,
    "sort": sorting,
    "pad": padding,
    "leave": leaving,
    "print": printing,
    "memory": memory,
}
