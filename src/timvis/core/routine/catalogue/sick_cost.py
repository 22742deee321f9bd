"""Settings of the claim for the cost of a regular assistant's sickness."""

from timvis.core.routine.catalogue.setting import SICKNESS, Setting
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.shapes import Amount, Column, Day, NumberCode, OneOf, Percent, Rows, SomeOf, Whole, YesNo

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
                "vacation_pay": "semesterersättning",
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
        code="vacation_pay_on_qualifying_day",
        label="Semesterersättning och avgifter för karensdagen ingår",
        covers=("V14",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=YesNo(),
    ),
    Setting(
        code="vacation_pay_base",
        label="Vad semesterersättningen räknas på",
        covers=("V15",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf(
            {
                "paid_sick_pay": "utbetald sjuklön",
                "ordinary_pay_all_sick_hours": "ordinarie lön för alla sjuktimmar",
                "ordinary_pay_after_qualifying_day": "ordinarie lön för timmarna efter karensdagen",
            }
        ),
    ),
    Setting(
        code="vacation_pay_percent",
        label="Semesterersättningens andel",
        covers=("V15",),
        claim_kinds=SICKNESS,
        shape=NumberCode(),
    ),
    Setting(
        code="qualifying_regime",
        label="Karensdag eller karensavdrag",
        covers=("V16",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf(
            {
                "by_first_sick_day": "efter sjukperiodens första dag, som lagen säger",
                "by_agreement_template": "efter avtalets egen mall",
            }
        ),
    ),
    Setting(
        code="qualifying_method",
        label="Hur karensavdraget räknas",
        covers=("V17",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf(
            {
                "amount": "belopp: en andel av en genomsnittlig veckas sjuklön",
                "first_hours": "timmar: de första timmarna, med OB och väntetid",
                "daily_pay_factor": "en fast faktor gånger dagslönen",
                "fixed_amount": "ett fast belopp",
                "representative_period": "en representativ period",
                "as_agreement_says": "som arbetsgivarens kollektivavtal säger",
            }
        ),
    ),
    Setting(
        code="qualifying_daily_factor",
        label="Faktorn gånger dagslönen",
        covers=("V17",),
        claim_kinds=SICKNESS,
        shape=Percent(1, 1000),
    ),
    Setting(
        code="qualifying_fixed_ore",
        label="Karensavdragets fasta belopp",
        covers=("V17",),
        claim_kinds=SICKNESS,
        shape=Amount(),
    ),
    Setting(
        code="average_week",
        label="Genomsnittlig vecka för den som arbetar ojämnt",
        covers=("V18",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf(
            {
                "agreed_rate": "avtalad sysselsättning över begränsningsperioden",
                "months_back": "arbetad tid några månader tillbaka",
            }
        ),
    ),
    Setting(
        code="average_week_months",
        label="Hur långt tillbaka den genomsnittliga veckan räknas",
        covers=("V18",),
        claim_kinds=SICKNESS,
        shape=Whole("månader", 1, 24),
    ),
    Setting(
        code="part_day_sickness",
        label="Karens vid sjukdom en del av dagen",
        covers=("V19",),
        claim_kinds=SICKNESS,
        needed_by=_NEEDED,
        shape=OneOf(
            {
                "equals_that_days_sick_pay": "lika mycket som den dagens sjuklön",
                "completed_on_following_days": "resten dras de följande sjukdagarna",
            }
        ),
    ),
    Setting(
        code="unreplaced_hours",
        label="Karens när bara en del av passen har haft vikarie",
        covers=("V9", "V17"),
        claim_kinds=SICKNESS,
        shape=OneOf(
            {
                "first_hours_in_time_order": "karensen tas från de första timmarna",
                "spread_over_all_hours": "karensen fördelas på alla sjuktimmar",
            }
        ),
    ),
    Setting(
        code="relapse_counted_from",
        label="Varifrån återinsjuknandets dagar räknas",
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
        code="certificate_counted_per_period",
        label="Läkarintygets dagar räknas för varje sjukperiod för sig",
        covers=("V20",),
        claim_kinds=SICKNESS,
        shape=YesNo(),
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
                            "agreement_costs_and_vacation": "avtalskostnader och semesterersättning",
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
)
