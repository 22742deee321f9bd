"""The address that a provider's own system calls: visits as JSON with a key, all of them or none."""

from collections.abc import Sequence
from dataclasses import asdict
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

_BEARER = "Bearer "


def take(request: HttpRequest) -> JsonResponse:
    """Answer 200 with what was kept, 401 without a key, 422 with every fault, 409 when it is to be sent again."""
    key = queries.key_of(request.headers.get("Authorization", "").removeprefix(_BEARER))
    if key is None:
        answer = _faults([_NO_KEY], 401)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    if int(request.headers.get("Content-Length") or 0) > MAX_BYTES:
        return _faults([_TOO_LARGE], 413)
    now, content = clock.now(), request.body
    outcome = hand_in_visits(
        machine(key.provider.municipality.slug, now),
        key.provider_id,
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
        return _faults([_AGAIN], 409)
    if not isinstance(outcome, HandedIn):
        return _faults(outcome, 422)
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


def _faults(faults: Sequence[Fault], status: int) -> JsonResponse:
    return JsonResponse({"faults": [asdict(fault) for fault in faults]}, status=status)


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
