import dataclasses
import io
import re
from collections.abc import Iterator
from datetime import date

import pikepdf
import pytest

from saisaat.documents.season import CostFigures, DeliveryFigures, GroupFigures, Publication, SeasonReport
from saisaat.documents.season_findings import percent, problems, recommendations, summary
from saisaat.documents.season_report import REHEARSAL_MARK, season_report_pdf
from saisaat.documents.season_sections import sections
from saisaat.domain.cadence import Kind
from saisaat.domain.delivery import State, Way
from saisaat.domain.thai import to_thai_digits
from saisaat.typesetting import RenderPool, RenderRefused
from tests.documents.reading import pages, squeezed, text_extent
from tools.sample_report import sample

HEADINGS = (
    "๑. ความเป็นมา",
    "๒. วัตถุประสงค์",
    "๓. เป้าหมาย",
    "๔. ผลการดำเนินงาน",
    "๕. การเข้ารับชมและข้อคิดเห็น",
    "๖. ผลตามตัวชี้วัด",
    "๗. ปัญหาอุปสรรค",
    "๘. ข้อเสนอแนะ/บทเรียน",
    "ภาคผนวก รายการสื่อที่เผยแพร่ทั้งหมด",
)

OVERHANG = 0.03  # centimetres by which the box of a letter may lie outside its advance


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with RenderPool() as opened:
        yield opened


@pytest.fixture(scope="module")
def report() -> SeasonReport:
    return sample()


@pytest.fixture(scope="module")
def pdf(report: SeasonReport, pool: RenderPool) -> bytes:
    return season_report_pdf(report, pool)


@pytest.fixture(scope="module")
def text(pdf: bytes) -> list[str]:
    return pages(pdf)


def retitled(report: SeasonReport, titles: list[str]) -> SeasonReport:
    renamed = [dataclasses.replace(item, title=title) for item, title in zip(report.publications, titles, strict=False)]
    return dataclasses.replace(report, publications=(*renamed, *report.publications[len(titles) :]))


def test_the_first_page_is_the_memo_and_nothing_else(report: SeasonReport, text: list[str]) -> None:
    for words in (report.head.office, report.head.subject, report.head.addressee, report.head.signer):
        assert squeezed(words) in text[0]
    assert text[0].index("บันทึกข้อความ") < text[0].index("เรียน") < text[0].index("จึงเรียนมาเพื่อโปรดทราบ")
    assert "๘ตุลาคม๒๕๗๐" in text[0]
    assert squeezed(HEADINGS[0]) not in text[0]


def test_the_report_has_its_sections_in_order(text: list[str]) -> None:
    whole = "".join(text[1:])
    places = [whole.index(squeezed(heading)) for heading in HEADINGS]
    assert places == sorted(places)


def test_long_sentences_can_be_found_whole(report: SeasonReport, text: list[str]) -> None:
    whole = "".join(text)
    for sentence in (*report.campaign.objectives, report.campaign.target, *report.campaign.rationale.splitlines()):
        assert squeezed(sentence) in whole


def test_every_figure_is_there_in_thai_digits_and_no_other_digits(report: SeasonReport, text: list[str]) -> None:
    whole = "".join(text)
    sent, due = report.deliveries.sent, report.deliveries.due
    assert to_thai_digits(f"{sent}จาก{due}รายการที่ครบกำหนด") in text[0]
    assert to_thai_digits(f"ส่งสำเร็จ{sent}ส่งไม่ทันเวลา{report.deliveries.missed}") in whole
    tracked = report.tracking
    assert to_thai_digits(f"มีตัวเลขการเปิดดู{tracked.with_view_figure}จาก{tracked.publications}รายการ") in whole
    assert not re.search("[0-9]", whole)


def test_pages_are_numbered_from_the_second(text: list[str]) -> None:
    assert "-๑-" not in text[0]
    for number, page in enumerate(text[1:], start=2):
        assert page.startswith(f"-{to_thai_digits(str(number))}-")


def test_margins_are_the_official_ones(pdf: bytes) -> None:
    for left, bottom, right, top in text_extent(pdf):
        assert left >= 3.0 - OVERHANG
        assert right <= 21.0 - 2.0 + OVERHANG
        assert bottom <= 29.7 - 2.0 + OVERHANG
        assert top >= 1.5


def test_long_tables_repeat_their_head(text: list[str]) -> None:
    first = next(number for number, page in enumerate(text) if squeezed(HEADINGS[-1]) in page)
    assert len(text) > first + 2
    assert all("กลุ่มวิธีส่งเปิดดูรับทราบชอบความเห็น" in page for page in text[first:])


