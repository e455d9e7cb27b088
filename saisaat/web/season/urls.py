"""The season at a glance."""

from django.urls import URLPattern, path

from saisaat.web.season import views

urlpatterns: list[URLPattern] = [
    path("season", views.season, name="season"),
    path("costs", views.costs, name="costs"),
    path("practice", views.practice, name="practice"),
]
