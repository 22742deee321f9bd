"""The environment: a guess is refused, with a sentence for the person who installs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from timvis.config import clock, environment
from timvis.config.environment import Mode, WrongEnvironment

SECRET = "s" * 50


def test_nothing_said_is_a_demo_on_an_sqlite_file(tmp_path: Path) -> None:
    database = environment.database({}, tmp_path)

    assert environment.mode({}) is Mode.DEMO
    assert database["NAME"] == str(tmp_path / "timvis.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    url = "postgresql://tim:h%40mligt@db.example:5433/timvis?sslmode=require"

    database = environment.database({"DATABASE_URL": url}, tmp_path)

    assert database["ENGINE"].endswith("postgresql")
    told = {name: database[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert told == {
        "NAME": "timvis",
        "USER": "tim",
        "PASSWORD": "h@mligt",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_folder_is_a_host(tmp_path: Path) -> None:
    database = environment.database({"DATABASE_URL": "postgres://tim@/timvis?host=/run/pg"}, tmp_path)

    assert (database["HOST"], database["PORT"], database["OPTIONS"]) == ("/run/pg", "", {})


def test_a_database_we_do_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongEnvironment, match="mysql"):
        environment.database({"DATABASE_URL": "mysql://x/y"}, tmp_path)


@pytest.mark.parametrize("given", ["", "short"])
def test_production_without_a_secret_of_its_own_does_not_start(tmp_path: Path, given: str) -> None:
    with pytest.raises(WrongEnvironment, match="TIMVIS_SECRET_KEY"):
        environment.secret_key({"TIMVIS_SECRET_KEY": given}, Mode.PRODUCTION, tmp_path)
    assert environment.secret_key({"TIMVIS_SECRET_KEY": SECRET}, Mode.PRODUCTION, tmp_path) == SECRET


def test_each_demo_has_a_secret_of_its_own_that_only_its_owner_reads(tmp_path: Path) -> None:
    one, another = tmp_path / "one", tmp_path / "another"
    one.mkdir()
    another.mkdir()

    first = environment.secret_key({}, Mode.DEMO, one)

    assert len(first) >= environment.SHORTEST_SECRET
    assert environment.secret_key({}, Mode.DEMO, one) == first
    assert environment.secret_key({}, Mode.DEMO, another) != first
    assert (one / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("hosts", ["", "*", "timvis.example, *"])
def test_production_answers_only_to_names_that_are_told(hosts: str) -> None:
    with pytest.raises(WrongEnvironment, match="TIMVIS_HOSTS"):
        environment.allowed_hosts({"TIMVIS_HOSTS": hosts}, Mode.PRODUCTION)


def test_the_clock_is_held_outside_production_only() -> None:
    env = {"TIMVIS_NOW": "2021-04-12T09:00+02:00"}

    assert environment.fixed_now(env, Mode.TEST) == datetime(2021, 4, 12, 7, 0, tzinfo=UTC)
    assert environment.fixed_now({}, Mode.PRODUCTION) is None
    with pytest.raises(WrongEnvironment, match="TIMVIS_NOW"):
        environment.fixed_now(env, Mode.PRODUCTION)


@pytest.mark.parametrize("text", ["i går", "2021-04-12T09:00"])
def test_a_moment_that_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(WrongEnvironment, match="TIMVIS_NOW"):
        environment.fixed_now({"TIMVIS_NOW": text}, Mode.TEST)


def test_where_practice_data_lie_the_clock_goes_on_from_their_day(tmp_path: Path, settings: Settings) -> None:
    settings.HOME, settings.FIXED_NOW, settings.BEHIND = tmp_path, None, timedelta()
    then = datetime(2021, 4, 12, 7, 0, tzinfo=UTC)

    clock.set_back(then)

    assert timedelta() <= clock.now() - then < timedelta(hours=1)
    assert environment.behind(tmp_path, Mode.DEMO) == settings.BEHIND
    with pytest.raises(WrongEnvironment, match="TIMVIS_HOME"):
        environment.behind(tmp_path, Mode.PRODUCTION)


def test_a_clock_that_nothing_sets_back_is_the_real_one(tmp_path: Path) -> None:
    assert environment.behind(tmp_path, Mode.PRODUCTION) == timedelta()


def test_how_far_behind_a_clock_is_has_to_be_a_number(tmp_path: Path) -> None:
    (tmp_path / environment.BEHIND).write_text("igår")

    with pytest.raises(WrongEnvironment, match="sekunder"):
        environment.behind(tmp_path, Mode.DEMO)


def test_a_mode_that_does_not_exist_is_refused() -> None:
    with pytest.raises(WrongEnvironment, match="prod"):
        environment.mode({"TIMVIS_MODE": "prod"})


def test_a_home_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(WrongEnvironment, match="TIMVIS_HOME"):
        environment.home({"TIMVIS_HOME": str(tmp_path / "file" / "below")})
