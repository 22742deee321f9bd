"""The case file's page: read whole, noted in, contested, completed by letter, and read by those it is about."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web import demo
from tests.web.conftest import LogIn
from tests.web.measured import objection, queries
from tests.web.pages import Page, page, post_form
from tests.web.practice import CALLED, CASE, CORRECTED, DOCUMENT, OTHERWISE, VISITED
from timvis.apps.audit.models import LogEntry
from timvis.apps.documents.models import CaseNote, Evidence, NoteObjection, SentLetter
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import PowerOfAttorneyParticulars

FILE, PERSON = f"/akt/{CASE}/", "/personer/7/akt/"
DORIS = 7


def send(client: Client, path: str, **typed: Any) -> Page:
    """Open a page with one form of its own, and send it with what is typed."""
    return post_form(client, replace(page(client, path), path=path), **typed)


def let_olle(*, may_see: bool) -> None:
    """Register a power of attorney of Doris' for Olle."""
    made = parties.register_power_of_attorney(
        demo.acting("cecilia"),
        recipient_id=DORIS,
        agent_number=demo.NUMBERS["olle"],
        particulars=PowerOfAttorneyParticulars(
            agent_name="Olle Ombud", valid_from=date(2026, 1, 1), may_apply=True, may_see=may_see
        ),
        now=demo.NOW,
    )
    assert isinstance(made, int)


# --- to read --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [FILE, PERSON])
def test_the_whole_file_is_read_on_one_page(as_cecilia: Client, path: str) -> None:
    shown = page(as_cecilia, path)

    assert shown.title.endswith("Doris Dahl")
    for said in (
        CALLED,
        VISITED,
        CORRECTED,
        OTHERWISE,
        "doris-kajsa.xml",
        "vi behöver något mer från dig",
        "Ellen Ask",
    ):
        assert said in shown.text, said
    assert CASE in shown.text


def test_a_contested_note_is_marked_and_the_persons_words_stand_in_it(as_cecilia: Client) -> None:
    shown = page(as_cecilia, FILE)
    (note,) = shown.tree.xpath("//article[contains(@class, 'contested')]")

    assert CALLED in note.text_content()
    assert "omstridd" in note.text_content()
    (words,) = note.xpath(".//blockquote")
    assert "Motsatt uppfattning: Doris Dahl" in words.text_content()
    assert OTHERWISE in words.text_content()


def test_the_file_is_given_whole_as_a_pdf(as_cecilia: Client) -> None:
    for path in (FILE, PERSON):
        given = as_cecilia.get(f"{path}pdf/")
        assert given.content[:5] == b"%PDF-"
        assert b"StructTreeRoot" in given.content


def test_to_look_is_written_in_the_log_with_whose_file_it_is(as_cecilia: Client) -> None:
    before = LogEntry.objects.filter(action="look_at_file", recipient_id=DORIS).count()
    page(as_cecilia, FILE)

    assert LogEntry.objects.filter(action="look_at_file", recipient_id=DORIS).count() == before + 1


def test_a_letter_is_shown_as_it_was_sent_and_its_pdf_is_the_very_bytes(as_cecilia: Client) -> None:
    sent = SentLetter.objects.filter(about=CASE).latest("id")

    assert sent.title in page(as_cecilia, f"{FILE}brev/{sent.pk}/").text
    assert as_cecilia.get(f"{FILE}brev/{sent.pk}/?pdf").content == bytes(sent.pdf)


def test_a_letter_or_a_document_of_another_file_is_not_there(as_cecilia: Client) -> None:
    other = "/akt/ekkoping-2026-0003/"
    evidence = Evidence.objects.get(original__isnull=False, about="")

    assert as_cecilia.get(f"{other}brev/{SentLetter.objects.filter(about=CASE).latest('id').pk}/").status_code == 404
    assert as_cecilia.get(f"{other}handling/{evidence.pk}/").status_code == 404
    assert as_cecilia.get(f"{FILE}handling/{evidence.pk}/").content == DOCUMENT


