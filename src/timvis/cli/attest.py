"""`timvis attest`: who could attest on a day, and slips that prove what was attested, far from the database."""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.db import transaction

from timvis.apps.attestation.queries import signatures
from timvis.apps.attestation.slips import slip, slip_name
from timvis.apps.audit import actions as audit
from timvis.apps.audit import persons
from timvis.apps.claims.models import Claim
from timvis.apps.parties.models import Municipality
from timvis.apps.routines.queries import CouldAttest, known_by_end_of, who_could_attest
from timvis.cli.answer import AS_JSON, give, messages, refuse_input, tables
from timvis.cli.checked_file import content_of, refuse_file
from timvis.cli.log_file import checkpoint_in, log_in
from timvis.cli.written_file import write_files
from timvis.config.clock import now
from timvis.core.access import Action
from timvis.core.calculation.hourly import kronor_text
from timvis.core.calendar.local_time import SWEDEN, last_moment_of
from timvis.core.faults import Fault
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
    on: str = typer.Option(..., "--on", help="Dagen, som 2026-01-15.", metavar="DATUM"),
    municipality: str = typer.Option("", "--municipality", help="Kommunens mappnamn; annars alla."),
    known_at: str = typer.Option(
        "", "--known-at", help="Som det var känt då, 2026-01-15T12:00; annars vid dagens slut."
    ),
    as_json: bool = AS_JSON,
) -> None:
    """Visar vem som kunde attestera vad en viss dag, som det var känt då."""
    day, moment, faults = _read_call(on, known_at)
    towns = Municipality.objects.order_by("slug").values_list("slug", flat=True)
    if municipality and municipality not in towns:
        faults.append(_no_such_town(municipality))
    if day is None or faults:
        refuse_input(faults, as_json=as_json)
    known = moment or known_by_end_of(day, now())
    found = [
        (town, one)
        for town in ([municipality] if municipality else towns)
        for one in who_could_attest(town, on=day, known_at=known)
    ]
    document = {"on": day, "known_at": known, "rights": [_right(town, one) for town, one in found]}
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


def _right(town: str, one: CouldAttest) -> dict[str, Any]:
    held, right = one.held, one.held.right
    return {
        "municipality": town,
        "person": one.person_name,
        "position": right.position,
        "act": right.act,
        "responsibility": right.responsibility,
        "up_to_ore": right.up_to_ore,
        "from": held.held_from,
        "to": held.held_to,
        "deputy_of": one.deputy_for or None,
        "board": held.board,
        "list": held.list_number,
        "row": right.number,
    }


def _show_rights(found: list[CouldAttest]) -> None:
    for one in found:
        right = one.held.right
        limit = "utan gräns" if right.up_to_ore is None else f"till {kronor_text(right.up_to_ore)}"
        tables.print(
            f"{right.act}: {one.person_name}{f' ({right.position})' if right.position else ''}, "
            f"{f'ansvar {right.responsibility}' if right.responsibility else 'allt ansvar'}, {limit}"
            f"{f', ersättare för {one.deputy_for}' if one.deputy_for else ''}"
            f" — {one.held.board}, lista {one.held.list_number}, rad {right.number}",
            markup=False,
        )
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


def _read_call(on: str, known_at: str) -> tuple[date | None, datetime | None, list[Fault]]:
    """Return the day and the moment, None for each that was not given or cannot be read, and every fault."""
    day, moment, faults = _day(on), _moment(known_at), []
    if day is None:
        faults.append(_unreadable("day_not_readable", on, "Skriv dagen som 2026-01-15."))
    if known_at and moment is None:
        faults.append(_unreadable("moment_not_readable", known_at, "Skriv som 2026-01-15T12:00, eller bara dagen."))
    return day, moment, faults


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """Return a moment; a bare day is told at its end, a time without offset is Swedish."""
    if (day := _day(text)) is not None:
        return last_moment_of(day)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=SWEDEN)


def _unreadable(code: str, text: str, remedy: str) -> Fault:
    return Fault(code=code, message=f"”{text}” går inte att läsa.", remedy=remedy)


def _no_such_town(slug: str) -> Fault:
    return Fault(
        code="no_such_municipality",
        message=f"Kommunen {slug} finns inte här.",
        remedy="Skriv kommunens namn som det står i rutinernas mappar, eller utelämna det för alla.",
    )


def _no_such_claim(number: str) -> Fault:
    return Fault(code="no_such_claim", message=f"Ärendet {number} finns inte.", remedy="Kontrollera numret.")
