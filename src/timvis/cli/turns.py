"""`timvis turns`: whose turn it is to get those who choose nobody, derived anew from the log, row by row."""

from typing import Any

import typer

from timvis.apps.home_choices import queries
from timvis.apps.home_choices.proof import Proof, of_every_list
from timvis.apps.parties.models import Municipality
from timvis.cli.answer import AS_JSON, give, messages
from timvis.core.home_care.turn_order import Assigned, Entry, Joined

app = typer.Typer(no_args_is_help=True)


@app.callback()
def turns() -> None:
    """Turordningen för den som inte väljer utförare av hemtjänst."""


@app.command()
def check(as_json: bool = AS_JSON) -> None:
    """Läser varje turordning från första raden och prövar att varje tur var rätt; med --json hela loggen."""
    found = [
        (slug, proof)
        for slug in Municipality.objects.order_by("slug").values_list("slug", flat=True)
        for proof in of_every_list(slug)
    ]
    names = queries.names({int(key) for _slug, proof in found for key in proof.counts})
    called = {str(provider_id): name for provider_id, name in names.items()}
    failures = [
        f"{_title(slug, proof)}, rad {problem.number}: {problem.text}"
        for slug, proof in found
        for problem in proof.problems
    ]
    lists = [_document(slug, proof, called) for slug, proof in found]
    document = {"ok": not failures, "lists": lists, "rows": sum(len(proof.log) for _slug, proof in found)}

    def show() -> None:
        for failure in failures:
            messages.print(failure, markup=False)
        for slug, proof in found:
            order = ", ".join(called[key] for key in proof.turns) or "ingen"
            messages.print(f"{_title(slug, proof)}: {len(proof.log)} rader. På tur: {order}.", markup=False)
        judged = "Någon rad följer inte av dem före." if failures else "Varje rad följer av dem före."
        messages.print(judged, markup=False)

    give({**document, "failures": failures}, as_json=as_json, show=show, objects=bool(failures))


def _title(slug: str, proof: Proof) -> str:
    return f"{slug}, {proof.area}" if proof.area else slug


def _document(slug: str, proof: Proof, called: dict[str, str]) -> dict[str, Any]:
    return {
        "municipality": slug,
        "area": proof.area,
        "order": [called[key] for key in proof.turns],
        "remembered": [called[key] for key in proof.remembered],
        "counts": {called[key]: count for key, count in proof.counts.items()},
        "problems": [{"row": one.number, "code": one.kind.value, "text": one.text} for one in proof.problems],
        "log": [_row(number, one, called) for number, one in enumerate(proof.log, start=1)],
    }


def _row(number: int, one: Entry, called: dict[str, str]) -> dict[str, Any]:
    """Return a row with all that the rows after it rest on, so that anybody can derive them again."""
    told: dict[str, Any] = {"row": number, "on": one.on.isoformat(), "provider": called[one.provider]}
    if not isinstance(one, Assigned):
        return {**told, "kind": "joined" if isinstance(one, Joined) else "left"}
    skipped = [
        {
            "provider": called[each.provider],
            "because": each.because.value,
            "ordered_minutes": each.capacity.ordered_minutes,
            "ceiling_minutes": each.capacity.ceiling_minutes,
        }
        for each in one.skipped
    ]
    return {**told, "kind": "assigned", "order": one.order, "minutes": one.minutes, "skipped": skipped}
