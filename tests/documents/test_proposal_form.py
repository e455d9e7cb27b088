import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.documents.extract import extract_text
from saisaat.documents.form_words import (
    baht_in_words,
    budget_words,
    kpi_words,
    number_in_words,
    period_words,
    quota_words,
    target_words,
)
from saisaat.documents.proposal_form import DECLINED, SIGNED, SignatureLine, proposal_docx, proposal_pdf
from saisaat.domain.content import signed_part
from saisaat.domain.proposal import amounts, read
from saisaat.domain.thai import to_arabic_digits
from saisaat.typesetting import RenderPool
from tests.documents.reading import pages, squeezed, text_extent

DEMO = Path(__file__).parents[2] / "saisaat" / "data" / "demo-proposal.txt"
REFERENCE = Path(__file__).parents[3] / "shared" / "inputs" / "nakhon-sawan-2563.txt"
FIXTURES = sorted((Path(__file__).parents[1] / "fixtures" / "proposals").glob("*.txt"))
WHOLE = [DEMO, *([REFERENCE] if REFERENCE.exists() else [])]

STEPS_LIKE_HEADINGS = "district_wide_gaps"
"""A step named "ติดตามและประเมินผล" reads as a section of that name; the reader has no way to tell."""

SHA = "0123456789abcdef" * 4


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with RenderPool() as opened:
        yield opened


def content_of(file: Path) -> dict[str, Any]:
    return signed_part(read(file.read_text(encoding="utf-8")).to_json())


def again(tmp_path: Path, data: bytes) -> dict[str, Any]:
    file = tmp_path / "exported"
    file.write_bytes(data)
    return signed_part(read(extract_text(file)).to_json())


def said(value: Any) -> str:
    """What a field says, however its spaces, line ends and digits are written."""
    return to_arabic_digits(re.sub(r"(\s|\\n)+", "", json.dumps(value, ensure_ascii=False)))


def named(signatures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those who are told: the form has room for all three, named or not."""
    return [line for line in signatures if any(value for key, value in line.items() if key != "role")]


def measures(kpis: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without their numbers, for the form numbers its points itself."""
    return [{key: value for key, value in kpi.items() if key not in ("no", "text")} for kpi in kpis]


@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.stem)
def test_a_whole_proposal_reads_the_same_from_its_word_file(tmp_path: Path, file: Path) -> None:
    content = content_of(file)
    assert again(tmp_path, proposal_docx(content, ())) == content


@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.stem)
def test_a_whole_proposal_reads_the_same_from_its_pdf(tmp_path: Path, file: Path, pool: RenderPool) -> None:
    content = content_of(file)
    found = again(tmp_path, proposal_pdf(content, (), pool))
    assert {name: said(value) for name, value in found.items()} == {name: said(content[name]) for name in found}


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_other_offices_proposals_read_the_same_from_the_official_form(tmp_path: Path, file: Path) -> None:
    content = content_of(file)
    found = again(tmp_path, proposal_docx(content, ()))
    left_out = {"kpis", "signatures", *({"method"} if file.stem == STEPS_LIKE_HEADINGS else ())}
    for name in content.keys() - left_out:
        assert said(found[name]).removesuffix(".0") == said(content[name]).removesuffix(".0"), name
    assert measures(found["kpis"]) == measures(content["kpis"])
    assert said(named(found["signatures"])) == said(named(content["signatures"]))


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_nothing_is_made_up_for_an_empty_content(tmp_path: Path, pool: RenderPool, kind: str) -> None:
    content: dict[str, Any] = {"title": "โครงการทดลอง"}
    data = proposal_docx(content, ()) if kind == "docx" else proposal_pdf(content, (), pool)
    found = again(tmp_path, data)
    assert found["title"] == "โครงการทดลอง"
    assert not any(value for name, value in found.items() if name not in ("title", "signatures"))
    assert named(found["signatures"]) == []


