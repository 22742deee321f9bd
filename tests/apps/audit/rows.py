"""One row of any table, with whatever other rows it needs: for tests that ask something of every table."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models

from timvis.apps.audit.models import Person

AnyField: TypeAlias = "models.Field[Any, Any]"

# What a constraint asks for; every other field gets something of its kind.
SAYS: dict[str, Any] = {
    "personal_number": "198002152380",
    "accounting_transfer.credit_account": "2440",
    "applications_application.came_by": "paper",
    "applications_applicationversion.applied_by": "recipient",
    "applications_applicationversion.applied_to": date(2019, 2, 1),
    "claims_claim.recipient": True,
    "claims_claim.regime": "lss",
    "claims_claimdecision.period_to": date(2019, 2, 1),
    "appeals_appeal.decision": True,
    "appeals_service.decision": True,
    "appeals_appealstep.step": "registered",
    "appeals_delay.expected_by": date(2019, 2, 1),
    "appeals_service.way": "letter",
    "claims_claimdecision.change": "",
    "claims_claimdecision.changed_because": "",
    "claims_hearing.answer_by": date(2019, 2, 1),
    "claims_shift.end_minute": 2,
    "claims_shift.end_at": 2,
    "decisions_decisionversion.regime": "lss",
    "decisions_decisionversion.per": "week",
    "decisions_decisionversion.valid_from": date(2019, 1, 1),
    "decisions_homecaredecisionversion.services": [{"service": "home_care", "minutes": 60, "per": "month"}],
    "decisions_homecaredecisionversion.valid_from": date(2019, 1, 1),
    "documents_casenote.kind": "note",
    "documents_evidence.recipient": True,
    "documents_sentletter.provider": True,
    "home_choices_homeagreementversion.valid_from": date(2019, 1, 1),
    "home_choices_turnentry.kind": "joined",
    "home_choices_homechoice.how": "chosen",
    "home_orders_homeevent.kind": "hospital",
    "home_orders_homenotice.act": "place",
    "home_orders_homeorder.status": "placed",
    "home_orders_homeorderstep.act": "confirm",
    "home_orders_homeorderstep.status": "placed",
    "home_orders_homepaper.kind": "follow_up",
    "home_orders_orderedservice.per": "month",
    "invoices_countingmodelconfirmed.model": "week_cut",
    "invoices_invoice.kind": "invoice",
    "visits_systemkey.provider": True,
    "reconciliation_linequestion.asked_of": "provider",
    "reconciliation_lineword.kind": "approved",
    "reconciliation_selfbilling.agreed_to": date(2020, 1, 1),
    "orders_booking.asked_by": "provider",
    "orders_booking.end_at": 2,
    "orders_booking.regime": "lss",
    "orders_booking.status": "requested",
    "orders_bookingpaper.kind": "decision",
    "orders_contactpoint.desk": "duty_supervisor",
    "orders_offer.answer": "waiting",
    "orders_otherwork.end_at": 2,
    "orders_substitutehearing.answer_by": date(2019, 2, 1),
    "orders_substitutedecision.outcome": "granted",
    "orders_substitutedecision.provisions": ["LSS 9 § 2"],
    "orders_substitutedecision.reasons": "Behovet kan inte tillgodoses på annat sätt.",
    "parties_absence.kind": "hospital",
    "parties_absence.end_at": 2,
    "parties_interest.kind": "spouse",
    "parties_interest.person_number": "198002152380",
    "parties_payeeversion.account_kind": "bankgiro",
    "parties_providerversion.kind": "company",
    "accounting_entry.kind": "decision",
    "state_registers_assistantaway.away_to": date(2019, 2, 1),
    "state_registers_assistantaway.kind": "sick",
    "state_registers_assistantnotice.address_abroad": "Oslo",
    "state_registers_assistantnotice.employer": "provider",
    "state_registers_assistantnotice.way": "paper",
    "state_registers_dutystep.outcome": "sent",
    "state_registers_finalsettlement.period_to": date(2019, 2, 1),
    "state_registers_notedtime.end_at": 2,
    "state_registers_notedtime.purpose": "meeting",
    "state_registers_providernotice.about": "start",
    "state_reports_returnedpaper.report": True,
    "grant_periods_grantperiodversion.valid_from": date(2019, 1, 1),
    "grant_periods_grantperiodversion.valid_to": date(2019, 2, 1),
    "state_reports_reportsignature.signer": "assistant",
    "state_reports_sendresult.outcome": "receipt",
    "schedules_plan.kind": "active",
    "schedules_plannedshift.end_at": 2,
    "visits_delivery.way": "file",
    "visits_deviationrow.kind": "other",
    "visits_signalnote.answer": "asked",
    "visits_signalnote.kind": "overlap",
    "visits_visit.end_at": 2,
    "visits_visit.registered": "",
    "visits_visit.state": "performed",
    "routines_attestlist.valid_to": date(2020, 1, 1),
    "routines_attestright.act": "decision_attest",
    "routines_attestright.valid_to": date(2020, 1, 1),
    "routines_attestright.position": "Socialchef",
    "routines_delegationorder.valid_to": date(2020, 1, 1),
    "routines_delegationrow.kind": "sick_cost",
    "routines_delegationrow.may_grant": True,
    "routines_delegationrow.position": "Socialchef",
    "routines_delegationrow.valid_to": date(2020, 1, 1),
    "routines_offdutyversion.valid_from": date(2019, 1, 1),
    "routines_offdutyversion.valid_to": date(2020, 1, 1),
}

BY_ANOTHER = {
    "orders_feereview.reviewed_by",
    "audit_roleconfirmed.confirmed_by",
    "routines_attestlistadoption.entered_by",
    "routines_delegationorderadoption.entered_by",
    "routines_positionconfirmed.confirmed_by",
}
"""Fields that name another person than the table's other fields do: four eyes."""

OF_KIND: "tuple[tuple[type[AnyField], Any], ...]" = (
    (models.JSONField, {}),
    (models.BooleanField, True),
    (models.DateTimeField, datetime(2019, 1, 1, tzinfo=UTC)),
    (models.DateField, date(2019, 1, 1)),
    (models.BinaryField, b"x"),
    (models.IntegerField, 1),
    (models.TextField, "x"),
    (models.CharField, "x"),
)


def rows_of(tables: Iterable[str]) -> list[models.Model]:
    """Return one stored row of each table; a table that one of them points at gets one row too."""
    made: dict[str, models.Model] = {}
    models_of = {model._meta.db_table: model for model in apps.get_models()}
    return [_row(made, models_of[table]) for table in tables]


def _row(made: dict[str, models.Model], model: type[models.Model]) -> models.Model:
    table = model._meta.db_table
    if table not in made:
        values = {
            field.name: _value(made, field)
            for field in model._meta.concrete_fields
            if not field.primary_key and (not _may_be_left_out(field) or _says(field) is not None)
        }
        made[table] = model._default_manager.create(**values)
    return made[table]


def _may_be_left_out(field: AnyField) -> bool:
    return field.null or field.has_default()


def _says(field: AnyField) -> Any:
    return SAYS.get(f"{field.model._meta.db_table}.{field.name}", SAYS.get(field.name))


def _value(made: dict[str, models.Model], field: AnyField) -> Any:
    if f"{field.model._meta.db_table}.{field.name}" in BY_ANOTHER:
        return Person.objects.get_or_create(personal_number="198308092389")[0]
    if isinstance(field, models.ForeignKey):
        return _row(made, field.related_model)
    said = _says(field)
    return said if said is not None else next(value for kind, value in OF_KIND if isinstance(field, kind))
