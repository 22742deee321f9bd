"""The slip of a signature in the database: whole by itself, borne out by the log, and in the sealed package."""

import json

import pytest

from tests.apps.signed_months import LATER, a_calculated_claim, claim, sign_all
from tests.cast import Cast
from timvis.apps.archive.records import files
from timvis.apps.attestation.models import SignedAct
from timvis.apps.attestation.queries import signatures
from timvis.apps.attestation.slips import slip, slip_name
from timvis.apps.audit.actions import seal
from timvis.apps.audit.models import LogEntry
from timvis.apps.audit.queries import seals
from timvis.apps.audit.records import log_rows
from timvis.core.routine.attest_slip import Slip, problems_in_log, problems_of
from timvis.core.statement import digest_of
from timvis.formats.attest_slip.read import read
from timvis.formats.attest_slip.write import write


@pytest.fixture
def number(cast: Cast) -> str:
    number = a_calculated_claim(cast)
    sign_all(cast, number)
    return number


def slips(number: str) -> list[Slip]:
    made = [slip(row) for row in signatures(claim(number))]
    return [one for one in made if one is not None]


def test_what_was_shown_is_kept_to_the_letter_with_the_signature(number: str) -> None:
    assert [digest_of(row.shown) == row.shown_digest for row in SignedAct.objects.all()] == [True] * 3


def test_every_signature_has_a_slip_that_holds_by_itself(number: str) -> None:
    made = slips(number)

    assert [one.signature.person_name for one in made] == ["Greta Ström", "David Ås", "Hasse Holm"]
    assert [problems_of(one) for one in made] == [(), (), ()]
    assert [read(write(one)) for one in made] == [(one, ()) for one in made]


def test_the_sealed_log_bears_each_slip_out(number: str) -> None:
    seal(LATER)
    rows = tuple(log_rows(LogEntry.objects.all()))

    made = slips(number)

    assert all(one.place is not None and one.place.seal == 1 for one in made)
    assert [problems_in_log(one, rows, seals()) for one in made] == [(), (), ()]


def test_a_signature_from_before_the_content_was_kept_has_no_slip(number: str) -> None:
    row = signatures(claim(number))[0]
    row.shown = {}

    assert slip(row) is None


def test_the_slips_lie_in_the_sealed_package(cast: Cast, number: str) -> None:

    paths = {file.path: file.content for file in files(claim(number))}

    for row in signatures(claim(number)):
        content = paths[f"client_file/attest/{slip_name(row)}"]
        assert json.loads(content)["shown_digest"] == row.shown_digest
