"""The law as an installation has it: the package's numbers, its own, and what somebody has confirmed."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from timvis.config.law_book import law_book
from timvis.core.law import LawReader
from timvis.formats.packaged import PackagedDataIsFaulty

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def keep_own_numbers(home: Path, text: str) -> None:
    (home / "numbers").mkdir()
    (home / "numbers" / "ekkoping.toml").write_text(text, encoding="utf-8")


def test_a_municipality_has_numbers_of_its_own(home: Path) -> None:
    keep_own_numbers(home, (EXAMPLES / "ekkoping" / "numbers.toml").read_text(encoding="utf-8"))

    assert law_book().ore_per_hour("local.ekkoping.amount", date(2026, 10, 1)) == 33_000


def test_without_them_only_what_is_shipped_holds(home: Path) -> None:
    assert home.exists()
    assert "local.ekkoping.amount" not in law_book().values


def test_a_number_that_rests_on_memory_waits_for_an_operator(home: Path) -> None:
    code, day = "assistance.standby.on_call_factor", date(2019, 10, 1)
    before = LawReader(law_book())
    before.on(code, day)

    (home / "confirmed.toml").write_bytes((EXAMPLES / "confirmed.toml").read_bytes())
    after = LawReader(law_book())
    after.on(code, day)

    assert [row.code for row in before.unconfirmed] == [code]
    assert after.unconfirmed == ()


def test_a_file_with_faults_stops_everything_and_says_where(home: Path) -> None:
    keep_own_numbers(home, '[[number]]\ncode = "local.ekkoping.amount"\n')

    with pytest.raises(PackagedDataIsFaulty) as faulty:
        law_book()

    assert {fault.file for fault in faulty.value.faults} == {"numbers/ekkoping.toml"}