def test_the_number_of_pages_is_sane(report: SeasonReport, text: list[str]) -> None:
    rows = sum(len(item.groups) for item in report.publications)
    assert 8 <= len(text) <= 9 + rows / 16


def test_the_file_is_tagged_archivable_and_dated_like_the_report(pdf: bytes, report: SeasonReport) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "th-TH"
        with document.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["dc:title"] == report.head.subject
        assert str(document.docinfo["/CreationDate"]).startswith("D:20271008")


def test_equal_reports_give_equal_bytes(report: SeasonReport, pdf: bytes, pool: RenderPool) -> None:
    assert season_report_pdf(report, pool) == pdf


def unseen() -> SeasonReport:
    """A small season in which no publication has a view figure, or any count."""
    report = sample(weeks=2, perfect=True)
    fate = tuple(GroupFigures(group, State.CLOSED, Way.DUTY, None, "บัญชีทางการไม่ได้รับตัวเลขจาก LINE") for group in (0, 1))
    items = tuple(dataclasses.replace(item, groups=fate) for item in report.publications)
    tracking = dataclasses.replace(report.tracking, with_view_figure=0)
    return dataclasses.replace(report, publications=items, tracking=tracking)


def test_a_missing_view_figure_is_never_a_zero(pool: RenderPool) -> None:
    report = unseen()
    rendered = pages(season_report_pdf(report, pool))
    appendix = rendered[-1][rendered[-1].index("ภาคผนวก") :]
    assert appendix.count("ไม่มีตัวเลข") == 2 * len(report.publications)
    assert not re.search("(?<![๐-๙])๐(?![๐-๙])", appendix)
    whole = "".join(rendered)
    assert "บัญชีทางการไม่ได้รับตัวเลขจากLINE" in whole
    assert whole.count("ไม่มีตัวเลขไม่มีตัวเลขไม่มีตัวเลขไม่มีตัวเลข") == len(report.campaign.groups)


def test_a_known_zero_stays_a_zero() -> None:
    report = unseen()
    fate = (GroupFigures(0, State.CLOSED, Way.DUTY, 0, "", 0, 0, 0),)
    report = dataclasses.replace(report, publications=(Publication(date(2027, 5, 3), "เรื่อง", Kind.POSTER, fate),))
    appendix = [block for block in sections(report) if block["_is"] == "table"][-1]
    assert appendix["rows"][0][3:] == ["ก", "เวร", "๐", "๐", "๐", "๐"]


HOSTILE = [
    '#read("/etc/passwd") *x* _y_ $z$ <b>&amp; \\u{41} @a `raw` // c',
    "W" * 300,
    "ก" * 300,
    "https://example.go.th/" + "a" * 120,
    "ที่" * 100,
    "ก" + "่" * 500,
    "\u202eกลับหลัง\u202c 😀 \x00จบ",
]


def test_hostile_titles_stay_literal_and_inside_the_page(pool: RenderPool) -> None:
    report = retitled(sample(weeks=4), HOSTILE)
    head = dataclasses.replace(report.head, subject="เรื่อง" * 60 + " " + "S" * 200, office="อ" * 200)
    campaign = dataclasses.replace(
        report.campaign, title="T" * 200, objectives=(HOSTILE[0],), groups=("G" * 120, "ย" * 150)
    )
    made = season_report_pdf(dataclasses.replace(report, head=head, campaign=campaign), pool)
    whole = "".join(pages(made))
    assert squeezed(to_thai_digits(HOSTILE[0])) in whole
    assert "กลับหลัง[?]จบ" in whole
    assert max(right for _, _, right, _ in text_extent(made)) <= 19 + OVERHANG


def test_a_text_beyond_the_limit_is_refused_with_a_reason(pool: RenderPool) -> None:
    report = sample(weeks=1)
    campaign = dataclasses.replace(report.campaign, target="ยาว " * 2000)
    with pytest.raises(RenderRefused, match=r"เกิน 4,000"):
        season_report_pdf(dataclasses.replace(report, campaign=campaign), pool)


def test_a_year_with_400_publications_is_done_within_the_limits_of_the_pool(pool: RenderPool) -> None:
    report = sample(weeks=52)
    report = dataclasses.replace(report, publications=(report.publications * 3)[:400])
    text = pages(season_report_pdf(report, pool))
    assert "สัปดาห์ที่๕๒" not in text[0]
    assert "๔๐๐" in text[-1]
    assert 20 <= len(text) <= 60


