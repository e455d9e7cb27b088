"""The season report's eight sections and its appendix, block by block."""

from itertools import chain

from saisaat.documents.blocks import (
    Bar,
    Block,
    Cell,
    Column,
    Look,
    bar_chart,
    heading,
    note,
    numbered,
    page_break,
    paragraph,
    paragraphs,
    spanning,
    table,
)
from saisaat.documents.season import GroupFigures, Publication, SeasonReport, WeekFigures
from saisaat.documents.season_findings import (
    WAY_TH,
    figure_gaps,
    lessons,
    of,
    period_text,
    problems,
    project_name,
    recommendations,
)
from saisaat.domain.cadence import Kind, Per, Quota
from saisaat.domain.closing import KIND_TH
from saisaat.domain.delivery import State, Way
from saisaat.domain.feedback import CommentKind
from saisaat.domain.thai import THAI_MONTHS, format_date, format_month, thai_number

NO_FIGURE = "ไม่มีตัวเลข"
NOTHING = "–"
LONGEST_TITLE = 240

_KIND_TH = {Kind.POSTER: "สื่อภาพนิ่ง", Kind.CLIP: "คลิป"}
_PER_TH = {Per.DAY: "วัน", Per.WEEK: "สัปดาห์", Per.MONTH: "เดือน", Per.QUARTER: "ไตรมาส", Per.YEAR: "ปี"}
_WAY_SHORT = {Way.PIGGYBACK: "ตอบกลับ", Way.DUTY: "เวร", Way.RELAY: "ส่งต่อ", Way.PUSH: "ส่งตรง"}
_UNSENT_TH = {
    State.MISSED: "ไม่ทันเวลา",
    State.FAILED: "ส่งไม่ได้",
    State.UNCERTAIN: "ไม่แน่ชัด",
    State.CANCELLED: "ยกเลิก",
}
_NOT_YET = "ยังไม่ส่ง"


def sections(report: SeasonReport) -> list[Block]:
    """The attached report from ความเป็นมา to the list of all publications."""
    parts = (
        _background(report),
        _objectives(report),
        _target(report),
        _results(report),
        _reception(report),
        _kpis(report),
        [heading("๗. ปัญหาอุปสรรค"), *numbered(problems(report), "7.")],
        _learned(report),
        _appendix(report),
    )
    return list(chain.from_iterable(parts))


def quota_text(quota: Quota) -> str:
    return f"{_KIND_TH[quota.kind]}อย่างน้อย{_PER_TH[quota.per]}ละ {thai_number(quota.at_least)} เรื่อง"


def group_letter(number: int) -> str:
    """What a group is called in narrow columns: ก, ข, ค ... numbers once letters run out."""
    letters = "กขคงจฉชซ"
    return letters[number] if number < len(letters) else str(number + 1)


