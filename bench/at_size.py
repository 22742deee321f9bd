"""A hundred thousand shifts in the database: what a claim and a page take, in queries and milliseconds."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.told import Row, Table, best, ms, spaced
from timvis.apps.audit.models import Person
from timvis.apps.claims.actions import Reviewed, review_claim
from timvis.apps.claims.models import Claim, Shift
from timvis.apps.claims.records import case
from timvis.apps.parties.queries import actor_of
from timvis.config.clock import now, today
from timvis.config.law_book import law_book
from timvis.core.access import Actor, Role
from timvis.web.shared import session

RUNS = 5
TOWN = "provkoping"

PAGES = (
    ("the keys, a page that asks for nothing", "/tangenter/"),
    ("the queue", "/"),
    ("the queue, searched", "/?q={number}"),
    ("the list of claims", "/ansprak/"),
    ("one claim", "/ansprak/{number}/"),
)
"""What is measured, the measure first: what it is called, and its address for a claim."""


def tables() -> tuple[Table, ...]:
    """Return what a claim and the pages take in a database of the size that has been seeded."""
    claim = Claim.objects.filter(municipality__slug=TOWN).latest("month_on", "id")
    return (_acts(claim), _pages(claim))


def _acts(claim: Claim) -> Table:
    actor, law = officer(), law_book()
    read = best(lambda: case(claim, known_at=now()), times=RUNS)
    read_queries = queries_of(lambda: case(claim, known_at=now()))

    def act() -> None:
        result = review_claim(actor, claim.number, law=law, now=now())
        if not isinstance(result, Reviewed):
            raise RuntimeError(f"{claim.number}: {result}")

    acted_queries = queries_of(act)
    acted = best(act, times=RUNS)
    beside = len(case(claim, known_at=now()).others)
    return Table(
        title=f"One claim among {spaced(Shift.objects.count())} shifts in the database",
        rows=(
            Row(
                what="everything it is judged on, read",
                took=ms(read),
                note=f"{read_queries} queries; {beside} shifts of other months with it",
            ),
            Row(
                what="the act of reviewing it, log and findings written",
                took=ms(acted),
                times=acted / read,
                note=f"{acted_queries} queries",
            ),
        ),
    )


def _pages(claim: Claim) -> Table:
    client = logged_in()
    rows: list[Row] = []
    measure: float | None = None
    for what, address in PAGES:
        path = address.format(number=claim.number)
        asked = queries_of(partial(page, client, path))
        took = best(partial(page, client, path), times=RUNS)
        rows.append(
            Row(
                what=what,
                took=ms(took),
                times=measure and took / measure,
                note=f"{asked} queries, {spaced(page(client, path) // 1024)} kB",
            )
        )
        measure = measure or took
    return Table(
        title=f"Pages over {spaced(Claim.objects.count())} claims, {spaced(Shift.objects.count())} shifts",
        rows=tuple(rows),
    )


def page(client: Client, path: str) -> int:
    """Return how many bytes a page has. Raises when it was not shown."""
    answer = client.get(path)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return len(answer.content)


def logged_in() -> Client:
    """Return a browser in which the case officer of the seeded municipality has logged in."""
    request = HttpRequest()
    request.session = SessionStore()
    if not session.begin(request, Person.objects.get(id=officer().person_id), now=now()):
        raise RuntimeError(f"nobody may log in to {TOWN}")
    request.session.save()
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return client


def officer() -> Actor:
    """Return the case officer of the seeded municipality."""
    person = Person.objects.get(roles__municipality=TOWN, roles__role=Role.CASE_OFFICER)
    actor = actor_of(person.pk, municipality=TOWN, logged_in_at=now(), on=today())
    assert actor is not None
    return actor


def queries_of(work: Callable[[], object]) -> int:
    """Return how many queries some work asks."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)
