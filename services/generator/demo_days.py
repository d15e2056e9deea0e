"""The four weeks of the demo site: every situation of a posting clerk's work, said by hand.

Bills are numbered K6D, two digits of the remittance that pays them, two of the claim in it.
"""

import datetime
from dataclasses import dataclass, replace

from services.generator.demo_claims import (
    OldBill,
    cents,
    claim,
    deductible,
    denied,
    institutional,
    line,
    person,
    plain,
    secondary,
)
from services.generator.fictions import PAYERS
from services.generator.scenario import (
    PaymentMethod,
    ScenarioClaim,
    ScenarioPayer,
    ScenarioPlb,
    ScenarioRemittance,
)
from services.generator.site_day import UnpaidClaims

BLUE_RIVER, PRAIRIE, NORTHWIND, COPPER, LAKESHORE, GRANITE = PAYERS

#: Traces by which the demo finds the remittances it works on itself.
POSTED_EFT, POSTED_CHECK, OPEN_RECEIPT, BEGUN = (
    "BR20261013001",
    "0010045501",
    "NW20261014003",
    "LB20261016010",
)

#: The remittance of the manual's examples: a line to split, a clipped payment, a payment without claim.
MAIN_JOB = "05507-93746289"

#: The remittance of the manual's paper check.
PAPER_CHECK = "55555-55555555"

#: An EFT whose remittance never came.
STRAY_EFT = "CC20261030099"

_FIRST = datetime.date(2026, 10, 16)


@dataclass(frozen=True, slots=True)
class DemoDay:
    """What came to the site on one day; `stray` are EFTs without a remittance."""

    date: datetime.date
    remittances: tuple[ScenarioRemittance, ...]
    unpaid: tuple[UnpaidClaims, ...] = ()
    old_bills: tuple[OldBill, ...] = ()
    stray: tuple[ScenarioRemittance, ...] = ()


def demo_days() -> tuple[DemoDay, ...]:
    """The days in their order."""
    return (_first_week(), _second_week(), _third_week(), _fourth_week())


def _week(number: int, weekday: int) -> datetime.date:
    """A weekday (0 Monday to 4 Friday) of one of the weeks, which are numbered from 1."""
    return _FIRST + datetime.timedelta(days=7 * (number - 1) + weekday - 4)


def _paid(
    payer: ScenarioPayer,
    trace: str,
    date: datetime.date,
    *claims: ScenarioClaim,
    method: PaymentMethod = PaymentMethod.ACH,
    plbs: tuple[ScenarioPlb, ...] = (),
    eft: bool = True,
    over: str = "0.00",
) -> ScenarioRemittance:
    """A remittance; `over` is how much more (or, negative, less) its EFT carries."""
    remittance = ScenarioRemittance(payer, trace, date, claims, method, plbs, eft)
    if cents(over):
        remittance = replace(remittance, eft_cents=remittance.total_cents + cents(over))
    return remittance.settled()


