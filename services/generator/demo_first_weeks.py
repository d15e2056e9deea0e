"""The first two weeks of the demo site: everyday remittances and the examples of the manual.

Bills are numbered K6D, two digits of the remittance that pays them, two of the claim in it.
"""

from dataclasses import replace

from services.generator.demo_claims import (
    OldBill,
    cents,
    claim,
    deductible,
    institutional,
    line,
    person,
    plain,
)
from services.generator.demo_scene import (
    BEGUN,
    BLUE_RIVER,
    COPPER,
    GRANITE,
    LAKESHORE,
    MAIN_JOB,
    NORTHWIND,
    OPEN_RECEIPT,
    PAPER_CHECK,
    POSTED_CHECK,
    POSTED_EFT,
    PRAIRIE,
    DemoDay,
    remit,
    weekday,
)
from services.generator.scenario import PaymentMethod, ScenarioClaim, ScenarioPlb
from services.generator.site_day import UnpaidClaims


def first_week() -> DemoDay:
    """What pays as it should, and what lacks its money or has too little."""
    tuesday, wednesday, thursday, friday = (weekday(1, day) for day in (1, 2, 3, 4))
    return DemoDay(
        friday,
        (
            remit(
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
            remit(
                *(PRAIRIE, "88888-10310325", tuesday),
                plain("K6D0201", person(4), "236.31", "47.26", "100.00"),
                plain("K6D0202", person(4), "161.46", "32.29", "60.00"),
                deductible("K6D0203", person(5), "88.00", "52.40"),
            ),
            remit(
                *(NORTHWIND, OPEN_RECEIPT, wednesday),
                plain("K6D0301", person(6), "98.00", "64.20", "10.00"),
                plain("K6D0302", person(7), "412.75", "288.00", "35.00"),
            ),
            remit(
                *(COPPER, "CC20261014004", wednesday),
                institutional(
                    "K6D0401",
                    person(8),
                    line("93000", "310.00", "190.00", "40.00", revenue="0730"),
                    line("71046", "280.00", "155.50", revenue="0320"),
                ),
                institutional("K6D0402", person(9), line("85025", "96.40", "41.10", revenue="0300")),
            ),
            remit(
                *(LAKESHORE, POSTED_CHECK, thursday),
                plain("K6D0501", person(10), "150.00", "75.00", "25.00"),
                plain("K6D0502", person(11), "66.00", "66.00"),
                method=PaymentMethod.CHECK,
            ),
            remit(
                *(GRANITE, "GF20261015006", thursday),
                plain("K6D0601", person(12), "240.00", "150.00", "30.00"),
                plain("K6D0602", person(13), "175.00", "105.00"),
                plain("K6D0603", person(14), "58.00", "22.75", "15.00"),
                over="-5.00",
            ),
            remit(
                *(BLUE_RIVER, "BR20261015007", thursday),
                deductible("K6D0701", person(15), "143.00", "98.60"),
                deductible("K6D0702", person(16), "77.00", "51.00"),
            ),
            remit(
                *(PRAIRIE, "PS20261016008", friday),
                plain("K6D0801", person(17), "320.00", "211.40", "20.00"),
                eft=False,
            ),
            remit(
                *(COPPER, "0007731809", friday),
                plain("K6D0901", person(18), "189.00", "118.30", "25.00"),
                method=PaymentMethod.CHECK,
            ),
            remit(
                *(LAKESHORE, BEGUN, friday),
                plain("K6D1001", person(19), "260.00", "140.00", "20.00"),
                plain("K6D1002", person(19), "91.00", "45.50"),
            ),
        ),
    )


def second_week() -> DemoDay:
    """The manual's examples, a remittance of sixty claims, and what was taken back."""
    monday, tuesday, wednesday, thursday, friday = (weekday(2, day) for day in range(5))
    return DemoDay(
        friday,
        (
            remit(
                *(LAKESHORE, MAIN_JOB, monday),
                plain("K6D1101", person(20), "14850.54", "812.00", "120.00"),
                # The payer has put the payment of two claims, 1719.92 and 2341.39, on one of them.
                replace(plain("K6D1102", person(20), "4061.31", "343.99"), billed=False),
                plbs=(
                    ScenarioPlb("WO", "S1234", cents("14.00")),
                    ScenarioPlb("CS", "A1234", cents("-24.00")),
                ),
            ),
            remit(
                *(PRAIRIE, PAPER_CHECK, tuesday),
                deductible("K6D1201", person(21), "19.47", "19.47"),
                deductible("K6D1202", person(21), "45.00", "31.20"),
                claim("K6D1203", person(22), line("99203", "559.61", "509.61", "50.00", code="3")),
                method=PaymentMethod.CHECK,
            ),
            remit(GRANITE, "GF20261020013", tuesday, *_sixty()),
            remit(
                *(BLUE_RIVER, "BR20261021014", wednesday),
                plain("K6D0101", person(1), "210.00", "160.00", "20.00").reversal(),
                replace(plain("K6D0101", person(1), "210.00", "120.00", "20.00"), billed=False),
                plain("K6D1401", person(23), "160.00", "95.00", "15.00"),
                plain("K6D1402", person(24), "104.00", "60.00"),
            ),
            remit(
                *(NORTHWIND, "NW20261021015", wednesday),
                plain("K6D1501", person(25), "412.40", "243.99", "40.00"),
                plain("K6D1502", person(6), "102.00", "61.10"),
                plbs=(ScenarioPlb("WO", "S5678", cents("14.00")),),
            ),
            remit(
                *(COPPER, "CC20261022016", thursday),
                plain("K6D1601", person(8), "290.00", "180.00", "25.00"),
                plbs=(ScenarioPlb("CS", "A1234", cents("-24.00")),),
            ),
            # It leaves 75.00 to be kept from a later payment (FB), so that nothing is paid now.
            remit(
                *(BLUE_RIVER, "BR20261022017", thursday),
                plain("K6D0102", person(2), "130.00", "75.00").reversal(),
            ),
            remit(
                *(GRANITE, "GF20261023018", friday),
                plain("K6D1801", person(13), "310.00", "200.00", "30.00"),
                plain("K6D1802", person(26), "84.00", "39.60"),
                over="10.00",
            ),
            remit(
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
