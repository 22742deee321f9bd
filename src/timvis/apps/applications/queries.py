"""What is asked about applications: whose they are, how near somebody stands to them."""

from datetime import datetime

from timvis.apps.applications.models import Application, ApplicationVersion
from timvis.apps.parties.models import PowerOfAttorneyVersion
from timvis.apps.parties.queries import power_held_by, relation_to_hours
from timvis.core.access import Actor, Relation


def application_in(actor: Actor, application_id: int) -> Application | None:
    """Return an application in the actor's own municipality; another's is as if it did not exist."""
    rows = Application.objects.select_related("recipient__municipality", "provider__municipality", "municipality")
    return rows.filter(id=application_id, municipality__slug=actor.municipality).first()


def relation_to_application(actor: Actor, application: Application, *, now: datetime) -> Relation:
    """Return the nearest relation an actor has to an application: to the recipient's hours with her employer."""
    return relation_to_hours(actor, application.recipient, application.provider, now=now)


def versions_of(application: Application) -> tuple[ApplicationVersion, ...]:
    """Return every version of an application, the newest first."""
    return tuple(application.versions.select_related("made_by", "original").order_by("-number"))


def power_behind(
    application: Application, version: ApplicationVersion, *, now: datetime
) -> PowerOfAttorneyVersion | None:
    """Return the power of attorney that whoever applied holds today, None without one."""
    return power_held_by(application.recipient, {version.applicant_number}, now=now)