def clipped(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"


def _background(report: SeasonReport) -> list[Block]:
    campaign = report.campaign
    done = (
        f"{campaign.office} ได้ดำเนิน{project_name(campaign.title)} ระหว่าง{period_text(report)} "
        f"โดยเผยแพร่สื่อผ่านกลุ่ม LINE จำนวน {thai_number(len(campaign.groups))} กลุ่ม"
    )
    told = "ได้แจ้งแผนปฏิบัติการให้ทุกกลุ่มทราบก่อนการเผยแพร่ครั้งแรก"
    return [
        heading("๑. ความเป็นมา"),
        *paragraphs(campaign.rationale),
        paragraph(f"{done} และ{told}" if report.announced else done),
    ]


def _objectives(report: SeasonReport) -> list[Block]:
    return [heading("๒. วัตถุประสงค์"), *numbered(report.campaign.objectives, "2.")]


def _target(report: SeasonReport) -> list[Block]:
    campaign = report.campaign
    lines = [campaign.target] if campaign.target else []
    lines += [f"เผยแพร่{quota_text(quota)} ในแต่ละกลุ่ม" for quota in campaign.quotas]
    return [heading("๓. เป้าหมาย"), *numbered(lines, "3.")]


def _results(report: SeasonReport) -> list[Block]:
    return [
        heading("๔. ผลการดำเนินงาน"),
        *_weeks(report),
        *_months(report),
        *_deliveries(report),
        *_cost(report),
        *_reuse(report),
    ]


def _weeks(report: SeasonReport) -> list[Block]:
    if not report.weeks:
        return []
    met = of(sum(week.met for week in report.weeks), len(report.weeks), "สัปดาห์")
    columns = [
        Column("สัปดาห์ที่", "center", 1.9),
        Column("ระหว่างวันที่"),
        Column("เผยแพร่ (เรื่อง)", "center", 2.5),
        Column("เป้าหมาย (เรื่อง)", "center", 2.6),
        Column("ผล", "center", 3.2),
    ]
    rows = [
        [str(w.number), _span(w), thai_number(w.posters), thai_number(w.quota), _result(w.met, w.excused)]
        for w in report.weeks
    ]
    return [
        heading("๔.๑ การเผยแพร่สื่อภาพนิ่งรายสัปดาห์", 2),
        paragraph(f"เผยแพร่ครบตามเป้าหมาย {met}"),
        table("จำนวนสื่อภาพนิ่งรายสัปดาห์เทียบกับเป้าหมาย", columns, rows),
        note("จำนวนเรื่อง หมายถึง จำนวนเรื่องที่ไม่ซ้ำกันในกลุ่มที่ได้รับน้อยที่สุดของสัปดาห์นั้น"),
        _weeks_chart(report),
    ]


def _weeks_chart(report: SeasonReport) -> Block:
    bars = [Bar(str(w.number), w.posters, w.quota, _look(w)) for w in report.weeks]
    names = {"met": "ครบตามเป้าหมาย", "unmet": "ไม่ครบ", "excused": "ไม่ครบ มีเหตุผลบันทึกไว้"}
    legend = {look: name for look, name in names.items() if any(bar.look == look for bar in bars)}
    spoken = ", ".join(f"สัปดาห์ที่ {w.number}: {w.posters} จากเป้าหมาย {w.quota} เรื่อง" for w in report.weeks)
    title = "จำนวนสื่อภาพนิ่ง (เรื่อง) ในแต่ละสัปดาห์"
    return bar_chart(title, bars, legend=legend | {"mark": "เป้าหมาย"}, spoken=f"แผนภูมิแท่ง{title} {spoken}")


def _look(week: WeekFigures) -> Look:
    if week.met:
        return "met"
    return "unmet" if week.excused is None else "excused"


def _result(met: bool, excused: str | None = None) -> str:
    if met:
        return "ครบ"
    return "ไม่ครบ" if excused is None else f"ไม่ครบ ({excused})"


def _span(week: WeekFigures) -> str:
    """ "๔ – ๑๐ พฤษภาคม ๒๕๖๓", with as much of the first day as differs from the last."""
    start, end = week.start, week.end
    if start == end:
        return format_date(end)
    first = str(start.day)
    if (start.year, start.month) != (end.year, end.month):
        first += f" {THAI_MONTHS[start.month - 1]}"
    if start.year != end.year:
        first = format_date(start)
    return f"{first} – {format_date(end)}"


def _months(report: SeasonReport) -> list[Block]:
    if not report.months:
        return []
    met = of(sum(month.met for month in report.months), len(report.months), "เดือน")
    columns = [
        Column("เดือน"),
        Column("เผยแพร่ (เรื่อง)", "center", 3),
        Column("เป้าหมาย (เรื่อง)", "center", 3),
        Column("ผล", "center", 3.2),
    ]
    rows = [[format_month(m.month), thai_number(m.clips), thai_number(m.quota), _result(m.met)] for m in report.months]
    return [
        heading("๔.๒ การเผยแพร่คลิปรายเดือน", 2),
        paragraph(f"เผยแพร่ครบตามเป้าหมาย {met}"),
        table("จำนวนคลิปรายเดือนเทียบกับเป้าหมาย", columns, rows),
    ]


def _deliveries(report: SeasonReport) -> list[Block]:
    figures = report.deliveries
    columns = [Column("รายการ"), Column("จำนวน (รายการ)", "right", 3.6)]
    outcomes = [
        ("ครบกำหนดส่ง", figures.due),
        ("ส่งสำเร็จ", figures.sent),
        ("ส่งไม่ทันเวลา", figures.missed),
        ("ช่องทางไม่รับข้อความ", figures.failed),
        ("ยังยืนยันผลไม่ได้", figures.uncertain),
        ("ส่งซ้ำในกลุ่มเดิม", figures.double),
    ]
    ways = [(WAY_TH[way], report.ways.get(way, 0)) for way in Way]
    return [
        heading("๔.๓ ผลการส่งและวิธีส่ง", 2),
        paragraph("หนึ่งรายการ หมายถึง สื่อหนึ่งเรื่องที่ส่งเข้ากลุ่ม LINE หนึ่งกลุ่ม"),
        table("ผลการส่ง", columns, [[name, thai_number(count)] for name, count in outcomes]),
        table("วิธีที่ส่งสำเร็จ", columns, [[name, thai_number(count)] for name, count in ways]),
    ]


def _cost(report: SeasonReport) -> list[Block]:
    cost = report.cost
    limit = cost.free_limit_per_month
    known = f"เดือนละ {thai_number(limit)} ข้อความ" if limit is not None else "ไม่ทราบจำนวนแน่ชัด"
    text = (
        f"ค่าใช้จ่ายทั้งสิ้น {thai_number(cost.baht)} บาท ข้อความที่ LINE นับในโควตา "
        f"{thai_number(cost.messages_counted)} ข้อความ โควตาที่ใช้ได้โดยไม่เสียค่าใช้จ่าย {known}"
    )
    blocks = [heading("๔.๔ ค่าใช้จ่าย", 2), paragraph(text)]
    if cost.by_month:
        columns = [Column("เดือน"), Column("ข้อความที่นับในโควตา", "right", 4.6), Column("โควตาฟรีต่อเดือน", "right", 4.6)]
        free = thai_number(limit) if limit is not None else "ไม่ทราบ"
        rows = [[format_month(month), thai_number(count), free] for month, count in cost.by_month]
        blocks.append(table("ข้อความที่นับในโควตาของ LINE รายเดือน", columns, rows))
    return blocks


def _reuse(report: SeasonReport) -> list[Block]:
    if not report.reuse:
        return []
    columns = [
        Column("หัวข้อ"),
        Column("เผยแพร่ครั้งแรก", "left", 3.4),
        Column("เผยแพร่ซ้ำ", "left", 3.4),
        Column("รูปแบบที่ใช้ซ้ำ", "left", 3),
    ]
    rows = [[clipped(r.title), format_date(r.first), format_date(r.again), r.style] for r in report.reuse]
    return [
        heading("๔.๕ หัวข้อที่นำมาใช้ซ้ำ", 2),
        paragraph("เมื่อไม่มีหัวข้อใหม่ที่เผยแพร่ได้ จึงนำหัวข้อเดิมมาใช้ซ้ำโดยเปลี่ยนรูปแบบของสื่อ ดังนี้"),
        table("หัวข้อที่นำมาใช้ซ้ำ", columns, rows),
    ]


def _reception(report: SeasonReport) -> list[Block]:
    tracked = report.tracking
    figures = of(tracked.with_view_figure, tracked.publications, "รายการ")
    records = of(tracked.with_comment_record, tracked.publications, "รายการ")
    return [
        heading("๕. การเข้ารับชมและข้อคิดเห็น"),
        paragraph(
            f"มีตัวเลขการเปิดดู {figures} มีบันทึกข้อคิดเห็น {records} และปิดบันทึกการติดตามแล้ว "
            f"{of(tracked.closed, tracked.publications, 'รายการ')}"
        ),
        _reception_by_group(report),
        note(
            "การเปิดดู หมายถึง จำนวนครั้งที่เปิดหน้าของสื่อจากลิงก์ในกลุ่ม ไม่ใช่จำนวนคน "
            f"รายการที่{NO_FIGURE}ไม่ได้รวมอยู่ในผลรวมและไม่ถือเป็นศูนย์"
        ),
        *_gaps(report),
        *_comment_kinds(report),
    ]


def _reception_by_group(report: SeasonReport) -> Block:
    columns = [
        Column("กลุ่ม LINE"),
        Column("สื่อที่ส่งถึง (รายการ)", "center", 2.1),
        Column("มีตัวเลขเปิดดู (รายการ)", "center", 2.5),
        Column("การเปิดดู (ครั้ง)", "center", 2),
        Column("รับทราบ (ครั้ง)", "center", 1.9),
        Column("ชอบ (ครั้ง)", "center", 1.7),
        Column("ข้อคิดเห็น (รายการ)", "center", 2),
    ]
    rows = []
    for number, name in enumerate(report.campaign.groups):
        here = [group for item in report.publications for group in item.groups if group.group == number and group.way]
        taps = [group.taps for group in here]
        rows.append(
            [
                f"{group_letter(number)} {name}",
                thai_number(len(here)),
                thai_number(sum(count is not None for count in taps)),
                _total(taps),
                _total([group.acknowledgements for group in here]),
                _total([group.reactions for group in here]),
                _total([group.comments for group in here]),
            ]
        )
    return table("การเข้ารับชมและการตอบสนองแยกตามกลุ่ม", columns, rows, small=True)


def _total(counts: list[int | None]) -> str:
    """The sum of what is known; no figure at all is never 0."""
    known = [count for count in counts if count is not None]
    return thai_number(sum(known)) if known else NO_FIGURE


def _gaps(report: SeasonReport) -> list[Block]:
    gaps = figure_gaps(report)
    if not gaps:
        return []
    columns = [Column(f"เหตุผลที่{NO_FIGURE}"), Column("จำนวน (รายการ)", "right", 3.2)]
    return [table(f"เหตุผลที่{NO_FIGURE}การเปิดดู", columns, [[reason, thai_number(n)] for reason, n in gaps])]


def _comment_kinds(report: SeasonReport) -> list[Block]:
    counted = [(KIND_TH[kind], report.comment_kinds.get(kind, 0)) for kind in CommentKind]
    if not any(count for _, count in counted):
        return [paragraph("ไม่มีข้อคิดเห็นหรือคำวิจารณ์ที่บันทึกไว้ตลอดระยะเวลาดำเนินการ")]
    columns = [Column("ประเภทข้อคิดเห็น"), Column("จำนวน (รายการ)", "right", 3.2)]
    rows = [[name, thai_number(count)] for name, count in counted]
    rows.append(["รวม", thai_number(sum(count for _, count in counted))])
    return [table("ข้อคิดเห็นแยกตามประเภท", columns, rows)]


def _kpis(report: SeasonReport) -> list[Block]:
    if not report.kpis:
        return [heading("๖. ผลตามตัวชี้วัด"), paragraph("โครงการไม่ได้กำหนดตัวชี้วัดไว้")]
    columns = [
        Column("ที่", "center", 1.2),
        Column("ตัวชี้วัดตามโครงการ"),
        Column("เป้าหมาย", "center", 2.8),
        Column("ผล", "center", 3),
    ]
    rows = [[kpi.number, kpi.text, kpi.target, kpi.result] for kpi in report.kpis]
    return [heading("๖. ผลตามตัวชี้วัด"), table("ผลตามตัวชี้วัดของโครงการ", columns, rows)]


def _learned(report: SeasonReport) -> list[Block]:
    return [
        heading("๘. ข้อเสนอแนะ/บทเรียน"),
        heading("๘.๑ บทเรียน", 2),
        *numbered(lessons(report), "8.1."),
        heading("๘.๒ ข้อเสนอแนะ", 2),
        *numbered(recommendations(report), "8.2."),
    ]


def _appendix(report: SeasonReport) -> list[Block]:
    if not report.publications:
        return []
    names = " ".join(f"{group_letter(n)} = {name}" for n, name in enumerate(report.campaign.groups))
    columns = [
        Column("ที่", "center", 0.9),
        Column("วันที่", "left", 2.45),
        Column("เรื่อง"),
        Column("กลุ่ม", "center", 0.95),
        Column("วิธีส่ง", "center", 1.8),
        Column("เปิดดู", "center", 1.75),
        Column("รับทราบ", "center", 1.4),
        Column("ชอบ", "center", 0.9),
        Column("ความเห็น", "center", 1.5),
    ]
    rows = [row for number, item in enumerate(report.publications, 1) for row in _publication(number, item)]
    return [
        page_break(),
        heading("ภาคผนวก รายการสื่อที่เผยแพร่ทั้งหมด"),
        note(f"กลุ่ม {names}"),
        table("รายการสื่อที่เผยแพร่ทั้งหมด แยกตามกลุ่ม", columns, rows, small=True),
    ]


def _publication(number: int, item: Publication) -> list[list[Cell]]:
    groups = [_group_cells(group) for group in item.groups] or [[NOTHING] * 6]
    height = len(groups)
    title = clipped(item.title) if item.kind is Kind.POSTER else f"{clipped(item.title)} ({_KIND_TH[item.kind]})"
    first: list[Cell] = [spanning(text, height) for text in (str(number), format_date(item.day), title)]
    return [first + groups[0], *groups[1:]]


def _group_cells(group: GroupFigures) -> list[Cell]:
    letter = group_letter(group.group)
    if group.way is None:
        return [letter, _UNSENT_TH.get(group.state, _NOT_YET), *[NOTHING] * 4]
    counts = (group.acknowledgements, group.reactions, group.comments)
    taps = thai_number(group.taps) if group.taps is not None else NO_FIGURE
    known = [thai_number(count) if count is not None else NOTHING for count in counts]
    return [letter, _WAY_SHORT[group.way], taps, *known]
