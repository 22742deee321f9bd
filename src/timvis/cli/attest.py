"""`timvis attest`: who could attest on a day, and slips that prove what was attested, far from the database."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from django.db import transaction

from timvis.apps.attestation.queries import signatures
from timvis.apps.attestation.slips import slip, slip_name
from timvis.apps.audit import actions as audit
from timvis.apps.audit import persons
from timvis.apps.claims.models import Claim
from timvis.apps.routines.queries import CouldUse, who_could_attest
from timvis.cli.answer import AS_JSON, give, messages, refuse_input, tables
from timvis.cli.checked_file import content_of, refuse_file
from timvis.cli.log_file import checkpoint_in, log_in
from timvis.cli.rights_asked_for import KNOWN_AT, MUNICIPALITY, ON, right_held, right_text, rights_asked_for
from timvis.cli.written_file import write_files
from timvis.config.clock import now
from timvis.core.access import Action
from timvis.core.faults import Fault
from timvis.core.routine.attest_rights import AttestRight
from timvis.core.routine.attest_slip import SlipProblem, problems_in_log, problems_of
from timvis.formats.attest_slip.read import read
from timvis.formats.attest_slip.write import write

app = typer.Typer(no_args_is_help=True)

LogFile = Annotated[Path | None, typer.Option("--log", help="En exporterad logg att pröva intyget mot.")]
CheckpointFile = Annotated[Path | None, typer.Option("--checkpoint", help="Kontrollpunkt som förvarats utanför.")]


@app.callback()
def attest() -> None:
    """Attesträtter, och intyg på det som är attesterat."""


@app.command()
def who(
    on: str = ON,
    municipality: str = MUNICIPALITY,
    known_at: str = KNOWN_AT,
    as_json: bool = AS_JSON,
) -> None:
    """Visar vem som kunde attestera vad en viss dag, som det var känt då."""
    asked = rights_asked_for(on, known_at, municipality, as_json=as_json)
    found = [
        (town, one) for town in asked.towns for one in who_could_attest(town, on=asked.on, known_at=asked.known_at)
    ]
    document = {"on": asked.on, "known_at": asked.known_at, "rights": [_right(town, one) for town, one in found]}
    give(document, as_json=as_json, show=lambda: _show_rights([one for _, one in found]))


@app.command("slip")
def write_slips(
    number: str = typer.Argument(help="Ärendets nummer.", metavar="ÄRENDE"),
    out: Path = typer.Option(..., "--out", help="Mappen som intygen skrivs i."),
    as_json: bool = AS_JSON,
) -> None:
    """Skriver ett intyg för varje attest i ett ärende."""
    claim = Claim.objects.filter(number=number).select_related("municipality").first()
    if claim is None:
        refuse_input([_no_such_claim(number)], as_json=as_json)
    with transaction.atomic():
        audit.record(
            persons.machine(claim.municipality.slug, now()),
            Action.LOOK_AT_CLAIM,
            object_kind="claim",
            object_id=claim.pk,
            recipient_id=claim.recipient_id,
            at=now(),
        )
        made = {slip_name(row): write(one) for row in signatures(claim) if (one := slip(row)) is not None}
    written = write_files(out, made)
    if isinstance(written, Fault):
        refuse_input([written], as_json=as_json)
    says = f"{len(written)} attestintyg skrivna i {out}." if written else "Ärendet har inga attester att intyga."
    document = {"claim": number, "files": [str(path) for path in written]}
    give(document, as_json=as_json, show=lambda: messages.print(says, markup=False), objects=not written)


@app.command()
def verify(
    file: Path = typer.Argument(help="Attestintyget.", metavar="FIL"),
    log: LogFile = None,
    checkpoint: CheckpointFile = None,
    as_json: bool = AS_JSON,
) -> None:
    """Prövar ett attestintyg med ingenting annat än filen, och mot en exporterad logg om en anges."""
    outcome = read(content_of(file, as_json=as_json))
    if isinstance(outcome, Fault):
        refuse_file(file, [outcome], as_json=as_json)
    one, changed = outcome
    problems = [*changed, *(problems_of(one) if one else ())]
    in_log: bool | None = None
    if log is not None and one is not None:
        point = checkpoint_in(checkpoint, as_json=as_json) if checkpoint else None
        seals, rows = log_in(log, as_json=as_json)
        against = problems_in_log(one, rows, seals, point)
        problems += against
        in_log = not against
    document = {
        "valid": not problems,
        "in_log": in_log,
        "claim": one.signature.claim_number if one else None,
        "step": one.signature.step if one else None,
        "person": one.signature.person_name if one else None,
        "signed_at": one.signature.signed_at.isoformat() if one else None,
        "failed": [asdict(problem) for problem in problems],
    }
    give(document, as_json=as_json, show=lambda: _show_verdict(problems, in_log=in_log), objects=bool(problems))


def _right(town: str, one: CouldUse[AttestRight]) -> dict[str, Any]:
    right = one.held.right
    return {
        **right_held(town, one),
        "act": right.act,
        "responsibility": right.responsibility,
    }


def _show_rights(found: list[CouldUse[AttestRight]]) -> None:
    for one in found:
        right = one.held.right
        area = f"ansvar {right.responsibility}" if right.responsibility else "allt ansvar"
        tables.print(right_text(right.act, one, area, "lista"), markup=False)
    if not found:
        tables.print("Ingen antagen attestlista gav någon rätt den dagen.")


def _show_verdict(problems: list[SlipProblem], *, in_log: bool | None) -> None:
    for problem in problems:
        messages.print(f"{problem.field}: {problem.message}", markup=False)
    if problems:
        messages.print("Intyget håller INTE.", markup=False)
    elif in_log:
        messages.print("Intyget håller, och loggen har raden.", markup=False)
    else:
        messages.print("Intyget är helt. Pröva det mot en exporterad logg med --log för full säkerhet.", markup=False)


def _no_such_claim(number: str) -> Fault:
    return Fault(code="no_such_claim", message=f"Ärendet {number} finns inte.", remedy="Kontrollera numret.")
