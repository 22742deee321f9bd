"""V29–V40: what home care is paid, with the numbers of W-31 to W-40."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from tests.formats.variation_point import Point, rows
from timvis.core.routine.records import Routine
from timvis.core.routine.terms import PersonalData

HOME = "home_care"
INVOICE = '[[channel]]\nprovider_kinds = ["company"]\nway = "invoice"\ninvoice = "after_summary"\ntext = "Faktura"\n'


def table(code: str, *written: str) -> str:
    return "".join(f"[[setting.{code}]]\n{row}\n" for row in written)


def services(*names: str) -> str:
    return table("service", *(f'name = "{name}"' for name in names))


def price(service: str, amount_ore: int, more: str = "", unit: str = "hour", from_: str = "2021-01-01") -> str:
    return table("price", f'service = "{service}"\nunit = "{unit}"\namount_ore = {amount_ore}\nfrom = {from_}\n{more}')


def prices(*columns: str) -> Callable[[Routine], object]:
    return lambda one: [tuple(row.get(key) for key in columns) for row in rows("price")(one)]


HOME_CARE_POINTS = (
    *(
        Point(
            29,
            who,
            lambda one: one.channels[0].personal_data_on_invoice,
            said,
            kind=HOME,
            tables=f'{INVOICE}personal_data_on_invoice = "{said}"\n',
        )
        for who, said in (
            ("Leksand: inga", PersonalData.NONE),
            ("Sollentuna: initialer och fyra siffror", PersonalData.INITIALS_AND_FOUR_DIGITS),
            ("Vetlanda: namn utan personnummer", PersonalData.NAME),
        )
    ),
    # --- V30–V31: basis and price --------------------------------------------------------------------------
    Point(
        30,
        "Leksand: egen regi mäts, extern redovisar själv",
        rows("pay_basis"),
        [{"form": "own", "basis": "performed_measured"}, {"form": "private", "basis": "performed_self_reported"}],
        kind=HOME,
        setting=table(
            "pay_basis",
            'form = "own"\nbasis = "performed_measured"',
            'form = "private"\nbasis = "performed_self_reported"',
        ),
    ),
    Point(
        30,
        "Finspång: beviljad tid",
        rows("pay_basis"),
        [{"form": "all", "basis": "granted"}],
        kind=HOME,
        setting=table("pay_basis", 'form = "all"\nbasis = "granted"'),
    ),
    Point(
        30,
        "nivåer, med pris per månad",
        prices("service", "unit"),
        [("level_1", "month")],
        kind=HOME,
        setting=table("pay_basis", 'form = "all"\nbasis = "levels"')
        + services("level_1")
        + price("level_1", 350000, unit="month"),
    ),
    Point(
        31,
        "Vetlanda: två områden, måltider och larm per tillfälle, moms ingår (W-31)",
        prices("service", "zone", "unit", "amount_ore"),
        [
            ("care", "town", "hour", 47500),
            ("service", "other", "hour", 44600),
            ("meal", "town", "occasion", 4200),
            ("alarm", "town", "occasion", 14900),
        ],
        kind=HOME,
        setting=services("care", "service", "meal", "alarm")
        + table("zone", 'name = "town"', 'name = "other"')
        + price("care", 47500, 'zone = "town"\nvat_compensated = true')
        + price("service", 44600, 'zone = "other"')
        + price("meal", 4200, 'zone = "town"', "occasion")
        + price("alarm", 14900, 'zone = "town"', "occasion"),
    ),
    Point(
        31,
        "Jönköping: tre områden (W-32)",
        prices("zone", "amount_ore"),
        [("town", 41480), ("villas", 43005), ("country", 50670)],
        kind=HOME,
        setting=services("care")
        + table("zone", 'name = "town"', 'name = "villas"', 'name = "country"')
        + price("care", 41480, 'zone = "town"')
        + price("care", 43005, 'zone = "villas"')
        + price("care", 50670, 'zone = "country"'),
    ),
    Point(
        31,
        "Stockholm: egen och privat, dag, kväll, natt och storhelg",
        prices("time_band", "form", "amount_ore"),
        [("day", "own", 40300), ("day", "private", 41300), ("major", "own", 52900), ("major", "private", 54200)],
        kind=HOME,
        setting=services("escort")
        + table(
            "time_band",
            'name = "day"\ndays = "weekdays"\nfrom = "06.00"\nto = "19.00"',
            'name = "major"\ndays = "major_holidays"\nfrom = "00.00"\nto = "24.00"',
        )
        + price("escort", 40300, 'time_band = "day"\nform = "own"')
        + price("escort", 41300, 'time_band = "day"\nform = "private"')
        + price("escort", 52900, 'time_band = "major"\nform = "own"')
        + price("escort", 54200, 'time_band = "major"\nform = "private"'),
    ),
    Point(
        31,
        "Sollentuna: fyra tider, en från fredag till måndag (W-35)",
        lambda one: [(row["name"], row["days"], row["from"], row["to"]) for row in rows("time_band")(one)],
        [
            ("day", "weekdays", 420, 1140),
            ("evening", "weekdays", 1140, 1380),
            ("night", "weekdays", 1380, 420),
            ("weekend", "friday_to_monday", 1140, 420),
        ],
        kind=HOME,
        setting=services("escort")
        + table(
            "time_band",
            'name = "day"\ndays = "weekdays"\nfrom = "07.00"\nto = "19.00"',
            'name = "evening"\ndays = "weekdays"\nfrom = "19.00"\nto = "23.00"',
            'name = "night"\ndays = "weekdays"\nfrom = "23.00"\nto = "07.00"',
            'name = "weekend"\ndays = "friday_to_monday"\nfrom = "19.00"\nto = "07.00"',
        ),
    ),
    Point(
        31,
        "Tyresö: momskompensation till privata, overhead i egen regi",
        lambda one: dict(one.settings),
        {"vat_compensation": Decimal("1.5"), "overhead": Decimal("1.5")},
        kind=HOME,
        setting="vat_compensation = 1.5\noverhead = 1.5",
    ),
    Point(
        31,
        "Sollentuna: särskilt boende per dygn (W-37)",
        prices("unit", "amount_ore"),
        [("day", 219600)],
        kind=HOME,
        setting=services("residence") + price("residence", 219600, unit="day", from_="2024-04-01"),
    ),
    # --- V32–V34: more or less than granted -----------------------------------------------------------------
    *(
        Point(number, who, code, said, kind=kind, setting=f'{code} = "{said}"')
        for number, code, who, said, kind in (
            (32, "beyond_granted", "Uppsala, Tyresö", "not_paid", "assistance"),
            (32, "beyond_granted", "Sigtuna", "authority_decides", HOME),
            (32, "beyond_granted", "Gävle", "up_to_ceiling", HOME),
            (33, "granted_window", "Tyresö: vecka (W-34)", "week", HOME),
            (33, "granted_window", "Leksand, Sigtuna: månad", "month", HOME),
            (33, "granted_window", "Försäkringskassans tjugo timmar (W-27)", "week", "first_twenty_hours"),
            (34, "wrong_report", "Leksand", "granted_time_is_billed", HOME),
            (34, "wrong_report", "Motala", "new_invoice_is_asked", "assistance"),
            (34, "wrong_report", "Sigtuna", "registered_afterwards", HOME),
            (8, "price_rounding", "härlett pris till hela kronor", "kronor", HOME),
            (30, "part_month", "en nivå efter dagarna", "by_day", HOME),
            (30, "double_staffing", "dubbelbemanning räknas för båda", "each_counts", HOME),
            (30, "cohabitants", "Kristianstad: sambors tid delas", "split", HOME),
            (36, "client_fee", "ingen avgift", "none", HOME),
            (41, "order_receipt", "kvittens i Combine", "care_system", HOME),
            (41, "order_receipt", "kvittens i Phoniro", "time_registration", HOME),
            (42, "no_choice", "Leksand", "dated_turn_list", HOME),
            (42, "no_choice", "Kristianstad", "turn_list_by_area", HOME),
            (42, "no_choice", "Vellinge", "lottery_list", HOME),
            (42, "no_choice", "Habo", "turn_list", HOME),
        )
    ),
    Point(
        30,
        "besök till hela kvartar",
        rows("minute_rounding"),
        [{"minutes": 15, "how": "nearest"}],
        kind=HOME,
        setting=table("minute_rounding", 'minutes = 15\nhow = "nearest"'),
    ),
    Point(32, "Gävle: taket", "ceiling_of_granted", Decimal(110), kind=HOME, setting="ceiling_of_granted = 110"),
    Point(33, "Tyresö: sparas inte", "carries_over", False, kind=HOME, setting="carries_over = false"),
    # --- V35–V40: absence, fees, additions -------------------------------------------------------------------
    Point(
        35,
        "Leksand: allt när ingen förvarning getts (W-36)",
        rows("absence"),
        [{"cause": "no_notice", "percent": Decimal(100)}],
        kind=HOME,
        setting=table("absence", 'cause = "no_notice"\npercent = 100'),
    ),
    Point(
        35,
        "Solna: 75, 55 och 50 procent (W-33)",
        lambda one: [(row["service"], row["percent"]) for row in rows("absence")(one)],
        [("cleaning", Decimal(75)), ("laundry", Decimal(55)), ("care", Decimal(50))],
        kind=HOME,
        setting=services("cleaning", "laundry", "care")
        + table(
            "absence",
            'cause = "declined_visit"\nservice = "cleaning"\npercent = 75',
            'cause = "declined_visit"\nservice = "laundry"\npercent = 55',
            'cause = "declined_visit"\nservice = "care"\npercent = 50',
        ),
    ),
    Point(
        36,
        "Nyköping: 150 kr",
        "client_fee_ore",
        15000,
        kind=HOME,
        setting='client_fee = "fixed"\nclient_fee_ore = 15000',
    ),
    Point(
        36,
        "Vingåker: 100 kr efter tre varningar, utanför maxtaxan, inte vid akut sjukdom (W-40)",
        lambda one: dict(one.settings),
        {
            "client_fee": "fixed",
            "client_fee_ore": 10000,
            "client_fee_after_warnings": 3,
            "client_fee_within_cap": False,
            "client_fee_exempt": ("acute_illness",),
        },
        kind=HOME,
        setting='client_fee = "fixed"\nclient_fee_ore = 10000\nclient_fee_after_warnings = 3\n'
        'client_fee_within_cap = false\nclient_fee_exempt = ["acute_illness"]',
    ),
    Point(
        36,
        "Sollentuna: den vanliga timavgiften",
        "client_fee",
        "ordinary_hour_fee",
        kind=HOME,
        setting='client_fee = "ordinary_hour_fee"',
    ),
    *(
        Point(37, who, rows("notice"), [said], kind=HOME, setting=table("notice", written))
        for who, written, said in (
            (
                "Leksand: den pågående dagsplaneringen",
                'concerns = "provider_pay"\nbefore = "ongoing_day_plan"',
                {"concerns": "provider_pay", "before": "ongoing_day_plan"},
            ),
            (
                "Nyköping: en vardag före, samma klockslag",
                'concerns = "client_fee"\nbefore = "working_day_same_time"\ncount = 1',
                {"concerns": "client_fee", "before": "working_day_same_time", "count": 1},
            ),
            (
                "Vingåker: dagen innan",
                'concerns = "client_fee"\nbefore = "day_before"',
                {"concerns": "client_fee", "before": "day_before"},
            ),
            (
                "Sollentuna: 48 timmar",
                'concerns = "client_fee"\nbefore = "hours_before"\ncount = 48',
                {"concerns": "client_fee", "before": "hours_before", "count": 48},
            ),
            (
                "Huddinge: sju dagar vid känd frånvaro",
                'concerns = "provider_pay"\nbefore = "days_before"\ncount = 7',
                {"concerns": "provider_pay", "before": "days_before", "count": 7},
            ),
        )
    ),
    *(
        Point(number, who, rows("absence"), said, kind=HOME, setting=table("absence", *written))
        for number, who, written, said in (
            (
                38,
                "Leksand: som planerad frånvaro",
                ('cause = "hospital_planned"\npercent = 0',),
                [{"cause": "hospital_planned", "percent": Decimal(0)}],
            ),
            (
                38,
                "Solna: 75 procent dag 1, 25 procent dag 2–5",
                (
                    'cause = "hospital_unplanned"\nfirst_day = 1\nlast_day = 1\npercent = 75',
                    'cause = "hospital_unplanned"\nfirst_day = 2\nlast_day = 5\npercent = 25',
                ),
                [
                    {"cause": "hospital_unplanned", "first_day": 1, "last_day": 1, "percent": Decimal(75)},
                    {"cause": "hospital_unplanned", "first_day": 2, "last_day": 5, "percent": Decimal(25)},
                ],
            ),
            (
                38,
                "Sollentuna: särskilt boende, halva i fjorton dagar (W-37)",
                ('cause = "hospital_unplanned"\nfirst_day = 1\nlast_day = 14\npercent = 50',),
                [{"cause": "hospital_unplanned", "first_day": 1, "last_day": 14, "percent": Decimal(50)}],
            ),
            (
                39,
                "Leksand: ett dygn, räknat från dagen efter (W-36)",
                ('cause = "death"\nfirst_day = 1\nlast_day = 1\ncounted_from = "day_after"\npercent = 100',),
                [
                    {
                        "cause": "death",
                        "first_day": 1,
                        "last_day": 1,
                        "counted_from": "day_after",
                        "percent": Decimal(100),
                    }
                ],
            ),
            (
                39,
                "Solna: samma trappa som oplanerad sjukhusvistelse",
                ('cause = "death"\nfirst_day = 2\nlast_day = 5\npercent = 25',),
                [{"cause": "death", "first_day": 2, "last_day": 5, "percent": Decimal(25)}],
            ),
        )
    ),
    Point(
        40,
        "Solna: fyra timmar för ny brukare, trygghetsbesök 15 minuter",
        rows("addition"),
        [{"kind": "new_recipient", "minutes": 240}, {"kind": "safety_visit", "minutes": 15}],
        kind=HOME,
        setting=table("addition", 'kind = "new_recipient"\nminutes = 240', 'kind = "safety_visit"\nminutes = 15'),
    ),
    Point(
        40,
        "Sollentuna: 10 eller 23 kr per timme, prövas var fjärde månad (W-39)",
        lambda one: [
            (row["ore_per_hour"], row["criteria"], row.get("required"), row["judged_every_months"])
            for row in rows("addition")(one)
        ],
        [(1000, 2, ("1",), 4), (2300, 3, None, 4)],
        kind=HOME,
        setting=table(
            "addition",
            'kind = "quality_1"\nore_per_hour = 1000\ncriteria = 2\nrequired = ["1"]\njudged_every_months = 4',
            'kind = "quality_2"\nore_per_hour = 2300\ncriteria = 3\njudged_every_months = 4',
        ),
    ),
    Point(
        31,
        "priser gäller en tid",
        prices("amount_ore", "from", "to"),
        [(46400, date(2023, 3, 1), date(2024, 2, 29)), (48000, date(2024, 3, 1), None)],
        kind=HOME,
        setting=services("care")
        + price("care", 46400, "to = 2024-02-29", from_="2023-03-01")
        + price("care", 48000, from_="2024-03-01"),
    ),
)
