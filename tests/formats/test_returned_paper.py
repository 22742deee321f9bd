"""A paper that came back as a picture or a PDF: its own code is read, and what cannot be read is said kindly."""

import io
import struct
import zlib
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from tests.formats.handed_in_months import TODAY, csv_bytes
from timvis.core.faults import Fault
from timvis.core.state_form import time_report_paper
from timvis.formats import intake
from timvis.formats.letter.write import write_pdf
from timvis.formats.returned_paper import read
from timvis.formats.returned_paper.read import read_code

CODE, OTHER = "TV-123-ABCDEFGH27", "TV-R9-QRSTUVWX23"


def paper(code: str = CODE) -> bytes:
    """Return a time report as it is printed."""
    [report] = intake.read(csv_bytes(), file_name="mars.csv", today=TODAY).reports
    return write_pdf(time_report_paper(report, sender="Motala", code=code, written_on=date(2025, 6, 2)))


def scanned(content: bytes, *, dots: int = 200) -> Image.Image:
    """Return the first page of a PDF as a scanner sees it."""
    picture: Image.Image = pypdfium2.PdfDocument(content)[0].render(scale=dots / 72).to_pil()
    return picture


def saved(picture: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    """Return a picture as a file."""
    target = io.BytesIO()
    picture.save(target, kind, **how)
    return target.getvalue()


def code_in(content: bytes) -> str:
    """Return the code that is read, or the code of the fault."""
    found = read_code(content, begins="TV-")
    return found.code if isinstance(found, Fault) else found


def together(*papers: bytes) -> bytes:
    """Return several PDFs as one."""
    whole = pypdfium2.PdfDocument.new()
    for one in papers:
        whole.import_pages(pypdfium2.PdfDocument(one))
    target = io.BytesIO()
    whole.save(target)
    return target.getvalue()


def test_our_own_pdf_gives_its_code() -> None:
    assert code_in(paper()) == CODE


@pytest.mark.parametrize("degrees", [0, 3, 90, 180, 270])
def test_a_picture_gives_its_code_whichever_way_it_was_laid(degrees: int) -> None:
    laid = scanned(paper()).rotate(degrees, expand=True, fillcolor="white")

    assert code_in(saved(laid)) == CODE


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_read_in_every_kind_that_scanners_write(kind: str) -> None:
    assert code_in(saved(scanned(paper()), kind)) == CODE


def test_a_scan_whose_page_is_as_large_as_it_has_pixels_is_read() -> None:
    as_pdf = saved(scanned(paper(), dots=300).convert("L"), "PDF", resolution=72)

    assert code_in(as_pdf) == CODE


def test_the_same_code_on_several_pages_is_one_code() -> None:
    assert code_in(together(paper(), paper())) == CODE


def test_two_papers_in_one_pdf_are_told_by_their_codes_and_none_is_chosen() -> None:
    found = read_code(together(paper(), paper(OTHER)), begins="TV-")

    assert isinstance(found, Fault)
    assert found.code == "several_codes"
    assert CODE in found.message
    assert OTHER in found.message


def test_a_bar_code_of_somebody_else_is_passed_over() -> None:
    assert code_in(paper("KOMMUN-1")) == "no_code_found"
    assert code_in(together(paper("KOMMUN-1"), paper())) == CODE


def test_a_picture_without_a_code_says_so() -> None:
    assert code_in(saved(Image.new("RGB", (800, 1100), "white"))) == "no_code_found"


@pytest.mark.parametrize(
    "content", [b"", b"hej", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", saved(Image.new("L", (800, 800)))[:60], b"GIF89a"]
)
def test_what_is_no_picture_says_so(content: bytes) -> None:
    assert code_in(content) == "not_a_picture"


def test_a_small_file_that_would_swell_is_refused_before_it_is_unpacked() -> None:
    for side in (7_000, 60_000):
        assert code_in(_png_that_says_it_is(side)) == "picture_is_too_large"


def test_a_picture_inside_a_pdf_meets_the_same_bound() -> None:
    swollen = saved(Image.new("1", (6_500, 6_500)), "PDF", resolution=600)

    assert len(swollen) < 100_000
    assert code_in(swollen) == "picture_is_too_large"


def test_too_many_pages_and_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Image.new("1", (20, 20), 1)
    assert code_in(together(*[paper()] * (read.MOST_PAGES + 1))) == "picture_is_too_large"
    assert code_in(saved(page, "TIFF", save_all=True, append_images=[page] * read.MOST_PAGES)) == "picture_is_too_large"

    monkeypatch.setattr(read, "MOST_BYTES", 10)
    assert code_in(paper()) == "picture_is_too_large"


def _png_that_says_it_is(side: int) -> bytes:
    """Return a PNG of some bytes whose head says that it is so many pixels wide and high."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"0")),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
