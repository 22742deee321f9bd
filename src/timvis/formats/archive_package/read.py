"""A sealed package opened: its manifest and its files, without judging whether they agree."""

import io
import json
import zipfile
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, ValidationError

from timvis.core.faults import Fault
from timvis.formats.archive_package.records import MANIFEST, ManifestRow, OpenedPackage
from timvis.formats.archive_package.write import path_is_safe

MAX_BYTES = 2 * 1024 * 1024 * 1024
_IS_ENCRYPTED = 0x1


class _Row(BaseModel):
    """A row of the manifest as JSON."""

    model_config = ConfigDict(extra="forbid", strict=True)

    path: str
    bytes: int
    sha256: str


class _Manifest(BaseModel):
    """The manifest as JSON."""

    model_config = ConfigDict(extra="forbid", strict=True)

    package: str
    files: list[_Row]


def read(content: bytes) -> OpenedPackage | tuple[Fault, ...]:
    """Return the package, or why it cannot be opened; nothing is ever unpacked to a disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if not all(_is_plain(entry) for entry in entries):
                return (_fault("package_is_not_plain", "Paketet är packat eller krypterat på ett annat sätt."),)
            if sum(entry.file_size for entry in entries) > MAX_BYTES:
                return (_fault("file_is_too_large", "Paketet är större än 2 GB."),)
            contents = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        return (_fault("package_is_broken", f"Paketet kan inte öppnas som ZIP ({error})."),)
    if len(contents) != len(entries):
        return (_fault("path_is_repeated", "Två filer i paketet har samma sökväg."),)
    return _opened(contents)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry is stored as it is, under a path that stays inside the package."""
    return (
        entry.compress_type == zipfile.ZIP_STORED
        and not entry.flag_bits & _IS_ENCRYPTED
        and path_is_safe(entry.filename)
    )


def _opened(contents: Mapping[str, bytes]) -> OpenedPackage | tuple[Fault, ...]:
    """Return the package that the files form: one folder, with a manifest in it."""
    roots = {path.partition("/")[0] for path in contents}
    root = next(iter(roots), "")
    manifest = contents.get(f"{root}/{MANIFEST}")
    if len(roots) != 1 or manifest is None:
        return (_fault("manifest_is_missing", f"Paketet ska vara en enda mapp med {MANIFEST} i."),)
    try:
        told = _Manifest.model_validate(json.loads(manifest))
    except (ValidationError, ValueError, RecursionError):
        return (_fault("manifest_is_wrong", f"{MANIFEST} går inte att läsa."),)
    return OpenedPackage(
        identifier=told.package,
        manifest=tuple(ManifestRow(path=row.path, bytes=row.bytes, sha256=row.sha256) for row in told.files),
        files=tuple((path.removeprefix(f"{root}/"), data) for path, data in sorted(contents.items())),
    )


def _fault(code: str, message: str) -> Fault:
    """Return a fault of a package that cannot be opened."""
    return Fault(
        code=code,
        message=message,
        remedy="Hämta paketet på nytt från arkivet, eller ur en säkerhetskopia.",
    )
