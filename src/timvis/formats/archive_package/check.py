"""Whether a sealed package is whole: its own digest, every file's, and that METS says the same."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from timvis.core.faults import Fault
from timvis.formats import safe_xml
from timvis.formats.archive_package.read import read
from timvis.formats.archive_package.records import MANIFEST, METS, OpenedPackage
from timvis.formats.archive_package.write import row_of

_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageCheck:
    """The verdict on a package that could be opened."""

    identifier: str
    files: int
    faults: tuple[Fault, ...]

    @property
    def is_valid(self) -> bool:
        """Whether every digest agrees."""
        return not self.faults


def check(content: bytes, *, digest: str | None = None) -> PackageCheck | tuple[Fault, ...]:
    """Return the verdict, or why the package cannot be opened.

    `digest` is the one that was kept when the package was sealed. Without it only mistakes are found:
    somebody who changes a file can change the manifest with it.
    """
    package = read(content)
    if isinstance(package, tuple):
        return package
    return PackageCheck(
        identifier=package.identifier,
        files=len(package.files),
        faults=(*_seal_faults(content, digest), *_manifest_faults(package), *_mets_faults(package)),
    )


def _seal_faults(content: bytes, digest: str | None) -> Iterator[Fault]:
    """Yield a fault when the package is not the one that was sealed."""
    if digest is not None and hashlib.sha256(content).hexdigest() != digest:
        yield _fault("seal_is_broken", "Paketet är inte det som förseglades: kontrollsumman är en annan.")


def _manifest_faults(package: OpenedPackage) -> Iterator[Fault]:
    """Yield files that are missing, changed, or not in the manifest."""
    found = dict(package.files)
    told = {row.path: row for row in package.manifest}
    for path, row in told.items():
        if path not in found:
            yield _fault("file_is_missing", f"{path} saknas i paketet.", path)
        elif row_of(path, found[path]) != row:
            yield _fault("file_is_changed", f"{path} är inte den fil som förseglades.", path)
    for path in found.keys() - told.keys() - {MANIFEST}:
        yield _fault("file_is_unknown", f"{path} finns inte i paketets förteckning.", path)


def _mets_faults(package: OpenedPackage) -> Iterator[Fault]:
    """Yield files whose digest in METS is another than that of their bytes."""
    found = dict(package.files)
    root = safe_xml.parse(found.get(METS, b""))
    if isinstance(root, Fault):
        yield _fault("mets_is_wrong", f"{METS} saknas eller går inte att läsa.", METS)
        return
    for element in root.iter():
        owner = element if element.get("CHECKSUM") else element.getparent()
        link = element.get(_HREF)
        if link is None or owner is None:
            continue
        path = unquote(link)
        if path not in found or _digest_in(owner) != hashlib.sha256(found[path]).hexdigest():
            yield _fault("mets_does_not_agree", f"{METS} har en annan kontrollsumma för {path}.", path)


def _digest_in(element: etree._Element) -> str | None:
    """Return the SHA-256 that a METS element states."""
    return element.get("CHECKSUM") if element.get("CHECKSUMTYPE") == "SHA-256" else None


def _fault(code: str, message: str, path: str | None = None) -> Fault:
    """Return a fault of a package that does not hold together."""
    return Fault(
        code=code,
        message=message,
        remedy="Jämför med säkerhetskopian; paketet ska inte användas som bevis innan det är utrett.",
        column=path,
    )
