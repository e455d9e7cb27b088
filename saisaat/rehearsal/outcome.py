"""What a rehearsal found, recounted from the practice LINE's transcript: as JSON and as a table."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import Kind, Per, Quota, SpanResult, judge
from saisaat.domain.delivery import State, Way
from saisaat.domain.thai import format_date
from saisaat.queries.season import cost, deliveries_of, months_of, publications, quotas, season_spans, states
from saisaat.records.models import Delivery, Item, PlanEntry
from saisaat.rehearsal.recount import Recount, recount
from saisaat.rehearsal.season import Season

PUBLICATIONS = {ItemKind.POSTER.value, ItemKind.CLIP.value}


def outcome(season: Season) -> dict[str, Any]:
    """The season's figures; `report` and `wall_seconds` are added by the caller."""
    campaign = season.campaign
    found = recount(season.transcript)
    slugs = dict(Item.of(campaign.province_id).filter(campaign=campaign).values_list("slug", "kind"))
    groups = [group.channel_group for group in season.groups]
    spent = cost(campaign)
    return {
        "campaign": {
            "title": campaign.title,
            "office": campaign.office_name,
            "period": {"start": str(campaign.period_start), "end": str(campaign.period_end)},
            "groups": [group.name for group in season.groups],
        },
        "weeks": _weeks(season, found, slugs, groups),
        "months": _months(season, found, slugs, groups),
        "deliveries": _deliveries(season, found, slugs),
        "ways": {way.value: found.ways(slugs, PUBLICATIONS)[way] for way in Way},
        "cost": {
            "baht": 0 if _inside(found, spent.free_limit) else None,
            "messages_counted": sum(found.cost_by_month.values()),
            "free_limit_per_month": spent.free_limit,
            "by_month": {month: found.cost_by_month.get(month, 0) for month in months_of(campaign)},
        },
        "tracking": _tracking(season),
        "announced": found.announced_first(slugs, groups),
    }


def _inside(found: Recount, limit: int | None) -> bool:
    """Nothing was paid: nothing was counted, or every month stayed inside a limit that is known."""
    counted = [heads for heads in found.cost_by_month.values() if heads]
    return not counted or (limit is not None and max(counted) <= limit)


def _quota(season: Season, kind: Kind, per: Per) -> Quota | None:
    return next((quota for quota in quotas(season.campaign) if quota.kind is kind and quota.per is per), None)


def _judged(
    season: Season, found: Recount, slugs: dict[str, str], groups: Sequence[str], quota: Quota
) -> tuple[SpanResult, ...]:
    return judge(season_spans(season.campaign, quota), found.reached(slugs, quota.kind), groups)


def _weeks(season: Season, found: Recount, slugs: dict[str, str], groups: Sequence[str]) -> list[dict[str, Any]]:
    quota = _quota(season, Kind.POSTER, Per.WEEK)
    if quota is None:
        return []
    return [
        {
            "week": result.span.no,
            "from": str(result.span.start),
            "to": str(result.span.end),
            "posters": result.stories,
            "quota": result.span.quota,
            "met": result.met,
            "excused": result.excused is not None,
        }
        for result in _judged(season, found, slugs, groups, quota)
    ]


def _months(season: Season, found: Recount, slugs: dict[str, str], groups: Sequence[str]) -> list[dict[str, Any]]:
    quota = _quota(season, Kind.CLIP, Per.MONTH)
    if quota is None:
        return []
    return [
        {"month": f"{r.span.start:%Y-%m}", "clips": r.stories, "quota": r.span.quota, "met": r.met}
        for r in _judged(season, found, slugs, groups, quota)
    ]


def _deliveries(season: Season, found: Recount, slugs: dict[str, str]) -> dict[str, int]:
    """`due`: entries whose time came. `sent`: what arrived, group by group, so due x groups when all is well."""
    rows = deliveries_of(season.campaign)
    due = PlanEntry.of(season.campaign.province_id).filter(
        campaign=season.campaign, kind__in=PUBLICATIONS, at__lte=season.ended, withdrawn_at__isnull=True
    )
    by_state: Counter[State] = states(rows)
    return {
        "due": due.count(),
        "groups": len(season.groups),
        "sent": len(found.sent(slugs, PUBLICATIONS)),
        "missed": by_state[State.MISSED],
        "uncertain": by_state[State.UNCERTAIN],
        "failed": by_state[State.FAILED],
        "double": found.double(),
    }


def _tracking(season: Season) -> dict[str, int]:
    rows = publications(season.campaign)
    return {
        "publications": len(rows),
        "with_view_figure": sum(1 for row in rows if row.closeout and row.closeout.taps is not None),
        "with_comment_record": sum(1 for row in rows if row.closeout and row.closeout.comment_record),
        "closed": Delivery.of(season.campaign.province_id)
        .filter(entry__campaign=season.campaign, entry__kind__in=PUBLICATIONS, state=State.CLOSED)
        .count(),
    }


def table(result: dict[str, Any]) -> str:
    """The outcome as a person reads it, in Thai."""
    period = result["campaign"]["period"]
    lines = [
        result["campaign"]["title"],
        f"{result['campaign']['office']} · {_day(period['start'])} ถึง {_day(period['end'])}",
        "",
        "สัปดาห์  ช่วงวันที่                     ภาพ/เป้า  ผล",
    ]
    for week in result["weeks"]:
        mark = "ครบ" if week["met"] else "ยกเว้น" if week["excused"] else "ไม่ครบ"
        lines.append(
            f"{week['week']:>6}   {_day(week['from']):<14} - {_day(week['to']):<14} "
            f"{week['posters']:>3}/{week['quota']:<4} {mark}"
        )
    lines += ["", "เดือน     คลิป/เป้า  ผล"]
    for month in result["months"]:
        lines.append(f"{month['month']}   {month['clips']:>3}/{month['quota']:<5} {'ครบ' if month['met'] else 'ไม่ครบ'}")
    d, w, c, t = result["deliveries"], result["ways"], result["cost"], result["tracking"]
    limit = "ไม่ทราบ" if c["free_limit_per_month"] is None else c["free_limit_per_month"]
    lines += [
        "",
        f"ถึงกำหนด {d['due']} เรื่อง × {d['groups']} กลุ่ม  ส่งถึง {d['sent']}  ไม่ได้ส่ง {d['missed']}  "
        f"ไม่แน่ใจ {d['uncertain']}  ส่งไม่ได้ {d['failed']}  ซ้ำ {d['double']}",
        f"วิธีส่ง: ตอบกลับอัตโนมัติ {w['piggyback']}  เวรเผยแพร่ {w['duty']}  เจ้าหน้าที่แชร์ {w['relay']}  push {w['push']}",
        f"ค่าใช้จ่าย {c['baht']} บาท  ข้อความที่นับโควตา {c['messages_counted']} (ฟรีเดือนละ {limit})",
        f"ติดตาม: เผยแพร่ {t['publications']}  มีตัวเลขผู้เข้าชม {t['with_view_figure']}  "
        f"มีบันทึกความเห็น {t['with_comment_record']}  ปิดบันทึกแล้ว {t['closed']}",
        f"แจ้งแผนก่อนเริ่ม: {'แล้ว' if result['announced'] else 'ยัง'}",
    ]
    return "\n".join(lines)


def _day(iso: str) -> str:
    return format_date(date.fromisoformat(iso), style="short")
