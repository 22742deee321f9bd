"""V41–V47: orders, the choice of provider, and every day of the month, with the dates of W-41 to W-46."""

from decimal import Decimal

from tests.formats.variation_point import Point, rows
from timvis.core.calendar.deadlines import DayOfMonth, MonthlyRun, TimeAfterEvent, TimeUnit, WorkingDayOfMonth
from timvis.core.calendar.working_days import Definition
from timvis.core.routine.records import Routine
from timvis.core.routine.terms import Reference

HOME = "home_care"
INVOICE = '[[channel]]\nprovider_kinds = ["company"]\nway = "invoice"\ninvoice = "after_summary"\ntext = "Faktura"\n'


def table(code: str, *written: str) -> str:
    return "".join(f"[[setting.{code}]]\n{row}\n" for row in written)


def dues(routine: Routine) -> object:
    return [step.due for step in routine.steps]


def deadlines(routine: Routine) -> object:
    return [(one.due, one.is_earliest) for one in routine.deadlines]


def step(due: str) -> str:
    return f'[[step]]\nname = "hand_in"\nlabel = "Rapport"\nrole = "provider_admin"\nacts = ["hand_in"]\ndue = {due}\n'


def deadline(due: str, more: str = "") -> str:
    return f'[[deadline]]\nname = "other_day"\nlabel = "Annan dag"\ndue = {due}\n{more}\n'


A, B = Definition.MONDAY_TO_FRIDAY, Definition.SATURDAYS_COUNT

DAY_POINTS = (
    # --- V41–V44: order, choice, capacity, change -------------------------------------------------------------
    Point(
        41,
        "Leksand: bekräfta inom ett dygn, börja inom ett dygn, akut samma dag",
        deadlines,
        [
            (TimeAfterEvent(count=1, unit=TimeUnit.DAYS, event="beställningen"), False),
            (TimeAfterEvent(count=0, unit=TimeUnit.DAYS, event="beställningen"), False),
        ],
        kind=HOME,
        tables=deadline('{ days = 1, event = "beställningen" }')
        + deadline('{ days = 0, event = "beställningen" }').replace("other_day", "acute"),
    ),
    Point(
        42,
        "Kristianstad: ny utförare är med månaden efter godkännandet",
        "new_provider_joins",
        DayOfMonth(day=1, months_after=1),
        kind=HOME,
        setting="new_provider_joins = { day = 1, months_after = 1 }",
    ),
    Point(
        42,
        "Kristianstad: en turordning i varje område, 1 till 9",
        rows("choice_area"),
        [{"name": "area_1", "label": "Område 1"}, {"name": "area_2", "label": "Område 2"}],
        kind=HOME,
        tables=table("choice_area", 'name = "area_1"\nlabel = "Område 1"', 'name = "area_2"\nlabel = "Område 2"'),
    ),
    Point(
        43,
        "Leksand: varna vid tio procent",
        "capacity_warning",
        Decimal(10),
        kind=HOME,
        setting="capacity_warning = 10",
    ),
    Point(
        43,
        "Lerum, Svedala: även område",
        "capacity_limits",
        ("hours", "area"),
        kind=HOME,
        setting='capacity_limits = ["hours", "area"]',
    ),
    Point(
        44,
        "Leksand, Habo: fjorton dagar",
        rows("change_of_provider"),
        [{"rule": "days_after_notice", "days": 14}],
        kind=HOME,
        setting=table("change_of_provider", 'rule = "days_after_notice"\ndays = 14'),
    ),
    Point(
        44,
        "Norrköping: den 20:e, den 1:a i andra månaden efter",
        rows("change_of_provider"),
        [{"rule": "first_of_month_after_cutoff", "cutoff_day": 20, "months_after": 2}],
        kind=HOME,
        setting=table("change_of_provider", 'rule = "first_of_month_after_cutoff"\ncutoff_day = 20\nmonths_after = 2'),
    ),
    Point(
        44,
        "Försäkringskassan: den 15:e i månaden före (W-43)",
        dues,
        [DayOfMonth(day=15, months_after=-1)],
        kind="state_assistance",
        tables=step("{ day = 15, months_after = -1 }"),
    ),
    # --- V45–V47: days ----------------------------------------------------------------------------------------
    *(
        Point(45, who, dues, [said], kind=HOME, tables=step(written))
        for who, written, said in (
            (
                "Leksand: 10:e vardagen (W-41)",
                "{ working_day = 10 }",
                WorkingDayOfMonth(n=10, months_after=1, definition=A),
            ),
            (
                "Sigtuna: första vardagen kl. 13 (W-42)",
                '{ working_day = 1, at = "13.00" }',
                WorkingDayOfMonth(n=1, months_after=1, definition=A, at_minute=780),
            ),
            ("Huddinge: första vardagen", "{ working_day = 1 }", WorkingDayOfMonth(n=1, months_after=1, definition=A)),
            (
                "Stockholm: den 6:e kl. 18, helgdag kl. 10 (W-44)",
                '{ day = 6, at = "18.00", at_on_holiday = "10.00" }',
                MonthlyRun(day=6, months_after=1, at_minute=1080, holiday_at_minute=600),
            ),
        )
    ),
    *(
        Point(
            45,
            who,
            deadlines,
            [(DayOfMonth(day=day, months_after=1), True)],
            kind=HOME,
            tables=deadline(f"{{ day = {day} }}", "is_earliest = true"),
        )
        for who, day in (("Danderyd: efter den 5:e", 6), ("Sollentuna: från den 10:e", 10))
    ),
    *(
        Point(
            46,
            who,
            dues,
            [WorkingDayOfMonth(n=5, months_after=1, definition=said)],
            kind=HOME,
            setting=setting,
            tables=step("{ working_day = 5 }"),
        )
        for who, setting, said in (
            ("lagen om fristdagar: inte lördagar och tre aftnar", 'working_day = "monday_to_friday"', A),
            ("lagen om helgdagar: bara söndagar och helgdagar", 'working_day = "saturdays_count"', B),
        )
    ),
    Point(
        46,
        "Nacka: även påskafton och pingstafton är lediga",
        "free_eves",
        ("easter_eve", "whitsun_eve"),
        kind=HOME,
        setting='free_eves = ["easter_eve", "whitsun_eve"]',
    ),
    Point(
        47,
        "Leksand: kopia inom tio arbetsdagar (W-46)",
        deadlines,
        [(TimeAfterEvent(count=10, unit=TimeUnit.WORKING_DAYS, event="starten"), False)],
        kind=HOME,
        tables=deadline('{ working_days = 10, event = "starten" }'),
    ),
    Point(
        47,
        "Katrineholm: inom tre veckor, och det står på fakturan",
        lambda one: (one.deadlines[0].due, one.channels[0].invoice_carries),
        (
            TimeAfterEvent(count=3, unit=TimeUnit.WEEKS, event="starten"),
            (Reference.FIRST_DAY_OF_NEW_RECIPIENTS, Reference.PLAN_IS_SENT),
        ),
        kind=HOME,
        tables=INVOICE
        + 'invoice_carries = ["first_day_of_new_recipients", "plan_is_sent"]\n'
        + deadline('{ weeks = 3, event = "starten" }'),
    ),
)
