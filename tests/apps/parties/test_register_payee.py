"""Payees: an account from a day on, changed by a new form and never by an overwriting."""

from datetime import date, timedelta

from tests.cast import NOW, REGISTERED_AT, Cast, a_payee, in_another_town, ok
from timvis.apps.parties import actions, records
from timvis.apps.parties.models import PayeeVersion
from timvis.core.faults import Refusal


def account(cast: Cast, on: date) -> str | None:
    version = records.payee(cast.recipient_id, cast.ekot_id, known_at=NOW, on=on)
    return version.account_number if version else None


def test_a_new_account_counts_from_its_day_and_the_old_one_until_then(cast: Cast) -> None:
    number = actions.change_payee(
        cast.greta,
        payee_id=cast.payee_id,
        particulars=a_payee("Ekot AB", "50501055", valid_from=date(2021, 3, 1)),
        seen=1,
        now=NOW,
    )

    assert number == 2
    days = (date(2018, 12, 31), date(2019, 1, 1), date(2021, 2, 28), date(2021, 3, 1))
    assert [account(cast, on=day) for day in days] == [None, "9912346", "9912346", "50501055"]


def test_what_we_knew_when_we_paid_can_still_be_asked_for(cast: Cast) -> None:
    ok(
        actions.change_payee(
            cast.greta,
            payee_id=cast.payee_id,
            particulars=a_payee("Ekot AB", "50501055", valid_from=date(2020, 1, 1)),
            seen=1,
            now=NOW,
        )
    )

    then, before_anything = NOW - timedelta(seconds=1), REGISTERED_AT - timedelta(seconds=1)
    known = [
        records.payee(cast.recipient_id, cast.ekot_id, known_at=moment, on=date(2020, 6, 1))
        for moment in (NOW, then, before_anything)
    ]
    assert [version and version.account_number for version in known] == ["50501055", "9912346", None]


def test_only_the_administrative_assistant_names_accounts_and_only_freshly_logged_in(cast: Cast) -> None:
    form = a_payee("Ekot AB", "50501055", valid_from=date(2021, 3, 1))

    refusals = [
        actions.change_payee(actor, payee_id=cast.payee_id, particulars=form, seen=1, now=moment)
        for actor, moment in (
            (cast.cecilia, NOW),
            (cast.hasse, NOW),
            (cast.elsa, NOW),
            (cast.greta, NOW + timedelta(minutes=6)),
            (in_another_town(cast.greta), NOW),
        )
    ]

    assert refusals == [
        Refusal.ROLE_DOES_NOT_ALLOW,
        Refusal.ROLE_DOES_NOT_ALLOW,
        Refusal.ROLE_DOES_NOT_ALLOW,
        Refusal.LOGIN_TOO_OLD,
        Refusal.NOT_FOUND,
    ]
    assert PayeeVersion.objects.count() == 1


def test_no_payee_is_named_for_a_provider_that_is_not_here(cast: Cast) -> None:
    form = a_payee("Ingen AB", "50501055", valid_from=date(2021, 3, 1))

    refusal = actions.register_payee(
        cast.greta, recipient_id=cast.recipient_id, provider_id=999_999, particulars=form, now=NOW
    )

    assert refusal is Refusal.NOT_FOUND
