"""The bytes as they came: kept once, unchanged, whoever hands them in again."""

import hashlib
from datetime import timedelta

from tests.cast import NOW, Cast, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.documents import actions, records
from timvis.apps.documents.models import Original
from timvis.core.access import Actor, Relation
from timvis.core.faults import Refusal

BYTES = "datum;från;till\r\n2021-01-04;08:00;16:00\r\n".encode("cp1252")


def keep(actor: Actor, relation: Relation, content: bytes = BYTES, minutes: int = 0) -> int | Refusal:
    return actions.keep_original(
        actor,
        content=content,
        media_type="text/csv",
        file_name="januari.csv",
        relation=relation,
        now=NOW + timedelta(minutes=minutes),
    )


def test_the_bytes_come_back_exactly_as_they_were_handed_in(cast: Cast) -> None:
    kept = records.kept_file(ok(keep(cast.elsa, Relation.OWN_PROVIDER)))

    assert kept.content == BYTES
    assert kept.digest == hashlib.sha256(BYTES).hexdigest()
    assert (kept.file_name, kept.received_at) == ("januari.csv", NOW)


def test_the_same_bytes_again_are_the_same_row_and_no_second_log_row(cast: Cast) -> None:
    first = keep(cast.elsa, Relation.OWN_PROVIDER)
    rows = LogEntry.objects.count()
    again = keep(cast.greta, Relation.OWN_MUNICIPALITY, minutes=5)

    assert again == first
    assert Original.objects.count() == 1
    assert LogEntry.objects.count() == rows


def test_one_byte_more_is_another_file(cast: Cast) -> None:
    first = keep(cast.elsa, Relation.OWN_PROVIDER)

    assert ok(keep(cast.elsa, Relation.OWN_PROVIDER, BYTES + b"\n")) != first


def test_somebody_without_relation_keeps_nothing(cast: Cast) -> None:
    assert keep(cast.fatima, Relation.NONE) is Refusal.NO_RELATION
    assert Original.objects.count() == 0
