"""Reads a chart of accounts: a TOML text into a record, or every fault with its line."""

from timvis.core.faults import Fault
from timvis.core.ledger import Account, AccountUse, Chart, CodePart
from timvis.core.records import ProviderKind
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_text
from timvis.formats.toml_text import TomlTable, read_toml

_USES = {use.value: use for use in AccountUse}
_KINDS = {kind.value: kind for kind in ProviderKind}


def read_chart(text: str, *, source: str) -> Chart | tuple[Fault, ...]:
    """Return the chart that a TOML text holds, or all its faults."""
    top, faults = read_toml(text, source=source)
    if top is None:
        return faults
    tables = top.tables("account")
    chart = Chart(
        slug=top.text("slug"),
        name=top.text("name"),
        accounts=tuple(_account(table) for table in tables),
        parts=tuple(_part(table) for table in top.tables("part")),
    )
    top.text("source")
    top.refuse_the_rest()
    if not top.document.faults:
        _refuse_what_is_not_once(top, chart)
    return tuple(top.document.faults) or chart


def packaged_chart(slug: str) -> Chart:
    """Return a chart that is part of the package; raises `LookupError` when there is none of that name."""
    text = packaged_text("charts", f"{slug}.toml")
    if text is None:
        raise LookupError(f"there is no chart of accounts {slug!r} in data/charts")
    chart = read_chart(text, source=f"charts/{slug}.toml")
    if isinstance(chart, tuple):
        raise PackagedDataIsFaulty(chart)
    return chart


def _account(table: TomlTable) -> Account:
    use = table.one_of("use", _USES)
    kinds = table.texts("provider_kinds", ())
    for kind in kinds:
        if kind not in _KINDS:
            table.object_to(
                "unknown_word",
                "provider_kinds",
                f"{kind!r} är ingen sorts utförare.",
                f"Välj bland: {', '.join(_KINDS)}.",
            )
    account = Account(
        number=table.text("number"),
        label=table.text("label"),
        use=_USES.get(use, AccountUse.COST),
        provider_kinds=frozenset(_KINDS[kind] for kind in kinds if kind in _KINDS),
    )
    table.refuse_the_rest()
    return account


def _part(table: TomlTable) -> CodePart:
    part = CodePart(
        code=table.text("code"),
        label=table.text("label"),
        dimension=table.count_or_none("dimension") or 0,
        positions=table.count_or_none("positions"),
    )
    if part.dimension <= 0:
        table.object_to(
            "missing_key",
            "dimension",
            f"Koddelen {part.code} saknar dimension.",
            "Skriv dimensionens nummer i SIE: 1 för ansvar, 6 för projekt, 20 och uppåt för egna.",
        )
    table.refuse_the_rest()
    return part


def _refuse_what_is_not_once(top: TomlTable, chart: Chart) -> None:
    """Note when there isn't exactly one debt account, one bank account, one cost account per kind."""
    for use in (AccountUse.DEBT, AccountUse.BANK):
        if sum(account.use is use for account in chart.accounts) != 1:
            top.object_to(
                "not_exactly_one",
                "account",
                f"Kontoplanen ska ha exakt ett konto med use = {use.value!r}.",
                "Lägg till det som saknas eller ta bort det som är för mycket.",
            )
    for kind in ProviderKind:
        if sum(kind in account.provider_kinds for account in chart.accounts) > 1:
            top.object_to(
                "not_exactly_one",
                "account",
                f"Mer än ett konto används för {kind.value}.",
                "Låt varje sorts utförare ha ett enda kostnadskonto.",
            )
