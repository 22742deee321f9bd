"""`timvis ledger`: does the ledger say what was decided and paid?"""

import typer

from timvis.apps.accounting.queries import ledger_checks
from timvis.cli.answer import AS_JSON, give, messages

app = typer.Typer(no_args_is_help=True)


@app.callback()
def ledger() -> None:
    """Bokföringen."""


@app.command()
def check(as_json: bool = AS_JSON) -> None:
    """Prövar att varje verifikation finns, går ihop och säger det som har beslutats och betalats."""
    checks = ledger_checks()
    failures = [f"{slug}: {failure}" for slug, found in checks.items() for failure in found.failures]
    document = {
        "ok": not failures,
        "entries": sum(found.entries for found in checks.values()),
        "transfers": sum(found.transfers for found in checks.values()),
        "sums": {slug: found.sums for slug, found in checks.items()},
        "first_failure": failures[0] if failures else None,
        "failures": failures,
    }

    def show() -> None:
        for failure in failures:
            messages.print(failure, markup=False)
        judged = "går inte ihop" if failures else "går ihop"
        messages.print(f"Bokföringen {judged}: {document['entries']} verifikationer.", markup=False)

    give(document, as_json=as_json, show=show, objects=bool(failures))
