"""`timvis audit`: seal the log, keep a checkpoint outside, and prove that the log is whole."""

from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction

from timvis.apps.audit import actions, persons, queries, records
from timvis.apps.audit.models import LogEntry
from timvis.cli.answer import AS_JSON, give, messages
from timvis.cli.log_file import checkpoint_in, log_in
from timvis.config.clock import now
from timvis.core.access import Action
from timvis.core.audit_chain import Break, Checkpoint, Verdict, verify
from timvis.formats.audit_log import write

app = typer.Typer(no_args_is_help=True)

WHOLE_INSTALLATION = "*"
"""What stands for the municipality in log rows about the installation itself."""

SAYS = {
    Break.SEAL_IS_MISSING: "Ett sigill saknas i följden.",
    Break.SEAL_DOES_NOT_FOLLOW: "Ett sigill bygger inte på det som står före.",
    Break.ROW_IS_MISSING_OR_ADDED: "Rader har tagits bort eller lagts till bakom ett sigill.",
    Break.ROW_OR_SEAL_IS_CHANGED: "En förseglad rad, eller sigillet självt, har ändrats.",
    Break.LOG_ENDS_BEFORE_CHECKPOINT: "Loggen slutar före kontrollpunkten: slutet har klippts bort.",
    Break.LOG_DIFFERS_FROM_CHECKPOINT: "Loggen är en annan än den som kontrollpunkten togs av.",
}

CheckpointFile = Annotated[Path | None, typer.Option("--checkpoint", help="Kontrollpunkt som förvarats utanför.")]
LogFile = Annotated[Path | None, typer.Option("--file", help="En exporterad logg i stället för databasen.")]
OutFile = Annotated[Path, typer.Option("--out", help="Filen som skrivs.")]


@app.callback()
def audit() -> None:
    """Loggen: försegla, spara en kontrollpunkt, pröva att den är hel."""


@app.command(name="verify")
def verify_log(checkpoint: CheckpointFile = None, file: LogFile = None, as_json: bool = AS_JSON) -> None:
    """Prövar att ingen rad har ändrats, tagits bort, lagts till eller flyttats."""
    point = checkpoint_in(checkpoint, as_json=as_json) if checkpoint else None
    if file is None:
        verdict = _verdict_of_database(point)
    else:
        seals, rows = log_in(file, as_json=as_json)
        verdict = verify(rows, seals, point)
    document = {
        "ok": verdict.ok,
        "entries": verdict.entries,
        "seals": verdict.seals,
        "unsealed": verdict.unsealed,
        "first_failure": None if verdict.broken is None else _failure(verdict),
    }
    give(document, as_json=as_json, show=lambda: _show(verdict), objects=not verdict.ok)


@app.command()
def seal(as_json: bool = AS_JSON) -> None:
    """Förseglar det som har loggats sedan förra sigillet."""
    made = actions.seal(now())
    document = {"sealed": made.entries if made else 0, "number": made.number if made else None}
    says = f"Sigill {made.number} över {made.entries} rader." if made else "Inget nytt att försegla."
    give(document, as_json=as_json, show=lambda: messages.print(says, markup=False))


@app.command()
def checkpoint(out: OutFile, as_json: bool = AS_JSON) -> None:
    """Förseglar loggen och skriver en kontrollpunkt, att förvara där ingen som sköter databasen når den."""
    actions.seal(now())
    last = queries.last_seal()
    if last is None:
        messages.print("Loggen är tom: det finns ingenting att ta en kontrollpunkt av.", markup=False)
        give({"ok": False, "number": None, "digest": None}, as_json=as_json, objects=True)
    point = Checkpoint(number=last.number, digest=last.digest)
    out.write_text(write.checkpoint_text(point), encoding="utf-8")
    says = f"Kontrollpunkt {point.number} är skriven till {out}."
    give(
        {"ok": True, "number": point.number, "digest": point.digest},
        as_json=as_json,
        show=lambda: messages.print(says, markup=False),
    )


@app.command()
def export(out: OutFile, as_json: bool = AS_JSON) -> None:
    """Skriver hela loggen till en fil som kan prövas utan databasen."""
    with transaction.atomic():
        actions.record(
            persons.machine(WHOLE_INSTALLATION, now()),
            Action.LOOK_AT_LOG,
            object_kind="log",
            object_id="export",
            at=now(),
        )
    with out.open("w", encoding="utf-8") as stream:
        stream.writelines(write.lines(queries.seals(), records.log_rows(LogEntry.objects.all())))
    says = f"Loggen är skriven till {out}."
    give({"ok": True, "file": str(out)}, as_json=as_json, show=lambda: messages.print(says, markup=False))


def _verdict_of_database(point: Checkpoint | None) -> Verdict:
    with transaction.atomic():
        verdict = queries.verdict(point)
        actions.record(
            persons.machine(WHOLE_INSTALLATION, now()),
            Action.VERIFY_LOG,
            object_kind="log",
            object_id="verify",
            outcome=verdict.broken or actions.DONE,
            at=now(),
        )
    return verdict


def _failure(verdict: Verdict) -> dict[str, object]:
    return {"code": verdict.broken, "seal": verdict.at_seal, "message": _says(verdict)}


def _says(verdict: Verdict) -> str:
    return f"{SAYS[verdict.broken]} (sigill {verdict.at_seal})" if verdict.broken else ""


def _show(verdict: Verdict) -> None:
    counted = f"{verdict.entries} rader, {verdict.seals} sigill, {verdict.unsealed} ännu inte förseglade."
    if verdict.ok:
        messages.print(f"Loggen är hel: {counted}", markup=False)
    else:
        messages.print(f"Loggen är INTE hel: {_says(verdict)} Rör ingenting och larma.", markup=False)
