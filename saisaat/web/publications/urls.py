"""What went into the groups."""

from django.urls import URLPattern, path

from saisaat.web.publications import counting, views

urlpatterns: list[URLPattern] = [
    path("publications", views.publications, name="publications"),
    path("publications/<slug:delivery_id>", views.publication, name="publication"),
    path("publications/<slug:delivery_id>/readers", counting.readers, name="publication-readers"),
    path("publications/<slug:delivery_id>/close", counting.close, name="publication-close"),
    path("uncertain", views.uncertain, name="uncertain"),
    path("uncertain/<slug:delivery_id>", views.resolve_uncertain, name="resolve"),
]
