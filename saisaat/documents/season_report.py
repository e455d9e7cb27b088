"""The season report as an official memo with the full report attached, one PDF."""

from datetime import UTC, datetime, time
from typing import Any

from saisaat.documents.blocks import Block, in_thai_digits, numbered, paragraph
from saisaat.documents.season import MemoHead, SeasonReport
from saisaat.documents.season_findings import period_text, project_name, summary
from saisaat.documents.season_sections import sections
from saisaat.documents.text_layer import repaired
from saisaat.domain.thai import format_date
from saisaat.typesetting import Job, RenderPool
from saisaat.typesetting.thai_text import clean

REHEARSAL_MARK = "ข้อมูลการซ้อม (rehearsal)"


def season_report_pdf(report: SeasonReport, pool: RenderPool) -> bytes:
    """The memo on page 1, the report on the pages after it: tagged PDF/A-2a, A4, Thai digits.

    Equal reports give equal bytes; the date inside the file is the report's. Characters the font lacks come out as
    [?]. Raises RenderRefused for a text of more than 4,000 characters, RenderFailed when the typesetter broke down.
    """
    # Written at noon in UTC, so that the day is the same in Thailand.
    written = datetime.combine(report.head.dated, time(12), UTC)
    job = Job(
        "documents/memo.typ",
        in_thai_digits(_document(report)),
        format="pdf",
        text="breakable",
        fonts=("Sarabun",),
        missing="replace",
        pdf_standards=("a-2a",),
        timestamp=int(written.timestamp()),
    )
    return repaired(pool.render(job).data)


def _document(report: SeasonReport) -> dict[str, Any]:
    head, campaign = report.head, report.campaign
    return {
        "_title": clean(head.subject),
        "_author": clean(head.office),
        "head": _head(head),
        "mark": REHEARSAL_MARK if report.rehearsal else "",
        "memo": _memo(report),
        "attachment": {
            "title": f"รายงานผลการดำเนินงาน{project_name(campaign.title)}",
            "under": [campaign.office, f"ระหว่าง{period_text(report)}"],
            "blocks": sections(report),
        },
    }


def _head(head: MemoHead) -> dict[str, str]:
    return {
        "office": f"{head.office} โทร. {head.phone}" if head.phone else head.office,
        "number": head.number,
        "date": format_date(head.dated),
        "subject": head.subject,
        "to": head.addressee,
        "signer": head.signer,
    }


def _memo(report: SeasonReport) -> list[Block]:
    campaign = report.campaign
    begun = f"ตามที่{campaign.office} ได้ดำเนิน{project_name(campaign.title)} ระหว่าง{period_text(report)} นั้น"
    over = report.head.dated > campaign.end
    now = "บัดนี้ สิ้นสุดระยะเวลาดำเนินการแล้ว ขอรายงานผลโดยสรุป ดังนี้" if over else "ขอรายงานผลการดำเนินงานถึงวันที่รายงาน โดยสรุป ดังนี้"
    not_real = f"ตัวเลขในเอกสารนี้เป็น{REHEARSAL_MARK} ไม่ใช่ผลการปฏิบัติงานจริง"
    return [
        *([paragraph(not_real)] if report.rehearsal else []),
        paragraph(begun),
        paragraph(now),
        *numbered(summary(report)),
        paragraph("รายละเอียดปรากฏตามรายงานที่แนบมาพร้อมนี้"),
        paragraph("จึงเรียนมาเพื่อโปรดทราบ และโปรดพิจารณาข้อเสนอแนะในข้อ ๘ ของรายงาน"),
    ]
