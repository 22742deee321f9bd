"""Writes the routines as Markdown: an index, a page per routine, and a page of everything a routine can say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from timvis.core.calculation.hourly import kronor_text
from timvis.core.calendar.months import day_text
from timvis.core.routine.records import Requirement, Routine
from timvis.core.routine.settings import CATALOGUE
from timvis.core.routine.told import hands_text, shape_text, table_of, value_text
from timvis.core.routine.variation import POINTS, said_by
from timvis.core.routine.words import PROVIDER_KINDS, ROLES, said

MADE = "<!-- Gjord av `make docs` ur det som körs. Ändra rutinens fil, inte den här. -->"
FOLDER = "routines"
NOBODY = "*källan nämner ingen*"


def pages(routines: Iterable[Routine]) -> Iterator[tuple[str, str]]:
    """Yield every page about routines as (path below docs/, text)."""
    shown = tuple(routines)
    yield f"{FOLDER}/README.md", _index(shown)
    yield f"{FOLDER}/settings.md", _settings()
    for routine in shown:
        yield f"{FOLDER}/{page_name(routine)}", routine_text(routine)


def page_name(routine: Routine) -> str:
    """Return the file name of a routine's page."""
    return f"{routine.slug.replace('/', '-')}.md"


def routine_text(routine: Routine) -> str:
    """Return a routine's page as Markdown."""
    return (
        "\n".join(
            (
                MADE,
                f"# {routine.name}",
                "",
                f"`{routine.slug}` · {routine.source}",
                "",
                *_about(routine),
                *_questions(routine),
                *_steps(routine),
                *_deadlines(routine),
                *_channels(routine),
                *_evidence(routine),
                *_letters(routine),
                *_apart(routine),
                *_attest(routine),
                *_coding(routine),
                *_stated(routine),
            )
        ).rstrip()
        + "\n"
    )


def _index(routines: Sequence[Routine]) -> str:
    rows = (
        (
            f"[{routine.slug}]({page_name(routine)})",
            routine.name,
            ", ".join(said(kind) for kind in sorted(routine.claim_kinds)),
            str(len(_asked(routine))) if _asked(routine) else "ingen",
        )
        for routine in routines
    )
    points = ((number, label, ", ".join(f"`{part}`" for part in said_by(number))) for number, label in POINTS.items())
    return "\n".join(
        (
            MADE,
            "# Rutiner",
            "",
            "En kommuns rutin är en fil: vem som gör vad, i vilken ordning, på vilka handlingar, till vilken dag och "
            "på vilket konto. Varje sida här är gjord ur filen själv. Det som källan lämnar öppet står som en fråga, "
            "och en rutin med frågor kan inte antas. Svarade kopior ligger i `examples/`; de säger vem som har svarat.",
            "",
            *_table(("Rutin", "Gäller", "Slag", "Öppna frågor"), rows),
            "## Det som skiljer kommuner åt",
            "",
            f"{len(POINTS)} saker skiljer kommunernas rutiner åt. Så här skrivs var och en. Vad varje inställning kan "
            "vara står bland [inställningarna](settings.md).",
            "",
            *_table(("Nr", "Vad", "Skrivs i"), points),
        )
    )


def _settings() -> str:
    lines = [
        MADE,
        "# Inställningar",
        "",
        "Det som ingen lag bestämmer och som kommuner väljer olika. De skrivs i `[setting]`. En inställning som inte "
        "står är okänd: den som behöver den stannar, och får aldrig ett förval.",
        "",
    ]
    for setting in CATALOGUE.values():
        kinds = ", ".join(said(kind) for kind in sorted(setting.claim_kinds))
        needed = ", ".join(said(kind) for kind in sorted(setting.needed_by))
        points = ", ".join(setting.covers)
        lines += [f"## {setting.label}", "", f"`{setting.code}`{f' · {points}' if points else ''}", ""]
        lines += [f"- Är: {shape_text(setting.shape)}", f"- Hör till: {kinds}"]
        lines += [f"- Måste stå för: {needed}"] if needed else []
        lines.append("")
    return "\n".join(lines)


