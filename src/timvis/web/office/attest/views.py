"""The attest inbox: what waits for one's own signature, signed one by one or what is green of it together."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timvis.apps.accounting.actions import sign_and_book
from timvis.apps.accounting.attest_batches import (
    BatchSigned,
    BatchStopped,
    Inbox,
    freeze_batch,
    inboxes,
    sign_batch,
)
from timvis.apps.attestation.batches import batch_of, frozen, is_whole
from timvis.apps.attestation.models import AttestBatch
from timvis.apps.attestation.queries import to_sign
from timvis.apps.audit import actions as audit
from timvis.apps.claims.queries import claim_in
from timvis.config.law_book import law_book
from timvis.core.access import Action
from timvis.core.calculation.hourly import kronor_text
from timvis.core.faults import Refusal
from timvis.core.routine.batch import Bounds, biggest_changes
from timvis.core.routine.records import SIGNATURES, Act
from timvis.web.office.attest.rows import changed, entries, gone, line_changed, waiting_rows, was_shown
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.ids import number_in
from timvis.web.shared.lines import line_rows
from timvis.web.shared.words import SIGNATURE_WORDS, WHY_NOT

CHOSEN, SHOWN = "attest_act", "attest_shown"
PER_PAGE = 50

TOLD_ELSEWHERE = (Refusal.LOGIN_TOO_OLD, Refusal.NOT_FOUND, Refusal.NO_RELATION, Refusal.ROLE_DOES_NOT_ALLOW)
"""Refusals that say nothing of what was shown; the others show what waits now, with what has changed."""


def inbox(ask: Ask, *, problem: str = "", about: str = "", changes: tuple[str, ...] = ()) -> HttpResponse:
    """Show what waits for the actor's own signature, act by act; after a refusal with what has changed."""
    found = inboxes(ask.actor, law=law_book(), now=ask.now)
    chosen = _chosen(ask, found)
    page = Paginator(entries(chosen) if chosen else [], PER_PAGE).get_page(ask.GET.get("sida"))
    shown = waiting_rows(list(page))
    hers = [row for row in shown if row.line is not None]
    ask.session[SHOWN] = [row.number for row in hers]
    audit.record(
        ask.actor,
        Action.LOOK_AT_ATTESTS,
        object_kind="attests",
        object_id=chosen.act if chosen else "",
        detail={"claims": [row.number for row in shown]},
        at=ask.now,
    )
    return render(
        ask,
        "attest/inbox.html",
        {
            "chosen": chosen,
            "act_words": SIGNATURE_WORDS[chosen.act] if chosen else "",
            "chips": [(one.act, SIGNATURE_WORDS[one.act], len(one.lines), one is chosen) for one in found],
            "page": page,
            "hers": hers,
            "not_hers": [row for row in shown if row.line is None],
            "bounds": Bounds(),
            "today": ask.today,
            "problem": problem,
            "about": about,
            "changes": changes,
        },
        status=409 if problem else 200,
    )


def sign_one(ask: Ask, number: str) -> HttpResponse:
    """Sign one claim over the digest of exactly what its row showed, and go on to the next row."""
    digest = ask.POST.get("shown", "")
    act = _act(ask)
    signed = sign_and_book(ask.actor, number, act, shown_digest=digest, law=law_book(), now=ask.now)
    if isinstance(signed, Refusal):
        return _not_signed(ask, number, signed, digest)
    after = _after(ask, number)
    sentence = _("%(number)s är signerat. Underskriften gäller exakt det du såg.") % {"number": number}
    return done(ask, sentence, f"{reverse('attest_inbox')}{f'#rad-{after}' if after else ''}")


def freeze(ask: Ask) -> HttpResponse:
    """Freeze everything the actor may sign of one act as a batch, and lead to it."""
    made = freeze_batch(ask.actor, _act(ask), law=law_book(), now=ask.now)
    if isinstance(made, Refusal):
        return inbox(ask, problem=_("Inget väntar längre på din underskrift här."))
    return HttpResponseRedirect(reverse("attest_batch", args=[made.pk]))


