"""Assistants: told by their employer before they work, judged by the case officer."""

from datetime import date, timedelta

from tests.cast import BJORN_NUMBER, HASSE_NUMBER, NOW, Cast, a_registered_assistant, ok
from timvis.apps.parties import actions, records
from timvis.apps.parties.particulars import AssistantParticulars
from timvis.core.faults import Refusal


def test_an_assistant_can_be_read_as_a_record(cast: Cast) -> None:
    [bjorn] = records.assistants(cast.ekot_id, known_at=NOW)

    assert (bjorn.number, bjorn.name, bjorn.born_on) == (BJORN_NUMBER, "Björn Berg", date(1983, 8, 9))
    assert (bjorn.lives_outside_eea, bjorn.registered_on) == (False, date(2018, 12, 3))


def test_a_provider_registers_its_own_assistants_and_nobody_elses(cast: Cast) -> None:
    told = a_registered_assistant("Hasse Holm", born_on=date(1966, 5, 25))

    own = actions.register_assistant(
        cast.elsa, provider_id=cast.ekot_id, personal_number=HASSE_NUMBER, particulars=told, now=NOW
    )
    others = actions.register_assistant(
        cast.fatima, provider_id=cast.ekot_id, personal_number=HASSE_NUMBER, particulars=told, now=NOW
    )

    assert ok(own)
    assert others is Refusal.NO_RELATION
    numbers = [assistant.number for assistant in records.assistants(cast.ekot_id, known_at=NOW)]
    assert numbers == [HASSE_NUMBER, BJORN_NUMBER]


def test_an_assistant_is_unknown_until_somebody_told_of_him(cast: Cast) -> None:
    before = NOW - timedelta(days=3000)

    assert records.assistants(cast.ekot_id, known_at=before) == ()


def test_what_nobody_has_told_stays_unknown(cast: Cast) -> None:
    ok(
        actions.change_assistant(
            cast.elsa,
            assistant_id=cast.assistant_id,
            particulars=AssistantParticulars(name="Björn Berg"),
            seen=1,
            now=NOW,
        )
    )

    [bjorn] = records.assistants(cast.ekot_id, known_at=NOW, numbers=[BJORN_NUMBER])
    assert (bjorn.born_on, bjorn.lives_outside_eea, bjorn.registered_on) == (None, None, None)


def test_an_assessment_of_incapacity_is_the_officers_and_has_a_reason(cast: Cast) -> None:
    assessed = {
        officer: actions.register_incapacity(
            actor,
            assistant_id=cast.assistant_id,
            unable_from=date(2021, 1, 10),
            unable_to=date(2021, 2, 1),
            assessed_on=date(2021, 1, 28),
            reason=reason,
            now=NOW,
        )
        for officer, actor, reason in (
            ("greta", cast.greta, "Läkarintyg"),
            ("cecilia without reason", cast.cecilia, " "),
            ("cecilia", cast.cecilia, "Läkarintyg"),
        )
    }

    assert assessed["greta"] is Refusal.ROLE_DOES_NOT_ALLOW
    assert assessed["cecilia without reason"] is Refusal.REASON_IS_MISSING
    assert ok(assessed["cecilia"])
    [bjorn] = records.assistants(cast.ekot_id, known_at=NOW)
    assert [incapacity.unable_to for incapacity in bjorn.incapacities] == [date(2021, 2, 1)]
    [known_earlier] = records.assistants(cast.ekot_id, known_at=NOW - timedelta(seconds=1))
    assert known_earlier.incapacities == ()
