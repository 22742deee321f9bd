"""`timvis` itself: every noun is listed, none is loaded before somebody asks for it."""

import json
import subprocess
import sys
from importlib import import_module

import pytest
import typer
from typer.testing import CliRunner

from timvis.cli import main
from timvis.core.faults import Fault
from timvis.formats.packaged import PackagedDataIsFaulty


def test_help_lists_every_noun() -> None:
    listed = CliRunner().invoke(main.app, ["--help"], terminal_width=200).stdout

    assert [noun.name for noun in main.NOUNS if noun.name not in listed] == []


def test_no_noun_stands_twice() -> None:
    names = [noun.name for noun in main.NOUNS]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("noun", main.NOUNS, ids=lambda noun: noun.name)
def test_every_noun_has_a_module_with_an_app(noun: main.Noun) -> None:
    assert isinstance(import_module(noun.module).app, typer.Typer)


def test_help_and_the_law_load_neither_django_nor_the_apps() -> None:
    program = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from timvis.cli.main import app\n"
        "CliRunner().invoke(app, ['--help'])\n"
        "CliRunner().invoke(app, ['policy', '--json'])\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'django' or '.apps' in name))"
    )

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("words", [["lwa"], ["policy", "--jsn"], ["audit", "nothing"]])
def test_a_call_that_cannot_be_read_is_a_fault_with_exit_2(words: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from timvis.cli.main import run; run()", *words, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 2
    [fault] = json.loads(ended.stdout)["faults"]
    assert fault["code"] == "call"
    assert ended.stderr.startswith("Anropet går inte att läsa")


def test_a_mistake_of_ours_ends_with_exit_3_and_tells_nothing_of_the_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(**_: object) -> None:
        raise KeyError("198002152380")

    monkeypatch.setattr(main, "app", breaks)

    with pytest.raises(SystemExit) as end:
        main.run()

    told = capsys.readouterr()
    assert end.value.code == 3
    assert "KeyError" in told.err
    assert "198002152380" not in told.out + told.err


def test_a_faulty_data_file_of_the_package_is_named_with_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = Fault(
        code="value", message="Värdet 355,10 är inget tal.", remedy="Skriv 355.10.", file="law/x.toml", line=4
    )

    def faulty(*_: object, **__: object) -> None:
        raise PackagedDataIsFaulty([fault])

    monkeypatch.setattr(main, "app", faulty)

    with pytest.raises(SystemExit) as ended:
        main.run()

    assert ended.value.code == 3
    assert "law/x.toml, line 4: Värdet 355,10 är inget tal." in capsys.readouterr().err