def test_a_rehearsal_is_marked_on_every_page_and_real_work_on_none(pool: RenderPool, text: list[str]) -> None:
    rehearsal = pages(season_report_pdf(sample(weeks=2, rehearsal=True), pool))
    assert all(squeezed(REHEARSAL_MARK) in page for page in rehearsal)
    assert "ไม่ใช่ผลการปฏิบัติงานจริง" in rehearsal[0]
    assert "rehearsal" not in "".join(text)


def test_an_empty_season_is_reported_without_figures(pool: RenderPool) -> None:
    report = sample(weeks=1, perfect=True)
    nothing = dataclasses.replace(
        report,
        weeks=(),
        months=(),
        publications=(),
        deliveries=DeliveryFigures(0, 0),
        ways={},
        cost=CostFigures(0, 0, None),
        tracking=dataclasses.replace(
            report.tracking, publications=0, with_view_figure=0, with_comment_record=0, closed=0
        ),
        comment_kinds={},
        kpis=(),
    )
    whole = "".join(pages(season_report_pdf(nothing, pool)))
    assert "ร้อยละ" not in whole[whole.index("๔.ผลการดำเนินงาน") :]
    assert "ไม่ทราบจำนวนแน่ชัด" in whole


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (136, 136, "ร้อยละ ๑๐๐"),
        (135, 136, "ร้อยละ ๙๙.๒๖"),
        (99_999, 100_000, "ร้อยละ ๙๙.๙๙"),
        (1, 3, "ร้อยละ ๓๓.๓๓"),
        (1, 2, "ร้อยละ ๕๐"),
        (0, 7, "ร้อยละ ๐"),
    ],
)
def test_percentages_are_cut_off_never_rounded_up(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


FLAWS: list[tuple[dict[str, object], str]] = [
    ({"deliveries": DeliveryFigures(due=136, sent=130, missed=5, failed=1)}, "สื่อไม่ถึงกลุ่มตามแผน ๖ จาก ๑๓๖"),
    ({"deliveries": DeliveryFigures(due=136, sent=134, uncertain=2)}, "๒ รายการที่ยังยืนยันไม่ได้"),
    ({"deliveries": DeliveryFigures(due=136, sent=136, double=1)}, "ส่งซ้ำในกลุ่มเดิม ๑ รายการ"),
    ({"announced": False}, "ไม่มีหลักฐานว่าได้แจ้งแผนปฏิบัติการ"),
    ({"cost": CostFigures(1200, 0, 300)}, "มีค่าใช้จ่ายเกิดขึ้น ๑,๒๐๐ บาท"),
    ({"cost": CostFigures(0, 350, 300, ((date(2027, 6, 1), 350),))}, "เกินจำนวนฟรีต่อเดือนใน มิถุนายน ๒๕๗๐"),
]


@pytest.mark.parametrize(("change", "said"), FLAWS)
def test_a_flaw_is_named_and_its_absence_is_not(change: dict[str, object], said: str) -> None:
    perfect = sample(weeks=2, perfect=True)
    flawed = dataclasses.replace(perfect, **change)  # type: ignore[arg-type]
    assert said in " ".join(problems(flawed))
    assert said not in " ".join(problems(perfect))


def test_unmet_weeks_are_named_and_excused_ones_apart() -> None:
    perfect = sample(weeks=9, perfect=True)
    weeks = [dataclasses.replace(week, posters=1, met=False) for week in perfect.weeks]
    weeks[8] = dataclasses.replace(weeks[8], excused="น้ำท่วม")
    said = problems(dataclasses.replace(perfect, weeks=tuple(weeks)))
    assert any("ไม่ครบตามเป้าหมาย ๘ สัปดาห์" in line and "สัปดาห์ที่ ๑ (๑ จาก ๓ เรื่อง)" in line for line in said)
    assert any("และอีก ๒ สัปดาห์" in line for line in said)
    assert any("สัปดาห์ที่ ๙ (น้ำท่วม)" in line for line in said)


def test_unassessed_indicators_are_never_called_reached() -> None:
    report = sample(weeks=2, perfect=True)
    said = " ".join((*summary(report), *problems(report), *recommendations(report)))
    assert "ยังไม่ได้ประเมิน ๒ จาก ๒ ข้อ" in said
    assert "ตามเกณฑ์ที่กำหนด" not in said
