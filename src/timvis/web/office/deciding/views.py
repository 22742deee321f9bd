"""Acts on a decision: each calls one act and leads back to the claim, or shows it again with what is wrong."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from timvis.apps.appeals import actions as appeals
from timvis.apps.claims import decision_acts
from timvis.apps.claims.deciding import Wanted, ground_of
from timvis.apps.claims.decision_acts import Changed
from timvis.apps.claims.models import ChangeKind, Claim
from timvis.apps.claims.queries import claim_in
from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.appeal import AgainstParty
from timvis.core.procedure.hearing import NoHearing
from timvis.web.office.claims.views import claim as show
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.forms import Day
from timvis.web.shared.words import WHY_NOT

PLACE = "#beslut"
_SHOWN_ANEW = frozenset(WHY_NOT) - {Refusal.NOT_FOUND, Refusal.NO_RELATION, Refusal.ROLE_DOES_NOT_ALLOW}


def propose(ask: Ask, number: str) -> HttpResponse:
    """Send a proposed decision to the party, with a day to answer."""
    wanted, answer_by = _wanted(ask, _found(ask, number)), day_of_field(ask, "answer_by")
    if wanted is None or answer_by is None:
        return again(ask, number, _("Skriv dagarna som ÅÅÅÅ-MM-DD."))
    made = decision_acts.propose(
        ask.actor, number, wanted, answer_by=answer_by, seen=ask.POST.get("seen", ""), now=ask.now
    )
    return after(ask, number, made, _("Förslaget är skickat. Beslutet väntar på svaret eller på svarsdagen."))


def answer(ask: Ask, number: str) -> HttpResponse:
    """Register what the party answered."""
    received_on = day_of_field(ask, "received_on")
    if received_on is None:
        return again(ask, number, _("Skriv dagen som ÅÅÅÅ-MM-DD."))
    made = decision_acts.register_answer(
        ask.actor,
        number,
        received_on=received_on,
        text=ask.POST.get("text", ""),
        more_is_coming=ask.POST.get("more", "") == "1",
        now=ask.now,
    )
    return after(ask, number, made, _("Svaret är registrerat."))


def decide(ask: Ask, number: str) -> HttpResponse:
    """Decide the claim."""
    wanted = _wanted(ask, _found(ask, number))
    if wanted is None:
        return again(ask, number, _("Skriv dagarna som ÅÅÅÅ-MM-DD."))
    made = decision_acts.decide(ask.actor, number, wanted, seen=ask.POST.get("seen", ""), now=ask.now)
    return after(ask, number, made, _("Beslutet är fattat. Nu ska det skickas."))


def send(ask: Ask, number: str) -> HttpResponse:
    """Tell the decision by letter to those the routine names."""
    sent = decision_acts.send_decision(ask.actor, number, seen=ask.POST.get("seen", ""), now=ask.now)
    if isinstance(sent, tuple) and not any(isinstance(one, Fault) for one in sent):
        return done(ask, _("Beslutet är skickat."), f"/ansprak/{number}/{PLACE}")
    return after(ask, number, sent, "")


def change(ask: Ask, number: str) -> HttpResponse:
    """Decide anew what was decided, with why; the old decision stays."""
    wanted, kind = _wanted(ask, _found(ask, number)), ask.POST.get("change", "")
    if wanted is None:
        return again(ask, number, _("Skriv dagarna som ÅÅÅÅ-MM-DD."))
    if kind not in list(ChangeKind):
        return again(ask, number, _("Välj vad det är för sorts ändring."))
    ground = ask.POST.get("ground", "")
    made = appeals.change_decision(
        ask.actor,
        number,
        wanted,
        Changed(kind=ChangeKind(kind), because=ask.POST.get("because", "")),
        seen=ask.POST.get("seen", ""),
        now=ask.now,
        ground=AgainstParty(ground) if ground in list(AgainstParty) else None,
    )
    return after(ask, number, made, _("Det nya beslutet gäller. Nu ska det skickas; det gamla finns kvar."))


def reopen(ask: Ask, number: str) -> HttpResponse:
    """Try a refused claim anew."""
    made = appeals.reopen(
        ask.actor, number, because=ask.POST.get("because", ""), seen=ask.POST.get("seen", ""), now=ask.now
    )
    return after(ask, number, made, _("Ärendet prövas på nytt. Granska, beräkna och besluta."))


# --- what the acts have in common -------------------------------------------------------------------------------


def after(ask: Ask, number: str, outcome: object, sentence: str) -> HttpResponse:
    """Return to the claim with a sentence, or show it again with everything that was wrong and what was written."""
    if isinstance(outcome, tuple):
        faults = [fault for fault in outcome if isinstance(fault, Fault)]
        return again(ask, number, " ".join(f"{fault.message} {fault.remedy}" for fault in faults))
    if isinstance(outcome, Refusal):
        if outcome in _SHOWN_ANEW:
            why, remedy = WHY_NOT[outcome]
            return again(ask, number, f"{why} {remedy}")
        return refused(ask, outcome, back=f"/ansprak/{number}/")
    return done(ask, sentence, f"/ansprak/{number}/{PLACE}")


def again(ask: Ask, number: str, problem: str) -> HttpResponse:
    """Show the claim with what is wrong, and with what was written."""
    typed = {name: str(value) for name, value in ask.POST.items() if name not in ("csrfmiddlewaretoken", "seen")}
    typed["chosen"] = ",".join(ask.POST.getlist("provision"))
    return show(ask, number, problem=problem, typed=typed)


def day_of_field(ask: Ask, name: str) -> date | None:
    """Return the day that was written in a field, None when it is none."""
    try:
        day: date = Day().clean(ask.POST.get(name, "").strip())
    except ValidationError:
        return None
    return day


def _found(ask: Ask, number: str) -> Claim:
    found = claim_in(ask.actor, number)
    if found is None:
        raise Http404
    return found


def _wanted(ask: Ask, claim: Claim) -> Wanted | None:
    """Return the decision as it was written, None when a day is none; the amount is the calculation's."""
    first, last, ground = day_of_field(ask, "period_from"), day_of_field(ask, "period_to"), ground_of(claim)
    if first is None or last is None:
        return None
    ground_code = ask.POST.get("not_heard", "")
    return Wanted(
        period_from=first,
        period_to=last + timedelta(days=1),
        amount_ore=ground.statement.total_ore if ground else 0,
        reasons=ask.POST.get("reasons", "").strip(),
        provisions=tuple(ask.POST.getlist("provision")),
        took_part=tuple(name.strip() for name in ask.POST.get("took_part", "").split(",") if name.strip()),
        dissent=ask.POST.get("dissent", "").strip(),
        not_heard=NoHearing(ground_code) if ground_code in list(NoHearing) else None,
        not_heard_because=ask.POST.get("not_heard_because", "").strip(),
    )
