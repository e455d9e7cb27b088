"""All settings at a glance, each with what it stands at."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saisaat.domain.cadence import local_day
from saisaat.domain.campaign import CampaignSettings
from saisaat.domain.roles import Deed
from saisaat.queries import office, pages
from saisaat.records import clock
from saisaat.records.models import TrafficLogDecision
from saisaat.web.access import Visit, needs
from saisaat.web.settings.words import TRAFFIC_LOGS


@require_safe
@needs(Deed.CHANGE_SETTINGS)
def settings_home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where the office stands, and the way to each setting."""
    campaign = pages.current_campaign(visit.province)
    groups = office.group_settings(visit.province)
    traffic = TrafficLogDecision.of(visit.province).first()
    context = {
        "channel": office.channel_of(visit.province),
        "used": [one for one in groups if one.group.used and one.group.left_at is None],
        "new": [one for one in groups if not one.group.used and one.group.left_at is None],
        "on_duty": office.person_on_duty(visit.province, local_day(clock.now())),
        "campaign": campaign,
        "rules": CampaignSettings.from_json(campaign.settings) if campaign else None,
        "brand": office.brand_of(visit.province),
        "province": visit.account.province,
        "practice_url": settings.PRACTICE_URL,
        "traffic": traffic,
        "traffic_word": TRAFFIC_LOGS[TrafficLogDecision.Choice(traffic.choice)] if traffic else "",
    }
    return render(request, "saisaat/settings/settings.html", context)
