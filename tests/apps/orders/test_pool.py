"""The pool, the telephone numbers and the procedures: kept by the desk, dated, and never overwritten."""

from dataclasses import replace
from datetime import date

from tests.apps.orders.desk import CALL_AT, MONDAY, MORNING, SUNDAY, Town, at
from tests.cast import LONG_AGO, in_another_town, ok
from timvis.apps.orders import pool, records
from timvis.apps.orders.models import ContactPoint, PoolMember, Procedure
from timvis.apps.orders.pool import ContactParticulars, PoolParticulars, ProcedureParticulars
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Refusal
from timvis.core.substitute.routing import Desk

PARTICULARS = PoolParticulars(
    telephone="070-2", skills=["lift", "sign_language"], available=[[0, 0, 1440]], valid_from=LONG_AGO
)


def telephones(on: date) -> set[str]:
    return {point.telephone for point in records.contact_points("osthammar", known_at=MORNING, on=on)}


def test_what_is_known_of_a_substitute_is_told_anew_and_the_old_stays(town: Town) -> None:
    changed = pool.change_substitute(
        at(town.ida, MORNING), member_id=town.mira_id, particulars=PARTICULARS, seen=1, now=MORNING
    )

    assert changed == 2
    before = {member.id: member for member in records.pool("osthammar", known_at=CALL_AT, on=SUNDAY)}
    after = {member.id: member for member in records.pool("osthammar", known_at=MORNING, on=MONDAY)}
    assert before[town.mira_id].candidate.skills == {"lift"}
    assert after[town.mira_id].candidate.skills == {"lift", "sign_language"}


def test_somebody_who_has_left_is_in_the_pool_until_her_last_day_and_not_after(town: Town) -> None:
    left = replace(PARTICULARS, valid_to=MONDAY)
    ok(pool.change_substitute(at(town.ida, MORNING), member_id=town.mira_id, particulars=left, seen=1, now=MORNING))

    on_sunday = {member.id for member in records.pool("osthammar", known_at=MORNING, on=SUNDAY)}
    on_monday = {member.id for member in records.pool("osthammar", known_at=MORNING, on=MONDAY)}
    assert on_sunday == {town.mira_id, town.nils_id}
    assert on_monday == {town.nils_id}


def test_a_number_changes_from_a_day_on_and_yesterdays_is_still_known(town: Town) -> None:
    point = ContactPoint.objects.get(desk=Desk.DUTY_SUPERVISOR)
    new = ContactParticulars(name="Jouren", telephone="0173-000 09", valid_from=MONDAY)

    ok(pool.change_contact_point(at(town.ida, MORNING), contact_id=point.pk, particulars=new, seen=1, now=MORNING))

    assert telephones(SUNDAY) == {"0173-000 01", "0173-000 02"}
    assert telephones(MONDAY) == {"0173-000 01", "0173-000 09"}


def test_how_a_providers_need_is_met_is_written_once_and_found_next_time(town: Town) -> None:
    text = "Ring Ekots jour först. Nyckel i kodskåp; larmet stängs av till höger om dörren."
    written = ProcedureParticulars(text=text, valid_from=MONDAY)

    ok(pool.register_procedure(at(town.ida, MORNING), provider_id=town.cast.ekot_id, particulars=written, now=MORNING))
    again = pool.register_procedure(
        at(town.ida, MORNING),
        provider_id=town.cast.ekot_id,
        particulars=replace(written, text="Annat"),
        now=MORNING,
    )

    version = Procedure.objects.get(provider_id=town.cast.ekot_id).versions.get()
    assert (version.text, version.valid_from) == (text, MONDAY)
    assert again is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert ok(
        pool.change_procedure(
            at(town.ida, MORNING),
            provider_id=town.cast.ekot_id,
            particulars=replace(written, text="Annat"),
            seen=1,
            now=MORNING,
        )
    )


def test_the_duty_supervisor_and_other_towns_change_nothing_here(town: Town) -> None:
    def change(actor_town: Town, *, elsewhere: bool) -> object:
        actor = in_another_town(actor_town.ida) if elsewhere else actor_town.jon
        return pool.change_substitute(
            at(actor, MORNING), member_id=actor_town.mira_id, particulars=PARTICULARS, seen=1, now=MORNING
        )

    assert change(town, elsewhere=False) is Refusal.ROLE_DOES_NOT_ALLOW
    assert change(town, elsewhere=True) is Refusal.NOT_FOUND
    assert PoolMember.objects.get(pk=town.mira_id).versions.count() == 1


def test_a_shift_elsewhere_is_told_once_and_has_an_end_after_its_start(town: Town) -> None:
    def told(start: int, end: int) -> int | Refusal:
        return pool.register_other_work(
            at(town.ida, MORNING),
            member_id=town.mira_id,
            start_at=instant(MONDAY, start * 60),
            end_at=instant(MONDAY, end * 60),
            now=MORNING,
        )

    assert told(8, 12) == told(8, 12)
    assert told(12, 8) is Refusal.NOT_FOUND
