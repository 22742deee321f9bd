"""Settings of the claim for the cost of a regular assistant's sickness."""

from timvis.core.routine.catalogue.setting import SICKNESS, Setting
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.shapes import (
    Amount,
    Column,
    Day,
    Factor,
    NumberCode,
    OneOf,
    Percent,
    Rows,
    SomeOf,
    Whole,
    YesNo,
)

_NEEDED = frozenset({ClaimKind.SICK_COST})

SICK_COST = (
    Setting(
        code="substitute_cost_is_shown",
        label="Kostnaden för vikarien ska visas",
        covers=("V9",),
        claim_kinds=SICKNESS,
        shape=YesNo(),
    ),
    Setting(
        code="absence_causes",
        label="Frånvaro som ger ersättning",
        covers=("V11",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=SomeOf(
            {
                "sickness": "sjukdom",
                "care_of_child": "vård av barn",
                "pregnancy": "havandeskap",
                "parental_leave": "föräldraledighet",
            }
        ),
    ),
    Setting(
        code="cost_items",
        label="Kostnader som ingår",
        covers=("V12",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=SomeOf(
            {
                "sick_pay": "sjuklön",
                "holiday_pay": "semesterersättning",
                "agreement_costs": "kostnader enligt avtal",
                "social_fees": "sociala avgifter",
                "insurances": "försäkringar",
                "unsocial_hours": "OB-ersättning, på egen rad",
                "waiting_time": "väntetid, på egen rad",
            }
        ),
    ),
    Setting(
        code="refused_items",
        label="Kostnader som inte ersätts",
        covers=("V13",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=SomeOf(
            {
                "special_sickness_charge": "särskild sjukförsäkringsavgift",
                "administration": "administration",
                "interest": "ränta",
                "education": "utbildning",
            }
        ),
    ),
    Setting(
        code="holiday_pay_base",
        label="Vad semesterersättningen räknas på",
        covers=("V14", "V15"),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf(
            {
                "paid_sick_pay": "den sjuklön som betalas ut",
                "ordinary_pay_all_hours": "ordinarie lön för alla sjuktimmar, också karensen",
                "ordinary_pay_after_deduction": "ordinarie lön för timmarna efter karensen",
            }
        ),
    ),
    Setting(
        code="pension_tax",
        label="Särskild löneskatt på pensionspremien",
        covers=("V12",),
        claim_kinds=SICKNESS,
        shape=OneOf({"included": "ersätts", "left_out": "ersätts inte"}),
    ),
    Setting(
        code="qualifying_regime",
        label="Karensdag eller karensavdrag",
        covers=("V16",),
        claim_kinds=SICKNESS,
        shape=OneOf(
            {
                "by_first_sick_day": "efter sjukperiodens första dag, som lagen säger",
                "by_agreement_template": "efter avtalets egen mall",
            }
        ),
    ),
    Setting(
        code="deduction_method",
        label="Hur karensavdraget räknas",
        covers=("V16", "V17"),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf(
            {
                "amount": "ett belopp: del av en genomsnittlig veckas sjuklön",
                "hours": "timmar: första delen av en genomsnittlig veckas arbetstid, med OB och väntetid",
                "daily_factor": "en dags sjuklön gånger en faktor",
                "as_on_payslip": "det belopp som lönebeskedet visar",
                "fixed_amount": "ett fast belopp",
                "representative_period": "efter en representativ period",
            }
        ),
    ),
    Setting(
        code="deduction_daily_factor",
        label="Faktorn gånger en dags sjuklön",
        covers=("V17",),
        claim_kinds=SICKNESS,
        shape=Factor(),
    ),
    Setting(
        code="deduction_fixed_ore",
        label="Karensavdragets fasta belopp",
        covers=("V17",),
        claim_kinds=SICKNESS,
        shape=Amount(),
    ),
    Setting(
        code="deduction_week_pay",
        label="Vad en genomsnittlig veckas lön innehåller",
        covers=("V17",),
        claim_kinds=SICKNESS,
        shape=OneOf({"base_pay": "grundlön", "base_pay_and_supplements": "grundlön och genomsnittliga tillägg"}),
    ),
    Setting(
        code="deduction_line",
        label="Karensavdraget på egen rad",
        covers=("V21",),
        claim_kinds=SICKNESS,
        shape=OneOf({"own_line": "egen rad", "in_sick_pay": "redan draget från sjuklönens rad"}),
    ),
    Setting(
        code="hourly_sick_pay",
        label="Timmens sjuklön före multiplikationen",
        covers=("V17",),
        claim_kinds=SICKNESS,
        shape=OneOf({"exact": "avrundas inte", "rounded_to_ore": "avrundas till ören"}),
    ),
    Setting(
        code="average_week",
        label="Varifrån en genomsnittlig veckas timmar tas",
        covers=("V18",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf({"agreed": "avtalad tjänstgöringsgrad", "worked": "arbetade timmar i en tid bakåt"}),
    ),
    Setting(
        code="average_week_months",
        label="Hur långt tillbaka den genomsnittliga veckan räknas",
        covers=("V18",),
        claim_kinds=SICKNESS,
        shape=Whole("månader", 1, 24),
    ),
    Setting(
        code="short_first_day",
        label="Resten av karensavdraget efter en kort första sjukdag",
        covers=("V19",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf({"rest_is_carried": "resten dras senare", "day_is_enough": "den dagens sjuklön är hela avdraget"}),
    ),
    Setting(
        code="partly_covered",
        label="Vilka timmar karensavdraget tas från när bara en del har haft vikarie",
        covers=("V9",),
        claim_kinds=SICKNESS,
        shape=OneOf(
            {
                "first_hours_in_time_order": "de första sjuktimmarna i tidsordning",
                "spread_over_all_hours": "jämnt över alla sjuktimmar",
            }
        ),
    ),
    Setting(
        code="relapse_counts_from",
        label="Från vilken dag dagarna till ett återinsjuknande räknas",
        covers=("V20",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf(
            {
                "day_after_last_sick_day": "dagen efter den sista sjukdagen, helger med",
                "first_working_day_back": "den första arbetsdagen tillbaka",
            }
        ),
    ),
    Setting(
        code="certificate_days",
        label="Dagarna till läkarintyget vid återinsjuknande",
        covers=("V10", "V20"),
        claim_kinds=SICKNESS,
        shape=OneOf({"each_spell": "varje sjukdomsfall för sig", "whole_period": "hela sjuklöneperioden i följd"}),
    ),
    Setting(
        code="qualifying_input",
        label="Uppgifter om karens som ska lämnas",
        covers=("V21",),
        claim_kinds=SICKNESS,
        shape=SomeOf(
            {
                "date_or_reason": "dagen för karensen, eller skälet till att ingen dras",
                "sick_hours_and_deduction": "antal sjuklönetimmar och avdraget",
                "amount_on_payslip": "beloppet som har dragits på lönebeskedet",
                "agreement_copy": "avtalets regel om karens, i kopia",
            }
        ),
    ),
    Setting(
        code="state_share",
        label="Perioder då staten betalar en del",
        covers=("V22",),
        claim_kinds=SICKNESS,
        shape=Rows(
            columns={
                "from": Column("från", Day()),
                "to": Column("till", Day()),
                "municipality_pays": Column(
                    "kommunen betalar",
                    OneOf(
                        {
                            "agreement_costs_and_holiday_pay": "avtalskostnader och semesterersättning",
                            "up_to_share_of_wage_sum": "sjuklön upp till en andel av månadens lönesumma, "
                            "och resten som vanligt",
                        }
                    ),
                ),
                "number": Column("enligt talet", NumberCode()),
            },
            key=("from",),
        ),
    ),
    Setting(
        code="wage_sum_share",
        label="Kommunens del av sjuklönen, som andel av månadens lönesumma",
        covers=("V22",),
        claim_kinds=SICKNESS,
        shape=Rows(
            columns={
                "from": Column("från", Day()),
                "to": Column("till", Day()),
                "wage_sum_to_ore": Column("lönesumma till och med", Amount(), is_optional=True),
                "percent": Column("andel", Percent()),
            },
            key=("from", "wage_sum_to_ore"),
        ),
    ),
    Setting(
        code="state_compensation_covers",
        label="Vad statens ersättning för sjuklön räknas av mot",
        covers=("V22",),
        claim_kinds=SICKNESS,
        shape=OneOf(
            {"sick_pay": "sjuklönen", "sick_pay_and_contributions": "sjuklönen och arbetsgivaravgifterna på den"}
        ),
    ),
    Setting(
        code="social_fees",
        label="Sociala avgifter",
        covers=("V23",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf(
            {
                "by_age_as_law_says": "efter assistentens ålder, med lagens tal",
                "as_shown": "som arbetsgivaren visar, dock högst lagens tal",
            }
        ),
    ),
    Setting(
        code="tolerance_ore",
        label="Hur mycket en begärd rad får skilja från den räknade utan att ändras",
        covers=("V21",),
        claim_kinds=SICKNESS,
        shape=Amount(),
    ),
)
