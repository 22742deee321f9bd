"""What the state is told of an assistant with one recipient: the neutral record, and the same on paper.

What was told stands in the newest notice; before any notice, what the register knows now. Names, and whom to ask at the
provider, are today's. What nobody has registered stays empty, and the record names it.
"""

from datetime import date, datetime

from timvis.apps.audit.versions import current
from timvis.apps.parties.models import Provider, ProviderVersion
from timvis.apps.parties.queries import provider_by_number
from timvis.apps.state_registers import records
from timvis.apps.state_registers.models import AssistantNotice, Placement
from timvis.core.calendar.local_time import day_of
from timvis.core.letter import Letter
from timvis.core.state_duties.duties import changes
from timvis.core.state_duties.records import Employer, NoticeWay
from timvis.core.state_exchange import AssistantTold, ProviderTold
from timvis.core.state_form import assistant_paper

_WAYS = {
    NoticeWay.E_SERVICE: "i e-tjänsten för arbetsgivare",
    NoticeWay.E_IOA: "genom E-IOA",
    NoticeWay.PAPER: "på papper",
}
_NOT_TOLD = "Försäkringskassan har inte fått någon anmälan. Så här står det i registret nu."


def record_of(placement: Placement, *, known_at: datetime) -> AssistantTold:
    """Return what the newest notice told the state of an assistant, or would tell it; nobody has signed it here."""
    notice = _newest(placement, known_at)
    recipient = current(placement.assignment.recipient.versions.all(), known_at=known_at)
    assistant = current(placement.assistant.versions.all(), known_at=known_at)
    provider = _provider(placement.assignment.provider, notice, known_at)
    told = notice if notice is not None else assistant
    return AssistantTold(
        recipient_name=recipient.name if recipient else "",
        recipient_number=placement.assignment.recipient.personal_number,
        assistant_name=assistant.name if assistant else "",
        assistant_number=placement.assistant.personal_number,
        hired_on=told.hired_on if told else None,
        is_close=notice.is_close if notice else None,
        lives_outside_eea=told.lives_outside_eea if told else None,
        address_abroad=notice.address_abroad if notice else "",
        changed_from=notice.changed_from if notice else None,
        provider=provider,
        phone=provider.phone,
    )


def changed_since(placement: Placement, *, known_at: datetime) -> tuple[str, ...]:
    """Return what is known otherwise than the newest notice told the state, in words."""
    found = records.placement(placement, known_at=known_at)
    return () if found is None else changes(found)


def paper_of(placement: Placement, *, known_at: datetime) -> Letter:
    """Return the record on paper, with how the state knows of the assistant."""
    return assistant_paper(
        record_of(placement, known_at=known_at),
        standing=_standing(placement, known_at),
        sender=placement.assignment.recipient.municipality.name,
        written_on=day_of(known_at),
    )


def _newest(placement: Placement, known_at: datetime) -> AssistantNotice | None:
    known = (one for one in placement.notices.all() if one.known_at <= known_at)
    return max(known, key=lambda one: one.number, default=None)


def _provider(provider: Provider, notice: AssistantNotice | None, known_at: datetime) -> ProviderTold:
    version = _version(provider, known_at)
    another = notice.employer_number if notice is not None and notice.employer == Employer.ANOTHER else ""
    return ProviderTold(
        name=version.name if version else "",
        number=provider.organisation_number,
        contact=version.contact_name if version else "",
        phone=version.phone if version else "",
        employed_by=Employer(notice.employer) if notice else Employer.PROVIDER,
        employer_name=_name(provider.municipality.slug, another, known_at) if another else "",
        employer_number=another,
    )


def _version(provider: Provider, known_at: datetime) -> ProviderVersion | None:
    return current(provider.versions.all(), known_at=known_at, on=day_of(known_at))


def _name(municipality: str, number: str, known_at: datetime) -> str:
    """Return another employer's name, empty when it is not registered among the providers."""
    found = provider_by_number(municipality, number)
    version = _version(found, known_at) if found is not None else None
    return version.name if version else ""


def _standing(placement: Placement, known_at: datetime) -> str:
    notice = _newest(placement, known_at)
    if notice is None:
        return _NOT_TOLD
    received_on = records.notice(notice, known_at).received_on
    told = (
        f"Anmälan {notice.number}, skickad {notice.sent_on} {_WAYS[NoticeWay(notice.way)]}; {_received(received_on)}."
    )
    since = changed_since(placement, known_at=known_at)
    return f"{told} Det har ändrats sedan dess, och ska anmälas: {', '.join(since)}." if since else told


def _received(on: date | None) -> str:
    return "Försäkringskassan har inte bekräftat den" if on is None else f"Försäkringskassan fick den {on}"
