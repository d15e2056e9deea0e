"""A store of very many ERAs, and EFTs for half of them: written straight into the tables, in bulk."""

import datetime
from decimal import Decimal

from sqlalchemy import Table
from sqlalchemy.orm import Session

from bench.jobs.site_days import open_store
from bench.jobs.stopwatch import Stopwatch
from models.bulk import bulk_insert
from models.efts import Eft, EftDeposit
from models.eras import Era
from models.messages import Message, TransactionSet
from models.words.intake import Outcome, Validation
from models.words.remittances import EftMatchStatus, EraMatchStatus, PostStatus

PAYERS = 40
_FIRST_DAY = datetime.date(2023, 1, 2)
_DAYS = 1000
_AT_ONCE = 10_000
#: Of a hundred EFTs so many pay another amount than their ERA, and so many have none.
_OTHER_TOTAL, _NO_ERA = 3, 3

_ERA = (
    *("id", "trace", "trace_key", "payer_id", "payer_key", "payer_name", "date", "total", "received_at"),
    *("received", "method", "handling", "match_status", "match_reason", "post_status", "check_number"),
    *("eeob_count",),
    *("approximate_eeobs", "payee_name", "payee_id", "production_date", "balanced_lines", "balanced_claims"),
    *("balanced", "transaction_set_id", "version", "dated", "content"),
)
_EFT = (
    *("deposit_id", "number", "trace", "trace_key", "payer_id", "payer_key", "payer_name", "company_id"),
    *("ach_trace", "bank_file", "twin_id", "amount", "date_paid", "received", "match_status", "match_reason"),
    *("era_id", "recorded", "receipt_line", "returned", "errors", "version"),
)


def make_eras(file: str, eras: str, efts: str) -> dict[str, float]:
    """Fills a store that has a site with ERAs and EFTs that nothing has matched yet."""
    watch = Stopwatch()
    store = open_store(file)
    with store.writing() as session:
        set_id, deposit_id = _origin(session)
        connection = session.connection()
        for model, columns, rows in (
            (Era, _ERA, [_era(number, set_id) for number in range(1, int(eras) + 1)]),
            (Eft, _EFT, [_eft(number, deposit_id, int(eras)) for number in range(1, int(efts) + 1)]),
        ):
            table = model.__table__
            assert isinstance(table, Table)
            for start in range(0, len(rows), _AT_ONCE):
                bulk_insert(connection, table, columns, rows[start : start + _AT_ONCE])
    store.close()
    return watch.stop()


def _origin(session: Session) -> tuple[int, int]:
    """The file, set and deposit that all of them are said to come from."""
    at = datetime.datetime.combine(_FIRST_DAY, datetime.time(), datetime.UTC)
    message = Message(
        sha256="0" * 64,
        file_name="bench",
        kind="835",
        size=0,
        outcome=Outcome.FILED,
        received_at=at,
        received_by=1,
    )
    session.add(message)
    session.flush()
    origin = TransactionSet(
        message_id=message.id,
        ordinal=1,
        kind="835",
        version="005010X221A1",
        control="0001",
        group_control="1",
        interchange_control="000000001",
        sender="BENCH",
        offset=0,
        length=0,
        fingerprint=bytes(16),
        outcome=Outcome.FILED,
        validation=Validation.DONE,
    )
    deposit = EftDeposit(
        number="569000001",
        message_id=message.id,
        account="1",
        date=_FIRST_DAY,
        total=Decimal(0),
        checksum="",
        checksum_error=False,
        received_at=at,
        posted=_FIRST_DAY,
        posted_amount=Decimal(0),
        receipt_id=None,
        record_key="bench",
    )
    session.add_all([origin, deposit])
    session.flush()
    return origin.id, deposit.id


def _payer(number: int) -> tuple[str, str]:
    payer = number * 7 % PAYERS
    return f"9{payer:08d}", f"FICTITIOUS HEALTH PLAN {payer:02d}"


def _total(number: int) -> Decimal:
    return Decimal(number * 7919 % 1_000_000).scaleb(-2)


def _day(number: int) -> datetime.date:
    return _FIRST_DAY + datetime.timedelta(days=number * 613 % _DAYS)


def _era(number: int, set_id: int) -> tuple[object, ...]:
    payer_id, payer_name = _payer(number)
    day = _day(number)
    at = datetime.datetime.combine(day, datetime.time(), datetime.UTC) + datetime.timedelta(
        seconds=number % 86_400
    )
    return (
        *(number, f"T{number:09d}", f"T{number:09d}", payer_id, payer_id, payer_name, day, _total(number)),
        *(at, day, "ACH", "I", EraMatchStatus.UNMATCHED, None, PostStatus.NOT_POSTED, "", 12, 12),
        *("BENCH", "9999999999", day, True, True, True, set_id, 1, True, b"%d" % number),
    )


def _eft(number: int, deposit_id: int, eras: int) -> tuple[object, ...]:
    """EFTs stand in another order than their ERAs; a few pay another amount or have no ERA."""
    kind = number % 100
    era = number * 31 % eras + 1
    payer_id, payer_name = _payer(era)
    trace = f"N{number:09d}" if kind < _NO_ERA else f"T{era:09d}"
    amount = _total(era) + (Decimal(1) if _NO_ERA <= kind < _NO_ERA + _OTHER_TOTAL else Decimal(0))
    day = _day(era)
    return (
        *(deposit_id, number, trace, trace, payer_id, payer_id, payer_name, "1999999999", f"{number:015d}"),
        *("", None, amount, day, day, EftMatchStatus.UNMATCHED, None, None, True, None, False, "", 1),
    )
