"""Settings of the municipality's own substitute: who arranges one, when, and for what fee."""

from timvis.core.access import Role
from timvis.core.routine.catalogue.setting import SICKNESS, Setting
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.shapes import ClockTime, Column, Day, NumberCode, OneOf, Rows, Whole, YesNo

_FEE = frozenset({ClaimKind.SUBSTITUTE_FEE})

SUBSTITUTE = (
    Setting(
        code="substitute_arranged_by",
        label="Vem som ordnar vikarien",
        covers=("V24",),
        claim_kinds=SICKNESS,
        needed_by=_FEE,
        shape=OneOf(
            {
                "recipient_chooses": "den enskilde väljer vikarie eller pengar",
                "municipality_as_last_resort": "kommunen, men bara när det inte går att lösa annars",
                "contracted_company": "ett företag som har kommunens basansvar",
                "provider": "utföraren",
            }
        ),
    ),
    Setting(
        code="cancelled_substitute_is_billed",
        label="En avbokad vikarie debiteras som bokad",
        covers=("V24",),
        claim_kinds=SICKNESS,
        shape=YesNo(),
    ),
    Setting(
        code="substitute_desk",
        label="Vem som tar emot behov av vikarie, och när",
        covers=("V24",),
        claim_kinds=SICKNESS,
        shape=Rows(
            columns={
                "days": Column(
                    "dagar",
                    OneOf({"working_days": "vardagar", "other_days": "andra dagar", "every_day": "alla dagar"}),
                ),
                "from": Column("från", ClockTime()),
                "to": Column("till", ClockTime()),
                "by": Column(
                    "vem",
                    OneOf(
                        {
                            Role.STAFFING_ASSISTANT: "bemanningsassistent",
                            Role.DUTY_SUPERVISOR: "arbetsledare jourtid",
                            "contracted_company": "företaget med basansvar",
                        }
                    ),
                ),
            },
            key=("days", "from"),
        ),
    ),
    Setting(
        code="substitute_escalation",
        label="Vem som tar vid när ingen har bekräftat",
        covers=("V24",),
        claim_kinds=SICKNESS,
        shape=Rows(
            columns={
                "after": Column("efter", Whole("minuter", 1, 1440)),
                "to": Column(
                    "vem",
                    OneOf(
                        {
                            Role.DUTY_SUPERVISOR: "arbetsledare jourtid",
                            Role.SECTION_HEAD: "enhetschef",
                            Role.AUTHORITY_HEAD: "myndighetschef",
                        }
                    ),
                ),
            },
            key=("after",),
        ),
    ),
    Setting(
        code="substitute_time_report",
        label="Vilken blankett vikariens tid skrivs på",
        covers=("V25",),
        claim_kinds=_FEE,
        shape=Rows(
            columns={
                "time": Column("tid", OneOf({"state": "i karensen", "own": "efter karensen"})),
                "form": Column(
                    "blankett",
                    OneOf(
                        {
                            "fk_3057": "Försäkringskassans blankett 3057",
                            "fk_3059": "Försäkringskassans blankett 3059",
                            "own": "kommunens egen tidrapport",
                        }
                    ),
                ),
                "from": Column("från", Day(), is_optional=True),
                "to": Column("till", Day(), is_optional=True),
            },
            key=("time",),
        ),
    ),
    Setting(
        code="substitute_qualifying_time",
        label="Vilken tid som räknas som karens sedan karensavdraget kom",
        covers=("V25",),
        claim_kinds=_FEE,
        shape=OneOf({"until_consumed": "tills karensavdraget är förbrukat", "first_day": "den första sjukdagen"}),
    ),
    Setting(
        code="substitute_fee",
        label="Hur vikariens avgift räknas",
        covers=("V25",),
        claim_kinds=_FEE,
        needed_by=_FEE,
        shape=OneOf(
            {
                "rate_less_sick_cost_by_day": "timbeloppet gånger timmarna, minus utförarens kostnad för den sjuke; "
                "karensdagen och tiden därefter var för sig",
            }
        ),
    ),
    Setting(
        code="substitute_fee_cap",
        label="Högsta avgift per timme",
        covers=("V25",),
        claim_kinds=_FEE,
        needed_by=_FEE,
        shape=NumberCode(),
    ),
)
