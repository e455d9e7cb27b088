"""Writing down who changed what in a plan. Call inside the transaction of the change."""

from datetime import date, datetime

from saisaat.domain.plan_changes import Change
from saisaat.domain.roles import Actor
from saisaat.records.models import Campaign, PlanChange, PlanEntry

LONGEST_REASON = 500


def note_change(
    kind: Change,
    campaign: Campaign,
    *,
    by: Actor,
    now: datetime,
    entry: PlanEntry | None = None,
    reason: str = "",
    **told: datetime | date | int | dict[str, list[str]] | None,
) -> None:
    """One row of the history. `told` are fields of `PlanChange`: before, after, day, count, fields."""
    PlanChange.everywhere.create(
        province_id=campaign.province_id,
        campaign=campaign,
        entry=entry,
        no=entry.no if entry else None,
        title=entry.title if entry else "",
        kind=kind,
        reason=reason.strip()[:LONGEST_REASON],
        by_id=by.id,
        at=now,
        **told,
    )
