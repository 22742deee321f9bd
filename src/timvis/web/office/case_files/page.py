"""What stands in a case file, gathered from every app with as many questions for many cases as for one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from timvis.apps.attestation.models import SignedAct
from timvis.apps.audit.versions import current
from timvis.apps.claims.models import Claim, ClaimDecision, Report, Statement
from timvis.apps.claims.papers import checklist_of
from timvis.apps.decisions.models import Decision
from timvis.apps.documents.models import CaseNote, Evidence, SentLetter
from timvis.apps.documents.queries import notes_about
from timvis.apps.parties.models import Municipality, PowerOfAttorney
from timvis.apps.routines import records as routines
from timvis.apps.routines.models import RoutineVersion
from timvis.core.access import Relation
from timvis.core.calendar.local_time import day_of
from timvis.core.case_file import CaseFile, Made, Note, Objection, Paper, Power
from timvis.core.review.review import hours_text
from timvis.core.routine.words import DOCUMENT_FORMS
from timvis.web.office.case_files.opening import OpenFile
from timvis.web.shared.asking import Ask
from timvis.web.shared.names import newest, recipient_name
from timvis.web.shared.words import MANDATE_WORDS, SIGNATURE_WORDS, UNIT_WORDS


def case_file(ask: Ask, opened: OpenFile) -> CaseFile:
    """Return a whole file as the actor may read it."""
    names = tuple(recipient_name(one) for one in opened.recipients)
    whose = ", ".join(names)
    return CaseFile(
        title=f"Personakt {opened.about}: {whose}" if opened.about else f"Personakt: {whose}",
        reference=opened.about,
        municipality=Municipality.objects.get(slug=ask.actor.municipality).name,
        persons=names,
        cases=() if opened.about else opened.numbers,
        notes=tuple(_notes(notes_of(ask, opened))),
        papers_in=tuple(sorted((*_evidence(opened), *_reports(opened), *_invoices(opened)), key=lambda one: one.on)),
        papers_out=tuple(_letters(ask, opened)),
        powers=tuple(_powers(ask, opened)),
        decisions=tuple(sorted((*_granted(opened), *_decided(opened)), key=lambda one: one.on)),
        amounts=tuple(_amounts(opened)),
        signatures=tuple(_signatures(opened)),
        checklist=checklist_of(opened.claim, now=ask.now) if opened.claim else (),
    )


def notes_of(ask: Ask, opened: OpenFile) -> tuple[CaseNote, ...]:
    """Return the rows of the notes in a file: of its cases, and in a person's file of herself."""
    whose = opened.recipient.pk if opened.recipient and not opened.about else None
    return notes_about(ask.actor.municipality, *opened.numbers, recipient_id=whose)


def letters_of(ask: Ask, opened: OpenFile) -> Iterable[SentLetter]:
    """Return the rows of the letters in a file without their bytes, the oldest first."""
    whose = Q(about__in=opened.numbers)
    if opened.recipient and not opened.about:
        whose |= Q(recipient=opened.recipient)
    rows = SentLetter.objects.filter(whose, municipality=ask.actor.municipality)
    return rows.defer("pdf", "html").select_related("sent_by").order_by("sent_at", "id")


def evidence_of(opened: OpenFile) -> Iterable[Evidence]:
    """Return the rows of what was registered as in: in the file's cases, and what stands for its one person."""
    whose = Q(about__in=opened.numbers)
    if opened.recipient:
        whose |= Q(about="", recipient=opened.recipient)
    return Evidence.objects.filter(whose).select_related("original").defer("original__content").order_by("id")


# --- each part --------------------------------------------------------------------------------------------


def _notes(rows: Iterable[CaseNote]) -> Iterator[Note]:
    rows = tuple(rows)
    corrected: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.corrects_id is not None:
            corrected[row.corrects_id].append(row.pk)
    for row in rows:
        yield Note(
            number=row.pk,
            about=row.about,
            happened_on=row.happened_on,
            kind=row.kind,
            text=row.text,
            written_by=row.written_by.name,
            written_at=row.written_at,
            corrects=row.corrects_id,
            corrected_by=tuple(corrected[row.pk]),
            objections=tuple(
                Objection(
                    whose=one.whose,
                    text=one.text,
                    registered_by=one.registered_by.name,
                    registered_at=one.registered_at,
                )
                for one in row.objections.all()
            ),
        )


def _evidence(opened: OpenFile) -> Iterator[Paper]:
    texts = _requirement_texts(opened.claims)
    for row in evidence_of(opened):
        forms = ", ".join(DOCUMENT_FORMS[form] for form in DOCUMENT_FORMS if form in row.forms)
        yield Paper(
            on=row.received_on,
            what=texts.get(row.requirement, row.requirement),
            about=row.about,
            detail=", ".join(text for text in (forms, row.note) if text),
            link=f"{opened.base}handling/{row.pk}/" if row.original_id else "",
        )


