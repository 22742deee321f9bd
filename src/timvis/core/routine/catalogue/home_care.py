"""Settings of home care: what is paid, at which price, and what happens when nobody is at home."""

from timvis.core.access import Role
from timvis.core.routine.catalogue.setting import HOME, Setting
from timvis.core.routine.shapes import (
    Amount,
    ClockTime,
    Column,
    Day,
    DayRule,
    Label,
    Name,
    OneOf,
    Percent,
    Rows,
    SomeOf,
    Whole,
    YesNo,
)

_FORM = OneOf({"own": "kommunens egen", "private": "privat", "all": "alla"})
_LABEL = Column("kallas", Label(), is_optional=True)
_WHO = OneOf({Role.PROVIDER_ADMIN: "utföraren", Role.RECIPIENT: "den enskilde", Role.CASE_OFFICER: "handläggaren"})

HOME_CARE = (
    Setting(
        code="pay_basis",
        label="Vad hemtjänsten betalas efter",
        covers=("V30",),
        claim_kinds=HOME,
        needed_by=HOME,
        shape=Rows(
            columns={
                "form": Column("regi", _FORM),
                "basis": Column(
                    "betalas efter",
                    OneOf(
                        {
                            "performed_measured": "utförd tid, mätt på plats",
                            "performed_self_reported": "utförd tid, som utföraren redovisar",
                            "granted": "beviljad tid",
                            "levels": "nivåer",
                        }
                    ),
                ),
            },
            key=("form",),
        ),
    ),
    Setting(
        code="service",
        label="Insatser",
        covers=("V31",),
        claim_kinds=HOME,
        needed_by=HOME,
        shape=Rows(
            columns={
                "name": Column("namn", Name()),
                "label": _LABEL,
                "minutes": Column("schablontid", Whole("minuter", 1, 1440), is_optional=True),
            },
            key=("name",),
        ),
    ),
    Setting(
        code="zone",
        label="Områden med eget pris",
        covers=("V31",),
        claim_kinds=HOME,
        shape=Rows(columns={"name": Column("namn", Name()), "label": _LABEL}, key=("name",)),
    ),
    Setting(
        code="time_band",
        label="Tider med eget pris",
        covers=("V31",),
        claim_kinds=HOME,
        shape=Rows(
            columns={
                "name": Column("namn", Name()),
                "label": _LABEL,
                "days": Column(
                    "dagar",
                    OneOf(
                        {
                            "every_day": "alla dagar",
                            "weekdays": "måndag till fredag",
                            "friday_to_monday": "från fredag till måndag",
                            "holidays": "helgdagar",
                            "major_holidays": "storhelger",
                        }
                    ),
                ),
                "from": Column("från", ClockTime()),
                "to": Column("till", ClockTime()),
            },
            key=("name", "days", "from"),
        ),
    ),
    Setting(
        code="price",
        label="Priser",
        covers=("V30", "V31", "V40"),
        claim_kinds=HOME,
        needed_by=HOME,
        shape=Rows(
            columns={
                "service": Column("insats", Name(("service", "name"))),
                "zone": Column("område", Name(("zone", "name")), is_optional=True),
                "time_band": Column("tid", Name(("time_band", "name")), is_optional=True),
                "form": Column("regi", _FORM, is_optional=True),
                "unit": Column(
                    "per",
                    OneOf({"hour": "timme", "occasion": "tillfälle", "day": "dygn", "month": "månad"}),
                ),
                "amount_ore": Column("pris", Amount()),
                "vat_compensated": Column("momskompensation ingår", YesNo(), is_optional=True),
                "from": Column("från", Day()),
                "to": Column("till", Day(), is_optional=True),
            },
            key=("service", "zone", "time_band", "form"),
        ),
    ),
    Setting(
        code="price_rounding",
        label="Hur ett härlett pris avrundas",
        covers=("V8",),
        claim_kinds=HOME,
        shape=OneOf({"ore": "till hela ören", "kronor": "till hela kronor"}),
    ),
    Setting(
        code="part_month",
        label="Hur en nivå räknas som inte har gällt hela månaden",
        covers=("V30",),
        claim_kinds=HOME,
        shape=OneOf({"by_day": "efter dagarna", "whole": "hela månadens belopp"}),
    ),
    Setting(
        code="minute_rounding",
        label="Hur varje besöks tid avrundas",
        covers=("V30",),
        claim_kinds=HOME,
        shape=Rows(
            columns={
                "minutes": Column("till hela", Whole("minuter", 1, 60)),
                "how": Column("hur", OneOf({"nearest": "närmaste", "up": "uppåt", "down": "nedåt"})),
            },
        ),
    ),
    Setting(
        code="double_staffing",
        label="Ett besök med två anställda",
        covers=("V30",),
        claim_kinds=HOME,
        shape=OneOf({"each_counts": "räknas för var och en", "counts_once": "räknas en gång"}),
    ),
    Setting(
        code="cohabitants",
        label="Ett besök som flera i samma hushåll delar",
        covers=("V30",),
        claim_kinds=HOME,
        shape=OneOf({"split": "tiden delas", "whole": "hela tiden räknas för var och en"}),
    ),
    Setting(
        code="visit_signals",
        label="När registrerade besök ser konstiga ut",
        covers=(),
        claim_kinds=HOME,
        shape=Rows(
            columns={
                "metres_per_minute": Column("fortare än, fågelvägen", Whole("meter i minuten", 100, 5000)),
                "fewest_visits": Column("vanor bedöms av minst", Whole("besök", 2, 1000)),
                "as_planned_percent": Column("på minuten som planerat", Whole("procent", 1, 100)),
                "on_five_minutes_percent": Column("på jämna fem minuter", Whole("procent", 1, 100)),
                "by_hand_percent": Column("registrerat för hand", Whole("procent", 1, 100)),
            },
        ),
    ),
    Setting(
        code="vat_compensation",
        label="Momskompensation till privata utförare",
        covers=("V31",),
        claim_kinds=HOME,
        shape=Percent(),
    ),
    Setting(
        code="overhead",
        label="Avdrag för overhead i egen regi",
        covers=("V31",),
        claim_kinds=HOME,
        shape=Percent(),
    ),
    Setting(
        code="absence",
        label="Ersättning när insatsen inte blir av, som andel av priset",
        covers=("V35", "V38", "V39"),
        claim_kinds=HOME,
        needed_by=HOME,
        shape=Rows(
            columns={
                "cause": Column(
                    "orsak",
                    OneOf(
                        {
                            "no_notice": "utan förvarning",
                            "declined_visit": "tackat nej till besök",
                            "planned": "planerad frånvaro",
                            "hospital_unplanned": "oplanerad sjukhusvistelse",
                            "hospital_planned": "planerad sjukhusvistelse",
                            "death": "dödsfall",
                        }
                    ),
                ),
                "service": Column("insats", Name(("service", "name")), is_optional=True),
                "first_day": Column("från dag", Whole("", 1, 366), is_optional=True),
                "last_day": Column("till dag", Whole("", 1, 366), is_optional=True),
                "counted_from": Column(
                    "räknat från",
                    OneOf({"same_day": "dagen själv", "day_after": "dagen efter"}),
                    is_optional=True,
                ),
                "percent": Column("andel", Percent()),
            },
            key=("cause", "service", "first_day"),
        ),
    ),
    Setting(
        code="client_fee",
        label="Den enskildes avgift vid missat besök",
        covers=("V36",),
        claim_kinds=HOME,
        shape=OneOf(
            {"none": "ingen avgift", "fixed": "en fast avgift", "ordinary_hour_fee": "den vanliga timavgiften"}
        ),
    ),
    Setting(
        code="client_fee_ore",
        label="Den fasta avgiften vid missat besök",
        covers=("V36",),
        claim_kinds=HOME,
        shape=Amount(),
    ),
    Setting(
        code="client_fee_after_warnings",
        label="Antal varningar före avgiften",
        covers=("V36",),
        claim_kinds=HOME,
        shape=Whole("varningar", 0, 100),
    ),
    Setting(
        code="client_fee_within_cap",
        label="Avgiften räknas in i maxtaxan",
        covers=("V36",),
        claim_kinds=HOME,
        shape=YesNo(),
    ),
    Setting(
        code="client_fee_exempt",
        label="Skäl som befriar från avgiften",
        covers=("V36",),
        claim_kinds=HOME,
        shape=SomeOf({"acute_illness": "akut sjukdom", "death": "dödsfall", "hospital": "sjukhusvistelse"}),
    ),
    Setting(
        code="notice",
        label="När besked om frånvaro måste lämnas",
        covers=("V37",),
        claim_kinds=HOME,
        needed_by=HOME,
        shape=Rows(
            columns={
                "concerns": Column(
                    "gäller",
                    OneOf({"provider_pay": "ersättningen till utföraren", "client_fee": "den enskildes avgift"}),
                ),
                "before": Column(
                    "besked före",
                    OneOf(
                        {
                            "ongoing_day_plan": "den pågående dagsplaneringen",
                            "working_day_same_time": "samma klockslag en eller flera vardagar innan",
                            "day_before": "dagen innan",
                            "hours_before": "ett antal timmar innan",
                            "days_before": "ett antal dagar innan",
                        }
                    ),
                ),
                "count": Column("antal", Whole("", 1, 366), is_optional=True),
            },
            key=("concerns",),
        ),
    ),
    Setting(
        code="addition",
        label="Tillägg",
        covers=("V40",),
        claim_kinds=HOME,
        shape=Rows(
            columns={
                "kind": Column(
                    "slag",
                    OneOf(
                        {
                            "new_recipient": "ny brukare",
                            "safety_visit": "trygghetsbesök",
                            "quality_1": "kvalitetsersättning, nivå 1",
                            "quality_2": "kvalitetsersättning, nivå 2",
                        }
                    ),
                ),
                "minutes": Column("tid", Whole("minuter", 1, 6000), is_optional=True),
                "ore_per_hour": Column("per timme", Amount(), is_optional=True),
                "criteria": Column("uppfyllda krav", Whole("krav", 1, 20), is_optional=True),
                "required": Column(
                    "krav som måste vara med",
                    SomeOf({str(number): f"krav {number}" for number in range(1, 10)}),
                    is_optional=True,
                ),
                "judged_every_months": Column("prövas var", Whole("månader", 1, 12), is_optional=True),
            },
            key=("kind",),
            one_of=("minutes", "ore_per_hour"),
        ),
    ),
    Setting(
        code="order_receipt",
        label="Hur en beställning kvitteras",
        covers=("V41",),
        claim_kinds=HOME,
        shape=OneOf(
            {
                "care_system": "i verksamhetssystemet",
                "time_registration": "i systemet för tidregistrering",
                "letter": "med brev eller e-post",
            }
        ),
    ),
    Setting(
        code="order_reminder",
        label="När någon påminns om en beställning, och när det lämnas uppåt",
        covers=("V41",),
        claim_kinds=HOME,
        shape=Rows(
            columns={
                "clock": Column(
                    "väntar på",
                    OneOf(
                        {
                            "confirmation": "bekräftelsen",
                            "start": "den första hjälpen",
                            "plan": "genomförandeplanen",
                            "documentation": "dokumentationen",
                            "follow_up": "uppföljningen",
                        }
                    ),
                ),
                "hours_before": Column("påminnelse före", Whole("timmar", 1, 2400), is_optional=True),
                "hours_after": Column("uppåt efter", Whole("timmar", 1, 2400), is_optional=True),
            },
            key=("clock",),
        ),
    ),
    Setting(
        code="no_choice",
        label="Utförare för den som inte väljer",
        covers=("V42",),
        claim_kinds=HOME,
        shape=OneOf(
            {
                "dated_turn_list": "turordningslista där varje val dateras",
                "turn_list_by_area": "turordning i varje område; den som är full hoppas över och kommer tillbaka",
                "lottery_list": "lottad turordning",
                "turn_list": "turordning",
            }
        ),
    ),
    Setting(
        code="new_provider_joins",
        label="När en ny utförare kommer med i turordningen",
        covers=("V42",),
        claim_kinds=HOME,
        shape=DayRule(),
    ),
    Setting(
        code="told_at_once",
        label="Vad var och en ska berätta genast",
        covers=(),
        claim_kinds=HOME,
        shape=Rows(
            columns={
                "event": Column(
                    "händelse",
                    OneOf(
                        {
                            "needs_change": "behovet ändras",
                            "hospital": "sjukhusvistelse",
                            "death": "dödsfall",
                            "help_is_declined_again_and_again": "hjälpen tackas nej till gång på gång",
                            "planned_discharge": "planerad hemgång från sjukhus",
                            "wish_to_end": "önskan att avsluta",
                            "case_is_ended": "ärendet får avslutas",
                        }
                    ),
                ),
                "by": Column("vem", _WHO),
                "to": Column("till", _WHO),
            },
            key=("event", "by"),
        ),
    ),
    Setting(
        code="capacity_warning",
        label="Andel som återstår till kapacitetstaket när utföraren ska säga till",
        covers=("V43",),
        claim_kinds=HOME,
        shape=Percent(),
    ),
    Setting(
        code="capacity_limits",
        label="Tak som en utförare får sätta",
        covers=("V43",),
        claim_kinds=HOME,
        shape=SomeOf({"hours": "timmar", "area": "geografiskt område"}),
    ),
    Setting(
        code="choice_area",
        label="Områden som utförare väljer att arbeta i",
        covers=("V42", "V43"),
        claim_kinds=HOME,
        shape=Rows(columns={"name": Column("namn", Name()), "label": _LABEL}, key=("name",)),
    ),
    Setting(
        code="change_of_provider",
        label="När ett byte av utförare gäller",
        covers=("V44",),
        claim_kinds=HOME,
        shape=Rows(
            columns={
                "rule": Column(
                    "regel",
                    OneOf(
                        {
                            "days_after_notice": "ett antal dagar efter anmälan",
                            "first_of_month_after_cutoff": "den 1:a i en månad efter anmälan, med en brytdag",
                        }
                    ),
                ),
                "days": Column("dagar", Whole("dagar", 1, 366), is_optional=True),
                "cutoff_day": Column("brytdag", Whole("", 1, 31), is_optional=True),
                "months_after": Column("månader efter", Whole("månader", 1, 12), is_optional=True),
            },
            key=("rule",),
            one_of=("days", "cutoff_day"),
        ),
    ),
)
