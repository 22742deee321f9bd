"""What a payslip's row is about, by the name the employer's system gives it. The names are data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from timvis.core.faults import Fault
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_text
from timvis.formats.sick_cost_papers.records import PayKind
from timvis.formats.time_report_table.columns import plain
from timvis.formats.toml_text import read_toml

FILE = "payslip_kinds.toml"
_NUMBERED = re.compile(r"[0-9]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PayKinds:
    """Which kind a row's name means, and what each kind is called in Swedish."""

    by_name: Mapping[str, PayKind]
    labels: Mapping[PayKind, str]
    left_out: frozenset[str]

    def kind_of(self, name: str) -> PayKind | None:
        """Return the kind that a name means, numbers and percentages apart; None when nobody has said."""
        return self.by_name.get(self._compared(name))

    def _compared(self, name: str) -> str:
        words = (_NUMBERED.sub("", word) for word in plain(name).split("_"))
        return "_".join(word for word in words if word and word not in self.left_out)


def read_pay_kinds(text: str, *, source: str) -> tuple[PayKinds | None, tuple[Fault, ...]]:
    """Return the kinds of a file, or every fault in it; a name means one kind."""
    root, faults = read_toml(text, source=source)
    if root is None:
        return None, faults
    by_name: dict[str, PayKind] = {}
    labels: dict[PayKind, str] = {}
    codes = {kind.value: kind for kind in PayKind}
    for table in root.tables("kind"):
        kind = codes.get(table.one_of("code", codes), PayKind.NOT_A_COST)
        labels[kind] = table.text("label")
        for word in table.texts("words"):
            if by_name.setdefault(plain(word), kind) is not kind:
                table.object_to("word_stands_twice", "words", f"”{word}” står under två slag.", "Ta bort det ena.")
        table.refuse_the_rest()
    kinds = PayKinds(by_name=by_name, labels=labels, left_out=frozenset(root.texts("left_out")))
    root.refuse_the_rest()
    found = tuple(root.document.faults)
    return (None if found else kinds), found


@cache
def load_pay_kinds() -> PayKinds:
    """Return the kinds that come with the package."""
    kinds, faults = read_pay_kinds(packaged_text(FILE) or "", source=FILE)
    if kinds is None:
        raise PackagedDataIsFaulty(faults)
    return kinds
