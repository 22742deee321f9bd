"""The month as the state will judge it, the recipient's bill, and time reports on their way out."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.formats.handed_in_months import ALMA, ID, elt_bytes
from tests.web.conftest import LogIn
from tests.web.pages import Page, page, post_form
from tests.web.practice import RECIPIENT_ID
from timvis.apps.claims.models import Claim, Shift
from timvis.apps.parties.models import Recipient
from timvis.apps.state_reports.models import FrozenReport
from timvis.core.calendar.months import date_text
from timvis.core.records import Regime
from timvis.core.routine.records import ClaimKind
from timvis.gateways.elt.simulator import SimulatedElt

TOWN = "vasteras"
OWN_ID = "1b8a6f1e-77aa-4c1e-9a0e-5d2b6f3c1a91"


@pytest.fixture
def as_gunnel(log_in: LogIn) -> Client:
    """The administrative assistant of the town."""
    return log_in("gunnel", town=TOWN)


def a_states_month() -> Claim:
    """Return a month by time reports that is now on the state's decision."""
    claim = Claim.objects.filter(
        municipality__slug=TOWN, kind=ClaimKind.ASSISTANCE, invoice=None, recipient__isnull=False
    ).first()
    assert claim is not None
    Claim.objects.filter(pk=claim.pk).update(regime=Regime.SFB, status="received")
    return Claim.objects.get(pk=claim.pk)


def the_month(client: Client, claim: Claim) -> Page:
    return page(client, f"/manaden/?manad={claim.month_on:%Y-%m}")


def test_a_month_without_a_bill_is_red_and_the_bill_is_registered_from_there(as_gunnel: Client) -> None:
    claim = a_states_month()

    shown = the_month(as_gunnel, claim)
    assert "Det finns ingen räkning för" in shown.text
    assert "röd" in shown.text

    address = f"/manaden/{claim.month_on:%Y-%m}/rakning/{claim.recipient_id}/"
    form = {"active_minutes": "1:30", "received_on": "2026-11-02"}
    registered = post_form(as_gunnel, page(as_gunnel, address), **form)

    assert "Räkningen är sparad." in registered.text
    assert "Räkningen och tidsredovisningarnas faktiska tid skiljer sig" in the_month(as_gunnel, claim).text
    assert page(as_gunnel, address).form().xpath(".//input[@name='active_minutes']/@value") == ["1:30"]


def test_what_is_wrong_on_a_bill_is_said_at_its_field_and_what_was_typed_stays(as_gunnel: Client) -> None:
    claim = a_states_month()
    address = f"/manaden/{claim.month_on:%Y-%m}/rakning/{claim.recipient_id}/"
    form = {"active_minutes": "1:75", "received_on": "2026-11-02", "stay_from_1": "2026-10-03"}

    shown = post_form(as_gunnel, page(as_gunnel, address), **form)

    assert shown.status == 422
    assert "Skriv timmar och minuter som 412:30." in shown.text
    assert "Skriv dag och klockslag för både början och slut" in shown.text
    assert "1:75" in shown.form().xpath(".//input[@name='active_minutes']/@value")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def elt_of(claim: Claim) -> bytes:
    """Return a time report for a claim's recipient."""
    assert claim.recipient is not None
    own = elt_bytes().replace(ALMA.encode(), claim.recipient.personal_number.encode())
    return own.replace(ID.encode(), OWN_ID.encode())


def test_a_report_is_frozen_signed_queued_and_sent_only_when_somebody_starts_it(
    as_gunnel: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = a_states_month()
    shown = post_form(as_gunnel, page(as_gunnel, "/tidsredovisning/ny/"), report=upload("a.xml", elt_of(claim)))
    assert "Tidsredovisningen är låst och väntar på underskrift." in shown.text
    report = FrozenReport.objects.get(key=OWN_ID)
    address = f"/tidsredovisning/{report.key}"

    for signer in ("assistant", "provider"):
        files: dict[str, Any] = {
            "signature": upload("s.xml", f"<s>{report.text_to_sign}</s>".encode()),
            "ocsp_response": upload("o.der", b"ok"),
        }
        signed = post_form(
            as_gunnel, page(as_gunnel, f"{address}/underskrift/"), signer=signer, signed_on="2026-11-02", **files
        )
        assert "Underskriften är sparad." in signed.text
    queued = post_form(as_gunnel, page(as_gunnel, f"{address}/ko/"))
    assert "Tidsredovisningen står i kön." in queued.text
    assert "Sändning är avstängd." in queued.text

    receiver = SimulatedElt(tmp_path, mode="test")
    for module in ("acts", "views"):
        monkeypatch.setattr(f"timvis.web.office.state_reports.{module}.elt_channel", lambda *_: receiver)
    sent = post_form(as_gunnel, page(as_gunnel, "/tidsredovisning/"), action="/tidsredovisning/skicka/")

    assert "1 mottagna, 0 avvisade, 0 kvar i kön." in sent.text
    assert len(receiver.taken()) == 1
    assert as_gunnel.get(f"{address}/fil/").content == elt_of(claim)


def test_a_file_nobody_should_send_is_refused_with_what_is_wrong(as_gunnel: Client) -> None:
    wrong = elt_of(a_states_month()).replace(b"16.30", b"99.99")

    shown = post_form(as_gunnel, page(as_gunnel, "/tidsredovisning/ny/"), report=upload("a.xml", wrong))

    assert shown.status == 422
    assert "TT.MM" in shown.text or "klockslag" in shown.text.lower()
    assert not FrozenReport.objects.filter(key=OWN_ID).exists()


def test_a_report_and_a_bill_are_given_on_paper(log_in: LogIn) -> None:
    here = log_in("gunnel")

    for address in (f"/tidsredovisning/{ID}/papper/", "/manaden/2026-10/rakning/7/papper/"):
        assert here.get(address).content.startswith(b"%PDF")


# --- what cannot be sent by any electronic way ----------------------------------------------------------------------


def test_a_bill_is_there_as_a_neutral_record_that_says_what_it_lacks(log_in: LogIn) -> None:
    as_gunnel = log_in("gunnel", town=Recipient.objects.get(pk=RECIPIENT_ID).municipality.slug)

    record = json.loads(as_gunnel.get(f"/manaden/2026-10/rakning/{RECIPIENT_ID}/post/").content)

    assert record["bill"]["active_minutes"] == 9_000
    assert "underskrift" in record["lacks"]
    assert record["service"].startswith("E-RÄK är avstängd")
    assert as_gunnel.get(f"/manaden/2026-09/rakning/{RECIPIENT_ID}/post/").status_code == 404


def test_the_ways_that_are_off_say_what_of_them_is_unknown(as_gunnel: Client) -> None:
    shown = page(as_gunnel, "/tidsredovisning/").text

    assert "E-RÄK" in shown
    assert "E-IOA" in shown
    assert "fältens namn och format är inte publicerade" in shown


# --- working time ---------------------------------------------------------------------------------------------------


def test_a_month_with_too_much_work_says_which_days_and_what_must_go(as_gunnel: Client) -> None:
    claim = a_states_month()
    shift = Shift.objects.filter(report__claim=claim, report__is_current=True).exclude(kind="standby").first()
    assert shift is not None
    day = shift.work_on
    shift.pk, shift.line, shift.end_at = None, 999, shift.start_at + 400 * 60
    shift.save(force_insert=True)

    shown = the_month(as_gunnel, claim).text

    assert "Arbetstid: var gränsen bryts, och vad som minst måste bort" in shown
    assert "måste bort, det sist arbetade först:" in shown
    assert f"{date_text(day)} " in shown
