"""Why a set is held whole before anybody looks into it: no interchange, a kind not read, amounts beyond bounds."""

from models.words.intake import TransmissionCategory
from services.clean import clean
from services.intake.sets import Held, IncomingSet, Known, identity


def no_interchange(come: IncomingSet) -> Held:
    """Why a set of a file without ISA is held whole: nobody can say who sent it to whom."""
    return Held(
        TransmissionCategory.STORE_ERROR,
        "The file has no ISA segment, so that sender and receiver are unknown; it is held whole.",
        Known(),
        identity("no ISA", come.message.sha256, str(come.read.ordinal)),
        come.read.findings,
    )


def not_read(come: IncomingSet) -> Held:
    """Why a set of a kind that Lockbox does not read is held."""
    return Held(
        TransmissionCategory.OTHER,
        f"Transaction sets of kind {clean(come.kind, 20)} are not read in this release.",
        Known(),
        identity("kind", come.message.sha256, str(come.read.ordinal)),
        come.read.findings,
    )


def not_storable(come: IncomingSet) -> Held:
    """Why a set is held that the store itself would not take, such as an amount beyond all bounds."""
    return Held(
        TransmissionCategory.STORE_ERROR,
        "The store does not take what this set says; it is held whole.",
        Known(),
        identity("not storable", come.message.sha256, str(come.read.ordinal)),
        come.read.findings,
    )
