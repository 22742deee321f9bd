"""Pages about one assignment: the agreement, the assistants, the forms, and what may be claimed before the decision."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.parties.queries import recipient_by_number, relation_to_recipient
from timvis.apps.state_registers import actions, queries
from timvis.apps.state_registers.models import Assignment, FinalSettlement
from timvis.apps.state_registers.particulars import AssignmentParticulars
from timvis.apps.state_reports.pending import before_the_decision, reported_duties
from timvis.config.law_book import law_book
from timvis.core.access import Action, Relation, opened
from timvis.core.faults import Fault
from timvis.core.law import LawGap, LawReader
from timvis.core.state_duties.before_decision import ClaimBefore
from timvis.web.office.state_registers.assistants import rows_of
from timvis.web.office.state_registers.forms import AssignmentForm, NewAssignmentForm, SettlementForm
from timvis.web.office.state_registers.views import HERE, standing_of
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.history import history
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import newest, recipient_name

_NOT_REGISTERED = Fault(
    code="recipient_is_not_registered",
    message="Ingen med det personnumret är registrerad här.",
    remedy="Registrera personen under Personer först.",
    column="personal_number",
)


def assignment(ask: Ask, assignment_id: str) -> HttpResponse:
    """Show an assignment with everything the state has, or is to have, about it."""
    row = found(ask, assignment_id, Action.LOOK_AT_STATE_REGISTERS)
    law = LawReader(law_book())
    town = ask.actor.municipality
    followed = queries.followed(
        town, law, now=ask.now, recipient_id=row.recipient_id, done=reported_duties(town, now=ask.now)
    )
    claim, gap = _before(row, law, ask)
    told = {
        "assignment": row,
        "name": recipient_name(row.recipient),
        "version": newest(row),
        "versions": history(row.versions.select_related("known_by")),
        "assistants": rows_of(ask, [row], law),
        "duties": [(one, standing_of(one, ask.today)) for one in followed if not one.is_closed],
        "done": [one for one in followed if one.is_closed],
        "claim": claim,
        "gap": gap,
        "settlements": FinalSettlement.objects.filter(recipient_id=row.recipient_id).order_by("-period_from"),
        "may": opened(ask.actor, Relation.OWN_MUNICIPALITY),
        "today": ask.today,
    }
    return render(ask, "state_registers/assignment.html", told)


def _before(row: Assignment, law: LawReader, ask: Ask) -> tuple[ClaimBefore | None, str]:
    try:
        return before_the_decision(row, law, now=ask.now), ""
    except LawGap as gap:
        return None, gap.message


def new(ask: Ask) -> HttpResponse:
    """Register that the municipality has taken on a recipient's assistance."""

    def act(form: Form) -> object:
        told = form.told()
        number, begins_on = told.pop("personal_number"), told.pop("begins_on")
        recipient = recipient_by_number(ask.actor.municipality, number)
        if recipient is None:
            return (_NOT_REGISTERED,)
        return actions.register_assignment(
            ask.actor,
            recipient_id=recipient.pk,
            begins_on=begins_on,
            particulars=AssignmentParticulars(**told),
            now=ask.now,
        )

    return form_page(
        ask,
        NewAssignmentForm(ask.POST or None),
        act,
        title=_("Nytt uppdrag"),
        lead=_("Kommunen ordnar assistansen åt någon som har eller har sökt ersättning från Försäkringskassan."),
        button=_("Registrera uppdraget"),
        sentence=_("Uppdraget är registrerat."),
        back=HERE,
    )


def change(ask: Ask, assignment_id: str) -> HttpResponse:
    """Tell something new of an assignment: a new version, the old one stays."""
    row = found(ask, assignment_id, Action.CHANGE_ASSIGNMENT)
    version = newest(row)
    fields = AssignmentParticulars.__dataclass_fields__
    before: dict[str, Any] = {name: getattr(version, name) for name in fields} | {"seen": version.number}

    def act(form: Form) -> object:
        return actions.change_assignment(
            ask.actor,
            assignment_id=row.pk,
            particulars=AssignmentParticulars(**form.told()),
            seen=form.seen_number,
            now=ask.now,
        )

    return form_page(
        ask,
        AssignmentForm(ask.POST or None, initial=before),
        act,
        title=_("Uppdraget hos %(name)s") % {"name": recipient_name(row.recipient)},
        lead=_("Det som gällde förut finns kvar i historiken."),
        button=_("Spara ny version"),
        sentence=_("Uppdraget är sparat."),
        back=page_of(row.pk),
    )


def settle(ask: Ask, assignment_id: str) -> HttpResponse:
    """Register that the state has settled a grant period for good."""
    row = found(ask, assignment_id, Action.REGISTER_SETTLEMENT)

    def act(form: Form) -> object:
        return actions.register_settlement(ask.actor, recipient_id=row.recipient_id, now=ask.now, **form.told())

    return form_page(
        ask,
        SettlementForm(ask.POST or None),
        act,
        title=_("Slutavräkning för %(name)s") % {"name": recipient_name(row.recipient)},
        lead=_("En räkning som kommer efter slutavräkningen leder inte till någon utbetalning."),
        button=_("Spara slutavräkningen"),
        sentence=_("Slutavräkningen är sparad."),
        back=page_of(row.pk),
    )


def found(ask: Ask, assignment_id: str, action: Action) -> Assignment:
    """Return an assignment the actor may look at, with the look in the log."""
    row = queries.assignment_in(ask.actor.municipality, number_in(assignment_id))
    if row is None:
        raise Http404
    relation = relation_to_recipient(ask.actor, row.recipient, now=ask.now)
    look(ask, action, "assignment", row.pk, relation=relation, recipient_id=row.recipient_id)
    return row


def page_of(assignment_id: int) -> str:
    """Return the address of an assignment's page."""
    return f"{HERE}uppdrag/{assignment_id}/"
