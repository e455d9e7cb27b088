"""Running a campaign: it starts with its plan, ends when nothing of the plan is open, and may be opened again."""

from datetime import datetime

from django.db import transaction

from saisaat.domain.campaign import Status, check_end, check_start
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.queries.trail import unfinished
from saisaat.records import audit
from saisaat.records.models import Campaign


def start(*, campaign: Campaign, by: Actor, now: datetime) -> Campaign:
    """Let an approved campaign with a plan run, or open an ended one again."""
    check_may(by, Deed.RUN_CAMPAIGN)
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
        check_start(Status(campaign.status), campaign.entries.filter(withdrawn_at__isnull=True).count())
        return _put(campaign, Status.RUNNING, "campaign.start", by, now)


def end(*, campaign: Campaign, by: Actor, now: datetime) -> Campaign:
    """Close a campaign of which every publication is closed, missed or withdrawn."""
    check_may(by, Deed.RUN_CAMPAIGN)
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
        check_end(Status(campaign.status), unfinished(campaign))
        return _put(campaign, Status.ENDED, "campaign.end", by, now)


def _put(campaign: Campaign, status: Status, action: str, by: Actor, now: datetime) -> Campaign:
    campaign.status = status
    campaign.save(update_fields=["status"])
    audit.append(by=by, action=action, row=campaign, now=now)
    return campaign
