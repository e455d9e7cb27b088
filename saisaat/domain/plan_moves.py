"""Moving one entry of a plan by hand: what is refused, and what a person should know before doing it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK, Span
from saisaat.domain.errors import DomainError, Invalid, NotNow
from saisaat.domain.plan import PlannedEntry, PlanRequest, unmet
from saisaat.domain.plan_dates import GREETING_HOURS, day_rank, is_quiet, owed_spans
from saisaat.domain.thai import format_date
from saisaat.domain.topics import valid_on

_KEPT = "รายการยังอยู่ที่เวลาเดิม"
_CLOSE = timedelta(minutes=15)


def check_move(
    entry: PlannedEntry,
    new_at: datetime,
    others: Sequence[PlannedEntry],
    request: PlanRequest,
    excused: Collection[date] = (),
) -> None:
    """Raise `Invalid` or `NotNow`, in Thai, unless `entry` may move to `new_at` (aware).

    `others` are the plan's remaining entries. `excused` holds the first days of spans that may fall short.
    """
    local = new_at.astimezone(BANGKOK)
    _check_moment(local, request)
    _check_announced_first(entry, local, others)
    if entry.kind is ItemKind.ANNOUNCEMENT:
        return
    _check_topics(entry, local.date(), others, request)
    _check_own_day(entry, local.date(), others)
    _check_quotas(entry, local, others, request, excused)


def can_move(
    entry: PlannedEntry,
    new_at: datetime,
    others: Sequence[PlannedEntry],
    request: PlanRequest,
    excused: Collection[date] = (),
) -> bool:
    try:
        check_move(entry, new_at, others, request, excused)
    except DomainError:
        return False
    return True


def move_cautions(new_at: datetime, others: Sequence[PlannedEntry], request: PlanRequest) -> tuple[str, ...]:
    """Thai sentences on what speaks against `new_at` without forbidding it."""
    local = new_at.astimezone(BANGKOK)
    found = []
    if local.date() in request.holidays:
        found.append(f"วันที่เลือกเป็นวันหยุด: {request.holidays[local.date()]} กลุ่มมักเงียบ")
    elif day_rank(local.date(), request.holidays):
        found.append("วันที่เลือกเป็นวันเสาร์หรืออาทิตย์ กลุ่มมักเงียบ")
    if GREETING_HOURS[0] <= local.time() < GREETING_HOURS[1]:
        found.append("ช่วง 07:00-08:00 น. กลุ่มมักมีภาพทักทาย เรื่องที่ส่งจะถูกกลบ")
    found += [f"อยู่ใกล้กับรายการที่ {other.no} ไม่ถึง 15 นาที" for other in others if abs(other.at - local) < _CLOSE]
    return tuple(found)


def _check_moment(local: datetime, request: PlanRequest) -> None:
    if not request.period_start <= local.date() <= request.period_end:
        raise Invalid(
            f"วันที่ {format_date(local.date())} อยู่นอกช่วงโครงการ "
            f"({format_date(request.period_start)} ถึง {format_date(request.period_end)}) {_KEPT}"
        )
    if is_quiet(local.time(), request.quiet_hours):
        start, stop = request.quiet_hours
        raise Invalid(f"เวลา {local:%H:%M} น. อยู่ในช่วงงดส่ง {start:%H:%M}-{stop:%H:%M} น. {_KEPT} โปรดเลือกเวลาอื่น")


def _check_announced_first(entry: PlannedEntry, local: datetime, others: Sequence[PlannedEntry]) -> None:
    for other in others:
        first, later = (local, other.at) if entry.kind is ItemKind.ANNOUNCEMENT else (other.at, local)
        if ItemKind.ANNOUNCEMENT in (entry.kind, other.kind) and first >= later:
            raise NotNow(f"ต้องแจ้งแผนให้กลุ่มทราบก่อนเผยแพร่เรื่องแรก {_KEPT} โปรดเลือกเวลาที่ไม่สลับลำดับ")


def _check_topics(entry: PlannedEntry, day: date, others: Sequence[PlannedEntry], request: PlanRequest) -> None:
    topics = {topic.id: topic for topic in request.topics}
    monday = day - timedelta(days=day.weekday())
    for key, choice in entry.per_group.items():
        if choice.topic_id is None:
            continue
        topic = topics.get(choice.topic_id)
        if topic is None or not valid_on(topic, day):
            raise Invalid(f"หัวข้อ {choice.topic_id} ไม่มีผลใช้บังคับในวันที่ {format_date(day)} {_KEPT} โปรดเลือกวันหรือหัวข้ออื่น")
        for other in others:
            same = key in other.per_group and other.per_group[key].topic_id == choice.topic_id
            if same and monday <= other.at.date() <= monday + timedelta(days=6):
                raise NotNow(f"สัปดาห์นั้นกลุ่มได้หัวข้อเดียวกันแล้วในรายการที่ {other.no} {_KEPT} โปรดเลือกสัปดาห์อื่น")


def _check_own_day(entry: PlannedEntry, day: date, others: Sequence[PlannedEntry]) -> None:
    if day == entry.at.date():
        return
    for other in others:
        shared = other.per_group.keys() & entry.per_group.keys()
        if other.kind is entry.kind and other.at.date() == day and shared:
            raise NotNow(f"วันนั้นกลุ่มมีเรื่องชนิดเดียวกันแล้วในรายการที่ {other.no} {_KEPT} โปรดเลือกวันที่ว่าง")


def _check_quotas(
    entry: PlannedEntry,
    local: datetime,
    others: Sequence[PlannedEntry],
    request: PlanRequest,
    excused: Collection[date],
) -> None:
    owed = owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas)
    moved = PlannedEntry(entry.no, entry.kind, local, entry.title, entry.per_group, entry.deadline)
    short_before = {(quota.per, span.start) for quota, span in unmet(request, owed, [*others, entry])}
    for quota, span in unmet(request, owed, [*others, moved]):
        if (quota.per, span.start) not in short_before and span.start not in excused:
            raise NotNow(
                f"ถ้าย้าย {_named(span)} จะไม่ครบ {span.quota} เรื่อง {_KEPT} โปรดเพิ่มรายการในช่วงนั้นก่อน หรือบันทึกเหตุยกเว้น"
            )


def _named(span: Span) -> str:
    if span.start == span.end:
        return f"วันที่ {format_date(span.start, style='short')}"
    return f"ช่วง {format_date(span.start, style='short')} ถึง {format_date(span.end, style='short')}"
