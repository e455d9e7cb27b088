import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pikepdf
import pytest

from saisaat.documents.blocks import heading, paragraph
from saisaat.documents.text_layer import repaired
from saisaat.typesetting import Job, RenderPool
from tests.documents.reading import glyph_texts, pages, pictures, squeezed

# Stacked marks, ำ with and without a tone, letters that lose their foot, tall consonants, Pali, Latin, both digits.
SENTENCES = (
    "ที่ผู้ใหญ่บ้านและกำนันร่วมกันทำน้ำประปาหมู่บ้านด้วยน้ำใจ",
    "กตัญญูรู้คุณเป็นพื้นฐานของคนดีที่ซื่อสัตย์",
    "ป่าไม้ ฝ่าย ฟ้า ปั้น ปิ่น ฝีมือ ฟื้นฟู",
    "ประชุมเชิงปฏิบัติการ ๑๐๔ คน LINE Official Account 2020",
)


@pytest.fixture(scope="module")
def plain() -> Iterator[bytes]:
    """A document as Typst makes it."""
    head = dict.fromkeys(("office", "number", "date", "subject", "to", "signer"), "ทดสอบ")
    blocks = [heading("๑. ความเป็นมาของโครงการน้ำดื่มสะอาด"), *map(paragraph, SENTENCES)]
    data = {
        "_title": "ทดสอบ",
        "_author": "ทดสอบ",
        "head": head,
        "mark": "",
        "memo": blocks,
        "attachment": {"title": "แนบ", "under": [], "blocks": blocks},
    }
    with RenderPool() as pool:
        yield pool.render(Job("documents/memo.typ", data, format="pdf", pdf_standards=("a-2a",), timestamp=0)).data


def test_every_sentence_and_heading_can_be_found(plain: bytes) -> None:
    for page in pages(repaired(plain)):
        for sentence in (*SENTENCES, "๑. ความเป็นมาของโครงการน้ำดื่มสะอาด"):
            assert squeezed(sentence) in page


def test_the_repair_is_needed(plain: bytes) -> None:
    # When this fails Typst writes Thai text right by itself, and the whole repair can go.
    assert not all(squeezed(sentence) in pages(plain)[0] for sentence in SENTENCES)


def test_nothing_visible_changes(plain: bytes) -> None:
    assert pictures(repaired(plain)) == pictures(plain)


def test_repairing_twice_changes_no_text(plain: bytes) -> None:
    assert pages(repaired(repaired(plain))) == pages(repaired(plain))


def test_equal_input_gives_equal_bytes(plain: bytes) -> None:
    assert repaired(plain) == repaired(plain)


def test_no_invisible_marks_are_left_in_bookmarks_or_tags(plain: bytes) -> None:
    with pikepdf.open(io.BytesIO(plain)) as document:
        assert "\u2060" in str(document.Root.Outlines.First.Title)
    with pikepdf.open(io.BytesIO(repaired(plain))) as document:
        assert str(document.Root.Outlines.First.Title) == "๑. ความเป็นมาของโครงการน้ำดื่มสะอาด"


def test_the_simplest_readers_see_thai_with_sara_am_in_two_pieces(plain: bytes) -> None:
    for page in glyph_texts(repaired(plain)):
        for sentence in SENTENCES:
            assert normalize("NFKD", squeezed(sentence)) in page


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_poppler_finds_body_text_too(plain: bytes, tmp_path: Path) -> None:
    file = tmp_path / "repaired.pdf"
    file.write_bytes(repaired(plain))
    told = subprocess.run(["pdftotext", "-f", "1", "-l", "1", file, "-"], capture_output=True, check=True)
    found = squeezed(told.stdout.decode())
    assert squeezed(SENTENCES[0]) in found
    assert squeezed(SENTENCES[3]) in found
