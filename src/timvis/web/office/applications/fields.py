"""The fields of an application as data: what stands in the form, and which key of the written case each one is.

A row of the written case may hold more than the form has a field for (a second supplement, from an uploaded schedule):
what has no field travels beside the row unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from timvis.core.calculation.sick_cost.records import CompensationKind, CostItem
from timvis.core.records import TimeKind
from timvis.formats.agreement_packs.read import load_agreements

Text = str | Promise


class Kind(StrEnum):
    """How a field is written, and what it becomes."""

    TEXT = "text"
    DAY = "day"
    DAYS = "days"
    CLOCK = "clock"
    HOURS = "hours"
    KRONOR = "kronor"
    NUMBER = "number"
    WHOLE = "whole"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `key` is the path of the written case ("assistant.number"), or the key of a row ("first_on")."""

    key: str
    label: Text
    kind: Kind = Kind.TEXT
    help: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    is_wanted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table of the written case whose rows are added and removed; `upload` is the paper it is read from."""

    key: str
    label: Text
    one: Text
    fields: tuple[Field, ...]
    help: Text = ""
    upload: Text = ""
    at_least: int = 0
    is_rare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of one assistant's part of the form."""

    code: str
    label: Text
    help: Text = ""
    fields: tuple[Field, ...] = ()
    rows: tuple[Rows, ...] = ()


ITEM_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        CostItem.SICK_PAY: _("Sjuklön"),
        CostItem.SICK_PAY_SUPPLEMENT: _("Sjuklön på OB och andra tillägg"),
        CostItem.SICK_PAY_WAITING: _("Sjuklön för väntetid"),
        CostItem.SICK_PAY_STANDBY: _("Sjuklön för beredskap"),
        CostItem.QUALIFYING_DEDUCTION: _("Karensavdrag (skrivs med minus)"),
        CostItem.HOLIDAY_COMPENSATION: _("Semesterersättning"),
        CostItem.EMPLOYER_CONTRIBUTIONS: _("Arbetsgivaravgifter"),
        CostItem.AGREEMENT_COSTS: _("Avtalskostnader"),
        CostItem.PENSION_TAX: _("Särskild löneskatt"),
        CostItem.SICK_PAY_ON_QUALIFYING_DAY: _("Sjuklön för karensen"),
        CostItem.SICKNESS_INSURANCE_CHARGE: _("Särskild sjukförsäkringsavgift"),
        CostItem.ADMINISTRATION: _("Administration"),
        CostItem.INTEREST: _("Ränta"),
        CostItem.TRAINING: _("Utbildning"),
        CostItem.STANDARD_AMOUNT: _("Schablonbelopp"),
    }
)
"""The costs somebody can ask for, in words; what is never an extra cost too, so that it can be refused by name."""

COMPENSATION_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        CompensationKind.HIGH_COST: _("Höga sjuklönekostnader"),
        CompensationKind.SPECIAL_HIGH_RISK: _("Särskilt högriskskydd"),
        CompensationKind.PANDEMIC_IN_FULL: _("Pandemin: hela sjuklönekostnaden"),
        CompensationKind.PANDEMIC_EXCESS: _("Pandemin: det som översteg det normala"),
    }
)

_YES_NO = (("", _("Vet inte")), ("ja", _("Ja")), ("nej", _("Nej")))
_KINDS = (
    (TimeKind.ACTIVE, _("Aktiv tid")),
    (TimeKind.WAITING, _("Väntetid")),
    (TimeKind.STANDBY, _("Beredskap")),
)


def agreements() -> tuple[tuple[str, Text], ...]:
    """Return the agreements that can be chosen, with what an employer without one chooses."""
    packs = sorted(((pack.code, pack.name) for pack in load_agreements().values()), key=lambda one: one[1])
    return (("", _("Inget kollektivavtal, eller inte uppgett")), *packs)


