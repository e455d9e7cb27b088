"""What the plan's pages share: finding the plan and an entry, weighing a change, coming back to the day."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from saisaat.domain.cadence import local_day
from saisaat.domain.errors import DomainError
from saisaat.domain.plan import PlannedEntry
from saisaat.domain.plan_moves import move_cautions
from saisaat.domain.plan_notices import Notice
from saisaat.domain.topics import Topic
from saisaat.queries import pages
from saisaat.queries.plan import SeasonPlan, Slot, season_plan
from saisaat.records.models import Campaign, PlanEntry
from saisaat.web.access import Visit
from saisaat.web.words import said


def campaign_of(visit: Visit) -> Campaign | None:
    """The campaign whose plan is shown; None where there is none with a period yet."""
    campaign = pages.current_campaign(visit.province)
    return campaign if campaign is not None and campaign.period_start is not None else None


def wanted_campaign(visit: Visit) -> Campaign:
    campaign = campaign_of(visit)
    if campaign is None:
        raise Http404(_("ยังไม่มีโครงการที่มีช่วงเวลา"))
    return campaign


def no_campaign(request: HttpRequest) -> HttpResponse:
    return render(request, "saisaat/no_campaign.html")


def find_slot(visit: Visit, entry_id: str) -> tuple[SeasonPlan, Slot]:
    """An entry of the province with its whole plan around it."""
    entry = PlanEntry.of(visit.province).select_related("campaign").filter(pk=entry_id).first()
    if entry is None or entry.campaign.period_start is None:
        raise Http404(_("ไม่พบรายการนี้ในแผน"))
    plan = season_plan(entry.campaign)
    slot = next((slot for slot in plan.slots if slot.entry.pk == entry.pk), None)
    if slot is None:
        raise Http404(_("ไม่พบรายการนี้ในแผน"))
    return plan, slot


def to_day(at: date | datetime, day: date | None = None) -> HttpResponse:
    """Back to the calendar, at the day."""
    on = day or local_day(at) if isinstance(at, datetime) else at
    return redirect(f"{reverse('plan')}?month={on:%Y-%m}#d-{on:%Y-%m-%d}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say to a change somebody has in mind: why not, or what to know before. `at`: its new time."""

    at: datetime | None = None
    refused: str = ""
    cautions: tuple[Notice, ...] = ()

    @property
    def seen(self) -> str:
        """Fixes these cautions, so that a confirmation is of what was shown."""
        return fingerprint(self.cautions)

    def agreed(self, seen: str) -> bool:
        """Nothing is refused, and the person saw every caution."""
        return not self.refused and (not self.cautions or seen == self.seen)


def weigh(check: Callable[[], None], plan: SeasonPlan, changes: Sequence[tuple[PlannedEntry, datetime]]) -> Verdict:
    """The verdict on giving entries new times; `check` raises where it is refused."""
    at = changes[0][1]
    try:
        check()
    except DomainError as error:
        return Verdict(at, said(error))
    rest = plan.others(*(entry.no for entry, _new_at in changes))
    found: list[Notice] = []
    for entry, new_at in changes:
        others = [*rest, *(replace(other, at=then) for other, then in changes if other is not entry)]
        found += move_cautions(entry, new_at, others, plan.request, list(plan.excused))
    return Verdict(at, "", tuple(with_headlines(dict.fromkeys(found), plan.request.topics)))


def with_headlines(notices: Any, topics: Sequence[Topic]) -> list[Notice]:
    """The notices with topics named by their headlines, as people know them."""
    names = {topic.id: topic.headline for topic in topics}
    return [
        Notice(n.worry, n.nos, n.days, names.get(n.name, n.name), n.count, n.quota) if n.name in names else n
        for n in notices
    ]


def fingerprint(thing: object) -> str:
    """A short digest of what was shown."""
    return hashlib.sha256(repr(thing).encode()).hexdigest()[:20]


def part_or_page(request: HttpRequest, page: str, parts: dict[str, str], context: dict[str, Any]) -> HttpResponse:
    """The whole page, or with `?part=NAME` one of its parts alone."""
    template = parts.get(request.GET.get("part", ""), page)
    return render(request, template, context)
