"""Coming in and going out: the login by an identity provider, and the pages everybody may read."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from timvis.apps.audit import persons
from timvis.apps.audit.models import Account, Person, RoleHeld
from timvis.apps.audit.queries import person_by_number
from timvis.config import clock
from timvis.config.environment import Mode
from timvis.gateways.identity.oidc import Came, NotLetIn, Provider, authorize_url, came_back
from timvis.web.shared import session
from timvis.web.shared.asking import Ask, Route
from timvis.web.shared.context import ROLE_WORDS

NEXT = "after_login"


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody of the demo's cast, as the login page shows her."""

    subject: str
    name: str
    role: str
    municipality: str


def login(request: HttpRequest) -> HttpResponse:
    """Show the login, or lead to the identity provider."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    request.session[NEXT] = wanted if safe else "/"
    told = {
        "next": request.session[NEXT],
        "again": "igen" in request.GET,
        "waiting": session.TYPED in request.session,
        "error": request.session.pop("login_error", ""),
    }
    if settings.MODE is Mode.PRODUCTION and request.method == "GET":
        return render(request, "login.html", told)
    url = authorize_url(request, _provider(), _callback(request))
    if settings.MODE is Mode.PRODUCTION:
        return HttpResponseRedirect(url)
    return render(request, "login.html", {**told, "cast": _cast(), "authorize_url": url})


def callback(request: HttpRequest) -> HttpResponse:
    """Take somebody in who came back from the identity provider."""
    wanted = request.session.get(NEXT, "/")
    try:
        came = came_back(request, _provider())
    except NotLetIn as error:
        request.session["login_error"] = str(error)
        return HttpResponseRedirect(reverse("login"))
    person = _person(came)
    if person is None or not session.begin(request, person, now=clock.now()):
        request.session["login_error"] = (
            "Du har ingen behörighet i Timvis i dag. Kontakta den som sköter behörigheter i din kommun."
        )
        return HttpResponseRedirect(reverse("login"))
    return HttpResponseRedirect(wanted)


def logout(request: HttpRequest) -> HttpResponse:
    """End the session and clear what the browser keeps."""
    session.end(request)
    response = HttpResponseRedirect(reverse("login"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def typed(ask: Ask, key: str) -> HttpResponse:
    """Offer a form again that was sent when the login had ended."""
    kept = session.typed(ask, key)
    if kept is None:
        return HttpResponseRedirect("/")
    hidden = {"csrfmiddlewaretoken"}
    fields = [(name, value) for name, value in kept["fields"] if name not in hidden]  # type: ignore[attr-defined]
    shown = [(name, value) for name, value in fields if name not in {"once", "version"} and value]
    return render(ask, "typed.html", {"path": kept["path"], "fields": fields, "shown": shown})


def keys(request: HttpRequest) -> HttpResponse:
    """Tell the keys."""
    return render(request, "keys.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell how accessible the pages are, and what has not been tried."""
    return render(request, "accessibility.html")


def _provider() -> Provider:
    return Provider(settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET)


def _callback(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("callback"))


@transaction.atomic
def _person(came: Came) -> Person | None:
    """Return the person who came; the first time, her account with that provider is registered."""
    account = Account.objects.filter(issuer=came.issuer, subject=came.subject).select_related("person").first()
    if account is not None:
        same = account.is_active and account.person.personal_number == came.personal_number
        return account.person if same else None
    person = person_by_number(came.personal_number)
    if person is None or not person.is_active:
        return None
    now = clock.now()
    municipality = RoleHeld.objects.filter(person=person).values_list("municipality", flat=True).first() or ""
    persons.register_account(
        persons.machine(municipality, now), person_id=person.pk, issuer=came.issuer, subject=came.subject, now=now
    )
    return person


def _cast() -> list[CastMember]:
    """Return everybody who can log in, for the demo's login page only."""
    held = RoleHeld.objects.filter(held_to__isnull=True, person__personal_number__isnull=False, person__is_active=True)
    people: dict[str, list[RoleHeld]] = {}
    for role in held.select_related("person").order_by("role", "person__sort_key"):
        people.setdefault(role.person.personal_number or "", []).append(role)
    return [
        CastMember(
            number,
            roles[0].person.name,
            ", ".join(dict.fromkeys(str(ROLE_WORDS.get(role.role, role.role)) for role in roles)),
            ", ".join(sorted({role.municipality for role in roles})),
        )
        for number, roles in people.items()
    ]


ROUTES = (
    Route(path="logga-in/", view=login, name="login", methods=("GET", "POST"), public=True),
    Route(path="logga-in/klar/", view=callback, name="callback", public=True),
    Route(path="logga-ut/", view=logout, name="logout", methods=("POST",), public=True),
    Route(path="fortsatt/<str:key>/", view=typed, name="typed", example=(("key", "none"),)),
    Route(path="tangenter/", view=keys, name="keys", public=True),
    Route(path="tillganglighet/", view=accessibility, name="accessibility", public=True),
)
