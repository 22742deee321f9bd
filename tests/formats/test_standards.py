"""Which official sets are installed."""

from tests.formats.official import official
from timvis.formats.standards.read import SETS, installed, installed_of, wanted_files

ERMS = next(one for one in SETS if one.name == "erms")
UBL = next(one for one in SETS if one.name == "ubl")
EN16931 = next(one for one in SETS if one.name == "en16931")


def test_nothing_is_installed_in_an_empty_folder() -> None:
    assert {(one.is_complete, one.version, one.digest) for one in installed({})} == {(False, None, None)}


def test_a_set_with_one_file_missing_says_which() -> None:
    contents = dict.fromkeys(UBL.files[1:], b"x")

    assert installed_of(UBL, contents).missing == (UBL.files[0],)
    assert installed_of(UBL, {**contents, UBL.files[0]: b""}).missing == (UBL.files[0],)


def test_the_digest_tells_one_version_from_another() -> None:
    first = installed_of(ERMS, {ERMS.files[0]: b"one"})
    second = installed_of(ERMS, {ERMS.files[0]: b"two"})

    assert first.is_complete
    assert first.version == "2.1.2"
    assert first.digest != second.digest
    assert first == installed_of(ERMS, {ERMS.files[0]: b"one", "other": b"x"})


def test_a_version_is_read_where_the_set_states_it() -> None:
    said = installed_of(EN16931, {EN16931.files[0]: b"<!--Schematron version 1.3.16 - Last update: 2026-04-10-->"})
    silent = installed_of(EN16931, {EN16931.files[0]: b"<schema/>"})

    assert said.version == "1.3.16"
    assert silent.version is None


def test_names_and_files_are_told_once() -> None:
    names = [one.name for one in SETS]

    assert len(names) == len(set(names))
    assert len(wanted_files()) == len(set(wanted_files()))


def test_every_official_set_is_complete_and_has_a_version() -> None:
    sets = installed({path: official(path) for path in wanted_files()})

    assert [one.name for one in sets if not (one.is_complete and one.version and one.digest)] == []
    assert {one.name: one.version for one in sets}["peppol-billing"] == "2026 May release 3.0.21"
