"""The fee system's own way in: the keys that heads give it, and the address that it reads a month at."""

from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.audit.persons import machine
from timvis.apps.reconciliation.queries import newest_handover
from timvis.apps.visits import actions
from timvis.apps.visits.models import KeyPurpose
from timvis.apps.visits.queries import fee_keys, key_of
from timvis.config import clock
from timvis.core.calendar.months import read_month
from timvis.core.faults import Fault, Refusal
from timvis.web.office.reconciliation.fees import log_reading, told
from timvis.web.office.reconciliation.forms import FeeKeyForm
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.ids import number_in
from timvis.web.shared.machine_calls import faults_answer, no_key, secret_of

KEYS = "/avgifter/nycklar/"


def read(request: HttpRequest, month: str) -> JsonResponse:
    """Answer 200 with the newest hand-over of a month, 401 without a key for it, 404 before it was handed over."""
    key = key_of(secret_of(request), KeyPurpose.FEES)
    town = None if key is None else key.municipality
    if key is None or town is None:
        return no_key(_NO_KEY)
    month_on = read_month(month)
    handed = None if month_on is None else newest_handover(town.slug, month_on)
    if handed is None:
        return faults_answer([_NOT_HANDED_OVER], 404)
    ask = cast(Ask, request)
    with transaction.atomic():
        ask.now = clock.now()
        ask.actor = machine(town.slug, ask.now)
        log_reading(ask, handed, f"{month}.json", by=f"{key.system} (nyckel {key.pk})")
    return JsonResponse(told(handed))


def keys(ask: Ask) -> HttpResponse:
    """Show the fee system's keys, and give a new one; its secret is shown this once."""
    form, secret = FeeKeyForm(ask.POST or None), ""
    if ask.method == "POST" and form.is_valid():
        outcome = actions.give_fee_key(ask.actor, form.cleaned_data["system"], now=ask.now)
        if isinstance(outcome, Refusal):
            return refused(ask, outcome, back=KEYS)
        if isinstance(outcome, str):
            secret, form = outcome, FeeKeyForm()
    context = {
        "form": form,
        "secret": secret,
        "rows": [(one, "") for one in fee_keys(ask.actor.municipality)],
        "address": ask.build_absolute_uri("/api/avgifter/"),
        "withdraw": "withdraw_fee_key",
    }
    return render(ask, "reconciliation/fee_keys.html", context, status=422 if form.errors else 200)


def withdraw(ask: Ask, key_id: str) -> HttpResponse:
    """Take a key back."""
    outcome = actions.withdraw_fee_key(ask.actor, number_in(key_id), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=KEYS)
    return done(ask, _("Nyckeln öppnar ingenting längre."), KEYS)


_NO_KEY = Fault(
    code="key_is_not_known",
    message="Anropet har ingen nyckel för avgiftssystemet som gäller.",
    remedy="Skicka Authorization: Bearer och nyckeln; chefen skapar en ny under Underlag för avgifter, Nycklar.",
)
_NOT_HANDED_OVER = Fault(
    code="month_is_not_handed_over",
    message="Månaden har inte lämnats till avgifterna.",
    remedy="Skriv månaden som ÅÅÅÅ-MM, eller vänta tills den är lämnad.",
    column="month",
)