@pytest.mark.parametrize("path", [FILE, PERSON])
def test_the_page_asks_as_much_for_many_notes_as_for_few(as_cecilia: Client, path: str) -> None:
    few = queries(as_cecilia, path)
    pattern = CaseNote.objects.filter(objections__isnull=False).get()
    for one in range(30):
        note = CaseNote.objects.get(pk=pattern.pk)
        note.pk, note.text = None, f"{pattern.text} {one}"
        note.save(force_insert=True)
        NoteObjection.objects.create(
            note=note, whose="Doris", text="Nej", registered_by=pattern.written_by, registered_at=pattern.written_at
        )

    assert queries(as_cecilia, path) == few


# --- to note --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [FILE, PERSON])
def test_a_note_is_written_and_locked(as_cecilia: Client, path: str) -> None:
    answer = send(as_cecilia, f"{path}anteckning/", kind="visit", text="Allt stod rätt till.")

    assert "Anteckningen är sparad och låst." in answer.text
    note = CaseNote.objects.latest("id")
    assert (note.text, note.kind, note.recipient_id) == ("Allt stod rätt till.", "visit", DORIS)
    assert note.about == (CASE if path == FILE else "")


def test_a_correction_keeps_what_it_corrects(as_cecilia: Client) -> None:
    wrong = CaseNote.objects.get(text=VISITED)
    send(as_cecilia, f"{FILE}anteckning/?rattar={wrong.pk}", text="Det var ett kontorsbesök.")
    shown = page(as_cecilia, FILE).text

    assert VISITED in shown
    assert "Det var ett kontorsbesök." in shown
    assert CaseNote.objects.latest("id").corrects_id == wrong.pk
    assert as_cecilia.get(f"{FILE}anteckning/?rattar=999999").status_code == 404


def test_a_note_of_tomorrow_is_objected_to_and_what_was_written_stays(as_cecilia: Client) -> None:
    tomorrow = (demo.NOW.date() + timedelta(days=1)).isoformat()
    shown = send(as_cecilia, f"{FILE}anteckning/", happened_on=tomorrow, text="I morgon.")

    assert shown.status == 422
    assert f"Dagen {tomorrow} har inte varit än." in shown.text
    assert "I morgon." in shown.text


def test_a_note_without_words_is_objected_to(as_cecilia: Client) -> None:
    assert objection(send(as_cecilia, f"{FILE}anteckning/", text=""), "text")


def test_the_persons_view_is_recorded_beside_the_note(as_cecilia: Client) -> None:
    note = CaseNote.objects.get(text=VISITED)
    send(as_cecilia, f"{FILE}anteckning/{note.pk}/uppfattning/", text="Schemat är från i fjol.")

    assert note.objections.get().whose == "Doris Dahl"
    assert "Schemat är från i fjol." in page(as_cecilia, FILE).text


# --- the checklist --------------------------------------------------------------------------------------------


def test_a_document_is_registered_with_its_form_and_its_scan(as_gunnel: Client) -> None:
    send(
        as_gunnel,
        f"{FILE}handling/",
        requirement="time_reports",
        forms_of_it=["with_signature", "copy"],
        scan=SimpleUploadedFile("tid.pdf", b"%PDF-1.7 tid", content_type="application/pdf"),
    )

    row = Evidence.objects.latest("id")
    assert (row.about, row.forms) == (CASE, ["copy", "with_signature"])
    assert row.original is not None
    assert bytes(row.original.content) == b"%PDF-1.7 tid"


def test_a_document_that_stands_serves_every_case(as_gunnel: Client) -> None:
    send(as_gunnel, f"{FILE}handling/", requirement="payee_form")

    assert Evidence.objects.latest("id").about == ""


