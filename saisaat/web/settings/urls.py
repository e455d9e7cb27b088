"""What the office chooses and connects."""

from django.urls import URLPattern, path

from saisaat.web.settings import campaign, channel, clock, groups, office, roster, views

urlpatterns: list[URLPattern] = [
    path("settings", views.settings_home, name="settings"),
    path("settings/channel", channel.channel, name="settings-channel"),
    path("settings/channel/test", channel.test, name="settings-channel-test"),
    path("settings/channel/practice", channel.practice, name="settings-channel-practice"),
    path("settings/clock", clock.set_clock, name="settings-clock"),
    path("settings/groups", groups.groups, name="settings-groups"),
    path("settings/groups/read", groups.read, name="settings-groups-read"),
    path("settings/groups/<slug:group_id>", groups.group, name="settings-group"),
    path("settings/duty", roster.roster, name="settings-duty"),
    path("settings/duty/<int:turn_id>/remove", roster.remove, name="settings-duty-remove"),
    path("settings/campaign", campaign.campaign, name="settings-campaign"),
    path("settings/office", office.office, name="settings-office"),
]
