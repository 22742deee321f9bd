"""What the court gets: the whole case as one package, to the byte what was kept."""

import json
import zipfile
from hashlib import sha256
from io import BytesIO

from tests.apps.appeals import appealing as p
from tests.cast import Cast, ok
from timvis.apps.appeals.models import Appeal, CourtPackage
from timvis.apps.documents.models import SentLetter


def handed_over(cast: Cast) -> tuple[Appeal, zipfile.ZipFile]:
    one = p.appeal(cast, p.decided(cast))
    p.judged(cast, one)
    ok(p.kept(cast, one))
    ok(p.forwarded(cast, one))
    return one, zipfile.ZipFile(BytesIO(bytes(CourtPackage.objects.get().content)))


def test_the_package_holds_the_appeal_the_decision_the_service_the_letters_and_the_case(cast: Cast) -> None:
    one, package = handed_over(cast)
    names = [name.split("/data/")[-1] for name in package.namelist()]

    assert {
        "appeal/appeal.json",
        "decision/decisions.json",
        "decision/service.json",
        "decision/statement-1.json",
        "case/hearings.json",
    } <= set(names)
    assert any(name.startswith("case/originals/") for name in names)
    told = json.loads(package.read(next(name for name in package.namelist() if name.endswith("appeal.json"))))
    assert told["text"] == one.text


def test_every_letter_of_the_case_is_in_it_as_it_was_sent(cast: Cast) -> None:
    _one, package = handed_over(cast)
    pdfs = {sha256(package.read(name)).hexdigest() for name in package.namelist() if name.endswith(".pdf")}

    assert set(SentLetter.objects.values_list("digest", flat=True)) == pdfs


def test_the_package_is_the_one_its_digest_says(cast: Cast) -> None:
    handed_over(cast)
    kept = CourtPackage.objects.get()

    assert sha256(bytes(kept.content)).hexdigest() == kept.digest