def batch(ask: Ask, batch_id: str) -> HttpResponse:
    """Show a batch as it was frozen for the actor: sum and biggest changes, then every line, deviations first."""
    row = _batch(ask, batch_id)
    audit.record(ask.actor, Action.LOOK_AT_ATTESTS, object_kind="attest_batch", object_id=row.pk, at=ask.now)
    return _batch_page(ask, row)


def sign_green(ask: Ask, batch_id: str) -> HttpResponse:
    """Sign the green lines of a batch as it was shown, or nothing and tell what has changed."""
    row = _batch(ask, batch_id)
    outcome = sign_batch(ask.actor, row.pk, digest=ask.POST.get("digest", ""), law=law_book(), now=ask.now)
    if isinstance(outcome, BatchSigned):
        sentence = ngettext(
            "%(n)d rad är signerad, %(kr)s. Underskriften gäller exakt den bunt du såg.",
            "%(n)d rader är signerade, tillsammans %(kr)s. Underskriften gäller exakt den bunt du såg.",
            outcome.count,
        )
        told = {"n": outcome.count, "kr": kronor_text(outcome.sum_ore)}
        return done(ask, sentence % told, reverse("attest_inbox"))
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=reverse("attest_inbox"))
    return _batch_page(ask, row, stopped=outcome)


def _batch_page(ask: Ask, row: AttestBatch, *, stopped: BatchStopped | None = None) -> HttpResponse:
    if not is_whole(row):
        return refused(ask, Refusal.SHOWN_IS_NOT_CURRENT, back=reverse("attest_inbox"))
    kept = frozen(row)
    shown = line_rows(kept.lines)
    by_number = {one.number: one for one in shown}
    return render(
        ask,
        "attest/batch.html",
        {
            "row": row,
            "batch": kept,
            "act_words": SIGNATURE_WORDS[kept.act],
            "deviating": [one for one in shown if one.line and not one.line.is_green],
            "green": [one for one in shown if one.line and one.line.is_green],
            "changes": [by_number[line.claim_number] for line in biggest_changes(kept.lines)],
            "signed_at": row.signed_acts.values_list("signed_at", flat=True).first(),
            "stopped": [
                (by_number[one.was.claim_number], tuple(line_changed(one)))
                for one in (stopped.lines if stopped else ())
            ],
        },
        status=409 if stopped else 200,
    )


def _chosen(ask: Ask, found: tuple[Inbox, ...]) -> Inbox | None:
    """Return the act that is looked at: the one asked for, the one asked for last, else the first that waits."""
    wanted = ask.GET.get("handling", ask.session.get(CHOSEN, ""))
    of_act = {one.act.value: one for one in found}
    if "handling" in ask.GET and wanted in of_act:
        ask.session[CHOSEN] = wanted
    return of_act.get(wanted) or next((one for one in found if one.lines), next(iter(found), None))


def _act(ask: Ask) -> Act:
    wanted = ask.POST.get("act", "")
    if wanted not in SIGNATURES:
        raise Http404
    return Act(wanted)


def _batch(ask: Ask, batch_id: str) -> AttestBatch:
    row = batch_of(ask.actor, number_in(batch_id))
    if row is None:
        raise Http404
    return row


def _after(ask: Ask, number: str) -> str:
    """Return the number of the row after one, as the list was last shown; the one before when it was the last."""
    shown: list[str] = ask.session.get(SHOWN, [])
    here = shown.index(number) if number in shown else len(shown)
    return next(iter([*shown[here + 1 :], *reversed(shown[:here])]), "")


def _not_signed(ask: Ask, number: str, refusal: Refusal, digest: str) -> HttpResponse:
    if refusal in TOLD_ELSEWHERE:
        return refused(ask, refusal)
    claim = claim_in(ask.actor, number)
    assert claim is not None, "a claim that is not there is told elsewhere"
    now, was = to_sign(claim, now=ask.now), was_shown(ask.POST.get("seen", ""), digest)
    told = tuple(changed(was, now.shown)) if was and now else ()
    why, remedy = (gone(refusal), "") if refusal is Refusal.NOT_THE_NEXT_STEP else WHY_NOT[refusal]
    return inbox(ask, problem=f"{why} {remedy}".strip(), about=number, changes=told)
