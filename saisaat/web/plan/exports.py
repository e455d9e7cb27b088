"""The plan to take away: a calendar, a sheet, a printed table. All three are Thai, whatever the page's language."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saisaat.documents.action_plan import PlanRow, PlanSheet, plan_ics, plan_pdf, plan_xlsx
from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import local_day
from saisaat.domain.roles import Deed
from saisaat.queries.plan import SeasonPlan, Slot, season_plan
from saisaat.queries.plan_pages import history
from saisaat.records import clock
from saisaat.web.access import Visit, needs
from saisaat.web.plan.common import campaign_of
from saisaat.web.studio.drawing import sample_pool
from saisaat.web.words import KINDS, STATES

TYPES = {
    "ics": "text/calendar; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@require_safe
@needs(Deed.SEE)
def download(request: HttpRequest, visit: Visit, *, form: str) -> HttpResponse:
    """The whole plan as `form`: ics, xlsx or pdf."""
    campaign = campaign_of(visit)
    if campaign is None:
        raise Http404(_("ยังไม่มีโครงการที่มีช่วงเวลา"))
    plan = season_plan(campaign)
    with translation.override("th"):
        sheet = plan_sheet(plan)
    if form == "ics":
        last = history(campaign).values_list("at", flat=True).first()
        data = plan_ics(sheet, updated=last or campaign.created_at)
    else:
        data = plan_xlsx(sheet) if form == "xlsx" else plan_pdf(sheet, sample_pool())
    name = f"แผนปฏิบัติการ-{sheet.made_on:%Y-%m-%d}.{form}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(data, content_type=TYPES[form], headers=headers)


def plan_sheet(plan: SeasonPlan) -> PlanSheet:
    """Every entry, withdrawn ones too, so that a calendar that had one drops it."""
    campaign = plan.campaign
    assert campaign.period_start is not None and campaign.period_end is not None
    return PlanSheet(
        title=campaign.title,
        office=campaign.office_name,
        period=(campaign.period_start, campaign.period_end),
        rows=tuple(_row(slot) for slot in plan.slots),
        made_on=local_day(clock.now()),
    )


def _row(slot: Slot) -> PlanRow:
    entry = slot.entry
    return PlanRow(
        no=entry.no,
        at=entry.at,
        kind=str(KINDS[ItemKind(entry.kind)]),
        title=slot.title,
        groups=tuple(delivery.group.name for delivery in slot.deliveries),
        owner=entry.owner.name if entry.owner else "",
        state=_state(slot),
        uid=entry.pk,
        withdrawn=entry.withdrawn_at is not None,
    )


def _state(slot: Slot) -> str:
    """One word where all groups stand alike, else each group's."""
    if slot.entry.withdrawn_at is not None:
        return f"ถอนออกจากแผน: {slot.entry.withdrawn_reason}"
    if len(slot.states) == 1:
        return str(STATES[next(iter(slot.states))])
    return ", ".join(f"{delivery.group.name}: {STATES[delivery.state]}" for delivery in slot.deliveries)  # type: ignore[index]
