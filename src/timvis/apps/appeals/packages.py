"""What is handed over to the court: every paper of the case that the appeal is about, as one sealed package."""

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from typing import Any

from timvis.apps.appeals import case_papers as papers
from timvis.apps.appeals import records
from timvis.apps.appeals.models import Appeal
from timvis.apps.claims.models import Claim
from timvis.core.faults import Fault
from timvis.formats.archive_package.records import PackageFile, PackageInfo, SealedPackage
from timvis.formats.archive_package.write import write


def of_appeal(appeal: Appeal, now: datetime) -> SealedPackage | tuple[Fault, ...]:
    """Return the sealed package of an appeal, the same to the byte for the same case."""
    claim = appeal.decision.claim
    info = PackageInfo(
        identifier=f"{claim.number}-overklagande-{appeal.pk}",
        title=f"Överklagande i ärende {claim.number}",
        sealed_at=now,
        organisation=claim.municipality.name,
        organisation_number=claim.municipality.organisation_number,
        software_version=f"Timvis {version('timvis')}",
        facts=(
            ("claim", claim.number),
            ("decision", str(appeal.decision.number)),
            ("appealed_by", appeal.name),
            ("came_on", appeal.came_on.isoformat()),
        ),
    )
    return write(info, tuple(_files(appeal, claim)))


def _files(appeal: Appeal, claim: Claim) -> Iterator[PackageFile]:
    yield papers.json_file("appeal/appeal.json", _appeal(appeal))
    if appeal.original is not None:
        yield papers.original_file("appeal", appeal.original)
    yield papers.json_file("decision/decisions.json", papers.decisions(claim))
    yield papers.json_file("decision/service.json", papers.services(claim))
    for statement in claim.statements.order_by("number"):
        yield papers.json_file(f"decision/statement-{statement.number}.json", statement.body)
    for letter in papers.letters(claim):
        path = papers.letter_path(letter)
        yield PackageFile(path=path, media_type="application/pdf", content=bytes(letter.pdf))
    yield papers.json_file("case/hearings.json", papers.hearings(claim))
    yield papers.json_file("case/notes.json", papers.notes(claim))
    yield papers.json_file("case/evidence.json", papers.evidence(claim))
    for original in papers.originals(claim):
        if original != appeal.original:
            yield papers.original_file("case", original)


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "appealed_by": appeal.name,
        "came_on": appeal.came_on.isoformat(),
        "text": appeal.text,
        "decision": appeal.decision.number,
        "steps": [{"step": one.step, "on": one.on.isoformat()} for one in records.events(appeal)],
    }
