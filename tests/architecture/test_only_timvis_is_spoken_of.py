"""What must not be in the tree: a municipality in code, a package address, a machine path, a real person."""

import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.architecture.source import DATA, SRC, assert_none, kept_files, place, python_files, text_of

MUNICIPALITIES = "motala|östhammar|osthammar|västerås|vasteras|leksand"

# Cut in two, so that this file passes its own test.
PACKAGE_ADDRESSES = re.compile(
    "pypi" + r"\.org|pythonhosted" + r"\.org|registry\.npm" + r"js|index" + r"-url|https?://\S+\.(?:whl|tgz)\b"
)
MACHINE_PATHS = re.compile(r"(?<![\w.~%$}-])/(?:home|root|Users|work|farm|mnt|srv)/(?=\w)")

PERSONAL_NUMBER = re.compile(r"(?<![0-9A-Za-z])((?:18|19|20)\d{6})[-+ ]?(\d{4})(?![0-9A-Za-z])")
# The birth numbers that nobody is given: 980-999, and 238 and 239 in the series made for tests.
TEST_SERIES = {"238", "239", *(str(number) for number in range(980, 1000))}


def lines_with(pattern: re.Pattern[str], files: tuple[Path, ...]) -> Iterator[str]:
    for path in files:
        for number, line in enumerate(text_of(path).splitlines(), start=1):
            if found := pattern.search(line):
                yield f"{place(path, number)}: {found.group()}"


def test_no_municipality_is_named_in_code() -> None:
    routines = DATA / "routines"
    shipped = {folder.name for folder in routines.iterdir()} if routines.is_dir() else set()
    # Försäkringskassan is an authority with formats of its own, and so the one folder that code may name.
    names = "|".join([MUNICIPALITIES, *sorted(shipped - {"forsakringskassan"})])
    code = tuple(path for path in python_files(SRC) if not path.is_relative_to(DATA))

    assert_none(list(lines_with(re.compile(names, re.IGNORECASE), code)))


def test_no_file_says_where_packages_are_fetched() -> None:
    assert_none(list(lines_with(PACKAGE_ADDRESSES, kept_files())))


def test_no_file_knows_the_paths_of_a_machine() -> None:
    assert_none(list(lines_with(MACHINE_PATHS, kept_files())))


# --- persons --------------------------------------------------------------------------------------------


@cache
def official_test_numbers() -> frozenset[str] | None:
    """Return Skatteverket's whole series, None where the operator has not installed it."""
    folder = os.environ.get("TIMVIS_STANDARDS")
    lists = sorted(Path(folder, "ids").glob("skatteverket-test-*.txt")) if folder else []
    return frozenset(line.strip() for path in lists for line in text_of(path).splitlines()) if lists else None


@cache
def packaged_test_numbers() -> frozenset[str]:
    """Return the numbers that Timvis carries with it for the demo and the tests."""
    path = DATA / "test_persons.toml"
    if not path.is_file():
        return frozenset()
    return frozenset("".join(found) for found in PERSONAL_NUMBER.findall(str(tomllib.loads(text_of(path)))))


def could_be_somebody(number: str) -> bool:
    """Return whether twelve digits are a day (or a coordination number's) and a right check digit."""
    month, day = int(number[4:6]), int(number[6:8]) % 60
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(number[2:])]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def is_nobody(number: str) -> bool:
    """Return whether a number is known to belong to no one."""
    official = official_test_numbers()
    if official is not None:
        return number in official
    return number[8:11] in TEST_SERIES or number in packaged_test_numbers()


def test_every_personal_number_in_the_tree_belongs_to_nobody() -> None:
    files = [path for path in kept_files() if path.suffix != ".lock"]

    found = [
        f"{place(path)}: {day}{rest} may be somebody; take one of the series made for tests"
        for path in files
        for day, rest in PERSONAL_NUMBER.findall(text_of(path))
        if could_be_somebody(day + rest) and not is_nobody(day + rest)
    ]

    assert_none(found)


@pytest.mark.parametrize("days", range(1, 29))
def test_a_number_outside_the_series_is_found(days: int) -> None:
    # 2 in the birth number's first place, but not 238 or 239: whoever it is, it is not ours to write down.
    candidates = [f"198002{days:02}240{check}" for check in range(10)]

    right = [number for number in candidates if could_be_somebody(number)]

    assert len(right) == 1
    assert right[0][8:11] not in TEST_SERIES


@pytest.mark.parametrize("line", ["see /ro" + "ot/x", "'/ho" + "me/alma/x'"])
def test_a_machine_path_is_found(line: str) -> None:
    assert MACHINE_PATHS.search(line)


@pytest.mark.parametrize("line", ["https://example.org/ho" + "me/x", "docs/ro" + "ot/x", "$TOP/ro" + "ot/x"])
def test_a_path_of_an_address_or_a_folder_is_let_through(line: str) -> None:
    assert not MACHINE_PATHS.search(line.replace("$TOP", "${TOP}"))
