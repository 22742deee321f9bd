"""Working time: the limits that stop payment (LSS 9 d §, SFB 51:16), and rest, which only warns."""

from timvis.core.facts.records import ShiftFacts, WeekFacts
from timvis.core.review.rule import Quantity, Severity, shift_rule, week_rule


@shift_rule(
    label="Det är inte känt vilken arbetstidslag som gäller",
    cites=["LSS 9 d §", "ATL 3 §"],
    because="Ingen har uppgett vilka gränser för arbetstid som gäller anställningen den {work_on}.",
    severity=Severity.ASKS,
    law=["worktime.atl.ordinary_week"],
)
def working_time_limits_were_not_known(shift: ShiftFacts) -> bool:
    return shift.limits_are_known == 0


@week_rule(
    label="Veckan är längre än den ordinarie arbetstiden",
    cites=["ATL 5 §", "lag (1970:943) 2 §"],
    because="I veckan med {work_on} arbetade assistenten {week_minutes}; ordinarie är {week_limit_minutes} i "
    "genomsnitt över högst fyra veckor.",
    severity=Severity.INFORMS,
    law=["worktime.atl.ordinary_week"],
    excess=("week_minutes", "week_limit_minutes"),
)
def week_was_longer_than_ordinary_working_time(week: WeekFacts) -> bool:
    return (week.limits_are_known == 1) & (week.week_minutes > week.week_limit_minutes)


@week_rule(
    label="Fyra veckor är längre än arbetstidslagen tillåter",
    cites=["LSS 9 d §", "SFB 51:16", "ATL 8 §", "lag (1970:943) 3 §"],
    because="De fyra veckorna till och med veckan med {work_on} blev {four_weeks_minutes}; gränsen med "
    "övertid och jour är {four_weeks_allowed_minutes}.",
    severity=Severity.REFUSES,
    law=["worktime.atl.overtime_4w"],
    excess=("four_weeks_minutes", "four_weeks_allowed_minutes"),
    quantity=Quantity.FOUR_WEEKS,
)
def four_weeks_were_longer_than_the_limit(week: WeekFacts) -> bool:
    return (
        (week.limits_are_known == 1)
        & (week.counts_by_month == 0)
        & (week.four_weeks_minutes > week.four_weeks_allowed_minutes)
    )


@shift_rule(
    label="Månaden är längre än arbetstidslagen tillåter",
    cites=["LSS 9 d §", "SFB 51:16", "ATL 8 §"],
    because="Med passet {work_on} blev månaden {month_minutes}; gränsen är {month_limit_minutes}.",
    severity=Severity.REFUSES,
    law=["worktime.atl.overtime_month"],
    excess=("month_minutes", "month_limit_minutes"),
    quantity=Quantity.MONTH,
)
def month_was_longer_than_the_limit(shift: ShiftFacts) -> bool:
    return (
        (shift.limits_are_known == 1) & (shift.counts_by_month == 1) & (shift.month_minutes > shift.month_limit_minutes)
    )


@shift_rule(
    label="Året är längre än arbetstidslagen tillåter",
    cites=["LSS 9 d §", "SFB 51:16", "ATL 8 §", "lag (1970:943) 3 §"],
    because="Med passet {work_on} blev året {year_minutes}; gränsen är {year_limit_minutes}.",
    severity=Severity.REFUSES,
    law=["worktime.atl.overtime_year"],
    excess=("year_minutes", "year_limit_minutes"),
    quantity=Quantity.YEAR,
)
def year_was_longer_than_the_limit(shift: ShiftFacts) -> bool:
    return (shift.limits_are_known == 1) & (shift.year_minutes > shift.year_limit_minutes)


@week_rule(
    label="Den sammanlagda arbetstiden är för lång i genomsnitt",
    cites=["LSS 9 d §", "SFB 51:16", "ATL 10 b §"],
    because="De sjutton veckorna till och med veckan med {work_on} blev {seventeen_weeks_minutes}; "
    "gränsen är {average_limit_minutes}, 48 timmar i genomsnitt över fyra månader. Semester och "
    "sjukfrånvaro kan ändra svaret.",
    severity=Severity.ASKS,
    law=["worktime.atl.total_week_average"],
    excess=("seventeen_weeks_minutes", "average_limit_minutes"),
    quantity=Quantity.AVERAGE,
)
def total_working_time_was_beyond_the_average(week: WeekFacts) -> bool:
    return (
        (week.limits_are_known == 1)
        & (week.average_is_limited == 1)
        & (week.seventeen_weeks_minutes > week.average_limit_minutes)
    )


@shift_rule(
    label="Dygnsvilan kan ha varit för kort",
    cites=["ATL 13 §"],
    because="Fram till passets slut den {work_on} gick {spell_minutes} utan elva timmars vila i följd. Viloregler "
    "stoppar inte betalning.",
    severity=Severity.INFORMS,
    law=["worktime.atl.daily_rest"],
)
def daily_rest_was_short(shift: ShiftFacts) -> bool:
    return shift.spell_minutes > shift.longest_spell_minutes


@week_rule(
    label="Veckovilan kan ha varit för kort",
    cites=["ATL 14 §", "lag (1970:943) 6 §"],
    because="I veckan med {work_on} hade {week_spell_minutes} gått sedan den senaste vilan på 36 timmar i följd. "
    "Viloregler stoppar inte betalning.",
    severity=Severity.INFORMS,
    law=["worktime.atl.weekly_rest"],
)
def weekly_rest_was_short(week: WeekFacts) -> bool:
    return week.week_spell_minutes > week.longest_week_spell_minutes
