"""The address that a provider's own system calls: visits as JSON with a key, all of them or none."""

from functools import partial
from typing import Any

from django.http import HttpRequest, JsonResponse

from timvis.apps.audit.persons import machine
from timvis.apps.visits import queries
from timvis.apps.visits.actions import HandedIn, VisitsFile, hand_in_visits
from timvis.apps.visits.models import Way
from timvis.config import clock
from timvis.core.faults import Fault, Refusal
from timvis.formats.handed_in import MAX_BYTES
from timvis.formats.home_care_visits.read_json import correction_of, read_json
from timvis.web.shared.machine_calls import faults_answer, no_key, secret_of


def take(request: HttpRequest) -> JsonResponse:
    """Answer 200 with what was kept, 401 without a key, 422 with every fault, 409 when it is to be sent again."""
    key = queries.key_of(secret_of(request))
    provider = None if key is None else key.provider
    if provider is None:
        return no_key(_NO_KEY)
    if int(request.headers.get("Content-Length") or 0) > MAX_BYTES:
        return faults_answer([_TOO_LARGE], 413)
    now, content = clock.now(), request.body
    outcome = hand_in_visits(
        machine(provider.municipality.slug, now),
        provider.pk,
        VisitsFile(
            way=Way.API,
            read=partial(read_json, content, today=clock.today()),
            content=content,
            media_type="application/json",
        ),
        now=now,
        correction=correction_of(content),
    )
    if isinstance(outcome, Refusal):
        return faults_answer([_AGAIN], 409)
    if not isinstance(outcome, HandedIn):
        return faults_answer(outcome, 422)
    return JsonResponse(_told(outcome))


def _told(outcome: HandedIn) -> dict[str, Any]:
    return {
        "delivery": outcome.number,
        "kept": outcome.kept,
        "replaced": outcome.replaced,
        "repeated": outcome.repeated,
        "findings": [
            {"code": one.kind.value, "message": one.text, "visit": one.visit.line} for one in outcome.objections
        ],
        "faults": [],
    }


_NO_KEY = Fault(
    code="key_is_not_known",
    message="Anropet har ingen nyckel som gäller.",
    remedy="Skicka Authorization: Bearer och nyckeln; utföraren skapar en ny under Hemtjänst, Nycklar.",
)
_TOO_LARGE = Fault(
    code="file_is_too_large",
    message=f"Anropet är större än {MAX_BYTES // (1024 * 1024)} MB.",
    remedy="Dela upp besöken på flera anrop.",
)
_AGAIN = Fault(
    code="someone_else_was_first",
    message="Någon annan lämnade in besök för utföraren samtidigt. Inget sparades.",
    remedy="Skicka anropet igen.",
)
