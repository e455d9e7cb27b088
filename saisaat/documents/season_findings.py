"""What the figures of a season say in words: summary, problems, lessons, recommendations.

Every sentence follows from a figure by a rule; none claims more than the figure does. A percentage is cut off, never
rounded up: 135 of 136 must not read as all.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from saisaat.documents.season import NOT_ASSESSED, Publication, SeasonReport
from saisaat.domain.delivery import Way
from saisaat.domain.feedback import CommentKind
from saisaat.domain.thai import format_date, format_month, thai_number

WAY_TH = {
    Way.PIGGYBACK: "ตอบกลับเมื่อมีข้อความในกลุ่ม",
    Way.DUTY: "เวรเผยแพร่เป็นผู้สั่งส่ง",
    Way.RELAY: "เจ้าหน้าที่ส่งต่อด้วยตนเอง",
    Way.PUSH: "ส่งตรงโดยใช้โควตาข้อความ",
}
NAMED_AT_MOST = 6
BEST_KNOWN = 3

Rule = Callable[[SeasonReport], str | None]


def percent(part: int, whole: int) -> str:
    """ "ร้อยละ ๙๙.๒๖", cut off after two decimals; without decimals when whole. `whole` must not be 0."""
    hundredths = part * 10_000 // whole
    decimals = 2 if hundredths % 100 else 0
    return f"ร้อยละ {thai_number(hundredths / 100, decimals=decimals)}"


def of(part: int, whole: int, unit: str) -> str:
    """ "๑๓๕ จาก ๑๓๖ รายการ (ร้อยละ ๙๙.๒๖)"."""
    share = f" ({percent(part, whole)})" if whole else ""
    return f"{thai_number(part)} จาก {thai_number(whole)} {unit}{share}"


def project_name(title: str) -> str:
    """The title after the word โครงการ, which many titles begin with already."""
    return title if title.startswith("โครงการ") else f"โครงการ{'' if '฀' <= title[:1] <= '๿' else ' '}{title}"


def period_text(report: SeasonReport) -> str:
    campaign = report.campaign
    return f"วันที่ {format_date(campaign.start)} ถึงวันที่ {format_date(campaign.end)}"


def summary(report: SeasonReport) -> tuple[str, ...]:
    """The season in five sentences, for a superior who reads one page."""
    weeks, months, sent = report.weeks, report.months, report.deliveries
    quotas = []
    if weeks:
        quotas.append(f"สื่อภาพนิ่งครบตามเป้าหมาย {of(sum(w.met for w in weeks), len(weeks), 'สัปดาห์')}")
    if months:
        quotas.append(f"คลิปครบตามเป้าหมาย {of(sum(m.met for m in months), len(months), 'เดือน')}")
    tracked = report.tracking
    tracking = f"มีตัวเลขการเปิดดู {of(tracked.with_view_figure, tracked.publications, 'รายการ')}"
    tracking += f" และมีบันทึกข้อคิดเห็น {of(tracked.with_comment_record, tracked.publications, 'รายการ')}"
    counted = thai_number(report.cost.messages_counted)
    lines = (
        f"การเผยแพร่ ส่งสื่อถึงกลุ่ม LINE {of(sent.sent, sent.due, 'รายการที่ครบกำหนด')} โดยนับแยกรายกลุ่ม",
        " ".join(quotas),
        f"ค่าใช้จ่าย {thai_number(report.cost.baht)} บาท มีข้อความที่นับในโควตาของ LINE {counted} ข้อความ",
        tracking,
        _assessment(report),
    )
    return tuple(line for line in lines if line)


def _assessment(report: SeasonReport) -> str:
    open_kpis = sum(kpi.result == NOT_ASSESSED for kpi in report.kpis)
    if not report.kpis:
        return ""
    if not open_kpis:
        return f"ผลตามตัวชี้วัด {thai_number(len(report.kpis))} ข้อ ปรากฏในข้อ ๖ ของรายงาน"
    counted = f"{thai_number(open_kpis)} จาก {thai_number(len(report.kpis))} ข้อ"
    return f"ตัวชี้วัด{NOT_ASSESSED} {counted} จึงยังไม่อาจสรุปว่าโครงการบรรลุตัวชี้วัดดังกล่าวหรือไม่"


def problems(report: SeasonReport) -> tuple[str, ...]:
    """What fell short, by the figures; one sentence saying so when nothing did."""
    found = _apply(_PROBLEMS, report)
    return found or ("ตัวเลขที่บันทึกไว้ไม่แสดงปัญหาด้านการเผยแพร่และการติดตาม ทั้งนี้ ตัวเลขดังกล่าวไม่ได้วัดความเข้าใจหรือพฤติกรรมของผู้รับสื่อ",)


def lessons(report: SeasonReport) -> tuple[str, ...]:
    return _apply(_LESSONS, report) or ("ตัวเลขที่บันทึกไว้ยังไม่เพียงพอที่จะสรุปเป็นบทเรียน",)


def recommendations(report: SeasonReport) -> tuple[str, ...]:
    return _apply(_RECOMMENDATIONS, report) or ("ไม่มีข้อเสนอแนะเพิ่มเติมจากตัวเลขที่บันทึกไว้",)


def _apply(rules: Iterable[Rule], report: SeasonReport) -> tuple[str, ...]:
    return tuple(sentence for rule in rules if (sentence := rule(report)))


def _listed(names: list[str], unit: str) -> str:
    """The first few names, and how many more there are."""
    text = " ".join(names[:NAMED_AT_MOST])
    rest = len(names) - NAMED_AT_MOST
    return f"{text} และอีก {thai_number(rest)} {unit}" if rest > 0 else text


def _lost(report: SeasonReport) -> str | None:
    figures = report.deliveries
    if not figures.missed + figures.failed:
        return None
    parts = [
        f"{name} {thai_number(count)} รายการ"
        for name, count in (("ส่งไม่ทันภายในเวลาที่กำหนด", figures.missed), ("LINE ไม่รับข้อความ", figures.failed))
        if count
    ]
    lost = of(figures.missed + figures.failed, figures.due, "รายการที่ครบกำหนด")
    return f"สื่อไม่ถึงกลุ่มตามแผน {lost} แยกเป็น {' และ '.join(parts)} ผู้รับในกลุ่มนั้นจึงไม่ได้รับสื่อดังกล่าว"


def _uncertain(report: SeasonReport) -> str | None:
    count = report.deliveries.uncertain
    return (
        f"มีการส่ง {thai_number(count)} รายการที่ยังยืนยันไม่ได้ว่าถึงกลุ่มหรือไม่ รายงานฉบับนี้จึงไม่นับรวมเป็นการส่งสำเร็จ" if count else None
    )


def _double(report: SeasonReport) -> str | None:
    count = report.deliveries.double
    return f"มีสื่อที่ส่งซ้ำในกลุ่มเดิม {thai_number(count)} รายการ" if count else None


def _unmet_weeks(report: SeasonReport) -> str | None:
    unmet = [week for week in report.weeks if not week.met and week.excused is None]
    if not unmet:
        return None
    named = [
        f"สัปดาห์ที่ {thai_number(w.number)} ({thai_number(w.posters)} จาก {thai_number(w.quota)} เรื่อง)" for w in unmet
    ]
    return f"เผยแพร่สื่อภาพนิ่งไม่ครบตามเป้าหมาย {thai_number(len(unmet))} สัปดาห์ ได้แก่ {_listed(named, 'สัปดาห์')}"


def _excused_weeks(report: SeasonReport) -> str | None:
    excused = [week for week in report.weeks if not week.met and week.excused is not None]
    if not excused:
        return None
    named = [f"สัปดาห์ที่ {thai_number(week.number)} ({week.excused})" for week in excused]
    head = f"มีสัปดาห์ที่ไม่ครบตามเป้าหมายแต่มีเหตุผลบันทึกไว้ {thai_number(len(excused))} สัปดาห์"
    return f"{head} ได้แก่ {_listed(named, 'สัปดาห์')}"


def _unmet_months(report: SeasonReport) -> str | None:
    unmet = [
        f"{format_month(m.month)} ({thai_number(m.clips)} จาก {thai_number(m.quota)} เรื่อง)"
        for m in report.months
        if not m.met
    ]
    return f"เผยแพร่คลิปไม่ครบตามเป้าหมาย {thai_number(len(unmet))} เดือน ได้แก่ {_listed(unmet, 'เดือน')}" if unmet else None


def _no_figures(report: SeasonReport) -> str | None:
    tracked = report.tracking
    without = tracked.publications - tracked.with_view_figure
    if not without:
        return None
    head = f"การเผยแพร่ {of(without, tracked.publications, 'รายการ')} ไม่มีตัวเลขการเปิดดู"
    return f"{head} ตามเหตุผลในข้อ ๕ การไม่มีตัวเลขไม่ได้หมายความว่าไม่มีผู้อ่าน และไม่อาจนับเป็นศูนย์"


def _no_record(report: SeasonReport) -> str | None:
    tracked = report.tracking
    without = tracked.publications - tracked.with_comment_record
    return f"การเผยแพร่ {of(without, tracked.publications, 'รายการ')} ยังไม่มีบันทึกข้อคิดเห็น" if without else None


def _not_closed(report: SeasonReport) -> str | None:
    tracked = report.tracking
    still_open = tracked.publications - tracked.closed
    return f"การเผยแพร่ {of(still_open, tracked.publications, 'รายการ')} ยังไม่ได้ปิดบันทึกการติดตาม" if still_open else None


def _not_announced(report: SeasonReport) -> str | None:
    return None if report.announced else "ไม่มีหลักฐานว่าได้แจ้งแผนปฏิบัติการให้ทุกกลุ่มทราบก่อนการเผยแพร่ครั้งแรก"


def _paid(report: SeasonReport) -> str | None:
    return f"มีค่าใช้จ่ายเกิดขึ้น {thai_number(report.cost.baht)} บาท" if report.cost.baht else None


def _over_limit(report: SeasonReport) -> str | None:
    limit = report.cost.free_limit_per_month
    over = [format_month(month) for month, count in report.cost.by_month if limit is not None and count > limit]
    return f"ข้อความที่นับในโควตาเกินจำนวนฟรีต่อเดือนใน {_listed(over, 'เดือน')}" if over else None


def _open_kpis(report: SeasonReport) -> str | None:
    return _assessment(report) if any(kpi.result == NOT_ASSESSED for kpi in report.kpis) else None


_PROBLEMS: tuple[Rule, ...] = (
    _lost,
    _uncertain,
    _double,
    _unmet_weeks,
    _excused_weeks,
    _unmet_months,
    _no_figures,
    _no_record,
    _not_closed,
    _not_announced,
    _paid,
    _over_limit,
    _open_kpis,
)


def _main_way(report: SeasonReport) -> str | None:
    total = sum(report.ways.values())
    if not total:
        return None
    way, count = max(report.ways.items(), key=lambda pair: pair[1])
    return f"วิธีที่ส่งสื่อได้มากที่สุดคือ {WAY_TH[way]} {of(count, total, 'รายการ')}"


def _free(report: SeasonReport) -> str | None:
    done = report.cost.baht == 0 and report.deliveries.sent > 0
    return "การเผยแพร่ผ่านกลุ่ม LINE ตามวิธีข้างต้นดำเนินการได้โดยไม่มีค่าใช้จ่าย" if done else None


def _acknowledged(publication: Publication) -> int:
    return sum(group.acknowledgements or 0 for group in publication.groups)


def _best_known(report: SeasonReport) -> str | None:
    ranked = sorted(report.publications, key=_acknowledged, reverse=True)[:BEST_KNOWN]
    named = [f"“{each.title}” ({thai_number(_acknowledged(each))} ครั้ง)" for each in ranked if _acknowledged(each)]
    if not named:
        return None
    return f"เรื่องที่มีผู้กดรับทราบมากที่สุด ได้แก่ {' '.join(named)} ทั้งนี้ การกดรับทราบแสดงว่าได้รับสื่อ ไม่ได้แสดงว่าเข้าใจหรือเห็นด้วย"


def _reused(report: SeasonReport) -> str | None:
    if not report.reuse:
        return None
    return f"หัวข้อความรู้ที่เผยแพร่ได้มีไม่พอตลอดระยะเวลา จึงนำหัวข้อเดิมมาใช้ซ้ำในรูปแบบอื่น {thai_number(len(report.reuse))} ครั้ง"


_LESSONS: tuple[Rule, ...] = (_main_way, _free, _best_known, _reused)


def _spare_duty(report: SeasonReport) -> str | None:
    figures = report.deliveries
    return "ควรกำหนดเวรเผยแพร่พร้อมผู้ปฏิบัติหน้าที่แทนทุกวัน เพื่อลดจำนวนสื่อที่ส่งไม่ทันเวลา" if figures.missed + figures.failed else None


def _settle_uncertain(report: SeasonReport) -> str | None:
    return "ควรตรวจรายการที่ยังยืนยันไม่ได้กับข้อความในกลุ่ม แล้วบันทึกผลให้ครบ" if report.deliveries.uncertain else None


def _work_ahead(report: SeasonReport) -> str | None:
    unmet = any(not week.met for week in report.weeks) or any(not month.met for month in report.months)
    return "ควรผลิตและตรวจสื่อล่วงหน้าอย่างน้อยหนึ่งสัปดาห์ เพื่อให้มีสื่อพร้อมเผยแพร่ครบตามเป้าหมาย" if unmet else None


def _record_reads(report: SeasonReport) -> str | None:
    missing = report.tracking.publications > report.tracking.with_view_figure
    return "ควรให้ผู้ดูแลกลุ่มบันทึกจำนวน “อ่านแล้ว” ที่เห็นในกลุ่มพร้อมหลักฐาน เพื่อให้มีตัวเลขการเข้ารับชมมากขึ้น" if missing else None


def _more_topics(report: SeasonReport) -> str | None:
    return "ควรเพิ่มหัวข้อในคลังความรู้ก่อนเริ่มโครงการครั้งต่อไป เพื่อลดการใช้หัวข้อซ้ำ" if report.reuse else None


def _answer(report: SeasonReport) -> str | None:
    wanted = (CommentKind.QUESTION, CommentKind.SUGGESTION, CommentKind.CRITICISM, CommentKind.COMPLAINT)
    count = sum(report.comment_kinds.get(kind, 0) for kind in wanted)
    return (
        f"ควรพิจารณาและตอบข้อคิดเห็นที่เป็นคำถาม ข้อเสนอแนะ คำวิจารณ์ และข้อร้องเรียน รวม {thai_number(count)} รายการ ให้ครบทุกรายการ"
        if count
        else None
    )


def _assess(report: SeasonReport) -> str | None:
    waiting = any(kpi.result == NOT_ASSESSED for kpi in report.kpis)
    return "ควรประเมินตามตัวชี้วัดด้วยเกณฑ์ที่ผู้มีอำนาจอนุมัติ ก่อนสรุปผลสำเร็จของโครงการ" if waiting else None


_RECOMMENDATIONS: tuple[Rule, ...] = (
    _spare_duty,
    _settle_uncertain,
    _work_ahead,
    _record_reads,
    _more_topics,
    _answer,
    _assess,
)


def figure_gaps(report: SeasonReport) -> list[tuple[str, int]]:
    """Why publications lack a view figure, and how many for each reason, most frequent first."""
    reasons = Counter(
        group.no_figure_reason or "ยังไม่ได้บันทึกเหตุผล"
        for publication in report.publications
        for group in publication.groups
        if group.way is not None and group.taps is None
    )
    return reasons.most_common()