def _first_week() -> DemoDay:
    tuesday, wednesday, thursday, friday = (_week(1, day) for day in (1, 2, 3, 4))
    return DemoDay(
        friday,
        (
            _paid(
                *(BLUE_RIVER, POSTED_EFT, tuesday),
                plain("K6D0101", person(1), "210.00", "160.00", "20.00"),
                plain("K6D0102", person(2), "130.00", "75.00"),
                claim(
                    "K6D0103",
                    person(3),
                    line("99214", "180.50", "120.15", "12.00"),
                    line("80053", "140.00", "81.00"),
                ),
            ),
            _paid(
                *(PRAIRIE, "88888-10310325", tuesday),
                plain("K6D0201", person(4), "236.31", "47.26", "100.00"),
                plain("K6D0202", person(4), "161.46", "32.29", "60.00"),
                deductible("K6D0203", person(5), "88.00", "52.40"),
            ),
            _paid(
                *(NORTHWIND, OPEN_RECEIPT, wednesday),
                plain("K6D0301", person(6), "98.00", "64.20", "10.00"),
                plain("K6D0302", person(7), "412.75", "288.00", "35.00"),
            ),
            _paid(
                *(COPPER, "CC20261014004", wednesday),
                institutional(
                    "K6D0401",
                    person(8),
                    line("93000", "310.00", "190.00", "40.00", revenue="0730"),
                    line("71046", "280.00", "155.50", revenue="0320"),
                ),
                institutional("K6D0402", person(9), line("85025", "96.40", "41.10", revenue="0300")),
            ),
            _paid(
                *(LAKESHORE, POSTED_CHECK, thursday),
                plain("K6D0501", person(10), "150.00", "75.00", "25.00"),
                plain("K6D0502", person(11), "66.00", "66.00"),
                method=PaymentMethod.CHECK,
            ),
            _paid(
                *(GRANITE, "GF20261015006", thursday),
                plain("K6D0601", person(12), "240.00", "150.00", "30.00"),
                plain("K6D0602", person(13), "175.00", "105.00"),
                plain("K6D0603", person(14), "58.00", "22.75", "15.00"),
                over="-5.00",
            ),
            _paid(
                *(BLUE_RIVER, "BR20261015007", thursday),
                deductible("K6D0701", person(15), "143.00", "98.60"),
                deductible("K6D0702", person(16), "77.00", "51.00"),
            ),
            _paid(
                *(PRAIRIE, "PS20261016008", friday),
                plain("K6D0801", person(17), "320.00", "211.40", "20.00"),
                eft=False,
            ),
            _paid(
                *(COPPER, "0007731809", friday),
                plain("K6D0901", person(18), "189.00", "118.30", "25.00"),
                method=PaymentMethod.CHECK,
            ),
            _paid(
                *(LAKESHORE, BEGUN, friday),
                plain("K6D1001", person(19), "260.00", "140.00", "20.00"),
                plain("K6D1002", person(19), "91.00", "45.50"),
            ),
        ),
    )


def _second_week() -> DemoDay:
    monday, tuesday, wednesday, thursday, friday = (_week(2, day) for day in range(5))
    return DemoDay(
        friday,
        (
            _paid(
                *(LAKESHORE, MAIN_JOB, monday),
                plain("K6D1101", person(20), "14850.54", "812.00", "120.00"),
                # The payer has put the payment of two claims, 1719.92 and 2341.39, on one of them.
                replace(plain("K6D1102", person(20), "4061.31", "343.99"), billed=False),
                plbs=(
                    ScenarioPlb("WO", "S1234", cents("14.00")),
                    ScenarioPlb("CS", "A1234", cents("-24.00")),
                ),
            ),
            _paid(
                *(PRAIRIE, PAPER_CHECK, tuesday),
                deductible("K6D1201", person(21), "19.47", "19.47"),
                deductible("K6D1202", person(21), "45.00", "31.20"),
                claim("K6D1203", person(22), line("99203", "559.61", "509.61", "50.00", code="3")),
                method=PaymentMethod.CHECK,
            ),
            _paid(GRANITE, "GF20261020013", tuesday, *_sixty()),
            _paid(
                *(BLUE_RIVER, "BR20261021014", wednesday),
                plain("K6D0101", person(1), "210.00", "160.00", "20.00").reversal(),
                replace(plain("K6D0101", person(1), "210.00", "120.00", "20.00"), billed=False),
                plain("K6D1401", person(23), "160.00", "95.00", "15.00"),
                plain("K6D1402", person(24), "104.00", "60.00"),
            ),
            _paid(
                *(NORTHWIND, "NW20261021015", wednesday),
                plain("K6D1501", person(25), "412.40", "243.99", "40.00"),
                plain("K6D1502", person(6), "102.00", "61.10"),
                plbs=(ScenarioPlb("WO", "S5678", cents("14.00")),),
            ),
            _paid(
                *(COPPER, "CC20261022016", thursday),
                plain("K6D1601", person(8), "290.00", "180.00", "25.00"),
                plbs=(ScenarioPlb("CS", "A1234", cents("-24.00")),),
            ),
            # It leaves 75.00 to be kept from a later payment (FB), so that nothing is paid now.
            _paid(
                *(BLUE_RIVER, "BR20261022017", thursday),
                plain("K6D0102", person(2), "130.00", "75.00").reversal(),
            ),
            _paid(
                *(GRANITE, "GF20261023018", friday),
                plain("K6D1801", person(13), "310.00", "200.00", "30.00"),
                plain("K6D1802", person(26), "84.00", "39.60"),
                over="10.00",
            ),
            _paid(
                *(PRAIRIE, "PS20261023019", friday),
                plain("K6D1901", person(27), "133.00", "82.15", "10.00"),
                plain("K6D1902", person(28), "220.00", "140.00", "22.00"),
            ),
        ),
        unpaid=(UnpaidClaims(LAKESHORE, (plain("K6D1190", person(20), "2341.39", "0.00"),)),),
        old_bills=(OldBill("K6D1102", person(20), LAKESHORE, "1719.92", "100.00"),),
    )


