"""How the house writes quantities, marks and its picture."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from timvis.config.clock import local_day
from timvis.core.account_numbers import bankgiro_text, plusgiro_text
from timvis.core.calculation.hourly import kronor_text
from timvis.core.home_care.decided import service_label
from timvis.core.identity import shown_text
from timvis.core.invoice.objection import kronor as kronor_of
from timvis.core.quantities import PARTS_PER_MINUTE
from timvis.core.review.review import hours_text
from timvis.web.shared.once import FIELD, new_key
from timvis.web.shared.quantities import hours_in_minutes
from timvis.web.shared.words import (
    ABSENCE_WORDS,
    ACCOUNT_WORDS,
    ACTION_WORDS,
    INTEREST_WORDS,
    KIND_WORDS,
    NOTE_WORDS,
    OUTCOME_WORDS,
    PROVIDER_WORDS,
    ROW_WORDS,
    SIGNATURE_WORDS,
    UNIT_WORDS,
)

register = template.Library()

MEANING = {"refuses": "stop", "stops": "stop", "asks": "ask", "informs": "tell"}


@register.filter
def kronor(amount_ore: int | None) -> str:
    """Return whole öre as 51 975,00 kr; a dash when nobody knows."""
    return "–" if amount_ore is None else kronor_text(amount_ore)


@register.filter
def whole_kronor(amount_ore: int | None) -> str:
    """Return whole öre as whole kronor, for figures that are only compared."""
    return "–" if amount_ore is None else kronor_text(round(amount_ore / 100) * 100).replace(",00", "")


@register.filter
def change_kronor(amount_ore: int | None) -> str:
    """Return how much more or less than before, with its sign; a dash when there is nothing to compare with."""
    return f"+{kronor_text(amount_ore)}" if amount_ore and amount_ore > 0 else kronor(amount_ore)


@register.filter
def without_sign(amount_ore: int) -> int:
    """Return an amount without its sign, for a column that says which side it is on."""
    return abs(amount_ore)


@register.filter
def hours(minutes: int | None) -> str:
    """Return minutes as 165:00."""
    return "–" if minutes is None else hours_text(minutes)


@register.filter
def parts_hours(parts: int | None) -> str:
    """Return converted time as hours and whole minutes."""
    return "–" if parts is None else hours_text(parts // PARTS_PER_MINUTE)


@register.filter
def day(on: date | datetime | None) -> str:
    """Return a day as 2026-11-23, a dash when there is none."""
    if on is None:
        return "–"
    return (local_day(on) if isinstance(on, datetime) else on).isoformat()


@register.filter
def quantity_hours(quantity: str) -> str:
    """Return a statement's exact number of hours as hours and whole minutes."""
    return hours_text(hours_in_minutes(quantity))


@register.filter
def rate_kronor(rate: str) -> str:
    """Return a statement's rate in öre as kronor."""
    return kronor_text(int(rate)) if rate.isdigit() else rate


@register.filter
def action_words(action: str) -> str | Promise:
    """Return what was done, in words."""
    return ACTION_WORDS.get(action, action.replace("_", " "))


@register.filter
def signature_words(act: str) -> str | Promise:
    """Return a signature, in words."""
    return SIGNATURE_WORDS.get(act, act)


@register.filter
def kind_words(kind: str) -> str | Promise:
    """Return what a case is about, in words."""
    return KIND_WORDS.get(kind, kind)


@register.filter
def outcome_words(outcome: str) -> str | Promise:
    """Return what a decision comes to, in words."""
    return OUTCOME_WORDS.get(outcome, outcome)


@register.filter
def interest_words(kind: str) -> str | Promise:
    """Return how somebody stands to another, in words."""
    return INTEREST_WORDS.get(kind, kind)


@register.filter
def account_words(kind: str) -> str | Promise:
    """Return a kind of account, in words."""
    return ACCOUNT_WORDS.get(kind, kind)


@register.filter
def shown(text: str) -> str:
    """Return a text somebody else has written, every personal number in it masked."""
    return shown_text(text)


@register.filter
def date_text(on: date | str | None) -> str:
    """Return a day for a date field, or what was typed there."""
    return "" if on is None else str(on)


@register.filter
def plain_kronor(amount_ore: int) -> str:
    """Return whole öre as kronor for a field: 7125,50."""
    return kronor_of(amount_ore)


@register.filter
def last_day(ends_before: date | None) -> str:
    """Return the last day of a half-open period as people say it."""
    return "–" if ends_before is None else (ends_before - timedelta(days=1)).isoformat()


@register.filter
def note_words(kind: str) -> str | Promise:
    """Return what a note tells of, in words."""
    return NOTE_WORDS.get(kind, kind)


@register.simple_tag
def row_mark(state: str) -> SafeString:
    """Return how a row of a checklist stands, as a mark."""
    meaning, words = ROW_WORDS[state]
    return mark(meaning, str(words))


@register.filter
def per_words(unit: str) -> str | Promise:
    """Return what hours are granted per, in words."""
    return UNIT_WORDS.get(unit, unit)


@register.filter
def service_name(service: str) -> str:
    """Return a service of home care, in words."""
    return service_label(service)


@register.filter
def absence_words(kind: str) -> str | Promise:
    """Return where somebody was, in words."""
    return ABSENCE_WORDS.get(kind, kind)


@register.filter
def provider_words(kind: str) -> str | Promise:
    """Return a kind of provider, in words."""
    return PROVIDER_WORDS.get(kind, kind)


@register.filter
def account_number(number: str, kind: str) -> str:
    """Return an account number as people write it: 991-2346 for a bankgiro."""
    written = {"bankgiro": bankgiro_text, "plusgiro": plusgiro_text}.get(kind)
    return written(number) if written else number


@register.simple_tag
def mark(severity: str, text: str) -> SafeString:
    """Return a mark: the words say what it is, the colour repeats it."""
    return format_html('<span class="mark {}">{}</span>', MEANING.get(severity, severity), text)


@register.simple_tag(takes_context=True)
def once(context: dict[str, Any]) -> SafeString:
    """Return the hidden key that lets a form be carried out once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_key())


@register.simple_tag
def hours_bar(granted: int, reported: int, paid: int) -> SafeString:
    """Return the picture of the house: light bar reported, dark bar paid, a tick for granted; minutes in."""
    longest = max(granted, reported, paid, 1)
    width = 200

    def at(minutes: int) -> int:
        return minutes * width // longest

    told = _("Beviljat %(granted)s, redovisat %(reported)s, ersätts %(paid)s") % {
        "granted": hours_text(granted),
        "reported": hours_text(reported),
        "paid": hours_text(paid),
    }
    return format_html(
        '<span class="hours"><svg viewBox="0 0 {w} 16" role="img" aria-label="{told}">'
        '<rect class="empty" x="0" y="3" width="{w}" height="10" rx="2"/>'
        '<rect class="reported" x="0" y="3" width="{r}" height="10" rx="2"/>'
        '<rect class="paid" x="0" y="5" width="{p}" height="6" rx="1"/>'
        '<line class="granted" x1="{g}" y1="0" x2="{g}" y2="16"/></svg>'
        '<span class="small soft" aria-hidden="true">{gt} · {rt} · {pt}</span></span>',
        w=width,
        told=told,
        r=at(reported),
        p=at(paid),
        g=min(max(at(granted), 1), width - 1),
        gt=hours_text(granted),
        rt=hours_text(reported),
        pt=hours_text(paid),
    )
