"""The files of the examples are what the months say they are, byte for byte."""

import runpy
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def test_the_files_are_written_from_the_months(tmp_path: Path) -> None:
    anew = tmp_path / "examples"
    for file in EXAMPLES.rglob("*.toml"):
        if file.name in ("municipality.toml", "month.toml"):
            target = anew / file.relative_to(EXAMPLES)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)

    runpy.run_path(str(ROOT / "tools" / "make_examples.py"))["main"](anew)

    written = [file for file in anew.rglob("*") if file.is_file()]
    assert len(written) > 30
    assert [file for file in written if file.read_bytes() != (EXAMPLES / file.relative_to(anew)).read_bytes()] == []
