"""The plan of the season."""

from django.urls import URLPattern, path

from saisaat.web.plan import changing, exports, making, views

urlpatterns: list[URLPattern] = [
    path("plan", views.month, name="plan"),
    path("entries", views.entries, name="entries"),
    path("plan/check", views.check, name="plan-check"),
    path("plan/history", views.history, name="plan-history"),
    path("plan/week", views.week, name="plan-week"),
    path("plan/week/excuse", changing.excuse, name="plan-excuse"),
    path("plan/week/unexcuse", changing.unexcuse, name="plan-unexcuse"),
    path("plan/make", making.make, name="plan-make"),
    path("plan/fill", making.fill, name="plan-fill"),
    path("plan/announce", making.announce, name="plan-announce"),
    path("plan/announce/write", making.announce_write, name="plan-announce-write"),
    path("plan/announce/submit", making.announce_submit, name="plan-announce-submit"),
    path("plan/announce/again", making.announce_anew, name="plan-announce-again"),
    path("plan.ics", exports.download, {"form": "ics"}, name="plan-ics"),
    path("plan.xlsx", exports.download, {"form": "xlsx"}, name="plan-xlsx"),
    path("plan.pdf", exports.download, {"form": "pdf"}, name="plan-pdf"),
    path("plan/add", changing.add, name="plan-add"),
    path("plan/entries/<str:entry_id>", views.entry, name="plan-entry"),
    path("plan/entries/<str:entry_id>/move", changing.move, name="plan-move"),
    path("plan/entries/<str:entry_id>/swap", changing.swap, name="plan-swap"),
    path("plan/entries/<str:entry_id>/edit", changing.edit, name="plan-edit"),
    path("plan/entries/<str:entry_id>/withdraw", changing.withdraw, name="plan-withdraw"),
]
