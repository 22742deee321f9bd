"""The METS file of a package, after E-ARK CSIP: what it is, its files with digests, its structure."""

import hashlib
import uuid
from collections.abc import Sequence
from urllib.parse import quote

from lxml import etree

from timvis.formats.archive_package.records import DATA, PackageFile, PackageInfo

_METS = "http://www.loc.gov/METS/"
_CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
_XLINK = "http://www.w3.org/1999/xlink"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-1-0.xml"
_NAMESPACES = {"mets": _METS, "csip": _CSIP, "xlink": _XLINK, "xsi": _XSI}


def mets(info: PackageInfo, description: PackageFile, files: Sequence[PackageFile]) -> bytes:
    """Return the METS file for a description and the data files, in the order given.

    Ids are made from the package's identifier and what they name: the same package gives the same file.
    """
    root = etree.Element(_m("mets"), nsmap=_NAMESPACES)
    root.set("OBJID", info.identifier)
    root.set("LABEL", info.title)
    root.set("TYPE", "Mixed")
    root.set("PROFILE", _PROFILE)
    root.set(f"{{{_CSIP}}}CONTENTINFORMATIONTYPE", "MIXED")
    _add_header(root, info)
    _add_description(root, info, description)
    _add_files(root, info, files)
    _add_structure(root, info)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add_header(root: etree._Element, info: PackageInfo) -> None:
    """Add when the package was made, by which program and by whom."""
    header = _add(root, "metsHdr", CREATEDATE=_instant(info))
    header.set(f"{{{_CSIP}}}OAISPACKAGETYPE", "AIP")
    software = _add(header, "agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    _add(software, "name").text = "Timvis"
    _add_note(software, info.software_version, "SOFTWARE VERSION")
    organisation = _add(header, "agent", ROLE="ARCHIVIST", TYPE="ORGANIZATION")
    _add(organisation, "name").text = info.organisation
    if info.organisation_number:
        _add_note(organisation, info.organisation_number, "IDENTIFICATIONCODE")


def _add_note(agent: etree._Element, text: str, kind: str) -> None:
    """Add a note on an agent with what kind of note it is."""
    note = _add(agent, "note")
    note.set(f"{{{_CSIP}}}NOTETYPE", kind)
    note.text = text


def _add_description(root: etree._Element, info: PackageInfo, description: PackageFile) -> None:
    """Add where the description lies."""
    section = _add(root, "dmdSec", ID=_id(info, "dmdSec"), CREATED=_instant(info), STATUS="CURRENT")
    reference = _add(
        section,
        "mdRef",
        LOCTYPE="URL",
        MDTYPE="OTHER",
        OTHERMDTYPE="Timvis description",
        MIMETYPE=description.media_type,
        SIZE=str(len(description.content)),
        CREATED=_instant(info),
        CHECKSUM=hashlib.sha256(description.content).hexdigest(),
        CHECKSUMTYPE="SHA-256",
    )
    _link(reference, description.path)


def _add_files(root: etree._Element, info: PackageInfo, files: Sequence[PackageFile]) -> None:
    """Add the data files with size and digest."""
    section = _add(root, "fileSec", ID=_id(info, "fileSec"))
    group = _add(section, "fileGrp", ID=_id(info, "fileGrp"), USE="Representations/claim")
    for file in files:
        element = _add(
            group,
            "file",
            ID=_id(info, DATA + file.path),
            MIMETYPE=file.media_type,
            SIZE=str(len(file.content)),
            CREATED=_instant(info),
            CHECKSUM=hashlib.sha256(file.content).hexdigest(),
            CHECKSUMTYPE="SHA-256",
        )
        _link(_add(element, "FLocat", LOCTYPE="URL"), DATA + file.path)


def _add_structure(root: etree._Element, info: PackageInfo) -> None:
    """Add the one structure CSIP demands: metadata and representations under the package."""
    structure = _add(root, "structMap", ID=_id(info, "structMap"), TYPE="PHYSICAL", LABEL="CSIP")
    package = _add(structure, "div", ID=_id(info, "div"), LABEL=info.identifier)
    _add(package, "div", ID=_id(info, "div/Metadata"), LABEL="Metadata", DMDID=_id(info, "dmdSec"))
    data = _add(package, "div", ID=_id(info, "div/Representations"), LABEL="Representations/claim")
    _add(data, "fptr", FILEID=_id(info, "fileGrp"))


def _link(element: etree._Element, path: str) -> None:
    """Set where an element's file lies, from the package's root, as an address."""
    element.set(f"{{{_XLINK}}}type", "simple")
    element.set(f"{{{_XLINK}}}href", quote(path))


def _id(info: PackageInfo, name: str) -> str:
    """Return the id of a thing in a package; it starts with a letter, as XML wants."""
    return f"uuid-{uuid.uuid5(uuid.NAMESPACE_URL, f'timvis:{info.identifier}:{name}')}"


def _instant(info: PackageInfo) -> str:
    """Return when the package was sealed, as XML writes it."""
    return f"{info.sealed_at:%Y-%m-%dT%H:%M:%SZ}"


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    """Add a METS element and return it."""
    return etree.SubElement(parent, _m(name), attributes)


def _m(name: str) -> str:
    """Return a name in the METS namespace."""
    return f"{{{_METS}}}{name}"
