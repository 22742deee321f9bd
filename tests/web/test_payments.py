"""Payments: what is ordered, the file it goes in, and what the bank says; each krona once."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web import demo
from tests.web.conftest import LogIn
from tests.web.measured import queries
from tests.web.pages import page, post_form
from tests.web.test_routes import said
from tests.web.waiting import paid_before
from timvis.apps.accounting.models import Batch, Entry, PaymentOrder

PATH = "/betalningar/"


@pytest.fixture
def paid(log_in: LogIn) -> Client:
    """The finance assistant, in the town that has paid."""
    return log_in("helena", town="vasteras")


@pytest.fixture
def ordered(as_david: Client, as_helena: Client) -> PaymentOrder:
    """A payment that has been signed and ordered and waits for the next file."""
    claim = "/ansprak/ekkoping-2026-0006/"
    post_form(as_david, page(as_david, claim), "signera/")
    post_form(as_helena, page(as_helena, claim), "signera/")
    post_form(as_helena, page(as_helena, claim), "bestall/")
    return PaymentOrder.objects.get(claim__number="ekkoping-2026-0006")


def test_what_was_paid_is_there_with_its_file(paid: Client) -> None:
    shown = page(paid, PATH)

    assert "Ingen beställd betalning väntar." in shown.text
    assert len(shown.tree.xpath("//section[@aria-labelledby='h-orders']//tr[@data-row]")) == 17
    assert len(shown.tree.xpath("//section[@aria-labelledby='h-batches']//tbody/tr")) == 3


def test_a_payment_shows_its_whole_trace(paid: Client) -> None:
    shown = page(paid, f"{PATH}1/")

    assert "vasteras-2019-0001" in shown.text
    for name in ("Gunnel Grahn", "David Dahlgren", "Helena Hed"):
        assert name in shown.text
    for voucher in shown.tree.xpath("//a[contains(@href, '/bokforing/')]/@href"):
        assert page(paid, voucher).status == 200


def test_an_ordered_payment_waits_with_its_sum(as_helena: Client, ordered: PaymentOrder) -> None:
    shown = page(as_helena, PATH)

    assert "En beställd betalning väntar" in shown.text
    assert f"{ordered.amount_ore % 100:02d} kr" in shown.text


def test_a_payment_goes_out_once_and_comes_back_paid(as_helena: Client, ordered: PaymentOrder) -> None:
    form = page(as_helena, PATH)
    file = post_form(as_helena, form, "kor/")
    assert post_form(as_helena, form, "kor/").path == file.path
    sent = post_form(as_helena, file, "slapp/")
    assert "1 betalning, " in sent.text
    again = post_form(as_helena, file, "slapp/")
    assert again.status == 200
    assert Batch.objects.filter(municipality__slug="ekkoping").count() == 1

    answered = post_form(as_helena, page(as_helena, PATH), "svar/", simulate="1")

    assert "Bankens svar är omhändertaget" in answered.text
    ordered.refresh_from_db()
    assert ordered.status == "posted"
    assert Entry.objects.filter(claim=ordered.claim).count() >= 2


def test_an_answer_read_twice_books_nothing_more(as_helena: Client, ordered: PaymentOrder) -> None:
    post_form(as_helena, post_form(as_helena, page(as_helena, PATH), "kor/"), "slapp/")
    post_form(as_helena, page(as_helena, PATH), "svar/", simulate="1")
    before = Entry.objects.count()

    shown = post_form(as_helena, page(as_helena, PATH), "svar/", simulate="1")

    assert shown.status == 200
    assert Entry.objects.count() == before


# --- the file before it leaves --------------------------------------------------------------------------------


def test_a_file_is_shown_with_its_sum_and_what_deviates_before_it_leaves(
    as_helena: Client, ordered: PaymentOrder
) -> None:
    paid_before(ordered.claim.number, less_ore=20_000)

    shown = post_form(as_helena, page(as_helena, PATH), "kor/")

    told = shown.text.replace("\xa0", " ")
    assert "+200,00 kr" in told
    assert ordered.claim.number in told
    ordered.refresh_from_db()
    assert ordered.batch is not None
    assert (ordered.status, ordered.batch.status) == ("reserved", "built")
    assert shown.tree.xpath("//input[@name='digest']/@value") == [ordered.batch.digest]
    assert "En betalfil är gjord och väntar på att släppas." in page(as_helena, PATH).text


def test_a_file_never_paid_to_before_says_so(as_helena: Client, ordered: PaymentOrder) -> None:
    assert "första betalningen hit" in post_form(as_helena, page(as_helena, PATH), "kor/").text


def test_another_digest_than_the_files_sends_nothing(as_helena: Client, ordered: PaymentOrder) -> None:
    file = post_form(as_helena, page(as_helena, PATH), "kor/")

    refused = post_form(as_helena, file, "slapp/", digest="0" * 64)

    assert refused.status == 409
    ordered.refresh_from_db()
    assert ordered.status == "reserved"


def test_a_file_with_one_byte_altered_is_not_sent(as_helena: Client, ordered: PaymentOrder) -> None:
    file = post_form(as_helena, page(as_helena, PATH), "kor/")
    batch = Batch.objects.latest("pk")
    content = bytearray(bytes(batch.content))
    content[-2] ^= 1
    Batch.objects.filter(pk=batch.pk).update(content=bytes(content), digest=sha256(content).hexdigest())

    refused = post_form(as_helena, file, "slapp/", digest=sha256(content).hexdigest())

    assert "är inte den som gjordes" in refused.text
    assert "Filen är inte den som gjordes" in page(as_helena, file.path).text
    ordered.refresh_from_db()
    assert ordered.status == "reserved"


def test_nothing_to_pay_is_said_kindly(as_helena: Client) -> None:
    shown = post_form(as_helena, page(as_helena, PATH), "kor/")

    assert "Ingenting väntade på att betalas." in shown.text
    assert not Batch.objects.filter(municipality__slug="ekkoping").exists()


@pytest.mark.parametrize(
    "content", [b"", b"<html/>", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"]
)
def test_an_answer_that_is_none_is_told_and_changes_nothing(as_helena: Client, content: bytes) -> None:
    shown = post_form(
        as_helena, page(as_helena, PATH), "svar/", simulate=None, answer=SimpleUploadedFile("a.xml", content)
    )

    assert shown.status == 422
    assert shown.tree.xpath("//*[@role='alert' and @data-focus]")[0].text_content().strip()


def test_no_answer_chosen_is_told(as_helena: Client) -> None:
    shown = post_form(as_helena, page(as_helena, PATH), "svar/", simulate=None)

    assert shown.status == 422
    assert "Välj bankens svarsfil" in shown.text


def test_to_pay_asks_for_a_fresh_login(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    helena = log_in("helena")
    monkeypatch.setattr(settings, "FIXED_NOW", demo.NOW + timedelta(minutes=6))

    response = helena.post(f"{PATH}fil/1/slapp/")

    assert response.status_code == 302
    assert "igen=1" in response.headers["Location"]


def test_the_file_comes_as_it_left(paid: Client) -> None:
    response = paid.get(f"{PATH}fil/1/")

    assert response.content == bytes(Batch.objects.get(pk=1).content)
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_case_officer_sees_payments_and_runs_none(as_cecilia: Client) -> None:
    assert as_cecilia.get(PATH).status_code == 200
    assert as_cecilia.post(f"{PATH}kor/").status_code == 403
    assert as_cecilia.get(f"{PATH}fil/1/granska/").status_code == 403
    assert as_cecilia.post(f"{PATH}fil/1/slapp/").status_code == 403
    assert as_cecilia.post(f"{PATH}svar/").status_code == 403
    assert as_cecilia.get(f"{PATH}fil/1/").status_code == 403


def test_a_provider_sees_its_own_payments_and_no_file_to_fetch(log_in: LogIn) -> None:
    ellen = log_in("ellen", town="vasteras")
    shown = page(ellen, PATH)
    hers = PaymentOrder.objects.filter(claim__provider_id=1)
    others = PaymentOrder.objects.exclude(claim__provider_id=1)

    assert len(shown.tree.xpath("//section[@aria-labelledby='h-orders']//tr[@data-row]")) == hers.count()
    assert ellen.get(f"{PATH}{hers[0].pk}/").status_code == 200
    assert ellen.get(f"{PATH}{others[0].pk}/").status_code == 404


def test_a_provider_is_not_told_what_the_town_pays_others(log_in: LogIn) -> None:
    shown = page(log_in("ellen", town="vasteras"), PATH)

    # A file holds what every provider was paid together.
    assert shown.tree.xpath("//section[@aria-labelledby='h-batches']") == []


@pytest.mark.parametrize("unknown", ["1", "999999", "x", "99999999999999999999"])
def test_another_towns_payment_and_none_at_all_look_the_same(as_helena: Client, unknown: str) -> None:
    answer = as_helena.get(f"{PATH}{unknown}/")

    assert answer.status_code == 404
    assert said(answer) == said(as_helena.get(f"{PATH}888888/"))
    assert as_helena.get(f"{PATH}fil/{unknown}/").status_code == 404
    assert as_helena.get(f"{PATH}²/").status_code == as_helena.get(f"{PATH}fil/²/").status_code == 404


def test_the_list_asks_as_much_for_many_as_for_few(paid: Client) -> None:
    few = queries(paid, PATH)
    pattern = PaymentOrder.objects.filter(status="posted").select_related("statement")[0]
    for n in range(25):
        statement = pattern.statement
        statement.pk, statement.number = None, 100 + n
        statement.save(force_insert=True)
        order = PaymentOrder.objects.get(pk=1)
        order.pk, order.statement, order.end_to_end_id = None, statement, f"copy{n}"
        order.save(force_insert=True)

    assert queries(paid, PATH) == few
