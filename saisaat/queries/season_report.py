"""The season report's facts: the campaign's own words, the figures given, and a row for every publication."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from saisaat.documents.season import (
    CampaignFacts,
    CostFigures,
    DeliveryFigures,
    GroupFigures,
    KpiResult,
    MemoHead,
    MonthFigures,
    Publication,
    Reuse,
    SeasonReport,
    TrackingFigures,
    WeekFigures,
)
from saisaat.domain.cadence import Kind, Per, Quota, SpanResult, local_day
from saisaat.domain.delivery import DELIVERED_STATES, State, Way
from saisaat.domain.feedback import CommentKind
from saisaat.domain.thai import thai_number
from saisaat.posters.styles import STYLES
from saisaat.queries import season
from saisaat.records.models import Campaign, Comment, Delivery, Kpi

_MEASURES = {"percent": "ร้อยละ {}", "count": "จำนวน {}", "mean_score": "ค่าเฉลี่ย {}", "baht": "{} บาท"}


def season_report(campaign: Campaign, figures: Mapping[str, Any], *, dated: date, rehearsal: bool) -> SeasonReport:
    """`figures` in the shape of `saisaat rehearse --json`: whoever counted them, from tables or from a transcript."""
    delivered = figures["deliveries"]
    groups = season.campaign_groups(campaign)
    reasons = {r.span.no: r.excused for q in season.quotas(campaign) if q.per is Per.WEEK for r in _judged(campaign, q)}
    return SeasonReport(
        head=_head(campaign, dated),
        campaign=_facts(campaign, [group.name for group in groups]),
        announced=figures["announced"],
        weeks=tuple(
            WeekFigures(
                w["week"],
                date.fromisoformat(w["from"]),
                date.fromisoformat(w["to"]),
                w["posters"],
                w["quota"],
                w["met"],
                reasons.get(w["week"]),
            )
            for w in figures["weeks"]
        ),
        months=tuple(
            MonthFigures(date.fromisoformat(f"{m['month']}-01"), m["clips"], m["quota"], m["met"])
            for m in figures["months"]
        ),
        deliveries=DeliveryFigures(
            due=delivered["due"] * len(groups),
            **{name: delivered[name] for name in ("sent", "missed", "uncertain", "failed", "double")},
        ),
        ways={Way(way): count for way, count in figures["ways"].items()},
        cost=_cost(figures["cost"]),
        tracking=TrackingFigures(**figures["tracking"]),
        publications=_publications(campaign, {group.pk: place for place, group in enumerate(groups)}),
        comment_kinds=_comment_kinds(campaign),
        kpis=tuple(_kpi(kpi) for kpi in campaign.kpis.all()),
        reuse=_reuses(campaign),
        rehearsal=rehearsal,
    )


def _judged(campaign: Campaign, quota: Quota) -> Iterable[SpanResult]:
    return season.judged(campaign, quota) if quota.kind is Kind.POSTER else ()


def _head(campaign: Campaign, dated: date) -> MemoHead:
    signatures = {s["role"]: s.get("position") or "" for s in campaign.content.get("signatures", [])}
    title = campaign.title if campaign.title.startswith("โครงการ") else f"โครงการ {campaign.title}"
    return MemoHead(
        office=campaign.office_name,
        dated=dated,
        subject=f"รายงานผลการดำเนินงาน{title}",
        addressee=signatures.get("endorser") or "ผู้บังคับบัญชา",
        signer=signatures.get("proposer") or "ผู้เสนอโครงการ",
    )


def _facts(campaign: Campaign, groups: list[str]) -> CampaignFacts:
    assert campaign.period_start is not None and campaign.period_end is not None
    content = campaign.content
    return CampaignFacts(
        title=campaign.title,
        office=campaign.office_name,
        start=campaign.period_start,
        end=campaign.period_end,
        rationale=content.get("rationale") or "",
        objectives=tuple(content.get("objectives") or ()),
        target=(content.get("target") or {}).get("text") or "",
        quotas=season.quotas(campaign),
        groups=tuple(groups),
    )


def _cost(cost: Mapping[str, Any]) -> CostFigures:
    months = tuple((date.fromisoformat(f"{month}-01"), heads) for month, heads in cost["by_month"].items())
    return CostFigures(cost["baht"], cost["messages_counted"], cost["free_limit_per_month"], months)


def _publications(campaign: Campaign, places: Mapping[str, int]) -> tuple[Publication, ...]:
    known = {row.delivery.pk: row for row in season.publications(campaign)}
    by_entry: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in season.deliveries_of(campaign):
        by_entry[str(delivery.entry_id)].append(delivery)
    found = []
    for rows in by_entry.values():
        entry = rows[0].entry
        fates = tuple(_fate(row, places[str(row.group_id)], known.get(row.pk)) for row in rows)
        titles = dict.fromkeys(row.item.title for row in rows if row.item)
        found.append(Publication(local_day(entry.at), " / ".join(titles) or entry.title, Kind(entry.kind), fates))
    return tuple(found)


def _fate(delivery: Delivery, place: int, row: season.Publication | None) -> GroupFigures:
    if row is None or delivery.state not in DELIVERED_STATES:
        return GroupFigures(place, State(delivery.state))
    closed = row.closeout
    return GroupFigures(
        group=place,
        state=State(delivery.state),
        way=Way(delivery.way) if delivery.way else None,
        taps=closed.taps if closed else row.taps,
        no_figure_reason=closed.no_figure_reason if closed else "",
        acknowledgements=closed.acknowledgements if closed else row.acknowledgements,
        reactions=closed.reactions if closed else row.reactions,
        comments=closed.comments if closed else row.comments,
    )


def _comment_kinds(campaign: Campaign) -> dict[CommentKind, int]:
    rows = Comment.of(campaign.province_id).filter(Comment.in_campaign(campaign)).values_list("kind", "guess")
    return dict(Counter(CommentKind(kind or guess) for kind, guess in rows))


def _kpi(kpi: Kpi) -> KpiResult:
    target = _MEASURES[kpi.measure].format(thai_number(float(kpi.target))) if kpi.measure and kpi.target else ""
    return KpiResult(kpi.no, kpi.text, target)


def _reuses(campaign: Campaign) -> tuple[Reuse, ...]:
    """Topics a group saw again, each with the day it saw them first. Read from what went out, not from the plan."""
    first: dict[tuple[str, int], date] = {}
    found = []
    for row in season.deliveries_of(campaign):
        if row.topic_id is None or row.sent_at is None or row.topic is None:
            continue
        day = local_day(row.sent_at)
        key = (str(row.group_id), row.topic_id)
        if key in first:
            found.append(Reuse(row.topic.headline, first[key], day, STYLES[row.style].title))
        first.setdefault(key, day)
    return tuple(found)
