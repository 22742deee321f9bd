"""What is adopted stays as it was, also for those who reach the database past Timvis; a draft is free."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.apps.signed_months import ROUTINE, publish
from tests.cast import NOW, Cast
from timvis.apps.audit import guards
from timvis.apps.routines.actions import draft_routine
from timvis.apps.routines.models import RoutineStatus, RoutineVersion

TABLE = "routines_routineversion"
FROM_2022 = ROUTINE.replace(b"valid_from = 2019-01-01", b"valid_from = 2022-01-01")


def tries(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def published(cast: Cast) -> int:
    return publish(cast)


@pytest.fixture
def drafted(cast: Cast) -> int:
    outcome = draft_routine(cast.machine, ROUTINE, source="assistance.toml", now=NOW)
    assert isinstance(outcome, int)
    return outcome


@pytest.mark.parametrize(
    "change",
    [
        "text = text || '# tillagt'",
        "digest = 'x'",
        "slug = 'vasteras/annan'",
        "number = number + 1",
        "valid_from = '2018-01-01'",
        "adopted_on = '2018-01-01'",
        "drafted_by_id = NULL",
        "status = 'draft', adopted_by_id = NULL, adopted_on = NULL",
        "status = 'superseded', valid_to = '2030-01-01', text = 'x'",
        "id = id",
    ],
)
def test_nothing_of_what_is_adopted_can_be_changed(published: int, change: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        tries(f'UPDATE "{TABLE}" SET {change} WHERE "id" = %s', published)


def test_what_is_adopted_can_not_be_taken_away(published: int) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        tries(f'DELETE FROM "{TABLE}" WHERE "id" = %s', published)


def test_the_table_can_not_be_emptied_in_one_go(published: int) -> None:
    connection.check_constraints()
    statement = f'TRUNCATE "{TABLE}" CASCADE' if connection.vendor == "postgresql" else f'DELETE FROM "{TABLE}"'

    with pytest.raises(IntegrityError, match="append-only"):
        tries(statement)


def test_what_is_adopted_moves_on_when_a_newer_one_takes_over_and_never_back(cast: Cast, published: int) -> None:
    publish(cast, FROM_2022)

    assert RoutineVersion.objects.get(pk=published).status == RoutineStatus.SUPERSEDED
    with pytest.raises(IntegrityError, match="append-only"):
        tries(f'UPDATE "{TABLE}" SET status = \'published\', valid_to = NULL WHERE "id" = %s', published)
    with pytest.raises(IntegrityError, match="append-only"):
        tries(f'UPDATE "{TABLE}" SET valid_to = \'2040-01-01\' WHERE "id" = %s', published)


def test_a_draft_is_free(drafted: int) -> None:
    tries(f'UPDATE "{TABLE}" SET text = \'annat\' WHERE "id" = %s', drafted)
    tries(f'DELETE FROM "{TABLE}" WHERE "id" = %s', drafted)

    assert not RoutineVersion.objects.exists()


def test_a_draft_is_not_rewritten_in_the_moment_it_is_adopted(cast: Cast, drafted: int) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        tries(
            f"UPDATE \"{TABLE}\" SET status = 'published', adopted_by_id = %s, adopted_on = %s, text = 'x' "
            'WHERE "id" = %s',
            cast.david.person_id,
            NOW.date(),
            drafted,
        )


def test_no_version_is_born_adopted(cast: Cast, drafted: int) -> None:
    row = RoutineVersion.objects.get(pk=drafted)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        RoutineVersion.objects.create(
            slug=row.slug,
            municipality=row.municipality,
            number=7,
            text="x",
            digest="x",
            status=RoutineStatus.PUBLISHED,
            valid_from=date(2030, 1, 1),
            adopted_by_id=cast.david.person_id,
            adopted_on=NOW.date(),
            known_at=NOW,
        )


def test_what_is_adopted_can_not_be_overwritten_by_writing_it_again(published: int) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL overwrites by an UPDATE, which is refused above
    columns = ", ".join(f'"{field.column}"' for field in RoutineVersion._meta.concrete_fields)
    as_draft = columns.replace('"status"', "'draft'").replace('"adopted_by_id"', "NULL").replace('"adopted_on"', "NULL")

    for written in (as_draft, as_draft.replace('"id"', "NULL")):
        with pytest.raises(IntegrityError, match="append-only"):
            tries(f'REPLACE INTO "{TABLE}" ({columns}) SELECT {written} FROM "{TABLE}"')


# --- what the constraints hold, also without a trigger ------------------------------------------------------


def a_version(cast: Cast, **says: object) -> RoutineVersion:
    row = {
        "slug": "vasteras/annan",
        "municipality": "vasteras",
        "number": 1,
        "text": "x",
        "digest": "x",
        "status": RoutineStatus.PUBLISHED,
        "valid_from": date(2020, 1, 1),
        "drafted_by_id": cast.greta.person_id,
        "adopted_by_id": cast.david.person_id,
        "adopted_on": NOW.date(),
        "known_at": NOW,
    }
    return RoutineVersion(**{**row, **says})


@pytest.fixture
def without_triggers(db: None) -> None:
    with connection.cursor() as cursor:
        for name in guards.trigger_names(connection, TABLE):
            cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{TABLE}"' if connection.vendor == "postgresql" else ""))


Says = Callable[[Cast], dict[str, object]]


@pytest.mark.parametrize(
    "says",
    [
        lambda cast: {"number": 2, "valid_from": date(2021, 1, 1)},
        lambda cast: {"number": 2, "status": RoutineStatus.SUPERSEDED, "valid_to": date(2021, 1, 1)},
        lambda cast: {"slug": "vasteras/en", "valid_to": date(2030, 1, 1)},
        lambda cast: {"slug": "vasteras/en", "status": RoutineStatus.SUPERSEDED},
        lambda cast: {"slug": "vasteras/en", "status": RoutineStatus.SUPERSEDED, "valid_to": date(2020, 1, 1)},
        lambda cast: {"slug": "vasteras/en", "drafted_by_id": cast.david.person_id},
    ],
    ids=[
        "two published",
        "two from the same day",
        "published with an end",
        "superseded without an end",
        "superseded before it begins",
        "adopted by who drafted it",
    ],
)
def test_the_database_refuses(cast: Cast, without_triggers: None, says: Says) -> None:
    a_version(cast).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        a_version(cast, **says(cast)).save()
