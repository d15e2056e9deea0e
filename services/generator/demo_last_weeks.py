"""The last two weeks of the demo site: what payers correct, refuse, send twice or get wrong.

Bills are numbered as in the first weeks.
"""

from dataclasses import replace

from services.generator.demo_claims import (
    OldBill,
    cents,
    claim,
    deductible,
    deny,
    institutional,
    line,
    person,
    plain,
    secondary,
)
from services.generator.demo_first_weeks import first_week, second_week
from services.generator.demo_scene import (
    BLUE_RIVER,
    COPPER,
    GRANITE,
    LAKESHORE,
    NORTHWIND,
    PRAIRIE,
    STRAY_EFT,
    DemoDay,
    remit,
    weekday,
)
from services.generator.scenario import PaymentMethod, ScenarioPlb
from services.generator.site_day import UnpaidClaims


def third_week() -> DemoDay:
    """Take-backs, denials, unknown and closed bills, other payers, an EFT that nobody explains."""
    monday, tuesday, wednesday, thursday, friday = (weekday(3, day) for day in range(5))
    again = next(each for each in second_week().remittances if each.trace == "PS20261023019")
    return DemoDay(
        friday,
        (
            remit(
                *(BLUE_RIVER, "BR20261026020", monday),
                plain("K6D2001", person(1), "340.00", "230.00", "30.00"),
                plain("K6D2002", person(29), "76.00", "44.00"),
                plbs=(ScenarioPlb("FB", "BR20261022017", cents("75.00")),),
            ),
            remit(
                *(LAKESHORE, "LB20261026021", monday),
                plain("K6D0501", person(10), "150.00", "75.00", "25.00").reversal(),
                plain("K6D2101", person(19), "370.00", "240.00", "40.00"),
                plain("K6D2102", person(11), "51.00", "33.20"),
            ),
            remit(
                *(COPPER, "CC20261027022", tuesday),
                deny("K6D2201", person(9), "188.00"),
                plain("K6D2202", person(18), "145.00", "90.00", "15.00"),
            ),
            remit(
                *(GRANITE, "GF20261027023", tuesday),
                replace(plain("X006301", person(14), "92.00", "55.00"), billed=False),
                plain("K6D2301", person(12), "118.00", "70.00", "10.00"),
            ),
            # None of its bills is known here, so that it is held whole.
            remit(
                *(NORTHWIND, "NW20261027024", tuesday),
                replace(plain("X006401", person(7), "64.00", "40.00"), billed=False),
                replace(plain("X006402", person(7), "81.00", "52.00"), billed=False),
            ),
            remit(
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
            remit(
                *(BLUE_RIVER, "BR20261028026", wednesday),
                plain("K6D2601", person(15), "161.00", "99.00", "12.00"),
                plbs=(
                    ScenarioPlb("72", "ICNK6D0701", cents("-30.00")),
                    ScenarioPlb("WO", "ICNK6D0701", cents("30.00")),
                ),
            ),
            remit(
                *(LAKESHORE, "LB20261029027", thursday),
                replace(plain("K6D2701", person(11), "275.00", "170.00", "25.00"), interest_cents=625),
                plbs=(ScenarioPlb("L6", "ICNK6D2701", cents("-6.25")),),
            ),
            remit(
                *(GRANITE, "GF20261029028", thursday),
                plain("K6D0601", person(12), "240.00", "150.00", "30.00").reversal(),
                replace(plain("K6D0601", person(12), "240.00", "175.00", "30.00"), billed=False),
                plain("K6D2801", person(26), "63.00", "31.00"),
            ),
            replace(again, claims=tuple(replace(each, billed=False) for each in again.claims), eft=False),
            remit(
                *(COPPER, "CC20261030030", friday),
                replace(plain("K6D3001", person(8), "62.00", "48.00"), billed=False),
                plain("K6D3002", person(9), "205.00", "130.00", "20.00"),
                plain("K6D3003", person(18), "65.50", "6.55").reversal(),
            ),
            remit(
                *(NORTHWIND, "NW20261030031", friday),
                replace(plain("K6D3101", person(25), "148.00", "86.00", "14.00"), misstated_cents=-100),
                plain("K6D3102", person(6), "57.00", "29.90"),
            ),
        ),
        old_bills=(
            OldBill("K6D3001", person(8), COPPER, "62.00", "0.00"),
            OldBill("K6D3003", person(18), COPPER, "65.50", "58.95"),
        ),
        stray=(remit(COPPER, STRAY_EFT, friday, plain("K6D9901", person(9), "412.00", "305.20")),),
    )


def fourth_week() -> DemoDay:
    """What comes twice, numbers written another way, and more of the everyday work."""
    monday, tuesday, wednesday, thursday, friday = (weekday(4, day) for day in range(5))
    first = first_week().remittances[0].claims[2]
    return DemoDay(
        friday,
        (
            # The payer sends one EEOB a second time, among new ones.
            remit(
                *(BLUE_RIVER, "BR20261102032", monday),
                replace(first, billed=False),
                plain("K6D3201", person(2), "119.00", "71.40", "10.00"),
            ),
            remit(
                *(LAKESHORE, "0010045977", monday),
                plain("K6D3301", person(10), "230.00", "145.00", "20.00"),
                plain("K6D3302", person(19), "49.00", "24.50"),
                method=PaymentMethod.CHECK,
            ),
            remit(
                *(GRANITE, "GF20261103034", tuesday),
                plain("K6D3401", person(26), "133.00", "80.00", "10.00"),
                plain("K6D3402", person(13), "215.00", "132.10", "20.00"),
                plain("K6D3403", person(14), "68.00", "35.00"),
                deductible("K6D3404", person(12), "94.00", "61.00"),
            ),
            remit(
                *(PRAIRIE, "PS20261103035", tuesday),
                deny("K6D3501", person(27), "154.00"),
                deny("K6D3502", person(28), "99.00"),
            ),
            # One number with the station before it, one with the letter O for a zero.
            remit(
                *(COPPER, "CC20261104036", wednesday),
                replace(
                    plain("K6D3601", person(8), "171.00", "104.00", "15.00"), bill="442-K6D3601", billed=False
                ),
                replace(plain("K6D3602", person(18), "83.00", "47.00"), bill="K6D36O2", billed=False),
            ),
            remit(
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
            remit(
                *(BLUE_RIVER, "BR20261105038", thursday),
                plain("K6D3801", person(16), "880.00", "600.00", "80.00"),
                plain("K6D3802", person(29), "125.00", "77.00", "10.00"),
                over="-20.00",
            ),
            remit(
                *(LAKESHORE, "LB20261105039", thursday),
                plain("K6D3901", person(11), "310.00", "199.00", "31.00"),
                eft=False,
            ),
            remit(
                *(PRAIRIE, "PS20261105040", thursday),
                institutional(
                    "K6D4001",
                    person(17),
                    line("93000", "520.00", "333.00", "52.00", revenue="0730"),
                    line("97110", "260.00", "160.00", "26.00", revenue="0420"),
                ),
            ),
            remit(
                *(COPPER, "0007732144", friday),
                plain("K6D4101", person(9), "141.00", "88.80", "14.00"),
                method=PaymentMethod.CHECK,
            ),
            remit(
                *(GRANITE, "GF20261106042", friday),
                replace(plain("K6D4201", person(13), "390.00", "240.00", "60.00"), further=PRAIRIE),
            ),
            remit(*(BLUE_RIVER, "BR20261106043", friday), plain("K6D4301", person(23), "58.00", "36.00")),
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
