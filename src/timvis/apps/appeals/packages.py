"""What is handed over to the court: every paper of the case that the appeal is about, as one sealed package."""

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from typing import Any

from timvis.apps.appeals import booking_papers, records
from timvis.apps.appeals import case_papers as papers
from timvis.apps.appeals.cases import Case, case_of, decided_of
from timvis.apps.appeals.models import Appeal
from timvis.apps.claims.models import Claim
from timvis.apps.orders.models import Booking
from timvis.core.faults import Fault
from timvis.formats.archive_package.records import PackageFile, PackageInfo, SealedPackage
from timvis.formats.archive_package.write import write


def of_appeal(appeal: Appeal, now: datetime) -> SealedPackage | tuple[Fault, ...]:
    """Return the sealed package of an appeal, the same to the byte for the same case."""
    decided = decided_of(appeal)
    case = case_of(decided)
    info = PackageInfo(
        identifier=f"{case.number}-overklagande-{appeal.pk}",
        title=f"Överklagande i ärende {case.number}",
        sealed_at=now,
        organisation=case.municipality.name,
        organisation_number=case.municipality.organisation_number,
        software_version=f"Timvis {version('timvis')}",
        facts=(
            ("claim" if isinstance(case, Claim) else "booking", case.number),
            ("decision", str(decided.number)),
            ("appealed_by", appeal.name),
            ("came_on", appeal.came_on.isoformat()),
        ),
    )
    return write(info, tuple(_files(appeal, case)))


def _files(appeal: Appeal, case: Case) -> Iterator[PackageFile]:
    yield papers.json_file("appeal/appeal.json", _appeal(appeal))
    if appeal.original is not None:
        yield papers.original_file("appeal", appeal.original)
    yield papers.json_file("decision/service.json", papers.services(case))
    yield from _of_claim(case) if isinstance(case, Claim) else _of_booking(case)
    for letter in papers.letters(case):
        path = papers.letter_path(letter)
        yield PackageFile(path=path, media_type="application/pdf", content=bytes(letter.pdf))
    yield papers.json_file("case/notes.json", papers.notes(case))
    yield papers.json_file("case/evidence.json", papers.evidence(case))
    for original in papers.originals(case) if isinstance(case, Claim) else booking_papers.originals(case):
        if original != appeal.original:
            yield papers.original_file("case", original)


def _of_claim(claim: Claim) -> Iterator[PackageFile]:
    yield papers.json_file("decision/decisions.json", papers.decisions(claim))
    for statement in claim.statements.order_by("number"):
        yield papers.json_file(f"decision/statement-{statement.number}.json", statement.body)
    yield papers.json_file("case/hearings.json", papers.hearings(claim))


def _of_booking(booking: Booking) -> Iterator[PackageFile]:
    yield papers.json_file("decision/decisions.json", booking_papers.decisions(booking))
    yield papers.json_file("case/need.json", booking_papers.need(booking))
    yield papers.json_file("case/hearings.json", booking_papers.hearings(booking))


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "appealed_by": appeal.name,
        "came_on": appeal.came_on.isoformat(),
        "text": appeal.text,
        "decision": decided_of(appeal).number,
        "steps": [{"step": one.step, "on": one.on.isoformat()} for one in records.events(appeal)],
    }
