"""A case that was heard, refused, told, served and appealed is sealed whole, from what came in to the court's file."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from tests.apps.appeals import appealing as p
from tests.apps.applications import sickness as a
from tests.apps.claims import deciding as d
from tests.cast import Cast, ok
from timvis.apps.appeals import actions as appeals
from timvis.apps.appeals.models import Appeal, CourtPackage
from timvis.apps.archive.actions import archive_claim
from timvis.apps.archive.models import Package
from timvis.apps.claims import decision_acts
from timvis.apps.documents import actions as documents
from timvis.apps.documents.models import SentLetter
from timvis.core.access import Relation
from timvis.core.case_file import NoteKind
from timvis.core.faults import Refusal
from timvis.core.procedure.appeal import CourtAnswer
from timvis.formats.archive_package.check import PackageCheck, check
from timvis.formats.archive_package.read import read
from timvis.formats.archive_package.records import DATA, OpenedPackage

ANSWERED_ON = date(2019, 8, 5)
CERTIFICATE, POWER, ANSWER, APPEAL = b"a certificate", b"a power of attorney", b"an answer", b"an appeal"


@pytest.fixture
def cast(db: None) -> Cast:
    """Return a town where decisions are made by delegation and can be appealed."""
    return d.an_office()


@pytest.fixture
def package(cast: Cast) -> Package:
    """Return what a refused case that went to court was sealed into."""
    number = d.nothing(cast)
    papers_come_in(cast, number)
    a_note_is_corrected_and_objected_to(cast, number)
    hear(cast, number)
    d.decided(cast, number, presented_by_id=cast.greta.person_id, took_part=("Lena Lund",), dissent="Lena Lund: bifall")
    ok(d.send(cast, number))
    ok(p.serve(cast, number))
    go_to_court(cast, number)
    now = p.noon(p.LAST_DAY)
    assert archive_claim(a.at(cast.cecilia, now), number, law=d.law(), now=now) is Refusal.WRONG_STATE
    the_court_answers(cast)
    now = p.noon(ANSWERED_ON)
    sealed = archive_claim(a.at(cast.cecilia, now), number, law=d.law(), now=now)
    assert isinstance(sealed, Package), sealed
    return sealed


def the_court_answers(cast: Cast) -> None:
    """Until then a case under appeal is not sealed."""
    now = p.noon(ANSWERED_ON)
    written = appeals.Written(came_on=ANSWERED_ON, text="Överklagandet avslogs.")
    ok(
        appeals.register_court_answer(
            a.at(cast.cecilia, now),
            Appeal.objects.get().pk,
            CourtAnswer.UPHELD,
            written,
            decided_on=ANSWERED_ON,
            now=now,
        )
    )


def came(cast: Cast, content: bytes) -> int:
    """Return the id of a scanned file, under a name that not every system takes."""
    return ok(
        documents.keep_original(
            a.at(cast.cecilia, a.LATER),
            content=content,
            media_type="application/pdf",
            file_name="Skannat 14:30?.pdf",
            relation=Relation.OWN_MUNICIPALITY,
            now=a.LATER,
        )
    )


def papers_come_in(cast: Cast, number: str) -> None:
    """A certificate comes in the case; a power of attorney serves every case of Alma's."""
    for requirement, about, content in (("certificate", number, CERTIFICATE), ("power", "", POWER)):
        ok(
            documents.register_evidence(
                a.at(cast.cecilia, a.LATER),
                requirement=requirement,
                received_on=a.LATER.date(),
                recipient_id=cast.recipient_id,
                original_id=came(cast, content),
                about=about,
                now=a.LATER,
            )
        )


def a_note_is_corrected_and_objected_to(cast: Cast, number: str) -> None:
    who, told = a.at(cast.cecilia, a.LATER), {"about": number, "happened_on": a.LATER.date(), "now": a.LATER}
    call = ok(documents.write_note(who, text="Alma ringde.", kind=NoteKind.PHONE_CALL, **told))
    ok(documents.write_note(who, text="Det var Almas mor.", corrects_id=call, **told))
    ok(documents.object_to_note(who, call, whose="Alma Åkesson", text="Jag ringde inte.", now=a.LATER))


def hear(cast: Cast, number: str) -> None:
    ok(d.propose(cast, number))
    ok(
        decision_acts.register_answer(
            a.at(cast.cecilia, a.LATER),
            number,
            received_on=a.LATER.date(),
            original_id=came(cast, ANSWER),
            now=a.LATER,
        )
    )


