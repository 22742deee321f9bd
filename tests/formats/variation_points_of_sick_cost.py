"""V4–V8, V11–V25, V52–V54: the claim, the rate, and the cost of a sick assistant."""

from datetime import date
from decimal import Decimal

from tests.formats.variation_point import Point, rows
from timvis.core.calendar.deadlines import TimeAfterEvent, TimeUnit

SICK = "sick_cost"


def promise(count: int, unit: TimeUnit, event: str) -> TimeAfterEvent:
    return TimeAfterEvent(count=count, unit=unit, event=event)


SICK_COST_POINTS = (
    # --- V4–V6: the claim ----------------------------------------------------------------------------------
    *(
        Point(4, who, "claim_covers", said, kind=SICK, setting=f"claim_covers = {list(said)}".replace("'", '"'))
        for who, said in (
            ("Östhammar, Sandviken: ett sjuktillfälle", ("occasion",)),
            ("Åstorp: högst en kalendermånad", ("calendar_month",)),
            ("Skellefteå: en månad och en brukare, alla assistenter", ("month_with_all_assistants",)),
            ("Vellinge: en assistent, flera perioder", ("assistant_with_several_periods",)),
            ("Kungsbacka: tillfälle, månad eller halvår", ("occasion", "calendar_month", "half_year")),
        )
    ),
    Point(
        4,
        "Linköping: högst tio assistenter",
        "claim_most_assistants",
        10,
        kind=SICK,
        setting="claim_most_assistants = 10",
    ),
    Point(5, "Östhammar: ingen gräns", "claim_limit", "none_stated", kind=SICK, setting='claim_limit = "none_stated"'),
    Point(
        5,
        "Trosa, Bollnäs: tre månader rekommenderas",
        "claim_limit_months",
        3,
        kind=SICK,
        setting='claim_limit = "recommended"\nclaim_limit_months = 3',
    ),
    Point(
        5,
        "Höganäs: tid att komplettera, därefter avslag",
        "claim_limit",
        "completion_then_refusal",
        kind=SICK,
        setting='claim_limit = "completion_then_refusal"\ncompletion_days = 14',
    ),
    *(
        Point(6, who, "payment_promise", said, kind=SICK, setting=f"payment_promise = {written}")
        for who, written, said in (
            (
                "Burlöv: 30 dagar från blanketten",
                '{ days = 30, event = "blanketten" }',
                promise(30, TimeUnit.DAYS, "blanketten"),
            ),
            (
                "Trosa: en månad från beslutet",
                '{ months = 1, event = "beslutet" }',
                promise(1, TimeUnit.MONTHS, "beslutet"),
            ),
            ("Vellinge: tre veckor", '{ weeks = 3, event = "ansökan" }', promise(3, TimeUnit.WEEKS, "ansökan")),
        )
    ),
    # --- V7–V8: the rate -----------------------------------------------------------------------------------
    Point(
        7,
        "Västerås: 95 procent av statens belopp",
        "share_of_state_rate",
        "local.vasteras.share_of_hourly_rate",
        setting='rate_formula = "share_of_state_rate"\nshare_of_state_rate = "local.vasteras.share_of_hourly_rate"',
    ),
    Point(7, "Borås: eget fast belopp", "rate_formula", "own_fixed_rate", setting='rate_formula = "own_fixed_rate"'),
    Point(
        7,
        "Sollentuna, Tjörn: samma som staten",
        rows("rate_level"),
        [{"level": "ordinary", "number": "assistance.hourly_rate"}],
        setting='rate_formula = "equal_to_state_rate"\n'
        '[[setting.rate_level]]\nlevel = "ordinary"\nnumber = "assistance.hourly_rate"',
    ),
    Point(7, "Boden: verklig kostnad", "rate_formula", "real_cost", setting='rate_formula = "real_cost"'),
    Point(
        7,
        "Tranemo: två spår (W-25)",
        rows("rate_level"),
        [
            {"level": "time_report_only", "amount_ore": 26060, "from": date(2019, 1, 1), "to": date(2019, 12, 31)},
            {"level": "documented_cost", "amount_ore": 29980, "from": date(2019, 1, 1), "to": date(2019, 12, 31)},
        ],
        setting='rate_formula = "two_track"\n'
        '[[setting.rate_level]]\nlevel = "time_report_only"\namount_ore = 26060\nfrom = 2019-01-01\nto = 2019-12-31\n'
        '[[setting.rate_level]]\nlevel = "documented_cost"\namount_ore = 29980\nfrom = 2019-01-01\nto = 2019-12-31',
    ),
    Point(
        7,
        "Uppsala: efter slags natt (W-26)",
        rows("rate_level"),
        [{"level": "ordinary", "amount_ore": 29300}, {"level": "whole_night_granted", "amount_ore": 32300}],
        setting='rate_formula = "by_type_of_night"\n'
        '[[setting.rate_level]]\nlevel = "ordinary"\namount_ore = 29300\n'
        '[[setting.rate_level]]\nlevel = "whole_night_granted"\namount_ore = 32300',
    ),
    Point(
        8,
        "Västerås: ören 2019, hela kronor 2020 och 2021 (W-24)",
        lambda one: [(row["from"], row["to_whole"]) for row in rows("rate_rounding")(one)],
        [(date(2019, 1, 1), "ore"), (date(2020, 1, 1), "kronor")],
        setting='[[setting.rate_rounding]]\nfrom = 2019-01-01\nto = 2019-12-31\nto_whole = "ore"\n'
        '[[setting.rate_rounding]]\nfrom = 2020-01-01\nto_whole = "kronor"',
    ),
    # --- V11–V23: what is paid -----------------------------------------------------------------------------
    *(
        Point(
            number,
            who,
            code,
            said,
            kind=SICK,
            setting=f"{code} = {list(said)}".replace("'", '"'),
        )
        for number, code, who, said in (
            (11, "absence_causes", "de flesta: bara sjukdom", ("sickness",)),
            (11, "absence_causes", "Uppsala: även vab", ("sickness", "care_of_child")),
            (
                11,
                "absence_causes",
                "Bollnäs: även havandeskap och föräldraledighet",
                ("sickness", "care_of_child", "pregnancy", "parental_leave"),
            ),
            (
                12,
                "cost_items",
                "Östhammar, Bjuv",
                ("sick_pay", "holiday_pay", "agreement_costs", "social_fees"),
            ),
            (
                12,
                "cost_items",
                "Vetlanda: även försäkringar",
                ("sick_pay", "holiday_pay", "social_fees", "insurances"),
            ),
            (
                12,
                "cost_items",
                "Älmhult: OB och väntetid på egna rader",
                ("sick_pay", "unsocial_hours", "waiting_time"),
            ),
            (
                13,
                "refused_items",
                "Östhammar, Bjuv",
                ("special_sickness_charge", "administration", "interest", "education"),
            ),
            (21, "qualifying_input", "Umeå, Åstorp: dag eller skäl", ("date_or_reason",)),
            (21, "qualifying_input", "Älmhult: timmar och avdrag", ("sick_hours_and_deduction",)),
            (21, "qualifying_input", "Höganäs: beloppet på lönebeskedet", ("amount_on_payslip",)),
            (21, "qualifying_input", "Kungsbacka: avtalet i kopia", ("agreement_copy",)),
        )
    ),
    *(
        Point(number, who, code, said, kind=SICK, setting=f'{code} = "{said}"')
        for number, code, who, said in (
            (15, "holiday_pay_base", "W-03 A: utbetald sjuklön", "paid_sick_pay"),
            (15, "holiday_pay_base", "W-03 B: hela lönen, alla sjuktimmar", "ordinary_pay_all_hours"),
            (14, "holiday_pay_base", "Bjuv, Försäkringskassan: även för karensdagen", "ordinary_pay_all_hours"),
            (14, "holiday_pay_base", "inte för karensdagen", "ordinary_pay_after_deduction"),
            (15, "holiday_pay_base", "W-03 C: hela lönen efter karensdagen", "ordinary_pay_after_deduction"),
            (12, "pension_tax", "W-12: löneskatten med", "included"),
            (12, "pension_tax", "W-12: löneskatten utan", "left_out"),
            (16, "qualifying_regime", "lagen: efter första sjukdagen", "by_first_sick_day"),
            (16, "qualifying_regime", "Uppsala: avtalets mall", "by_agreement_template"),
            (17, "deduction_method", "vägledningen: belopp", "amount"),
            (17, "deduction_method", "Fremia, TMF: de första timmarna", "hours"),
            (17, "deduction_method", "KI: faktor gånger dagslön", "daily_factor"),
            (17, "deduction_method", "lönesystem: fast belopp", "fixed_amount"),
            (17, "deduction_method", "lönesystem: representativ period", "representative_period"),
            (17, "deduction_week_pay", "vägledningen: grundlön", "base_pay"),
            (17, "deduction_week_pay", "med tillägg", "base_pay_and_supplements"),
            (17, "hourly_sick_pay", "W-09: timmen avrundas först", "rounded_to_ore"),
            (21, "deduction_method", "Höganäs: beloppet som dragits", "as_on_payslip"),
            (21, "deduction_line", "egen rad", "own_line"),
            (22, "state_compensation_covers", "augusti 2020: sjuklönen", "sick_pay"),
            (9, "partly_covered", "W-18: första timmarna", "first_hours_in_time_order"),
            (9, "partly_covered", "W-18: fördelat", "spread_over_all_hours"),
            (18, "average_week", "KFO: avtalad grad", "agreed"),
            (18, "average_week", "råd: tre månader tillbaka", "worked"),
            (19, "short_first_day", "Sobona", "day_is_enough"),
            (19, "short_first_day", "annars", "rest_is_carried"),
            (20, "relapse_counts_from", "Lawline, KA", "day_after_last_sick_day"),
            (20, "relapse_counts_from", "Jurio", "first_working_day_back"),
            (20, "certificate_days", "Sobona: för varje period", "each_spell"),
            (23, "social_fees", "lagens tal efter ålder (W-19)", "by_age_as_law_says"),
            (23, "social_fees", "Östhammar: som sökanden visar", "as_shown"),
            (24, "substitute_arranged_by", "Sandviken, Älmhult", "recipient_chooses"),
            (24, "substitute_arranged_by", "Östhammar", "municipality_as_last_resort"),
            (24, "substitute_arranged_by", "Västerås", "contracted_company"),
            (52, "protected_identity", "Linköping: inte e-tjänsten", "by_hand"),
        )
    ),
    *(
        Point(number, who, code, said, kind=SICK, setting=f"{code} = {str(said).lower()}")
        for number, code, who, said in (
            (17, "deduction_fixed_ore", "fast belopp", 70400),
            (18, "average_week_months", "tre månader", 3),
            (21, "tolerance_ore", "W-09: tre ören på avrundningen", 3),
            (24, "cancelled_substitute_is_billed", "Västerås: avbokad debiteras", True),
        )
    ),
    Point(
        17,
        "KI: 1,4 gånger dagslönen",
        "deduction_daily_factor",
        Decimal("1.4"),
        kind=SICK,
        setting="deduction_daily_factor = 1.4",
    ),
    Point(
        22,
        "2020–2022: staten betalar en del (W-21)",
        lambda one: [row["municipality_pays"] for row in rows("state_share")(one)],
        ["agreement_costs_and_holiday_pay", "up_to_share_of_wage_sum"],
        kind=SICK,
        setting="[[setting.state_share]]\nfrom = 2020-04-01\nto = 2020-07-31\n"
        'municipality_pays = "agreement_costs_and_holiday_pay"\n'
        'number = "sick_pay.pandemic.state_paid_employer_cost_in_full"\n'
        "[[setting.state_share]]\nfrom = 2021-12-01\nto = 2022-03-31\n"
        'municipality_pays = "up_to_share_of_wage_sum"\nnumber = "sick_pay.pandemic.state_paid_excess_cost"',
    ),
    Point(
        22,
        "december 2021–mars 2022: högst en andel av lönesumman (W-21)",
        lambda one: [(row.get("wage_sum_to_ore"), row["percent"]) for row in rows("wage_sum_share")(one)],
        [(25_000_000, Decimal("0.35")), (50_000_000, Decimal("0.63")), (None, Decimal("1.07"))],
        kind=SICK,
        setting="".join(
            f"[[setting.wage_sum_share]]\nfrom = 2021-12-01\nto = 2022-03-31\n{up_to}percent = {percent}\n"
            for up_to, percent in (
                ("wage_sum_to_ore = 25000000\n", "0.35"),
                ("wage_sum_to_ore = 50000000\n", "0.63"),
                ("", "1.07"),
            )
        ),
    ),
    Point(
        24,
        "Östhammar: bemanning 08–16.30, annars arbetsledare jourtid; akut beslutas i efterhand",
        lambda one: [(row["from"], row["to"], row["by"]) for row in rows("substitute_desk")(one)],
        [(480, 990, "staffing_assistant"), (0, 1440, "duty_supervisor")],
        kind="substitute_fee",
        setting='acute_application = "decided_afterwards"\n'
        '[[setting.substitute_desk]]\ndays = "working_days"\nfrom = "08.00"\nto = "16.30"\nby = "staffing_assistant"\n'
        '[[setting.substitute_desk]]\ndays = "other_days"\nfrom = "00.00"\nto = "24.00"\nby = "duty_supervisor"',
    ),
    Point(
        25,
        "Östhammar: timbeloppet minus sjukkostnaden, karensdagen för sig (W-23)",
        "substitute_fee",
        "rate_less_sick_cost_by_day",
        kind="substitute_fee",
        setting='substitute_fee = "rate_less_sick_cost_by_day"\nsubstitute_fee_cap = "assistance.hourly_rate"',
    ),
    Point(
        24,
        "Östhammar: ingen har bekräftat, så någon annan tar vid",
        lambda one: [(row["after"], row["to"]) for row in rows("substitute_escalation")(one)],
        [(30, "duty_supervisor"), (60, "section_head")],
        kind="substitute_fee",
        setting='[[setting.substitute_escalation]]\nafter = 30\nto = "duty_supervisor"\n'
        '[[setting.substitute_escalation]]\nafter = 60\nto = "section_head"',
    ),
    Point(
        25,
        "Östhammar: Försäkringskassans blankett i karensen, kommunens egen därefter",
        lambda one: [(row["time"], row["form"]) for row in rows("substitute_time_report")(one)],
        [("state", "fk_3057"), ("own", "own")],
        kind="substitute_fee",
        setting='[[setting.substitute_time_report]]\ntime = "state"\nform = "fk_3057"\n'
        '[[setting.substitute_time_report]]\ntime = "own"\nform = "own"',
    ),
    Point(
        25,
        "karensavdraget: tills det är förbrukat",
        "substitute_qualifying_time",
        "until_consumed",
        kind="substitute_fee",
        setting='substitute_qualifying_time = "until_consumed"',
    ),
    # --- V52–V54 -------------------------------------------------------------------------------------------
    Point(
        53,
        "väntetid ÷ 4 och beredskap ÷ 7 (W-28)",
        lambda one: dict(one.settings),
        {
            "waiting_factor": "assistance.standby.waiting_time_factor",
            "standby_factor": "assistance.standby.on_call_factor",
        },
        setting='waiting_factor = "assistance.standby.waiting_time_factor"\n'
        'standby_factor = "assistance.standby.on_call_factor"',
    ),
    Point(
        54,
        "Uppsala: arbetsförmågan över 75 år",
        "ability_examined_above_age",
        75,
        setting='controls = ["work_ability_by_age"]\nability_examined_above_age = 75',
    ),
    Point(
        54,
        "Kungsbacka: fördjupad kontroll",
        "controls",
        ("in_depth_sampling",),
        kind=SICK,
        setting='controls = ["in_depth_sampling"]\nsampled = 5',
    ),
    Point(
        54,
        "Sigtuna: uppföljningsmöte vid avvikelser",
        "controls",
        ("follow_up_meeting", "deviations_are_marked"),
        kind="home_care",
        setting='controls = ["follow_up_meeting", "deviations_are_marked"]',
    ),
)
