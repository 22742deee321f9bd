"""Delegation: who could decide on a day, an order drafted by one and adopted by another, and the board's list."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.web import demo
from tests.web.conftest import LogIn
from tests.web.pages import page, post_form
from timvis.apps.audit.models import LogEntry, Person
from timvis.apps.claims.models import Claim, ClaimDecision
from timvis.apps.routines.models import DelegationOrder

HERE = "/delegationsordning/"
DECIDED = "/delegationsbeslut/"


def a_decision(reasons: str = "Vikarien arbetade alla pass.") -> ClaimDecision:
    """Return a decision made on the day of the tests."""
    claim = Claim.objects.filter(municipality__slug=demo.TOWN).earliest("id")
    return ClaimDecision.objects.create(
        claim=claim,
        number=1,
        round=1,
        period_from=claim.month_on,
        period_to=claim.month_on + timedelta(days=28),
        amount_ore=123_450,
        reasons=reasons,
        made_at=demo.NOW,
        made_by=Person.objects.get(personal_number=demo.NUMBERS["cecilia"]),
    )


def test_who_could_decide_on_a_day_stands_on_the_page(as_cecilia: Client) -> None:
    shown = page(as_cecilia, f"{HERE}?dag=2026-11-10")

    assert "Vem kunde besluta för nämnden den 2026-11-10?" in shown.text
    rows = [
        " ".join(row.text_content().replace("\xa0", " ").split()) for row in shown.tree.xpath("//main//tr[@data-row]")
    ]
    assert [row.split()[0] for row in rows] == ["Cecilia", "David"]
    assert all(says in rows[0] for says in ("Handläggare LSS", "Bifall", "100 000,00 kr", "ordning 1, rad 1"))
    assert "Bifall, Delavslag, Avslag" in rows[1]


@pytest.mark.parametrize(("day", "says"), [("2019-01-01", "Då beslutar nämnden själv"), ("igår", "Skriv dagen som")])
def test_a_day_without_an_order_or_that_is_no_day_is_kindly_told(as_cecilia: Client, day: str, says: str) -> None:
    assert says in page(as_cecilia, f"{HERE}?dag={day}").text


def test_the_next_order_is_drafted_from_the_last_and_adopted_by_another(as_gunnel: Client, log_in: LogIn) -> None:
    drafted = post_form(as_gunnel, page(as_gunnel, f"{HERE}ny/"), "ny/", more=None)

    assert "Delegationsordning 2" in drafted.title
    assert "Gäller från och med 2027-01-01 till och med 2027-12-31." in drafted.text
    first, second = (DelegationOrder.objects.get(municipality=demo.TOWN, number=n) for n in (1, 2))
    said = ("kind", "may_grant", "may_grant_partly", "may_refuse", "position", "person_id", "up_to_ore", "deputy_of")
    assert list(second.rights.values_list(*said)) == list(first.rights.values_list(*said))

    says = {"decision": "Socialnämnden 2026-12-15 § 99"}
    assert post_form(as_gunnel, page(as_gunnel, f"{HERE}2/anta/"), "anta/", **says).status == 409
    sune = log_in("sune")
    done = post_form(sune, page(sune, f"{HERE}2/anta/"), "anta/", **says)
    assert "Socialnämnden 2026-12-15 § 99" in done.text


def test_a_row_with_a_mistake_keeps_everything_and_says_what_is_wrong(as_gunnel: Client) -> None:
    form = page(as_gunnel, f"{HERE}ny/")

    back = post_form(
        as_gunnel,
        form,
        "ny/",
        more=None,
        **{"row-2-deputy_of": "9", "row-3-position": "Enhetschef", "row-1-may_be_automated": "on"},
    )

    assert back.status == 422
    assert "Rad 2 låter systemet fatta beslut som går någon emot." in back.text
    assert "Rad 3 är ersättare för rad 9, som inte står före den i listan." in back.text
    assert "Rad 4 säger inte vilka beslut den gäller." in back.text
    assert back.form("ny/").fields["row-3-position"] == "Enhetschef"
    assert not DelegationOrder.objects.filter(municipality=demo.TOWN, number=2).exists()


def test_an_officer_does_not_write_orders(as_cecilia: Client) -> None:
    assert as_cecilia.get(f"{HERE}ny/").status_code in (403, 404)


# --- the board's list ---------------------------------------------------------------------------------------


def test_the_boards_list_names_the_case_and_the_decider_and_nobody_else(as_gunnel: Client) -> None:
    made = a_decision()

    shown = page(as_gunnel, f"{DECIDED}?manad={demo.NOW:%Y-%m}")

    assert made.claim.number in shown.text
    assert "Cecilia Cederberg" in shown.text
    assert "1 234,50 kr" in shown.text.replace("\xa0", " ")
    assert made.claim.recipient is not None
    main = shown.tree.xpath("//main")[0].text_content()
    assert made.claim.recipient.personal_number not in main
    for version in made.claim.recipient.versions.all():
        assert version.name not in main
    assert LogEntry.objects.filter(action="look_at_delegated_decisions").exists()


def test_a_month_without_decisions_says_so(as_gunnel: Client) -> None:
    assert "Inga delegationsbeslut fattades den månaden." in page(as_gunnel, f"{DECIDED}?manad=2020-01").text


def test_the_list_is_taken_along_as_a_file(as_gunnel: Client) -> None:
    made = a_decision()

    got = as_gunnel.get(f"{DECIDED}?manad={demo.NOW:%Y-%m}&som=csv")

    assert "delegationsbeslut-" in got.headers["Content-Disposition"]
    lines = got.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Ärende;Nr;Dag;Slag;Utgång;Kronor")
    assert lines[1].split(";")[:3] == [made.claim.number, "1", demo.NOW.date().isoformat()]
    assert lines[1].split(";")[5] == "1234,50"
