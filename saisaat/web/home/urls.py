"""What is due today, and the way to everything else."""

from django.urls import URLPattern, path

from saisaat.web.home import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("more", views.more, name="more"),
    path("kept", views.kept, name="kept"),
]
