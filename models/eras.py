"""Electronic remittance advices: files 344.4, 344.41, 344.42 and the EEOB detail of 361.1 (behaviour 2.2, 2.7)."""

import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, words
from models.words.remittances import EraMatchStatus, MatchReason, PostStatus


class Era(Base):
    """One remittance: an 835 transaction set of one payer for one payment.

    `trace_key` and `payer_key` are what matching compares (trimmed, in capitals, aliases resolved); the
    identifiers themselves stay as they came. `match_reason` says why it has its money. `date` is BPR16, or the
    production date; `dated` is False when the file names neither and the day it came stands for it. `content`
    is a digest of what it says (payee, payer name, claims, adjustments), by which it is known when it comes
    again. Left out of file 344.4: MRA type (all are ERAs), mail message list (the transaction set is named
    instead); removal, paper-EOB and suspense fields come with their options.
    """

    __tablename__ = "era"
    __table_args__ = (
        UniqueConstraint("payer_key", "trace_key", "date", "total", "content"),
        Index("ix_era_match", "trace_key", "payer_key", "match_status", "date"),
        Index("ix_era_received_at_id", "received_at", "id"),
        Index("ix_era_date_id", "date", "id"),
        Index("ix_era_total_id", "total", "id"),
        Index("ix_era_payer_name_id", "payer_name", "id"),
        Index("ix_era_post_status_received_at_id", "post_status", "received_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trace: Mapped[str]
    trace_key: Mapped[str]
    payer_id: Mapped[str]
    payer_key: Mapped[str]
    payer_name: Mapped[str]
    date: Mapped[datetime.date]
    dated: Mapped[bool]
    total: Mapped[Decimal]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime.datetime]
    received: Mapped[datetime.date] = mapped_column(index=True)
    method: Mapped[str]
    handling: Mapped[str]
    match_status: Mapped[EraMatchStatus] = mapped_column(words(EraMatchStatus), index=True)
    match_reason: Mapped[MatchReason | None] = mapped_column(words(MatchReason))
    post_status: Mapped[PostStatus] = mapped_column(words(PostStatus))
    check_number: Mapped[str]
    eeob_count: Mapped[int]
    approximate_eeobs: Mapped[int]
    payee_name: Mapped[str]
    payee_id: Mapped[str]
    production_date: Mapped[datetime.date | None]
    balanced_lines: Mapped[bool]
    balanced_claims: Mapped[bool]
    balanced: Mapped[bool]
    transaction_set_id: Mapped[int] = mapped_column(ForeignKey("transaction_set.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class ProviderAdjustment(Base):
    """An adjustment of a whole ERA and of no claim in particular (PLB).

    `amount` carries the ledger's sign: money taken is negative (behaviour 3.1).
    """

    __tablename__ = "provider_adjustment"

    era_id: Mapped[int] = mapped_column(ForeignKey("era.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str]
    code: Mapped[str]
    amount: Mapped[Decimal]
    text: Mapped[str]
    provider: Mapped[str]
    fiscal_date: Mapped[datetime.date | None]


class Eeob(Base):
    """The payer's explanation of one claim in an ERA: charged, paid, and why not more (loop 2100 of the 835).

    A repeated EEOB (`twin_era_id`, `twin_sequence`) keeps its line and its money, but its detail is
    stored once only. `claim` is CLP01 as it came.
    """

    __tablename__ = "eeob"
    __table_args__ = (
        Index("ix_eeob_bill_id", "bill_id"),
        Index("ix_eeob_fingerprint", "fingerprint"),
        {"sqlite_with_rowid": False},
    )

    era_id: Mapped[int] = mapped_column(ForeignKey("era.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    claim: Mapped[str]
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("bill.id"))
    charge: Mapped[Decimal]
    paid: Mapped[Decimal]
    patient_responsibility: Mapped[Decimal | None]
    status: Mapped[str]
    filing_indicator: Mapped[str]
    payer_control: Mapped[str]
    reversal: Mapped[bool]
    patient_name: Mapped[str]
    patient_id: Mapped[str]
    corrected_name: Mapped[str]
    corrected_id: Mapped[str]
    insured_name: Mapped[str]
    insured_id: Mapped[str]
    rendering_name: Mapped[str]
    rendering_npi: Mapped[str]
    rendering_person: Mapped[bool]
    crossover: Mapped[str]
    service_from: Mapped[datetime.date | None]
    service_to: Mapped[datetime.date | None]
    received: Mapped[datetime.date | None]
    facility: Mapped[str]
    frequency: Mapped[str]
    drg: Mapped[str]
    balanced: Mapped[bool]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    twin_era_id: Mapped[int | None]
    twin_sequence: Mapped[int | None]
    segment: Mapped[int]


def _of_eeob() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["era_id", "eeob_sequence"], ["eeob.era_id", "eeob.sequence"])


class EeobLine(Base):
    """One service line of an EEOB: loop 2110 of the 835.

    `units` were paid; `billed_units` is empty where as many were billed.
    """

    __tablename__ = "eeob_line"
    __table_args__ = (_of_eeob(), {"sqlite_with_rowid": False})

    era_id: Mapped[int] = mapped_column(primary_key=True)
    eeob_sequence: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    procedure: Mapped[str]
    modifiers: Mapped[str]
    revenue_code: Mapped[str]
    units: Mapped[str]
    billed_units: Mapped[str]
    charge: Mapped[Decimal]
    paid: Mapped[Decimal]
    allowed: Mapped[Decimal | None]
    original_procedure: Mapped[str]
    service_from: Mapped[datetime.date | None]
    service_to: Mapped[datetime.date | None]
    control_number: Mapped[str]


class ClaimAdjustment(Base):
    """A payer's reason (CAS) for paying less or more than an EEOB or one of its service lines charged.

    `line` is 0 for claim level, else the service line's number.
    """

    __tablename__ = "claim_adjustment"
    __table_args__ = (_of_eeob(), {"sqlite_with_rowid": False})

    era_id: Mapped[int] = mapped_column(primary_key=True)
    eeob_sequence: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column("adjustment_group")
    code: Mapped[str]
    amount: Mapped[Decimal]
    quantity: Mapped[str]


class Remark(Base):
    """A remark code of an EEOB: from MIA or MOA (`line` 0) or from LQ of a service line."""

    __tablename__ = "remark"
    __table_args__ = (_of_eeob(), {"sqlite_with_rowid": False})

    era_id: Mapped[int] = mapped_column(primary_key=True)
    eeob_sequence: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    qualifier: Mapped[str]
    code: Mapped[str]


class EeobAmount(Base):
    """A further amount or count of an EEOB (`line` 0) or of one of its service lines.

    AMT by its qualifier (`AU`), QTY by `QTY` and its qualifier (`QTYCA`), elements of MIA, MOA and CLP by their
    names (`MIA04`). The allowed amount of a line (AMT*B6) stands with the line.
    """

    __tablename__ = "eeob_amount"
    __table_args__ = (_of_eeob(), {"sqlite_with_rowid": False})

    era_id: Mapped[int] = mapped_column(primary_key=True)
    eeob_sequence: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    qualifier: Mapped[str]
    value: Mapped[str]


class EeobReference(Base):
    """A number by which others know a claim (`line` 0) or a service line: a REF segment, such as the policy (1L).

    The control number of a line (REF*6R) stands with the line.
    """

    __tablename__ = "eeob_reference"
    __table_args__ = (_of_eeob(), {"sqlite_with_rowid": False})

    era_id: Mapped[int] = mapped_column(primary_key=True)
    eeob_sequence: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    qualifier: Mapped[str]
    value: Mapped[str]


class EeobDay(Base):
    """A day of a claim (`line` 0) or a service line that has no column of its own: a DTM segment by its qualifier.

    The last day of a period has `-end` behind the qualifier.
    """

    __tablename__ = "eeob_day"
    __table_args__ = (_of_eeob(), {"sqlite_with_rowid": False})

    era_id: Mapped[int] = mapped_column(primary_key=True)
    eeob_sequence: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    qualifier: Mapped[str]
    day: Mapped[datetime.date]


class EeobParty(Base):
    """A further name of a claim with its identifier: an NM1 segment by its entity (NM101).

    The crossover carrier (TT), the corrected priority payer (PR), the other subscriber (GB), and whatever is not
    among the patient, the insured, the corrected name and the rendering provider, which stand with the EEOB.
    """

    __tablename__ = "eeob_party"
    __table_args__ = (_of_eeob(), {"sqlite_with_rowid": False})

    era_id: Mapped[int] = mapped_column(primary_key=True)
    eeob_sequence: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[str]
    person: Mapped[bool]
    name: Mapped[str]
    qualifier: Mapped[str]
    identifier: Mapped[str]


class EraParty(Base):
    """The payer (`PR`) or the payee (`PE`) of an ERA with identifier and address: loops 1000A and 1000B of the 835.

    `address` has a line each for the street and for city, state and code.
    """

    __tablename__ = "era_party"
    __table_args__ = ({"sqlite_with_rowid": False},)

    era_id: Mapped[int] = mapped_column(ForeignKey("era.id"), primary_key=True)
    entity: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    qualifier: Mapped[str]
    identifier: Mapped[str]
    address: Mapped[str]


class EraReference(Base):
    """A further number of an ERA: a REF segment of its payer (`PR`), its payee (`PE`) or its own (no entity).

    What stands in other segments goes by the names of the elements, such as `TRN04`; a provider's totals (TS3, TS2)
    stand behind the numbers of the header, in their order.
    """

    __tablename__ = "era_reference"
    __table_args__ = ({"sqlite_with_rowid": False},)

    era_id: Mapped[int] = mapped_column(ForeignKey("era.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[str]
    qualifier: Mapped[str]
    value: Mapped[str]


class Contact(Base):
    """A way to reach the payer: PER of loop 1000A (`eeob_sequence` 0) or of an EEOB (its number)."""

    __tablename__ = "contact"

    era_id: Mapped[int] = mapped_column(ForeignKey("era.id"), primary_key=True)
    eeob_sequence: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    value: Mapped[str]
