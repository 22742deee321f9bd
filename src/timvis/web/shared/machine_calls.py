"""What the addresses that systems call have in common: the key that is called with, and what is answered."""

from collections.abc import Sequence
from dataclasses import asdict

from django.http import HttpRequest, JsonResponse

from timvis.core.faults import Fault

_BEARER = "Bearer "


def secret_of(request: HttpRequest) -> str:
    """Return the secret that a system calls with, empty when there is none."""
    return request.headers.get("Authorization", "").removeprefix(_BEARER)


def no_key(fault: Fault) -> JsonResponse:
    """Answer 401 to a call whose key does not open the address."""
    answer = faults_answer([fault], 401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def faults_answer(faults: Sequence[Fault], status: int) -> JsonResponse:
    """Answer a system with what is wrong."""
    return JsonResponse({"faults": [asdict(fault) for fault in faults]}, status=status)