_SPELLS = Rows(
    key="spell",
    label=_("Sjukperioder"),
    one=_("sjukperiod"),
    help=_("Första och sista sjukdagen, båda räknas med. En ny rad för varje gång."),
    at_least=1,
    fields=(
        Field(key="first_on", label=_("Första sjukdagen"), kind=Kind.DAY, is_wanted=True),
        Field(key="last_on", label=_("Sista sjukdagen"), kind=Kind.DAY, is_wanted=True),
        Field(key="certificate_from", label=_("Läkarintyg från"), kind=Kind.DAY),
        Field(key="first_day_back_on", label=_("Första arbetsdagen tillbaka"), kind=Kind.DAY),
        Field(
            key="cause",
            label=_("Orsak"),
            kind=Kind.CHOICE,
            choices=(("sickness", _("Sjukdom")), ("care_of_child", _("Vård av barn"))),
        ),
    ),
)
_EARLIER = Rows(
    key="earlier",
    label=_("Tidigare frånvaro nära inpå"),
    one=_("tidigare frånvaro"),
    help=_(
        "Blev assistenten sjuk igen inom fem dagar är det samma sjuklöneperiod, och karensen är kanske redan dragen."
    ),
    is_rare=True,
    fields=(
        Field(key="first_on", label=_("Första sjukdagen"), kind=Kind.DAY, is_wanted=True),
        Field(key="last_on", label=_("Sista sjukdagen"), kind=Kind.DAY, is_wanted=True),
        Field(key="deducted_ore", label=_("Karens som drogs, kr"), kind=Kind.KRONOR),
        Field(key="deducted_in_full", label=_("Hela karensen drogs"), kind=Kind.YES_NO, choices=_YES_NO),
    ),
)
_SHIFTS = Rows(
    key="shift",
    label=_("Arbetspass som den sjuka skulle ha haft"),
    one=pgettext_lazy("arbetspass", "pass"),
    upload=_("Schema som fil (Excel eller CSV)"),
    at_least=1,
    fields=(
        Field(key="on", label=_("Dag"), kind=Kind.DAY, is_wanted=True),
        Field(key="from", label=_("Från"), kind=Kind.CLOCK),
        Field(key="to", label=_("Till"), kind=Kind.CLOCK),
        Field(key="hours", label=_("eller timmar"), kind=Kind.HOURS),
        Field(key="kind", label=_("Slag"), kind=Kind.CHOICE, choices=_KINDS),
        Field(
            key="substitute",
            label=_("Vikarie hela passet"),
            kind=Kind.YES_NO,
            choices=(("", _("Se vikariens tider")), ("ja", _("Ja")), ("nej", _("Nej"))),
        ),
        Field(
            key="supplement[1].name",
            label=_("Tillägg, till exempel OB"),
            help=_("Avtalets namn räcker när avtalet är valt; annars skrivs beloppet."),
        ),
        Field(key="supplement[1].from", label=_("Tillägg från"), kind=Kind.CLOCK),
        Field(key="supplement[1].to", label=_("Tillägg till"), kind=Kind.CLOCK),
        Field(key="supplement[1].ore_per_hour", label=_("Tillägg, kr i timmen"), kind=Kind.KRONOR),
    ),
)
_SUBSTITUTES = Rows(
    key="substitute",
    label=_("Vikariens arbetspass"),
    one=pgettext_lazy("arbetspass", "pass"),
    help=_("Bara tid som en vikarie arbetade ersätts."),
    upload=_("Vikariens tid som fil (Excel eller CSV)"),
    at_least=1,
    fields=(
        Field(key="on", label=_("Dag"), kind=Kind.DAY, is_wanted=True),
        Field(key="from", label=_("Från"), kind=Kind.CLOCK, is_wanted=True),
        Field(key="to", label=_("Till"), kind=Kind.CLOCK, is_wanted=True),
        Field(key="was_ill", label=_("Vikarien var själv sjuk"), kind=Kind.YES_NO, choices=_YES_NO[1:][::-1]),
    ),
)
_PAYSLIPS = Rows(
    key="payslip",
    label=_("Vad lönebeskedet säger"),
    one=_("lönebesked"),
    help=_("Läggs bredvid schemat, så att det syns om de säger olika."),
    upload=_("Lönebesked som fil (Excel eller CSV)"),
    is_rare=True,
    fields=(
        Field(key="sick_hours", label=_("Sjuktid, timmar"), kind=Kind.HOURS),
        Field(key="hourly_ore", label=_("Timlön, kr"), kind=Kind.KRONOR),
        Field(key="deduction_ore", label=_("Karensavdrag, kr"), kind=Kind.KRONOR),
        Field(key="occasion", label=_("Sjuklöneperiod nr"), kind=Kind.WHOLE),
    ),
)
_CLAIMED = Rows(
    key="claimed",
    label=_("Kostnader som begärs"),
    one=_("kostnad"),
    at_least=1,
    fields=(
        Field(key="item", label=_("Kostnad"), kind=Kind.CHOICE, choices=tuple(ITEM_WORDS.items()), is_wanted=True),
        Field(key="ore", label=_("Belopp, kr"), kind=Kind.KRONOR, is_wanted=True),
        Field(key="occasion", label=_("Sjuklöneperiod nr"), kind=Kind.WHOLE),
    ),
)
_COMPENSATIONS = Rows(
    key="state_compensation",
    label=_("Ersättning från staten för sjuklön"),
    one=_("ersättning"),
    help=_("Skriv 0 kr för höga sjuklönekostnader om arbetsgivaren inte har fått någon ersättning för året."),
    is_rare=True,
    fields=(
        Field(key="kind", label=_("Slag"), kind=Kind.CHOICE, choices=tuple(COMPENSATION_WORDS.items())),
        Field(key="from", label=_("Från"), kind=Kind.DAY, is_wanted=True),
        Field(key="to", label=_("Första dagen efter"), kind=Kind.DAY, is_wanted=True),
        Field(key="ore", label=_("Belopp, kr"), kind=Kind.KRONOR),
    ),
)

