"""Reads how a routine's amounts get their account string, and holds it against the chart of accounts."""

from timvis.core.ledger import Chart
from timvis.core.records import ProviderKind
from timvis.core.routine.records import AccountCoding, ClaimKind, CodingRule
from timvis.core.routine.terms import DecisionBasis, PostingKind
from timvis.formats.routine import keys
from timvis.formats.routine.chart import packaged_chart
from timvis.formats.toml_text import TomlTable

_PROVIDERS = frozenset(kind.value for kind in ProviderKind)


def coding(table: TomlTable, kinds: frozenset[ClaimKind]) -> AccountCoding:
    """Return a routine's account coding; an account or a code part that the chart lacks is noted."""
    slug = keys.name(table, "chart")
    chart = _chart(table, slug)
    parts = _parts(table, "parts", chart)
    required = _required(table, chart)
    rules = tuple(_rule(one, kinds, chart, dict(parts), required) for one in table.tables("rule"))
    table.refuse_the_rest()
    return AccountCoding(chart=slug, parts=parts, rules=rules, required=tuple(required.items()))


def _chart(table: TomlTable, slug: str) -> Chart | None:
    if not slug:
        return None
    try:
        return packaged_chart(slug)
    except LookupError:
        table.object_to(
            "unknown_chart",
            "chart",
            f"Det finns ingen kontoplan som heter {slug!r}.",
            "Lägg den i data/charts, eller välj en som finns där.",
        )
        return None


def _parts(table: TomlTable, key: str, chart: Chart | None) -> tuple[tuple[str, str], ...]:
    """Return code parts with their values, in the order of their names."""
    if not table.has(key):
        return ()
    inner = table.table(key)
    parts = tuple((code, inner.text(code)) for code in sorted(inner.values))
    if chart is None:
        return parts
    known = {part.code: part for part in chart.parts}
    for code, value in parts:
        if code not in known:
            inner.object_to(
                "unknown_code_part",
                code,
                f"Kontoplanen {chart.slug} har ingen koddel {code!r}.",
                f"Välj bland: {', '.join(known)}.",
            )
        elif known[code].positions and len(value) != known[code].positions:
            inner.object_to(
                "wrong_length",
                code,
                f"{code} = {value!r} har {len(value)} tecken.",
                f"Koddelen har {known[code].positions}.",
            )
    return parts


def _required(table: TomlTable, chart: Chart | None) -> dict[PostingKind, tuple[str, ...]]:
    """Return which code parts each sort of posting must have."""
    if not table.has("required"):
        return {}
    inner = table.table("required")
    required = {kind: inner.texts(kind) for kind in PostingKind if inner.has(kind)}
    known = [part.code for part in chart.parts] if chart else None
    for kind, codes in required.items():
        for code in codes:
            if known is not None and code not in known:
                inner.object_to(
                    "unknown_code_part",
                    kind,
                    f"Kontoplanen har ingen koddel {code!r}.",
                    f"Välj bland: {', '.join(known)}.",
                )
    inner.refuse_the_rest()
    return required


def _rule(
    table: TomlTable,
    kinds: frozenset[ClaimKind],
    chart: Chart | None,
    common: dict[str, str],
    required: dict[PostingKind, tuple[str, ...]],
) -> CodingRule:
    found = CodingRule(
        valid_from=table.day("valid_from"),
        valid_to=table.day_or_none("valid_to"),
        claim_kind=keys.word(table, "claim_kind", ClaimKind),
        decision=keys.word_or_none(table, "decision", DecisionBasis),
        provider=_provider(table),
        responsibility=keys.text_or_none(table, "responsibility"),
        account=table.text("account"),
        parts=_parts(table, "parts", chart),
        posting=keys.word_or_none(table, "posting", PostingKind) or PostingKind.RUNNING_COST,
        reason=table.text("reason"),
    )
    if chart and found.account and found.account not in {account.number for account in chart.accounts}:
        table.object_to(
            "unknown_account",
            "account",
            f"Kontoplanen {chart.slug} har inget konto {found.account}.",
            "Lägg till kontot i kontoplanen, eller välj ett som finns.",
        )
    if kinds and found.claim_kind not in kinds and table.has("claim_kind"):
        table.object_to(
            "not_this_routines_kind",
            "claim_kind",
            f"Rutinen gäller inte {found.claim_kind.value}.",
            f"Välj bland: {', '.join(sorted(kinds))}.",
        )
    if found.valid_to is not None and found.valid_to <= found.valid_from:
        table.object_to("ends_before_it_begins", "valid_to", "Regeln slutar innan den börjar.", "Rätta en av dagarna.")
    has = {**common, **dict(found.parts)}
    if found.responsibility:
        has.setdefault("ansvar", found.responsibility)
    for code in (*required.get(PostingKind.ALWAYS, ()), *required.get(found.posting, ())):
        if code not in has:
            table.object_to(
                "code_part_is_missing",
                "parts" if found.parts else "account",
                f"Koddelen {code} är obligatorisk för {found.posting.value} men saknas.",
                f"Skriv {code} i regelns parts eller i [coding.parts].",
            )
    table.refuse_the_rest()
    return found


def _provider(table: TomlTable) -> str | None:
    written = keys.text_or_none(table, "provider")
    if written and written not in _PROVIDERS and not keys.ORGANISATION_NUMBER.fullmatch(written):
        table.object_to(
            "unknown_provider",
            "provider",
            f"{written!r} är varken en sorts utförare eller ett organisationsnummer.",
            f"Skriv tio siffror eller något av: {', '.join(sorted(_PROVIDERS))}.",
        )
    return written
