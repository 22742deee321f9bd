"""The archive: sealed packages, checked against their seal when they are shown."""

import io
import zipfile

import pytest
from django.test import Client

from tests.web.conftest import LogIn
from tests.web.measured import queries
from tests.web.pages import page
from tests.web.test_routes import said
from timvis.apps.archive.models import Package


@pytest.fixture
def gunnel(log_in: LogIn) -> Client:
    """The administrative assistant, in the town that has archived."""
    return log_in("gunnel", town="vasteras")


def test_every_finished_case_is_there_with_how_long_it_is_kept(gunnel: Client) -> None:
    shown = page(gunnel, "/arkiv/")

    assert len(shown.tree.xpath("//main//tr[@data-row]")) == 17
    assert all(cell.text_content().strip() for cell in shown.tree.xpath("//main//tr[@data-row]/td"))


def test_a_package_is_checked_when_it_is_shown(gunnel: Client) -> None:
    shown = page(gunnel, "/arkiv/1/")

    assert "Paketet är helt" in shown.text
    assert len(shown.tree.xpath("//h2[text()='Innehåll']/following-sibling::ul/li")) > 3


def test_a_package_that_has_changed_is_said_to_have(gunnel: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timvis.web.office.archive.views.bytes", lambda content: b"x" + content[1:], raising=False)

    assert "Paketet är inte som när det förseglades." in page(gunnel, "/arkiv/1/").text


def test_the_package_comes_as_it_was_sealed(gunnel: Client) -> None:
    response = gunnel.get("/arkiv/1/fil/")

    assert response.content == bytes(Package.objects.get(pk=1).content)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert zipfile.ZipFile(io.BytesIO(response.content)).testzip() is None


@pytest.mark.parametrize("path", ["/arkiv/1/", "/arkiv/1/fil/"])
def test_another_towns_package_and_none_at_all_look_the_same(as_fatima: Client, gunnel: Client, path: str) -> None:
    missing = path.replace("1", "999999")
    foreign = as_fatima.get(path)

    assert foreign.status_code == gunnel.get(missing).status_code == 404
    assert said(foreign) == said(as_fatima.get(missing))
    assert gunnel.get(path.replace("1", "²")).status_code == 404


def test_a_provider_sees_its_own_packages_only(log_in: LogIn) -> None:
    ellen = log_in("ellen", town="vasteras")
    hers = Package.objects.filter(claim__provider_id=1).values_list("pk", flat=True)
    others = Package.objects.exclude(claim__provider_id=1).values_list("pk", flat=True)

    assert len(page(ellen, "/arkiv/").tree.xpath("//main//tr[@data-row]")) == len(hers)
    assert ellen.get(f"/arkiv/{hers[0]}/").status_code == 200
    assert ellen.get(f"/arkiv/{others[0]}/").status_code == 404


def test_a_system_operator_has_no_business_in_the_archive(log_in: LogIn) -> None:
    assert log_in("sune").get("/arkiv/").status_code == 403


def test_an_empty_archive_is_told_so_kindly(as_gunnel: Client) -> None:
    assert "Inget ärende är arkiverat ännu." in page(as_gunnel, "/arkiv/").text


def test_the_archive_asks_as_much_for_many_as_for_few(gunnel: Client) -> None:
    few = queries(gunnel, "/arkiv/")
    pattern = Package.objects.get(pk=1)
    for number in range(100, 130):
        pattern.pk, pattern.number, pattern.file_name = None, number, f"copy-{number}.zip"
        pattern.save(force_insert=True)

    assert queries(gunnel, "/arkiv/") == few
