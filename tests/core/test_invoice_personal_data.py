"""An invoice for home care names nobody: what gives a recipient away stops it, and is not said once more."""

from dataclasses import replace

import pytest

from tests.cast import ALMA_NUMBER
from tests.core.invoices import invoice, line
from timvis.core.identity import personal_text
from timvis.core.invoice.personal_data import Named, Privacy, objections
from timvis.core.invoice.records import Attachment, Invoice
from timvis.core.routine.terms import PersonalData

ALMA = Named(name="Alma Åkesson", personal_number=ALMA_NUMBER)
FOUR = ALMA_NUMBER[-4:]


def codes(bill: Invoice, rule: PersonalData = PersonalData.NONE) -> list[str]:
    return [one.code for one in objections(bill, Privacy(rule=rule, recipients=(ALMA,)))]


@pytest.mark.parametrize(
    "text",
    [
        "Hemtjänst oktober, 120,50 timmar",
        "Alma, Björn och alla de andra",  # a given name alone is nobody's
        "Utförd tid: omvårdnad, Åkessons väg",
        f"Ärende {FOUR}",
        f"AB {FOUR}",
    ],
)
def test_what_names_nobody_is_nothing_to_object_to(text: str) -> None:
    assert codes(invoice(line(text=text))) == []


@pytest.mark.parametrize("text", ["Alma Åkesson", "ÅKESSON, ALMA", "Hemtjänst hos Alma Maria Åkesson i oktober"])
def test_a_recipients_name_stops_the_invoice_however_it_is_written(text: str) -> None:
    assert codes(invoice(line(text=text))) == ["recipient_is_named"]


@pytest.mark.parametrize("text", [f"AÅ {FOUR}", f"A.Å. {FOUR}", f"aå-{FOUR}", f"Brukare AÅ{FOUR}, 20 timmar"])
def test_initials_and_four_digits_are_personal_data_where_none_may_stand(text: str) -> None:
    assert codes(invoice(line(text=text))) == ["recipient_is_recognisable"]


def test_a_routine_may_allow_initials_or_the_name() -> None:
    by_initials, by_name = invoice(line(text=f"AÅ {FOUR}")), invoice(line(text="Alma Åkesson"))

    assert codes(by_initials, PersonalData.INITIALS_AND_FOUR_DIGITS) == []
    assert codes(by_name, PersonalData.INITIALS_AND_FOUR_DIGITS) == ["recipient_is_named"]
    assert codes(by_name, PersonalData.NAME) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"notes": ("Gäller Alma Åkesson",)},
        {"buyer_reference": "Alma Åkesson"},
        {"order_reference": "Åkesson Alma"},
        {"attachments": (Attachment(reference="1", file_name="Alma Åkesson oktober.pdf"),)},
    ],
)
def test_every_text_that_somebody_may_have_written_is_read(changes: dict[str, object]) -> None:
    assert codes(replace(invoice(), **changes)) == ["recipient_is_named"]  # type: ignore[arg-type]  # one at a time


def test_an_objection_says_where_and_not_whom() -> None:
    bill = invoice(line(number="7", text=f"Alma Åkesson {personal_text(ALMA_NUMBER)}"))

    [found] = objections(bill, Privacy(rule=PersonalData.NONE, recipients=(ALMA,)))

    assert found.line == "7"
    assert "Alma" not in found.message
    assert FOUR not in found.message
