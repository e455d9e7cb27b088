"""What anybody may open."""

from django.urls import URLPattern, path, re_path

from saisaat.web.public import views

urlpatterns: list[URLPattern] = [
    path("i/<slug:slug>", views.item_page, name="item-qr"),
    path("i/<slug:slug>/<slug:code>", views.item_page, name="item"),
    path("i/<slug:slug>/<slug:code>/comment", views.item_comment, name="item-comment"),
    re_path(r"^media/(?P<sha256>[0-9a-f]{64})\.jpg$", views.media, name="media"),
]