# --- the parts of a routine's page ---------------------------------------------------------------------------


def _about(routine: Routine) -> Iterator[str]:
    facts: list[tuple[str, str]] = [("Gäller", ", ".join(said(kind) for kind in sorted(routine.claim_kinds)))]
    if routine.regime is not None:
        facts.append(("Vilar på", said(routine.regime)))
    if routine.decision_bases:
        facts.append(("Bara efter", ", ".join(said(one) for one in routine.decision_bases)))
    facts.append(("Från och med", day_text(routine.valid_from)))
    if routine.adopted_by:
        facts.append(("Antagen av", routine.adopted_by))
    if routine.answered_by:
        facts.append(("Svaren är givna av", routine.answered_by))
    if routine.review_every_months:
        facts.append(("Ses över var", f"{routine.review_every_months}:e månad"))
    if routine.rate:
        facts.append(("Timbelopp", f"`{routine.rate}`"))
    yield from _table(("", ""), facts)


def _asked(routine: Routine) -> list[str]:
    """Return every open question, with the place it is about."""
    asked = list(routine.open_questions)
    asked += [f"{one.text}: {one.open_question}" for one in routine.channels if one.open_question]
    return [*asked, *(f"{step.label}: {step.open_question}" for step in routine.steps if step.open_question)]


def _questions(routine: Routine) -> Iterator[str]:
    if asked := _asked(routine):
        yield from ("## Det källan inte svarar på", "", *(f"- {one}" for one in asked), "")


def _steps(routine: Routine) -> Iterator[str]:
    rows = (
        (
            str(number),
            step.label,
            ROLES.get(step.role, step.role) if step.role else NOBODY,
            ", ".join(said(act) for act in step.acts),
            step.due.text if step.due else "",
            step.source or "",
        )
        for number, step in enumerate(routine.steps, start=1)
    )
    yield from ("## Stegen i ordning", "", *_table(("", "Steg", "Vem", "Gör", "Dag", "Källa"), rows))
    notes = [
        *(f"{step.label}, vid en invändning: {said(step.on_finding)}." for step in routine.steps if step.on_finding),
        *(
            f"{step.label}, när den som skulle är jävig: {hands_text([step.when_disqualified])}."
            for step in routine.steps
            if step.when_disqualified
        ),
    ]
    if notes:
        yield from (*(f"- {note}" for note in notes), "")


def _deadlines(routine: Routine) -> Iterator[str]:
    if not routine.deadlines:
        return
    rows = (
        (
            one.label,
            ROLES.get(one.role, one.role) if one.role else "",
            one.due.text.replace("Senast", "Tidigast", 1) if one.is_earliest else one.due.text,
            one.source or "",
        )
        for one in routine.deadlines
    )
    yield from ("## Andra dagar", "", *_table(("Vad", "Vem", "Dag", "Källa"), rows))


def _channels(routine: Routine) -> Iterator[str]:
    yield from ("## Så kommer det in", "")
    for one in routine.channels:
        kinds = ", ".join(sorted(said(kind) for kind in one.provider_kinds))
        told = [said(one.way) if one.way else "vägen är inte känd", said(one.invoice)]
        if one.unwanted_invoice:
            told.append(f"oönskad faktura: {said(one.unwanted_invoice)}")
        if one.application_carries:
            told.append("ansökan anger " + ", ".join(said(part) for part in one.application_carries))
        if one.invoice_carries:
            told.append("fakturan anger " + ", ".join(said(part) for part in one.invoice_carries))
        if one.personal_data_on_invoice:
            told.append(f"personuppgifter på fakturan: {said(one.personal_data_on_invoice)}")
        if one.is_secret:
            told.append("fakturan sekretessmärks")
        yield f"- **{one.text}** ({kinds}): {'; '.join(told)}."
    yield ""


def _evidence(routine: Routine) -> Iterator[str]:
    if routine.evidence:
        rows = (
            (one.text, ", ".join(sorted(said(kind) for kind in one.provider_kinds)), _when(one), _how(one))
            for one in routine.evidence
        )
        yield from ("## Handlingar", "", *_table(("Handling", "Från", "När", "Hur"), rows))