def _requirement_texts(claims: Iterable[Claim]) -> dict[str, str]:
    versions = RoutineVersion.objects.filter(id__in={claim.routine_version_id for claim in claims}).order_by("id")
    return {row.code: row.text for version in versions for row in routines.routine(version).evidence}


def _reports(opened: OpenFile) -> Iterator[Paper]:
    rows = Report.objects.filter(claim__in=opened.claims, original__isnull=False)
    for row in rows.select_related("original", "claim").defer("original__content").order_by("id"):
        assert row.original is not None, "the rows without an original are left out"
        yield Paper(
            on=day_of(row.original.received_at),
            what=row.original.file_name,
            about=row.claim.number,
            detail=row.assistant_name or "",
            link=f"/ansprak/{row.claim.number}/original/{row.pk}/",
        )


def _invoices(opened: OpenFile) -> Iterator[Paper]:
    rows = Claim.objects.filter(id__in=[one.pk for one in opened.claims], invoice__isnull=False)
    for row in rows.select_related("invoice"):
        assert row.invoice is not None, "the claims without an invoice are left out"
        yield Paper(
            on=day_of(row.received_at),
            what=f"Faktura {row.invoice.number}",
            about=row.number,
            link=f"/fakturor/{row.invoice_id}/" if opened.relation is Relation.OWN_MUNICIPALITY else "",
        )


def _letters(ask: Ask, opened: OpenFile) -> Iterator[Paper]:
    for row in letters_of(ask, opened):
        answer = f"svar senast {row.answer_by}" if row.answer_by else ""
        to = f"till {row.receiver}" if row.receiver else ""
        yield Paper(
            on=day_of(row.sent_at),
            what=row.title,
            about=row.about,
            detail=", ".join(text for text in (to, f"av {row.sent_by.name}", answer) if text),
            link=f"{opened.base}brev/{row.pk}/",
        )


def _powers(ask: Ask, opened: OpenFile) -> Iterator[Power]:
    """Yield the powers of attorney of the file's one person; an agent reads her own alone."""
    rows = PowerOfAttorney.objects.filter(recipient=opened.recipient).prefetch_related("versions").order_by("id")
    if opened.relation is Relation.AGENT:
        rows = rows.filter(agent_number=ask.actor.personal_number)
    for row in rows if opened.recipient else ():
        version = current(row.versions.all(), known_at=ask.now)
        if version is not None:
            yield Power(
                agent=version.agent_name,
                may=tuple(str(words) for field, words in MANDATE_WORDS.items() if getattr(version, field)),
                valid_from=version.valid_from,
                valid_to=version.valid_to,
                original_received_on=version.original_received_on,
                revoked_on=version.revoked_on,
            )


def _granted(opened: OpenFile) -> Iterator[Made]:
    rows = Decision.objects.filter(recipient__in=opened.recipients) if opened.recipient else Decision.objects.none()
    for row in rows.prefetch_related("versions").order_by("id"):
        version = newest(row)
        if version is not None:
            yield Made(
                on=version.decided_on,
                about="",
                what=f"Beslut {row.reference}",
                by=version.decided_by,
                detail=f"{hours_text(version.granted_minutes)} timmar per {UNIT_WORDS[version.per]}",
                link=f"/beslut/{row.pk}/" if opened.relation is Relation.OWN_MUNICIPALITY else "",
            )


def _decided(opened: OpenFile) -> Iterator[Made]:
    rows = ClaimDecision.objects.filter(claim__in=opened.claims).select_related("claim", "made_by")
    for row in rows.order_by("made_at", "id"):
        yield Made(
            on=day_of(row.made_at),
            about=row.claim.number,
            what=f"Beslut {row.number} i ärendet",
            by=row.made_by.name,
            amount_ore=row.amount_ore,
            detail=row.reasons,
        )


def _amounts(opened: OpenFile) -> Iterator[Made]:
    rows = Statement.objects.filter(claim__in=opened.claims).select_related("claim", "made_by")
    for row in rows.defer("case", "body").order_by("made_at", "id"):
        yield Made(
            on=day_of(row.made_at),
            about=row.claim.number,
            what=f"Beräkning {row.number}",
            by=row.made_by.name if row.made_by else "Timvis",
            amount_ore=row.total_ore,
            link=f"/ansprak/{row.claim.number}/",
        )


def _signatures(opened: OpenFile) -> Iterator[Made]:
    rows = SignedAct.objects.filter(claim__in=opened.claims).select_related("claim", "person")
    for row in rows.defer("shown").order_by("signed_at", "id"):
        yield Made(
            on=day_of(row.signed_at),
            about=row.claim.number,
            what=str(SIGNATURE_WORDS.get(row.act, row.act)),
            by=row.person.name,
        )