def go_to_court(cast: Cast, number: str) -> None:
    now = p.noon(p.LAST_DAY)
    written = appeals.Written(came_on=p.LAST_DAY, original_id=came(cast, APPEAL))
    made = ok(appeals.register_appeal(a.at(cast.cecilia, now), number, written, name="Alma Åkesson", now=now))
    one = Appeal.objects.get(pk=made)
    p.judged(cast, one)
    ok(p.kept(cast, one))
    ok(p.forwarded(cast, one))


def files(package: Package) -> dict[str, bytes]:
    """Return the client file of a package, by path."""
    found = read(bytes(package.content))
    assert isinstance(found, OpenedPackage), found
    half = f"{DATA}client_file/"
    return {path.removeprefix(half): content for path, content in found.files if path.startswith(half)}


def told(package: Package, name: str) -> list[dict[str, Any]]:
    """Return the rows of one of its papers."""
    rows: list[dict[str, Any]] = json.loads(files(package)[f"{name}.json"])
    return rows


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def test_the_package_of_a_whole_case_verifies(package: Package) -> None:
    verdict = check(bytes(package.content), digest=package.digest)

    assert isinstance(verdict, PackageCheck), verdict
    assert verdict.faults == ()


def test_the_decision_stands_in_it_with_all_that_the_law_wants_of_one(package: Package) -> None:
    [made] = told(package, "decisions")

    assert (made["outcome"], made["amount_ore"], made["claimed_ore"]) == ("refused", 0, a.TOTAL_ORE)
    assert made["provisions"] == ["LSS 9 § 2"]
    assert (made["made_by"], made["presented_by"]) == ("Cecilia Öst", "Greta Ström")
    assert (made["took_part"], made["dissent"]) == (["Lena Lund"], "Lena Lund: bifall")
    assert "delegationsordning" in made["delegation"]
    assert (made["hearing"], made["not_heard"], made["change"]) == (1, "", "")


def test_the_hearing_stands_in_it_with_the_answer_as_it_came(package: Package) -> None:
    [hearing] = told(package, "hearings")
    [answer] = hearing["answers"]

    assert hearing["letter"] in files(package)
    assert answer["original"] == digest(ANSWER)


def test_every_letter_lies_in_it_as_it_was_sent_and_to_be_read_on_a_screen(package: Package) -> None:
    found, sent = files(package), list(SentLetter.objects.order_by("id"))
    rows = told(package, "letters")

    assert [row["digest"] for row in rows] == [digest(found[row["file"]]) for row in rows]
    assert [row["digest"] for row in rows] == [letter.digest for letter in sent]
    assert [found[row["file"].replace(".pdf", ".html")].decode() for row in rows] == [letter.html for letter in sent]
    by_which_it_was_told = {one["file"] for one in told(package, "decisions")[0]["letters"]}
    assert by_which_it_was_told < {row["file"] for row in rows}


def test_a_note_stands_in_it_with_its_correction_and_what_alma_sees_otherwise(package: Package) -> None:
    call, correction = told(package, "notes")

    assert [(one["whose"], one["text"]) for one in call["objections"]] == [("Alma Åkesson", "Jag ringde inte.")]
    assert (correction["kind"], correction["corrects"]) == ("correction", call["number"])


def test_everything_that_came_in_lies_in_it_once_even_under_a_name_no_disk_takes(package: Package) -> None:
    found = files(package)
    kept = [digest(content) for path, content in found.items() if path.startswith("originals/")]

    assert len(kept) == len(set(kept))
    assert {digest(one) for one in (CERTIFICATE, POWER, ANSWER, APPEAL)} <= set(kept)
    assert sorted(kept) == [row["digest"] for row in told(package, "originals")]
    came_with = {row["requirement"]: row["original"] for row in told(package, "evidence")}
    assert (came_with["certificate"], came_with["power"]) == (digest(CERTIFICATE), digest(POWER))


def test_the_service_the_appeal_its_steps_and_what_the_court_got_are_in_it(package: Package) -> None:
    [service], [appeal] = told(package, "services"), told(package, "appeals")
    handed_over = CourtPackage.objects.get()

    assert (service["name"], service["served_on"]) == ("Alma Åkesson", str(p.SERVED_ON))
    assert appeal["original"] == digest(APPEAL)
    assert [step["step"] for step in appeal["steps"]] == ["time_checked", "reconsidered", "forwarded", "court_answered"]
    assert appeal["steps"][2]["handed_over"]["digest"] == handed_over.digest
    assert digest(files(package)[f"court/{handed_over.file_name}"]) == handed_over.digest
