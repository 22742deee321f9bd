"""`timvis decisions recompute`: does every amount ever decided still come out the same?"""

from dataclasses import asdict

import typer

from timvis.apps.claims.queries import recompute_all
from timvis.cli.answer import AS_JSON, give, messages, stop_at_gap
from timvis.config.law_book import law_book
from timvis.core.law import LawGap

app = typer.Typer(no_args_is_help=True)


@app.callback()
def decisions() -> None:
    """Belopp som har beslutats."""


@app.command()
def recompute(as_json: bool = AS_JSON) -> None:
    """Gör om varje beräkning ur det som frystes med den, och jämför med det som sparades."""
    try:
        made = recompute_all(law_book())
    except LawGap as gap:
        stop_at_gap(gap, as_json=as_json)
    failure = made.first_failure

    def show() -> None:
        messages.print(f"{made.statements} beräkningar gjordes om.", markup=False)
        if failure:
            messages.print(
                f"Ärende {failure.claim_number}, beräkning {failure.number}, blir inte som den sparades. "
                "Betala ingenting i ärendet förrän någon vet varför.",
                markup=False,
            )

    document = {
        "ok": failure is None,
        "statements": made.statements,
        "first_failure": asdict(failure) if failure else None,
    }
    give(document, as_json=as_json, show=show, objects=failure is not None)
