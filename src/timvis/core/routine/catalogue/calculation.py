"""Settings of the calculation of hours, and of what an hour is worth."""

from timvis.core.routine.catalogue.setting import ASSISTANCE, HOURS, Setting
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.shapes import Amount, Column, Day, NumberCode, OneOf, Percent, Rows, YesNo

_OWN_HOURS = frozenset({ClaimKind.ASSISTANCE})

CALCULATION = (
    Setting(
        code="granted_window",
        label="Inom vilken tid beviljade timmar används",
        covers=("V33",),
        claim_kinds=HOURS | ASSISTANCE,
        needed_by=HOURS | {ClaimKind.FIRST_TWENTY_HOURS},
        shape=OneOf({"month": "månad", "week": "vecka", "period": "beviljad period"}),
    ),
    Setting(
        code="carries_over",
        label="Oanvända timmar får användas senare",
        covers=("V33",),
        claim_kinds=HOURS,
        shape=YesNo(),
    ),
    Setting(
        code="week_to_period",
        label="Hur timmar per vecka räknas om till en längre tid",
        covers=("V33",),
        claim_kinds=HOURS,
        needed_by=_OWN_HOURS,
        shape=OneOf({"days/7": "dagarna i perioden delade med sju"}),
    ),
    Setting(
        code="takes",
        label="Vilka timmar som ligger utanför det beviljade",
        covers=("V32",),
        claim_kinds=HOURS,
        needed_by=_OWN_HOURS,
        shape=OneOf({"latest_in_time_order": "de senast utförda"}),
    ),
    Setting(
        code="rounding",
        label="Var öret avrundas",
        covers=("V8",),
        claim_kinds=HOURS,
        needed_by=_OWN_HOURS,
        shape=OneOf({"per_line": "på varje rad"}),
    ),
    Setting(
        code="beyond_granted",
        label="Utförd tid utöver beviljad",
        covers=("V32",),
        claim_kinds=HOURS,
        needed_by=frozenset({ClaimKind.HOME_CARE}),
        shape=OneOf(
            {
                "not_paid": "ersätts inte",
                "authority_decides": "myndigheten avgör från fall till fall",
                "up_to_ceiling": "ersätts upp till ett tak",
            }
        ),
    ),
    Setting(
        code="ceiling_of_granted",
        label="Tak för utförd tid, som andel av beviljad",
        covers=("V32",),
        claim_kinds=HOURS,
        shape=Percent(100, 1000),
    ),
    Setting(
        code="waiting_factor",
        label="Omräkning av väntetid",
        covers=("V53",),
        claim_kinds=ASSISTANCE,
        shape=NumberCode(),
    ),
    Setting(
        code="standby_factor",
        label="Omräkning av beredskap",
        covers=("V53",),
        claim_kinds=ASSISTANCE,
        shape=NumberCode(),
    ),
)

MONEY = (
    Setting(
        code="rate_formula",
        label="Hur timbeloppet bestäms",
        covers=("V7",),
        claim_kinds=_OWN_HOURS,
        shape=OneOf(
            {
                "share_of_state_rate": "en andel av statens schablonbelopp",
                "own_fixed_rate": "ett eget fast belopp",
                "equal_to_state_rate": "samma som statens schablonbelopp",
                "real_cost": "den verkliga kostnaden, så länge den är skälig",
                "two_track": "fast belopp mot tidrapport, eller styrkt kostnad upp till ett tak",
                "by_type_of_night": "efter vilket slags natt som är beviljad",
            }
        ),
    ),
    Setting(
        code="share_of_state_rate",
        label="Andel av statens schablonbelopp",
        covers=("V7",),
        claim_kinds=_OWN_HOURS,
        shape=NumberCode(),
    ),
    Setting(
        code="rate_rounding",
        label="Hur ett uträknat timbelopp har avrundats",
        covers=("V8",),
        claim_kinds=_OWN_HOURS,
        shape=Rows(
            columns={
                "from": Column("från", Day()),
                "to": Column("till", Day(), is_optional=True),
                "to_whole": Column("till hela", OneOf({"ore": "ören", "kronor": "kronor"})),
            },
            key=("from",),
        ),
    ),
    Setting(
        code="rate_level",
        label="Timbeloppets nivåer",
        covers=("V7",),
        claim_kinds=_OWN_HOURS,
        shape=Rows(
            columns={
                "level": Column(
                    "nivå",
                    OneOf(
                        {
                            "ordinary": "ordinarie",
                            "whole_night_granted": "hela dygnsvilan beviljad som aktiv tid eller väntetid",
                            "on_application": "högre belopp efter ansökan",
                            "time_report_only": "spår 1: bara tidrapport",
                            "documented_cost": "spår 2: styrkt kostnad, högst",
                        }
                    ),
                ),
                "number": Column("belopp ur talet", NumberCode(), is_optional=True),
                "amount_ore": Column("belopp per timme", Amount(), is_optional=True),
                "from": Column("från", Day(), is_optional=True),
                "to": Column("till", Day(), is_optional=True),
            },
            key=("level",),
            one_of=("number", "amount_ore"),
        ),
    ),
)
