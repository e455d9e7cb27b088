"""When the box for comments without a name is opened, and for how long a campaign has one."""

from dataclasses import dataclass
from datetime import datetime

from saisaat.domain.anonymity import SMALLEST, end_of_waiting, next_opening
from saisaat.domain.campaign import CampaignSettings, Status
from saisaat.records.models import Campaign, Delivery, Group


def ends_on(campaign: Campaign) -> datetime | None:
    """When the campaign's box is emptied, whatever waits; None where its end is not known."""
    days = CampaignSettings.from_json(campaign.settings).close_after_days
    return end_of_waiting(campaign.period_end, days) if campaign.period_end else None


def is_over(campaign: Campaign, now: datetime) -> bool:
    """Whether nothing waits for a batch any more."""
    end = ends_on(campaign)
    return campaign.status == Status.ENDED or end is None or now >= end


def is_open(campaign: Campaign, now: datetime) -> bool:
    """Whether the campaign still takes comments without a name."""
    return campaign.status == Status.RUNNING and not is_over(campaign, now)


@dataclass(frozen=True, slots=True)
class BoxNotice:
    """What somebody is told before they write. `single`: the campaign speaks to one group only, so that leaving the
    group out hides nothing. `small`: the group is known to have fewer than five members.
    """

    is_open: bool
    opens: datetime
    ends: datetime | None
    single: bool
    small: bool


def notice(campaign: Campaign, group: Group, now: datetime) -> BoxNotice:
    """How many wait is in no notice: a number that moved by one would tell when somebody wrote."""
    groups = Delivery.of(campaign.province_id).filter(entry__campaign=campaign).order_by()
    return BoxNotice(
        is_open=is_open(campaign, now),
        opens=next_opening(now),
        ends=ends_on(campaign),
        single=groups.values("group").distinct().count() < 2,
        small=group.members is not None and group.members < SMALLEST,
    )
