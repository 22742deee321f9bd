"""Several assistants, or several times, in one application: each worked out by itself, then one statement of all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from timvis.core.calculation.agreements import Agreements
from timvis.core.calculation.sick_cost.application import TOO_LONG, is_too_long, too_long_told
from timvis.core.calculation.sick_cost.calculate import KIND, SickCost, calculate
from timvis.core.calculation.sick_cost.findings import in_order, objection
from timvis.core.calculation.sick_cost.records import SickCase
from timvis.core.calculation.sick_cost.settings import SickCostSettings
from timvis.core.faults import Fault
from timvis.core.law import LawReader
from timvis.core.review.finding import Finding
from timvis.core.statement import Statement, digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One assistant's sick cost in an application. `label` tells the parts apart to people: "Assistent 2"."""

    label: str
    case: SickCase


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCost:
    """A part worked out."""

    label: str
    case: SickCase
    cost: SickCost


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A whole application: one statement, every finding with the part it is about, and the parts by themselves."""

    statement: Statement
    findings: tuple[Finding, ...]
    parts: tuple[PartCost, ...]


def calculate_parts(
    parts: Sequence[Part], agreements: Agreements, reader: Callable[[], LawReader]
) -> Joined | tuple[Fault, ...]:
    """Return what an application comes to, or every fault of all its parts; a fault's column begins `part[1].`.

    `reader` gives a new reader of the law for each part, so that each remembers its own rows. Raises `LawGap`.
    """
    faults = list(_wrong(parts))
    worked_out: list[PartCost] = []
    for number, part in enumerate(parts, start=1):
        cost = calculate(part.case, agreements, reader())
        if isinstance(cost, SickCost):
            worked_out.append(PartCost(label=part.label, case=part.case, cost=cost))
        else:
            faults += [_in_part(fault, number, part.label) for fault in cost]
    return tuple(faults) if faults else joined(worked_out)


def joined(parts: Sequence[PartCost]) -> Joined:
    """Return the statement of several parts: their lines, each with its part's label, and so their sum.

    An application of one part is that part as it is, with its own digest.
    """
    if len(parts) == 1:
        [only] = parts
        return Joined(statement=only.cost.statement, findings=only.cost.findings, parts=(only,))
    statements = [part.cost.statement for part in parts]
    findings = [_finding_in(part, finding) for part in parts for finding in part.cost.findings]
    return Joined(
        statement=Statement(
            kind=KIND,
            lines=tuple(
                replace(line, label=f"{part.label}: {line.label}")
                for part in parts
                for line in part.cost.statement.lines
            ),
            law_rows=tuple(dict.fromkeys(row for statement in statements for row in statement.law_rows)),
            settings=tuple(_settings(parts)),
            inputs_digest=digest_of([(part.label, part.cost.statement.digest) for part in parts]),
        ),
        findings=in_order((*findings, *_of_the_whole(parts))),
        parts=tuple(parts),
    )


# --- what is wrong with the whole ------------------------------------------------------------------------------


def _wrong(parts: Sequence[Part]) -> Iterator[Fault]:
    if not parts:
        yield Fault(
            code="missing",
            message="Ansökan gäller ingen assistent.",
            remedy="Skriv vem som var sjuk.",
            column="part",
        )
    for number, part in enumerate(parts, start=1):
        if part.label in [one.label for one in parts[: number - 1]]:
            yield Fault(
                code="two_at_once",
                message=f"Två delar av ansökan heter ”{part.label}”, så raderna går inte att skilja åt.",
                remedy="Ge varje del en egen benämning.",
                column=f"part[{number}].label",
            )


def _in_part(fault: Fault, number: int, label: str) -> Fault:
    column = f"part[{number}].{fault.column}" if fault.column else f"part[{number}]"
    return replace(fault, column=column, message=f"{label}: {fault.message}")


def _finding_in(part: PartCost, finding: Finding) -> Finding:
    place = f"{part.label}, {finding.place}" if finding.place else part.label
    return replace(finding, message=f"{part.label}: {finding.message}", place=place)


def _of_the_whole(parts: Sequence[PartCost]) -> Iterator[Finding]:
    """Yield what only the whole application shows: more assistants or a longer time than the routine takes in one."""
    claim_from = min(part.case.claim_from for part in parts)
    claim_to = max(part.case.claim_to for part in parts)
    settings = next((one for one in parts[0].case.settings if one.holds_on(claim_from)), SickCostSettings())
    most = settings.claim_most_assistants
    if most is not None and len(parts) > most:
        yield objection(
            "more_assistants_than_the_routine_takes",
            f"Ansökan gäller {len(parts)} assistenter, och rutinen tar emot högst {most} i en ansökan. Be om fler "
            "ansökningar; det är inget skäl att avslå.",
        )
    of_a_part = any(finding.code == TOO_LONG for part in parts for finding in part.cost.findings)
    covers = settings.claim_covers
    if not of_a_part and is_too_long(claim_from, claim_to, covers, absences=len(parts), assistants=len(parts)):
        yield objection(TOO_LONG, too_long_told(claim_from, claim_to))


def _settings(parts: Sequence[PartCost]) -> Iterator[tuple[str, str]]:
    """Yield every choice once; one that is not the same in all parts with the part that it was made for."""
    told = [dict(part.cost.statement.settings) for part in parts]
    for code in dict.fromkeys(code for one in told for code in one):
        values = {one.get(code) for one in told}
        if len(values) == 1:
            yield code, told[0][code]
        else:
            yield from (
                (f"{code}@{part.label}", one[code]) for part, one in zip(parts, told, strict=True) if code in one
            )
