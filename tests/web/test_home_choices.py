"""The choice of provider on the screen: agreements, ceilings, the sheet, what was said at the visit, and the turns."""

from django.test import Client

from tests.web.conftest import LogIn
from tests.web.measured import queries
from tests.web.pages import page, post_form
from tests.web.practice import CHANGE_ID, EDVIN, EKOT, GUN, IN_TURN_ID
from timvis.apps.decisions.models import HomeCareDecision
from timvis.apps.documents.models import SentLetter
from timvis.apps.home_choices.models import HomeAgreementVersion, HomeChoice, TurnEntry
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.parties.models import Provider, Recipient

PROVIDERS, TURNS = "/hemtjanst/utforare/", "/hemtjanst/turordning/"


def recipient_id(number: str) -> int:
    return Recipient.objects.get(municipality__slug="ekkoping", personal_number=number).pk


def ekot() -> int:
    return Provider.objects.get(municipality__slug="ekkoping", organisation_number=EKOT).pk


def choice_of(number: str) -> str:
    return f"/hemtjanst/val/{recipient_id(number)}/"


def test_the_board_leads_to_the_providers_and_they_to_their_agreement_and_prices(as_cecilia: Client) -> None:
    board = page(as_cecilia, "/hemtjanst/")
    assert board.tree.xpath(f"//a[@href='{PROVIDERS}']")
    shown = page(as_cecilia, PROVIDERS)
    assert "07.00–22.00hela kommunen54:00 av 60:00 hnära taket" in shown.text
    of_ekot = page(as_cecilia, f"{PROVIDERS}{ekot()}/")
    assert "362,00 kr per timme" in of_ekot.text
    assert "Flera av oss talar finska" in of_ekot.text


def test_a_provider_sees_its_own_figures_and_nobody_elses(log_in: LogIn) -> None:
    shown = page(log_in("ellen"), PROVIDERS)
    assert "54:00 av 60:00 h" in shown.text
    assert "hela kommunen–– Timvis" in shown.text
    turns = page(log_in("ellen"), TURNS)
    assert "fick en beställning" in turns.text
    assert "ekkoping-H" not in turns.text
    gren = Provider.objects.get(municipality__slug="ekkoping", organisation_number="5599000204")
    assert page(log_in("ellen"), f"{PROVIDERS}{gren.pk}/").status == 404


def test_the_authority_head_approves_a_provider_and_every_fault_stands_beside_what_was_typed(log_in: LogIn) -> None:
    agnes = log_in("agnes")
    lyra = Provider.objects.get(municipality__slug="ekkoping", organisation_number="7696000012")
    form = page(agnes, f"{PROVIDERS}{lyra.pk}/avtal/")
    wrong = post_form(agnes, form, reference="LOV 2026-9", service_home_care="sju till tio", ceiling="en massa")
    assert wrong.status == 422
    assert "Skriv tiderna som 07.00–22.00" in wrong.text
    assert "Skriv timmar som 200 eller 7,5" in wrong.text
    nothing = post_form(agnes, form, reference="LOV 2026-9")
    assert "Avtalet säger inga insatser." in nothing.text
    saved = post_form(agnes, form, reference="LOV 2026-9", service_home_care="dygnet runt", ceiling="7,5")
    assert "Avtalet är sparat." in saved.text
    assert "Hemtjänst dygnet runt" in saved.text
    assert "0:00 av 7:30 h" in saved.text


def test_a_provider_changes_its_ceiling_and_the_rest_of_the_agreement_stays(log_in: LogIn) -> None:
    ellen = log_in("ellen")
    form = page(ellen, f"{PROVIDERS}{ekot()}/tak/")
    saved = post_form(ellen, form, ceiling="200")
    assert "Taket är ändrat." in saved.text
    newest = HomeAgreementVersion.objects.filter(thing__provider_id=ekot()).latest("number")
    assert (newest.number, newest.ceiling_minutes, newest.profile[:7]) == (2, 12000, "Vi är t")


def test_a_choice_at_the_visit_becomes_an_order(as_cecilia: Client) -> None:
    path = choice_of(EDVIN)
    shown = page(as_cecilia, path)
    assert "Ett besked i dag om byte gäller från 2026-11-24" in shown.text
    assert "Hemtjänst Gren AB: är den som lämnas" in shown.text
    unanswered = post_form(as_cecilia, shown)
    assert unanswered.status == 422
    saved = post_form(as_cecilia, shown, provider=str(ekot()))
    assert "Ekot AB har fått beställning" in saved.text
    assert "med första dag 2026-11-24" in saved.text
    made = HomeChoice.objects.latest("pk")
    former = HomeOrder.objects.get(pk=CHANGE_ID)
    assert (made.how, made.leaves) == ("chosen", [former.number])


