"""A sealed package as a ZIP that is the same to the byte for the same content: stored, sorted, undated."""

import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from timvis.core.faults import Fault
from timvis.formats.archive_package.mets import mets
from timvis.formats.archive_package.records import (
    DATA,
    DESCRIPTION,
    MANIFEST,
    METS,
    ManifestRow,
    PackageFile,
    PackageInfo,
    SealedPackage,
)

PATH_MAX_LENGTH = 200

_UNDATED = (1980, 1, 1, 0, 0, 0)
"""ZIP's first day: the day of sealing stands in the METS file, a file's own day would change the digest."""

_READABLE_FILE = 0o100644 << 16
_UNIX = 3
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_FORBIDDEN_IN_PATH = re.compile(r'[\\:*?"<>|]')
_NOT_IN_XML = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def write(info: PackageInfo, files: Sequence[PackageFile]) -> SealedPackage | tuple[Fault, ...]:
    """Return the sealed package, or every fault that keeps it from being sealed."""
    faults = (*_info_faults(info), *_file_faults(files))
    if faults:
        return faults
    description = PackageFile(path=DESCRIPTION, media_type="application/json", content=_description(info))
    data = sorted(files, key=lambda file: file.path)
    contents = {DESCRIPTION: description.content, **{DATA + file.path: file.content for file in data}}
    contents[METS] = mets(info, description, data)
    manifest = tuple(row_of(path, content) for path, content in sorted(contents.items()))
    contents[MANIFEST] = _manifest(info, manifest)
    content = _zip({f"{info.identifier}/{path}": content for path, content in contents.items()})
    return SealedPackage(
        file_name=f"{info.identifier}.zip",
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        manifest=manifest,
    )


def row_of(path: str, content: bytes) -> ManifestRow:
    """Return a file's row in the manifest."""
    return ManifestRow(path=path, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def path_is_safe(path: str) -> bool:
    """Return whether a path stays inside its folder and can be unpacked on any system."""
    parts = path.split("/")
    return (
        0 < len(path) <= PATH_MAX_LENGTH
        and _FORBIDDEN_IN_PATH.search(path) is None
        and _NOT_IN_XML.search(path) is None
        and all(part and part == part.strip(" .") for part in parts)
    )


def _description(info: PackageInfo) -> bytes:
    """Return the claim's facts as JSON, readable without any of our programs."""
    return _json(
        {
            "identifier": info.identifier,
            "title": info.title,
            "sealed_at": f"{info.sealed_at:%Y-%m-%dT%H:%M:%SZ}",
            "organisation": info.organisation,
            "organisation_number": info.organisation_number,
            "facts": dict(info.facts),
        }
    )


def _manifest(info: PackageInfo, rows: Sequence[ManifestRow]) -> bytes:
    """Return the manifest as JSON: every file of the package but the manifest itself."""
    return _json(
        {
            "package": info.identifier,
            "files": [{"path": row.path, "bytes": row.bytes, "sha256": row.sha256} for row in rows],
        }
    )


def _json(value: object) -> bytes:
    """Return a value as JSON in one writing."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode("utf-8")


def _zip(contents: Mapping[str, bytes]) -> bytes:
    """Return the files as a ZIP in the order of their paths."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(path, _UNDATED)
            entry.create_system, entry.external_attr = _UNIX, _READABLE_FILE
            archive.writestr(entry, content)
    return target.getvalue()


def _info_faults(info: PackageInfo) -> Iterator[Fault]:
    """Yield what is wrong with the package's own description."""
    if not _IDENTIFIER.fullmatch(info.identifier):
        yield _fault("identifier_is_wrong", f"{info.identifier!r} kan inte vara ett pakets beteckning.")
    if info.sealed_at.utcoffset() != timedelta(0):
        yield _fault("instant_is_not_in_utc", "Tidpunkten för förseglingen är inte i UTC.")
    told = (info.title, info.organisation, info.organisation_number, info.software_version)
    if any(_NOT_IN_XML.search(text) for text in told):
        yield _fault("letter_is_not_allowed", "Paketets beskrivning har styrtecken.")
    if not (info.title and info.organisation and info.software_version):
        yield _fault("description_is_incomplete", "Paketets rubrik, arkivbildare eller programversion saknas.")


def _file_faults(files: Sequence[PackageFile]) -> Iterator[Fault]:
    """Yield what is wrong with the files; names that differ only in case would overwrite each other."""
    if not files:
        yield _fault("package_is_empty", "Paketet har inga filer.")
    for file in files:
        if not path_is_safe(file.path):
            yield _fault("path_is_unsafe", f"Sökvägen {file.path!r} kan inte packas upp säkert.")
    counted = Counter(file.path.casefold() for file in files)
    for path, times in counted.items():
        if times > 1:
            yield _fault("path_is_repeated", f"{times} filer i paketet heter {path}.")


def _fault(code: str, message: str) -> Fault:
    """Return a fault of what was to be sealed."""
    return Fault(code=code, message=message, remedy="Rätta och försegla igen; inget paket skrevs.")
