"""The package's own data files, as texts. The only files this layer opens by itself."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from timvis.core.faults import Fault


class PackagedDataIsFaulty(ValueError):
    """A data file of the package cannot be read. Our own mistake: an installation like this must not run."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        told = [f"{fault.file}, line {fault.line}: {fault.message} {fault.remedy}" for fault in faults]
        super().__init__("\n".join(told))
        self.faults = tuple(faults)


def packaged_texts(*folder: str) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of the TOML files in a data folder, in the order of their names.

    Names that begin with an underscore are about the folder and are left out.
    """
    for path in _inside(*folder):
        if path.name.endswith(".toml") and not path.name.startswith("_"):
            yield "/".join((*folder, path.name)), path.read_text(encoding="utf-8")


def packaged_folders(*folder: str) -> Iterator[str]:
    """Yield the names of the folders in a data folder."""
    for path in _inside(*folder):
        if path.is_dir():
            yield path.name


def packaged_text(*path: str) -> str | None:
    """Return one data file's text, None when the package has no such file."""
    file = files("timvis").joinpath("data", *path)
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _inside(*folder: str) -> list[Traversable]:
    root = files("timvis").joinpath("data", *folder)
    return sorted(root.iterdir(), key=lambda path: path.name) if root.is_dir() else []
