"""What goes into a sealed package and what comes out."""

from dataclasses import dataclass
from datetime import datetime

METS = "METS.xml"
MANIFEST = "manifest.json"
DESCRIPTION = "metadata/descriptive/description.json"
DATA = "representations/claim/data/"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFile:
    """One file: its path below the package's data folder, with forward slashes, and its bytes."""

    path: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageInfo:
    """What the package is, who sealed it and when (UTC); `facts` are named texts that describe the claim."""

    identifier: str
    title: str
    sealed_at: datetime
    organisation: str
    organisation_number: str
    software_version: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRow:
    """A file of the package by its path from the root, its size and its SHA-256 in hex."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPackage:
    """A package as one ZIP; `digest` is the SHA-256 of `content`, kept outside the package."""

    file_name: str
    content: bytes
    digest: str
    manifest: tuple[ManifestRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPackage:
    """A package that was read: its identifier, its manifest, and every file by its path from the root."""

    identifier: str
    manifest: tuple[ManifestRow, ...]
    files: tuple[tuple[str, bytes], ...]