def test_the_signatures_of_the_campaign_stand_for_those_of_the_document(tmp_path: Path, pool: RenderPool) -> None:
    content = content_of(DEMO)
    lines = (
        SignatureLine("proposer", "นายผู้เสนอ ตัวอย่าง", "หัวหน้าฝ่าย", "", SIGNED, date(2020, 5, 3), SHA),
        SignatureLine("endorser", "นางผู้เห็นชอบ ตัวอย่าง", "พัฒนาการจังหวัด", "", DECLINED, date(2020, 5, 4), SHA),
        SignatureLine("approver", "", "รองผู้ว่าราชการจังหวัด", "ผู้ว่าราชการจังหวัด", "", None, ""),
    )
    for data in (proposal_docx(content, lines), proposal_pdf(content, lines, pool)):
        assert again(tmp_path, data)["signatures"] == [
            _signature("proposer", "นายผู้เสนอ ตัวอย่าง", "หัวหน้าฝ่าย", "2020-05-03"),
            _signature("endorser", "นางผู้เห็นชอบ ตัวอย่าง", "พัฒนาการจังหวัด", "2020-05-04"),
            _signature("approver", None, "รองผู้ว่าราชการจังหวัด", None, "ผู้ว่าราชการจังหวัด"),
        ]
    text = squeezed(extract_text(tmp_path / "exported"))
    assert text.count("ลงลายมือชื่ออิเล็กทรอนิกส์แล้ว") == 1
    assert "ไม่เห็นชอบ" in text
    assert text.count(SHA) == 2


def _signature(
    role: str, name: str | None, position: str, on: str | None, acting_for: str | None = None
) -> dict[str, str | None]:
    return {"role": role, "name": name, "position": position, "date": on, "acting_for": acting_for}


def test_the_pdf_keeps_the_official_measures(pool: RenderPool) -> None:
    pdf = proposal_pdf(content_of(DEMO), (), pool)
    for left, bottom, right, top in text_extent(pdf):
        assert left >= 2.97
        assert right <= 19.03
        assert bottom <= 27.73
        assert top >= 1.5
    text = pages(pdf)
    assert "-๑-" not in text[0]
    assert text[1].startswith("-๒-")
    assert not re.search("[0-9]", "".join(text))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "th-TH"


def test_equal_contents_give_equal_bytes(pool: RenderPool) -> None:
    content = content_of(DEMO)
    assert proposal_docx(content, ()) == proposal_docx(content, ())
    assert proposal_pdf(content, (), pool) == proposal_pdf(content, (), pool)


def test_a_very_long_content_is_set_in_full(tmp_path: Path, pool: RenderPool) -> None:
    sentence = "เปิดเผยข้อมูลการจัดซื้อจัดจ้างให้ประชาชนตรวจสอบได้ "
    content = content_of(DEMO) | {
        "title": "โครงการ" + "ใสสะอาด " * 60,
        "rationale": sentence * 400,
        "objectives": [sentence * 3] * 60,
        "method": [sentence + "\n" + "\n".join([f"- {sentence}"] * 30)] * 5,
        "place": "ก" * 5_000,
    }
    pdf = proposal_pdf(content, (), pool)
    whole = "".join(pages(pdf))
    assert whole.count(squeezed(sentence)) >= 0.9 * (400 + 180 + 155)  # the others are parted by a page
    assert again(tmp_path, proposal_docx(content, ()))["method"][0].count("\n- ") == 30


def test_addresses_keep_their_digits(tmp_path: Path) -> None:
    content = content_of(DEMO) | {"place": "กลุ่ม https://line.me/R/ti/g/a1b2 ปี 2563 โทร 1234"}
    assert again(tmp_path, proposal_docx(content, ()))["place"] == "กลุ่ม https://line.me/R/ti/g/a1b2 ปี ๒๕๖๓ โทร ๑๒๓๔"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_word_file(text: str) -> None:
    content = {"title": text, "rationale": text, "method": [text], "kpis": [{"no": None, "text": text}]}
    docx.Document(io.BytesIO(proposal_docx(content, ())))


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [("a\x00\x07\x1fb", "ab"), ("<w:p/>&amp;", "<w:p/>&amp;"), ("\ufffe\uffffx", "x"), ("]]>", "]]>")],
)
def test_control_characters_and_markup_are_text(tmp_path: Path, hostile: str, shown: str) -> None:
    assert shown in again(tmp_path, proposal_docx({"title": "ชื่อ", "place": hostile}, ()))["place"]


def test_word_is_told_that_the_text_is_thai() -> None:
    document = docx.Document(io.BytesIO(proposal_docx(content_of(DEMO), ())))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.left_margin.cm, 1)) == (21.0, 3.0)
    assert 'w:pgNumType w:fmt="thaiNumbers"' in section._sectPr.xml
    for run in (run for paragraph in document.paragraphs for run in paragraph.runs):
        xml = run._r.xml
        assert 'w:cs="TH SarabunPSK"' in xml
        assert 'w:bidi="th-TH"' in xml
        assert "w:szCs" in xml
    assert next(each.text for each in document.paragraphs if each.style.name == "Heading 1").startswith("๑.")


