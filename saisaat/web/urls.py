"""Addresses of the pages: each area names its own."""

from django.urls import URLPattern, URLResolver, include, path

from saisaat.web import service
from saisaat.web.account.urls import urlpatterns as account
from saisaat.web.campaign.urls import urlpatterns as campaign
from saisaat.web.clips.urls import urlpatterns as clips
from saisaat.web.comments.urls import urlpatterns as comments
from saisaat.web.home.urls import urlpatterns as home
from saisaat.web.people.urls import urlpatterns as people
from saisaat.web.plan.urls import urlpatterns as plan
from saisaat.web.public.urls import urlpatterns as public
from saisaat.web.publications.urls import urlpatterns as publications
from saisaat.web.review.urls import urlpatterns as review
from saisaat.web.season.urls import urlpatterns as season
from saisaat.web.settings.urls import urlpatterns as settings
from saisaat.web.studio.urls import urlpatterns as studio

urlpatterns: list[URLPattern | URLResolver] = [
    *home,
    *account,
    *campaign,
    *people,
    *season,
    *plan,
    *studio,
    *clips,
    *review,
    *publications,
    *comments,
    *settings,
    *public,
    path("fonts/<str:name>", service.font, name="font"),
    path("theme", service.set_theme, name="theme"),
    path("language/", include("django.conf.urls.i18n")),
    path("health", service.health, name="health"),
]