def _when(one: Requirement) -> str:
    return f"från och med sjukdag {one.day}" if one.day else said(one.needed)


def _how(one: Requirement) -> str:
    told = [said(form) for form in one.forms]
    if one.holds:
        told.append(f"gäller {said(one.holds)}")
    if one.if_missing:
        told.append(f"saknas den: {said(one.if_missing)}")
    return "; ".join(told)


def _letters(routine: Routine) -> Iterator[str]:
    if not routine.letters:
        return
    labels = {step.name: step.label for step in routine.steps}
    labels |= {deadline.name: deadline.label for deadline in routine.deadlines}
    rows = (
        (one.text, f"`{one.code}`", f"{labels[one.at]}, {said(one.when)}", hands_text(one.to), said(one.way))
        for one in routine.letters
    )
    yield from ("## Brev", "", *_table(("Brev", "Text", "När", "Till", "Hur"), rows))


def _apart(routine: Routine) -> Iterator[str]:
    if routine.separations:
        yield from ("## Måste vara olika personer", "", *(f"- {one.text}" for one in routine.separations), "")
    if routine.disqualified_for:
        yield f"Jäv: {', '.join(said(one) for one in routine.disqualified_for)}."
        yield ""


def _attest(routine: Routine) -> Iterator[str]:
    listed = routine.attest_list
    if listed is not None:
        yield from ("## Attestlistan", "", listed.text, "")
        yield f"- Rätten är knuten till {' eller '.join(said(one) for one in listed.tied_to)}"
        yield f"- och till koddelarna {', '.join(listed.code_parts)}"
        if listed.attestants_per_code:
            deputies = listed.deputies_per_code or 0
            yield f"- {listed.attestants_per_code} attestant och {deputies} ersättare för varje kod"
        if listed.renewed_every_months:
            yield f"- Förnyas var {listed.renewed_every_months}:e månad"
        yield ""
    if routine.limits:
        rows = (
            (
                said(one.act),
                ROLES.get(one.role, one.role) if one.role else "alla på listan",
                "utan gräns" if one.up_to_ore is None else kronor_text(one.up_to_ore),
            )
            for one in routine.limits
        )
        yield from ("## Beloppsgränser", "", *_table(("Gör", "Vem", "Högst"), rows))


def _coding(routine: Routine) -> Iterator[str]:
    coding = routine.coding
    yield from ("## Kontering", "", f"Kontoplan `{coding.chart}`.", "")
    rows = (
        (
            said(rule.claim_kind),
            said(rule.decision) if rule.decision else "",
            _provider(rule.provider),
            rule.account,
            _parts({**dict(coding.parts), **dict(rule.parts)}),
            rule.reason,
        )
        for rule in coding.rules
    )
    if coding.rules:
        yield from _table(("Slag", "Beslut", "Utförare", "Konto", "Koddelar", "Skäl"), rows)
    for kind, codes in coding.required:
        yield f"- Obligatoriskt, {said(kind)}: {', '.join(codes)}"
    if coding.required:
        yield ""


def _provider(written: str | None) -> str:
    return "" if written is None else PROVIDER_KINDS.get(written, written)


def _parts(parts: Mapping[str, str]) -> str:
    return ", ".join(f"{code} {value}" for code, value in parts.items())


def _stated(routine: Routine) -> Iterator[str]:
    if not routine.settings:
        return
    yield from ("## Inställningar", "")
    tables: list[str] = []
    for code, value in routine.settings:
        setting = CATALOGUE[code]
        table = table_of(setting, value)
        if table is None:
            yield f"- {setting.label}: {value_text(setting, value)}"
        else:
            tables += [f"### {setting.label}", "", *_table(*table)]
    yield ""
    yield from tables


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a Markdown table and an empty line after it."""
    yield _row(headings)
    yield _row(["---"] * len(headings))
    yield from (_row(row) for row in rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