def _sixty() -> tuple[ScenarioClaim, ...]:
    """Sixty claims, so many that a clerk would want batches."""
    claims = []
    for number in range(1, 61):
        charge, paid = 60_00 + 3_17 * number, 31_00 + 1_43 * number
        bill, patient = f"K6D13{number:02d}", person(30 + number)
        if number % 12 == 0:
            claims.append(deductible(bill, patient, _dollars(charge), _dollars(paid)))
        else:
            claims.append(plain(bill, patient, _dollars(charge), _dollars(paid), "10.00"))
    return tuple(claims)


def _dollars(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def _third_week() -> DemoDay:
    monday, tuesday, wednesday, thursday, friday = (_week(3, day) for day in range(5))
    again = next(each for each in _second_week().remittances if each.trace == "PS20261023019")
    return DemoDay(
        friday,
        (
            _paid(
                *(BLUE_RIVER, "BR20261026020", monday),
                plain("K6D2001", person(1), "340.00", "230.00", "30.00"),
                plain("K6D2002", person(29), "76.00", "44.00"),
                plbs=(ScenarioPlb("FB", "BR20261022017", cents("75.00")),),
            ),
            _paid(
                *(LAKESHORE, "LB20261026021", monday),
                plain("K6D0501", person(10), "150.00", "75.00", "25.00").reversal(),
                plain("K6D2101", person(19), "370.00", "240.00", "40.00"),
                plain("K6D2102", person(11), "51.00", "33.20"),
            ),
            _paid(
                *(COPPER, "CC20261027022", tuesday),
                denied("K6D2201", person(9), "188.00"),
                plain("K6D2202", person(18), "145.00", "90.00", "15.00"),
            ),
            _paid(
                *(GRANITE, "GF20261027023", tuesday),
                replace(plain("X006301", person(14), "92.00", "55.00"), billed=False),
                plain("K6D2301", person(12), "118.00", "70.00", "10.00"),
            ),
            # None of its bills is known here, so that it is held whole.
            _paid(
                *(NORTHWIND, "NW20261027024", tuesday),
                replace(plain("X006401", person(7), "64.00", "40.00"), billed=False),
                replace(plain("X006402", person(7), "81.00", "52.00"), billed=False),
            ),
            _paid(
                *(PRAIRIE, "PS20261028025", wednesday),
                secondary(
                    *("K6D2501", person(17), "420.00", "95.00"),
                    prior=BLUE_RIVER,
                    prior_paid="210.00",
                    contractual="80.00",
                ),
                replace(
                    secondary(
                        *("K6D2502", person(5), "260.00", "38.00"),
                        prior=COPPER,
                        prior_paid="130.00",
                        contractual="60.00",
                    ),
                    further=GRANITE,
                ),
            ),
            _paid(
                *(BLUE_RIVER, "BR20261028026", wednesday),
                plain("K6D2601", person(15), "161.00", "99.00", "12.00"),
                plbs=(
                    ScenarioPlb("72", "ICNK6D0701", cents("-30.00")),
                    ScenarioPlb("WO", "ICNK6D0701", cents("30.00")),
                ),
            ),
            _paid(
                *(LAKESHORE, "LB20261029027", thursday),
                replace(plain("K6D2701", person(11), "275.00", "170.00", "25.00"), interest_cents=625),
                plbs=(ScenarioPlb("L6", "ICNK6D2701", cents("-6.25")),),
            ),
            _paid(
                *(GRANITE, "GF20261029028", thursday),
                plain("K6D0601", person(12), "240.00", "150.00", "30.00").reversal(),
                replace(plain("K6D0601", person(12), "240.00", "175.00", "30.00"), billed=False),
                plain("K6D2801", person(26), "63.00", "31.00"),
            ),
            replace(again, claims=tuple(replace(each, billed=False) for each in again.claims), eft=False),
            _paid(
                *(COPPER, "CC20261030030", friday),
                replace(plain("K6D3001", person(8), "62.00", "48.00"), billed=False),
                plain("K6D3002", person(9), "205.00", "130.00", "20.00"),
                plain("K6D3003", person(18), "65.50", "6.55").reversal(),
            ),
            _paid(
                *(NORTHWIND, "NW20261030031", friday),
                replace(plain("K6D3101", person(25), "148.00", "86.00", "14.00"), misstated_cents=-100),
                plain("K6D3102", person(6), "57.00", "29.90"),
            ),
        ),
        old_bills=(
            OldBill("K6D3001", person(8), COPPER, "62.00", "0.00"),
            OldBill("K6D3003", person(18), COPPER, "65.50", "58.95"),
        ),
        stray=(_paid(COPPER, STRAY_EFT, friday, plain("K6D9901", person(9), "412.00", "305.20")),),
    )


def _fourth_week() -> DemoDay:
    monday, tuesday, wednesday, thursday, friday = (_week(4, day) for day in range(5))
    first = _first_week().remittances[0].claims[2]
    return DemoDay(
        friday,
        (
            # The payer sends one EEOB a second time, among new ones.
            _paid(
                *(BLUE_RIVER, "BR20261102032", monday),
                replace(first, billed=False),
                plain("K6D3201", person(2), "119.00", "71.40", "10.00"),
            ),
            _paid(
                *(LAKESHORE, "0010045977", monday),
                plain("K6D3301", person(10), "230.00", "145.00", "20.00"),
                plain("K6D3302", person(19), "49.00", "24.50"),
                method=PaymentMethod.CHECK,
            ),
            _paid(
                *(GRANITE, "GF20261103034", tuesday),
                plain("K6D3401", person(26), "133.00", "80.00", "10.00"),
                plain("K6D3402", person(13), "215.00", "132.10", "20.00"),
                plain("K6D3403", person(14), "68.00", "35.00"),
                deductible("K6D3404", person(12), "94.00", "61.00"),
            ),
            _paid(
                *(PRAIRIE, "PS20261103035", tuesday),
                denied("K6D3501", person(27), "154.00"),
                denied("K6D3502", person(28), "99.00"),
            ),
            # One number with the station before it, one with the letter O for a zero.
            _paid(
                *(COPPER, "CC20261104036", wednesday),
                replace(
                    plain("K6D3601", person(8), "171.00", "104.00", "15.00"), bill="442-K6D3601", billed=False
                ),
                replace(plain("K6D3602", person(18), "83.00", "47.00"), bill="K6D36O2", billed=False),
            ),
            _paid(
                *(NORTHWIND, "NW20261104037", wednesday),
                claim(
                    "K6D3701",
                    person(7),
                    line("99203", "210.00", "126.00", "20.00", remark="N362"),
                    line("36415", "18.00", "9.00"),
                    line("90686", "45.00", "45.00"),
                ),
                plain("K6D3702", person(25), "72.00", "40.00"),
            ),
            _paid(
                *(BLUE_RIVER, "BR20261105038", thursday),
                plain("K6D3801", person(16), "880.00", "600.00", "80.00"),
                plain("K6D3802", person(29), "125.00", "77.00", "10.00"),
                over="-20.00",
            ),
            _paid(
                *(LAKESHORE, "LB20261105039", thursday),
                plain("K6D3901", person(11), "310.00", "199.00", "31.00"),
                eft=False,
            ),
            _paid(
                *(PRAIRIE, "PS20261105040", thursday),
                institutional(
                    "K6D4001",
                    person(17),
                    line("93000", "520.00", "333.00", "52.00", revenue="0730"),
                    line("97110", "260.00", "160.00", "26.00", revenue="0420"),
                ),
            ),
            _paid(
                *(COPPER, "0007732144", friday),
                plain("K6D4101", person(9), "141.00", "88.80", "14.00"),
                method=PaymentMethod.CHECK,
            ),
            _paid(
                *(GRANITE, "GF20261106042", friday),
                replace(plain("K6D4201", person(13), "390.00", "240.00", "60.00"), further=PRAIRIE),
            ),
            _paid(*(BLUE_RIVER, "BR20261106043", friday), plain("K6D4301", person(23), "58.00", "36.00")),
        ),
        unpaid=(
            UnpaidClaims(
                COPPER,
                (
                    plain("K6D3601", person(8), "171.00", "104.00"),
                    plain("K6D3602", person(18), "83.00", "47.00"),
                ),
            ),
        ),
    )