def test_what_is_missing_is_asked_for_by_letter(as_cecilia: Client) -> None:
    before = SentLetter.objects.count()
    answer = send(as_cecilia, f"{FILE}komplettering/", documents=["time_reports"], answer_by="2026-12-01")

    assert "Brevet är skickat" in answer.text
    assert SentLetter.objects.count() == before + 1
    assert SentLetter.objects.latest("id").asks_for == ["time_reports"]
    assert "svar senast 2026-12-01" in page(as_cecilia, FILE).text


def test_a_day_that_has_passed_and_no_document_are_told_together(as_cecilia: Client) -> None:
    shown = send(as_cecilia, f"{FILE}komplettering/", documents=["time_reports"], answer_by="2026-01-01")

    assert shown.status == 422
    assert "inte senare än i dag" in shown.text
    assert objection(send(as_cecilia, f"{FILE}komplettering/", answer_by="2026-12-01"), "documents")


def test_information_on_what_is_needed_is_sent_and_lies_in_the_file(as_cecilia: Client) -> None:
    answer = as_cecilia.post(f"{FILE}information/", follow=True)

    assert "Informationen är skickad" in answer.content.decode()
    assert SentLetter.objects.latest("id").code == "information_on_evidence"


def test_what_is_needed_is_told_before_there_is_a_case(as_cecilia: Client) -> None:
    answer = send(as_cecilia, f"{PERSON}information/", provider_kind="own_employer")

    letter = SentLetter.objects.latest("id")
    assert (letter.code, letter.about, letter.receiver) == ("information_on_evidence", "", "Doris Dahl")
    assert letter.title in answer.text


# --- by those it is about -------------------------------------------------------------------------------------


def test_doris_reads_her_own_file_and_may_say_what_she_sees_otherwise(log_in: LogIn) -> None:
    doris = log_in("doris")
    for path in (FILE, PERSON):
        shown = page(doris, path)
        assert CALLED in shown.text
        assert not shown.tree.xpath("//a[contains(@href, 'komplettering') or contains(@href, 'rattar')]")
    note = CaseNote.objects.get(text=VISITED)
    send(doris, f"{FILE}anteckning/{note.pk}/uppfattning/", text="Det var inte mitt schema.")

    assert note.objections.get().registered_by.name == "Doris Dahl"


def test_doris_does_not_read_another_persons_file(log_in: LogIn) -> None:
    doris = log_in("doris")

    assert doris.get("/personer/9/akt/").status_code == 404
    assert doris.get("/akt/ekkoping-2026-0003/").status_code == 404


def test_an_agent_reads_the_file_when_the_power_of_attorney_lets_her_see(log_in: LogIn) -> None:
    olle = log_in("olle")
    assert olle.get(FILE).status_code == 404
    let_olle(may_see=False)
    assert olle.get(FILE).status_code == 404


def test_an_agent_who_may_see_reads_everything_but_other_agents_powers(log_in: LogIn) -> None:
    let_olle(may_see=True)
    shown = page(log_in("olle"), FILE)

    assert CALLED in shown.text
    assert "Olle Ombud" in shown.text
    assert "Ellen Ask" not in shown.text


def test_an_agent_finds_in_her_list_what_she_may_see_and_nothing_else(log_in: LogIn) -> None:
    let_olle(may_see=False)
    assert CASE not in page(log_in("olle"), "/ansprak/").text
    assert log_in("olle").get(f"/ansprak/{CASE}/").status_code == 404


def test_an_agent_who_may_see_finds_the_case_in_her_list(log_in: LogIn) -> None:
    let_olle(may_see=True)
    olle = log_in("olle")

    listed = page(olle, "/ansprak/").text
    assert CASE in listed
    assert "ekkoping-2026-0002" not in listed
    assert olle.get(f"/ansprak/{CASE}/").status_code == 200


def test_who_reports_for_the_provider_has_no_business_in_the_file(as_ellen: Client) -> None:
    assert as_ellen.get(FILE).status_code in (403, 404)
    assert as_ellen.get(PERSON).status_code in (403, 404)
