"""Rows of an application → what the core and the pages take."""

from timvis.apps.applications.models import Application, ApplicationVersion
from timvis.formats.calculation_case.sick_cost_form import WrittenAbsence


def newest_version(application: Application) -> ApplicationVersion:
    """Return the version that counts: the last one made."""
    return application.versions.select_related("payee", "original", "made_by").order_by("-number")[0]


def parts_of(version: ApplicationVersion) -> tuple[WrittenAbsence, ...]:
    """Return what a version applies for, one part per assistant; it was read without a fault before it was kept."""
    return tuple(WrittenAbsence.model_validate(part) for part in version.parts)


def frozen_part(part: WrittenAbsence) -> dict[str, object]:
    """Return a part as JSON knows it, with the keys that people write and nothing that was left out."""
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"kind": part.kind}
