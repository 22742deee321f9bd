"""Coming in and going out: the login by an identity provider, and the pages everybody may read."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.i18n import set_language

from timvis.apps.audit import persons
from timvis.apps.audit.models import Account, Person, RoleHeld
from timvis.apps.audit.queries import person_by_number
from timvis.config import clock
from timvis.config.environment import Mode
from timvis.gateways.identity.oidc import Came, NotLetIn, Provider, authorize_url, came_back
from timvis.web.shared import session
from timvis.web.shared.asking import Ask, Route
from timvis.web.shared.cast import towns
from timvis.web.shared.context import KEYS, KEYS_OFF

NEXT = "after_login"
KEYS_REMEMBERED = timedelta(days=365)


def login(request: HttpRequest) -> HttpResponse:
    """Show the login, or lead to the identity provider."""
    wanted = request.GET.get("next") or "/"
    request.session[NEXT] = wanted if _is_ours(wanted) else "/"
    told: dict[str, Any] = {
        "again": "igen" in request.GET,
        "waiting": session.TYPED in request.session,
        "error": request.session.pop("login_error", ""),
    }
    try:
        told["authorize_url"] = authorize_url(request, _provider(), _callback(request))
    except NotLetIn as error:
        return render(request, "login.html", {**told, "error": told["error"] or str(error)}, status=503)
    if settings.MODE is not Mode.PRODUCTION:
        told |= {"towns": towns(clock.today()), "today": clock.today()}
    return render(request, "login.html", told)


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
    fields = [(name, value) for name, value in kept.fields if name not in hidden]
    shown = [(name, value) for name, value in fields if name not in {"once", "version"} and value]
    return render(ask, "typed.html", {"path": kept.path, "fields": fields, "shown": shown})


def switch_town(ask: Ask) -> HttpResponse:
    """Let somebody who works in several municipalities work in another of them."""
    if not session.move(ask, ask.POST.get("town", ""), today=ask.today):
        raise Http404
    return HttpResponseRedirect("/")


def keys(request: HttpRequest) -> HttpResponse:
    """Tell the keys; keys of a single letter can be switched off, and the browser remembers it."""
    if request.method != "POST":
        return render(request, "keys.html")
    wanted = request.POST.get("next") or reverse("keys")
    response = HttpResponseRedirect(wanted if _is_ours(wanted) else reverse("keys"))
    response.set_cookie(
        KEYS,
        KEYS_OFF if "off" in request.POST else "on",
        max_age=KEYS_REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell how accessible the pages are, and what has not been tried."""
    return render(request, "accessibility.html")


def _is_ours(address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None)


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


ROUTES = (
    Route(path="logga-in/", view=login, name="login", public=True),
    Route(path="logga-in/klar/", view=callback, name="callback", public=True),
    Route(path="logga-ut/", view=logout, name="logout", methods=("POST",), public=True),
    Route(path="fortsatt/<str:key>/", view=typed, name="typed", example=(("key", "none"),)),
    Route(path="byt-kommun/", view=switch_town, name="switch_town", methods=("POST",)),
    Route(path="sprak/", view=set_language, name="set_language", methods=("POST",), public=True),
    Route(path="tangenter/", view=keys, name="keys", methods=("GET", "POST"), public=True),
    Route(path="tillganglighet/", view=accessibility, name="accessibility", public=True),
)