# Words for values


@pytest.mark.parametrize("number", [1, 10, 11, 20, 21, 101, 110, 1_000, 12_000, 250_001, 1_000_000, 21_000_021])
def test_numbers_in_words_are_those_the_reader_knows(number: int) -> None:
    assert amounts.baht_in_words(number_in_words(number)) == number


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_any_budget_reads_back(baht: int) -> None:
    assert amounts.read_budget(budget_words(baht)) == (baht, None)


@pytest.mark.parametrize(
    ("baht", "words"),
    [(12_000, "หนึ่งหมื่นสองพันบาทถ้วน"), (1.5, "หนึ่งบาทห้าสิบสตางค์"), (0.25, "ยี่สิบห้าสตางค์"), (1_000_001, "หนึ่งล้านเอ็ดบาทถ้วน")],
)
def test_baht_in_words(baht: float, words: str) -> None:
    assert baht_in_words(baht) == words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("ตั้งแต่เดือน พฤษภาคม - กันยายน ๒๕๖๓", "ตั้งแต่เดือน พฤษภาคม - กันยายน ๒๕๖๓"),
        ("ตั้งแต่เดือน พฤษภาคม - สิงหาคม ๒๕๖๓", "ตั้งแต่วันที่ ๑ พฤษภาคม ๒๕๖๓ ถึงวันที่ ๓๐ กันยายน ๒๕๖๓"),
        ("ปีการศึกษา ๒๕๖๓", "ปีการศึกษา ๒๕๖๓ (ตั้งแต่วันที่ ๑ พฤษภาคม ๒๕๖๓ ถึงวันที่ ๓๐ กันยายน ๒๕๖๓)"),
        (None, "ตั้งแต่วันที่ ๑ พฤษภาคม ๒๕๖๓ ถึงวันที่ ๓๐ กันยายน ๒๕๖๓"),
    ],
)
def test_a_corrected_period_is_the_one_that_is_printed(written: str | None, shown: str) -> None:
    assert period_words({"start": "2020-05-01", "end": "2020-09-30"}, written) == shown


def test_what_the_words_leave_out_is_added_and_nothing_twice() -> None:
    assert target_words({"text": "บุคลากร จำนวน ๑๐๔ คน", "people": 104, "min": None, "max": None}).count("๑๐๔") == 1
    assert target_words({"text": "บุคลากร", "people": 104, "min": None, "max": None}) == "บุคลากร รวมทั้งสิ้น ๑๐๔ คน"
    assert target_words({"text": "", "people": None, "min": 30, "max": None}) == "ไม่น้อยกว่า ๓๐ คน"
    assert kpi_words({"no": None, "text": "ร้อยละ ๙๕ ผ่าน", "percent": 95}) == "ร้อยละ ๙๕ ผ่าน"
    assert kpi_words({"no": None, "text": "ผู้ผ่านเกณฑ์", "percent": 95}) == "ผู้ผ่านเกณฑ์ (ค่าเป้าหมาย ร้อยละ ๙๕)"


QUOTAS = [
    {"what": "โปสเตอร์ความรู้", "kind": "poster", "at_least": 3, "per": "week"},
    {"what": "", "kind": "clip", "exactly": 1, "per": "month"},
    {"what": "รายงานผล", "kind": "other", "exactly": 1, "per": "2 months"},
]


def test_quotas_typed_into_a_blank_form_are_promised_in_the_document(tmp_path: Path) -> None:
    content = content_of(DEMO) | {"method": ["แต่งตั้งคณะทำงาน"], "monitoring": None, "quotas": QUOTAS}
    found = again(tmp_path, proposal_docx(content, ()))
    assert [(quota["kind"], quota["per"]) for quota in found["quotas"]] == [
        ("poster", "week"),
        ("clip", "month"),
        ("other", "2 months"),
    ]
    assert found["quotas"][0]["at_least"] == 3
    assert again(tmp_path, proposal_docx(found, ()))["method"] == found["method"]


def test_a_quota_says_what_it_counts() -> None:
    assert quota_words(QUOTAS[0]) == "โปสเตอร์ความรู้ อย่างน้อยสัปดาห์ละ ๓ เรื่อง"
    assert quota_words(QUOTAS[1]) == "คลิป เดือนละ ๑ เรื่อง"
    assert quota_words(QUOTAS[2]) == "รายงานผล ทุก ๒ เดือน"
