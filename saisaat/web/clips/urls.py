"""Clips by link."""

from django.urls import URLPattern, path

from saisaat.web.clips import views

urlpatterns: list[URLPattern] = [
    path("clips", views.clips, name="clips"),
    path("clips/new", views.new, name="clip-new"),
    path("clips/search", views.search, name="clips-search"),
]