def test_a_provider_without_room_is_said_in_the_form_and_nothing_is_ordered(as_cecilia: Client) -> None:
    before = HomeOrder.objects.count()
    decision = HomeCareDecision.objects.get(reference="SoL 2026-14")
    shown = page(as_cecilia, f"{choice_of(GUN)}?beslut={decision.pk}")
    saved = post_form(as_cecilia, shown, provider=str(ekot()), told_on="2026-11-11")
    assert "Beskedet kan inte ha kommit efter i dag." in saved.text
    saved = post_form(as_cecilia, shown, provider=str(ekot()))
    assert "Ekot AB har inte plats under sitt kapacitetstak. Välj en annan utförare" in saved.text
    assert HomeOrder.objects.count() == before


def test_whoever_chooses_nobody_gets_the_one_whose_turn_it_is_and_the_row_stands_in_the_log(
    as_cecilia: Client,
) -> None:
    shown = page(as_cecilia, choice_of(EDVIN))
    assert "På tur: Ekot AB." in shown.text
    saved = post_form(as_cecilia, shown, provider="turn")
    assert "Valet är sparat. Ekot AB har fått beställning" in saved.text
    turns = page(as_cecilia, TURNS)
    assert "varje rad följer av dem före" in turns.text
    assert TurnEntry.objects.latest("number").reference in turns.text


def test_the_log_tells_who_was_skipped_with_the_figures_it_rested_on(as_cecilia: Client) -> None:
    shown = page(as_cecilia, TURNS)
    assert "Ekot AB: full (54:00 av 60:00 h)" in shown.text
    assert "Ekot AB har fått 0 hoppades över" in shown.text
    assert shown.tree.xpath(f"//a[@href='/hemtjanst/bestallningar/{IN_TURN_ID}/']")


def test_a_turn_that_was_not_right_is_shown_at_its_row(as_cecilia: Client) -> None:
    HomeOrder.objects.filter(pk=IN_TURN_ID).update(provider_id=ekot())
    shown = page(as_cecilia, TURNS)
    assert "Beställningen gick till en annan utförare än turen." in shown.text


def test_the_sheet_is_shown_as_it_would_be_and_sent_to_her(as_cecilia: Client) -> None:
    sheet = page(as_cecilia, "/hemtjanst/informationsblad/")
    assert "Ekot AB, 0123-456 00" in sheet.text
    pdf = as_cecilia.get("/hemtjanst/informationsblad.pdf")
    assert b"".join(pdf).startswith(b"%PDF") if pdf.streaming else pdf.content.startswith(b"%PDF")
    shown = page(as_cecilia, choice_of(EDVIN))
    assert "Informationsbladet är inte skickat härifrån." in shown.text
    sent = post_form(as_cecilia, shown, "informationsblad/")
    assert "Informationsbladet är skickat 2026-11-10." in sent.text
    assert SentLetter.objects.filter(recipient_id=recipient_id(EDVIN), code="provider_information").count() == 1


def test_nobody_is_drawn_into_a_list_that_is_not_drawn(log_in: LogIn) -> None:
    agnes = log_in("agnes")
    form = page(agnes, f"{TURNS}lottad/")
    assert "rutin lottar ingen turordning" in form.text
    refused = post_form(agnes, form, provider=str(ekot()), reason="Lottad i dag.")
    assert refused.status == 409


def test_the_pages_ask_the_database_as_often_however_many_there_are(as_cecilia: Client) -> None:
    paths = (PROVIDERS, TURNS, choice_of(GUN))
    few = [queries(as_cecilia, path) for path in paths]
    shown = page(as_cecilia, choice_of(EDVIN))
    saved = post_form(as_cecilia, shown, provider="turn")
    assert "Valet är sparat." in saved.text
    assert [queries(as_cecilia, path) for path in paths] == few


def test_a_provider_that_leaves_shows_who_must_choose_anew(log_in: LogIn, as_cecilia: Client) -> None:
    agnes = log_in("agnes")
    form = page(agnes, f"{PROVIDERS}{ekot()}/avtal/")
    assert "Avtalet är sparat." in post_form(agnes, form, ends_on="2026-12-31").text
    shown = page(as_cecilia, f"{PROVIDERS}{ekot()}/")
    assert "Avtalet slutar 2026-12-31. De här beställningarna fortsätter efter det.Doris Dahl" in shown.text
    assert "Edvin Elm" not in shown.text  # his order ends before
    assert "Doris" not in page(log_in("ellen"), f"{PROVIDERS}{ekot()}/").text


def test_she_who_is_to_choose_sees_whom_she_can_choose_between_but_nobodys_figures(log_in: LogIn) -> None:
    shown = page(log_in("doris"), PROVIDERS)
    assert "Ekot AB" in shown.text
    assert "54:00" not in shown.text
    assert "Beställt i månaden" not in shown.text
    assert page(log_in("doris"), "/hemtjanst/informationsblad/").status == 200
    assert page(log_in("doris"), TURNS).status == 403