SECTIONS = (
    Section(
        code="assistant",
        label=_("Den som var sjuk"),
        fields=(
            Field(key="assistant.name", label=_("Assistentens namn"), is_wanted=True),
            Field(key="assistant.number", label=_("Assistentens personnummer"), help=_("ÅÅÅÅMMDD-NNNN")),
            Field(
                key="assistant.born_year",
                label=_("Födelseår, om personnumret inte skrivs"),
                kind=Kind.WHOLE,
            ),
            Field(
                key="assistant.is_regular",
                label=_("Ordinarie assistent"),
                kind=Kind.YES_NO,
                choices=(("", _("Ja")), ("nej", _("Nej, vikarie"))),
            ),
        ),
        rows=(_SPELLS, _EARLIER),
    ),
    Section(code="time", label=_("Schema och vikarie"), rows=(_SHIFTS, _SUBSTITUTES)),
    Section(
        code="pay",
        label=_("Lön och avtal"),
        fields=(
            Field(key="pay[1].hourly_ore", label=_("Timlön, kr"), kind=Kind.KRONOR, help=_("Eller månadslön nedan.")),
            Field(key="pay[1].monthly_ore", label=_("Månadslön, kr"), kind=Kind.KRONOR),
            Field(
                key="week.agreed_hours",
                label=_("Avtalad arbetstid, timmar i veckan"),
                kind=Kind.HOURS,
                help=_("Karensavdraget räknas på en genomsnittlig vecka."),
            ),
            Field(key="agreement", label=_("Kollektivavtal"), kind=Kind.CHOICE),
            Field(key="paid_on", label=_("Lönen betalas ut"), kind=Kind.DAY, is_wanted=True),
            Field(
                key="is_paid_already",
                label=_("Är lönen redan utbetald?"),
                kind=Kind.YES_NO,
                choices=_YES_NO,
            ),
            Field(
                key="contributions.percent",
                label=_("Arbetsgivaravgift, procent"),
                kind=Kind.NUMBER,
                help=_("Tomt betyder lagens sats."),
            ),
            Field(
                key="deductions_on",
                label=_("Karensavdrag de senaste tolv månaderna"),
                kind=Kind.DAYS,
                help=_("Första sjukdagen för varje, med komma emellan. Skriv inga om inget har dragits."),
            ),
        ),
        rows=(_PAYSLIPS, _COMPENSATIONS),
    ),
    Section(code="claimed", label=_("Vad som begärs"), rows=(_CLAIMED,)),
)
"""One assistant's part of the form, section by section."""

SCALARS = tuple(field for section in SECTIONS for field in section.fields)
TABLES = tuple(rows for section in SECTIONS for rows in section.rows)
