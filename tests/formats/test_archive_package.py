"""The sealed package of a claim."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from tests.formats.official import official
from timvis.formats import safe_xml, xml_schema
from timvis.formats.archive_package.check import PackageCheck, check
from timvis.formats.archive_package.read import read
from timvis.formats.archive_package.records import OpenedPackage, PackageFile, PackageInfo, SealedPackage
from timvis.formats.archive_package.write import write

INFO = PackageInfo(
    identifier="VAS-2021-03-0001",
    title="Anspråk VAS-2021-03-0001, personlig assistans mars 2021",
    sealed_at=datetime(2021, 5, 3, 12, 30, tzinfo=UTC),
    organisation="Exempelkommunen",
    organisation_number="2120009994",
    software_version="0.1.0",
    facts=(("kind", "assistance"), ("month", "2021-03")),
)
FILES = (
    PackageFile(path="statement.json", media_type="application/json", content=b'{"total_ore": 4823950}'),
    PackageFile(path="originals/tid rapport å.xml", media_type="application/xml", content=b"<a/>"),
)


def sealed(*files: PackageFile, **changes: Any) -> SealedPackage:
    package = write(replace(INFO, **changes), files or FILES)
    assert isinstance(package, SealedPackage), package
    return package


def rewritten(package: SealedPackage, changes: dict[str, bytes | None]) -> bytes:
    """Return the package with files changed, added, or (None) taken away."""
    with zipfile.ZipFile(io.BytesIO(package.content)) as old:
        contents: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for path, content in {**contents, **changes}.items():
            if content is not None:
                new.writestr(path, content)
    return target.getvalue()


def codes(content: bytes, digest: str | None = None) -> list[str]:
    outcome = check(content, digest=digest)
    return [fault.code for fault in (outcome.faults if isinstance(outcome, PackageCheck) else outcome)]


def test_a_sealed_package_is_whole() -> None:
    package = sealed()

    outcome = check(package.content, digest=package.digest)

    # two files, the description, METS and the manifest
    assert outcome == PackageCheck(identifier="VAS-2021-03-0001", files=5, faults=())
    assert package.file_name == "VAS-2021-03-0001.zip"


def test_what_was_put_in_comes_out() -> None:
    opened = read(sealed().content)

    assert isinstance(opened, OpenedPackage)
    contents = dict(opened.files)
    assert contents["representations/claim/data/statement.json"] == FILES[0].content
    assert contents["representations/claim/data/originals/tid rapport å.xml"] == FILES[1].content
    assert b'"month": "2021-03"' in contents["metadata/descriptive/description.json"]


def test_the_same_claim_gives_the_same_bytes_in_any_order_of_files() -> None:
    assert sealed(*FILES).content == sealed(*reversed(FILES)).content


ROOT = "VAS-2021-03-0001/"
STATEMENT = f"{ROOT}representations/claim/data/statement.json"


def test_a_changed_file_is_found_in_manifest_and_in_mets() -> None:
    content = rewritten(sealed(), {STATEMENT: b'{"total_ore": 9823950}'})

    assert codes(content) == ["file_is_changed", "mets_does_not_agree"]


def test_a_missing_and_an_unknown_file_are_found() -> None:
    content = rewritten(sealed(), {STATEMENT: None, f"{ROOT}mer.txt": b"x"})

    assert codes(content) == ["file_is_missing", "file_is_unknown", "mets_does_not_agree"]


def test_somebody_who_rewrites_everything_is_found_by_the_digest_kept_outside() -> None:
    first, second = sealed(), sealed(replace(FILES[0], content=b"{}"), FILES[1])

    assert codes(second.content) == []
    assert codes(second.content, first.digest) == ["seal_is_broken"]


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a//b", "a\\b", "a/./b", "c:x", "", "a\n", "x" * 201])
def test_a_path_that_leaves_the_folder_is_never_sealed(path: str) -> None:
    outcome = write(INFO, [replace(FILES[0], path=path)])

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["path_is_unsafe"]


def test_two_files_that_would_overwrite_each_other_are_never_sealed() -> None:
    outcome = write(INFO, [FILES[0], replace(FILES[0], path="STATEMENT.json")])

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["path_is_repeated"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"identifier": "../x"}, "identifier_is_wrong"),
        ({"title": ""}, "description_is_incomplete"),
        ({"title": "a\x00b"}, "letter_is_not_allowed"),
        ({"sealed_at": datetime(2021, 5, 3)}, "instant_is_not_in_utc"),  # noqa: DTZ001 - the fault itself
    ],
)
def test_a_package_that_says_too_little_is_never_sealed(changes: dict[str, Any], code: str) -> None:
    outcome = write(replace(INFO, **changes), FILES)

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == [code]


def packed(path: str, compression: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        archive.writestr(path, b"0" * 1000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "package_is_broken"),
        (b"PK\x03\x04", "package_is_broken"),
        (packed("a/../../x", zipfile.ZIP_STORED), "package_is_not_plain"),
        (packed("a/manifest.json", zipfile.ZIP_DEFLATED), "package_is_not_plain"),
        (packed("a/manifest.json", zipfile.ZIP_STORED), "manifest_is_wrong"),
        (packed("a/x", zipfile.ZIP_STORED), "manifest_is_missing"),
    ],
)
def test_what_is_no_package_of_ours_is_a_fault(content: bytes, code: str) -> None:
    assert codes(content) == [code]


def test_the_mets_file_follows_the_official_schema() -> None:
    names = ("mets.xsd", "xlink.xsd")
    schema = xml_schema.compiled({name: official(f"archive/csip/{name}") for name in names}, "mets.xsd")
    opened = read(sealed().content)
    assert isinstance(opened, OpenedPackage)

    root = safe_xml.parse(dict(opened.files)["METS.xml"])

    assert isinstance(root, etree._Element)
    assert xml_schema.faults_of(root, schema) == ()
