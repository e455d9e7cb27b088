"""What the office chooses and connects."""

from django.urls import URLPattern, path

from saisaat.web.settings import campaign, channel, clock, comment_words, groups, liff, office, roster, traffic, views

urlpatterns: list[URLPattern] = [
    path("settings", views.settings_home, name="settings"),
    path("settings/channel", channel.channel, name="settings-channel"),
    path("settings/channel/test", channel.test, name="settings-channel-test"),
    path("settings/channel/practice", channel.practice, name="settings-channel-practice"),
    path("settings/channel/liff", liff.liff, name="settings-channel-liff"),
    path("settings/clock", clock.set_clock, name="settings-clock"),
    path("settings/groups", groups.groups, name="settings-groups"),
    path("settings/groups/read", groups.read, name="settings-groups-read"),
    path("settings/groups/<slug:group_id>", groups.group, name="settings-group"),
    path("settings/duty", roster.roster, name="settings-duty"),
    path("settings/duty/<int:turn_id>/remove", roster.remove, name="settings-duty-remove"),
    path("settings/campaign", campaign.campaign, name="settings-campaign"),
    path("settings/office", office.office, name="settings-office"),
    path("settings/words", comment_words.comment_words, name="settings-words"),
    path("settings/words/try", comment_words.try_out, name="settings-words-try"),
    path("settings/words/out", comment_words.take_out, name="settings-words-out"),
    path("settings/words/file", comment_words.export, name="settings-words-file"),
    path("settings/words/import", comment_words.bring_in, name="settings-words-import"),
    path("settings/words/<int:phrase_id>/forget", comment_words.forget, name="settings-words-forget"),
    path("settings/traffic", traffic.traffic, name="settings-traffic"),
]
