"""`timvis decisions recompute`: does every amount ever decided still come out, and is what it rests on untouched?"""

from dataclasses import asdict

import typer

from timvis.apps.attestation.queries import unproven_signatures
from timvis.apps.claims.queries import recompute_all
from timvis.apps.documents.queries import altered_letters, altered_originals
from timvis.apps.routines.queries import altered_versions
from timvis.cli.answer import AS_JSON, give, messages, stop_at_gap
from timvis.config.law_book import law_book
from timvis.core.law import LawGap

app = typer.Typer(no_args_is_help=True)

ALTERED = {
    "signatures": "Loggen har inte sett underskriften, eller så gäller den ett annat belopp",
    "originals": "En inlämnad fil är inte längre den som kom in",
    "letters": "Ett brev är inte längre det som skickades",
    "routines": "En rutins text är inte den som publicerades",
}


@app.callback()
def decisions() -> None:
    """Belopp som har beslutats."""


@app.command()
def recompute(as_json: bool = AS_JSON) -> None:
    """Gör om varje beräkning, och pröva att underskrifter, inlämnade filer och rutiner är orörda."""
    try:
        made = recompute_all(law_book())
    except LawGap as gap:
        stop_at_gap(gap, as_json=as_json)
    failure = made.first_failure
    altered = {
        "signatures": unproven_signatures(),
        "originals": altered_originals(),
        "letters": altered_letters(),
        "routines": altered_versions(),
    }
    ok = failure is None and not any(altered.values())

    def show() -> None:
        messages.print(f"{made.statements} beräkningar gjordes om.", markup=False)
        if failure:
            messages.print(
                f"Ärende {failure.claim_number}, beräkning {failure.number}, blir inte som den sparades. "
                "Betala ingenting i ärendet förrän någon vet varför.",
                markup=False,
            )
        for what, names in altered.items():
            for name in names:
                messages.print(f"{ALTERED[what]}: {name}. Rör ingenting och larma.", markup=False)

    document = {
        "ok": ok,
        "statements": made.statements,
        "first_failure": asdict(failure) if failure else None,
        "altered": altered,
    }
    give(document, as_json=as_json, show=show, objects=not ok)
