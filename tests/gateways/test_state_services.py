"""The state's services that are off: what they want is not known, so nothing is handed over and that is said."""

from datetime import date
from pathlib import Path

from timvis.core.state_exchange import AssistantTold, Signing, StateBill
from timvis.gateways.state_services import disabled
from timvis.gateways.state_services.disabled import E_IOA, E_RAK, SERVICES

BILL = StateBill(
    month_on=date(2025, 3, 1),
    recipient_name="Alma Åkesson",
    recipient_number="198002152380",
    active_minutes=600,
    waiting_minutes=0,
    standby_minutes=0,
)
ASSISTANT = AssistantTold(
    recipient_name="Alma Åkesson",
    recipient_number="198002152380",
    assistant_name="Björn Öst",
    assistant_number="198308092389",
    hired_on=None,
    is_close=False,
    lives_outside_eea=True,
)


def test_nothing_is_handed_over_and_what_to_do_instead_is_said() -> None:
    for fault in (E_RAK.hand_over(BILL), E_IOA.hand_over(ASSISTANT)):
        assert fault.code in ("e_rak_is_off", "e_ioa_is_off")
        assert "Försäkringskassans e-tjänst" in fault.remedy
        assert "198" not in fault.message


def test_every_service_says_what_of_it_is_unknown_and_its_readme_says_it_too() -> None:
    told = (Path(disabled.__file__).parent / "README.md").read_text(encoding="utf-8")

    assert all(each.unknown for each in SERVICES)
    assert all(each.name in told for each in SERVICES)
    assert "nothing is guessed" in " ".join(told.split())


def test_a_bill_names_what_nobody_has_told() -> None:
    lacks = set(BILL.lacking())
    whole = StateBill(
        month_on=BILL.month_on,
        recipient_name="Alma Åkesson",
        recipient_number=BILL.recipient_number,
        active_minutes=600,
        waiting_minutes=0,
        standby_minutes=0,
        in_childcare=False,
        in_school=False,
        in_daily_activity=True,
        outside_eea=False,
        signing=Signing(signed_on=date(2025, 4, 2), number=BILL.recipient_number, phone="021-390000"),
    )

    assert "underskrift" in lacks
    assert "om assistans gavs i barnomsorg, skola eller daglig verksamhet" in lacks
    assert list(whole.lacking()) == []


def test_an_assistant_abroad_needs_an_address_and_everybody_a_day_of_hiring() -> None:
    assert set(ASSISTANT.lacking()) == {
        "anställningsdatum",
        "assistentens adress utomlands",
        "underskrift",
        "anordnarens telefonnummer",
    }
