"""Addresses of the pages."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from saisaat.web.views import account, comments, public, publications, season, service

urlpatterns: list[URLPattern | URLResolver] = [
    path("", season.season, name="season"),
    path("entries", season.entries, name="entries"),
    path("costs", season.costs, name="costs"),
    path("practice", season.practice, name="practice"),
    path("publications/<slug:delivery_id>", publications.publication, name="publication"),
    path("uncertain", publications.uncertain, name="uncertain"),
    path("uncertain/<slug:delivery_id>", publications.resolve_uncertain, name="resolve"),
    path("comments", comments.comments, name="comments"),
    path("comments/<slug:comment_id>", comments.comment, name="comment"),
    path("comments/<slug:comment_id>/confirm", comments.confirm, name="confirm"),
    path("comments/<slug:comment_id>/answer", comments.answer, name="answer"),
    path("sign-in", account.sign_in, name="sign-in"),
    path("sign-out", account.sign_out, name="sign-out"),
    path("i/<slug:slug>", public.item_page, name="item-qr"),
    path("i/<slug:slug>/<slug:code>", public.item_page, name="item"),
    path("i/<slug:slug>/<slug:code>/comment", public.item_comment, name="item-comment"),
    re_path(r"^media/(?P<sha256>[0-9a-f]{64})\.jpg$", public.media, name="media"),
    path("fonts/<str:name>", service.font, name="font"),
    path("theme", service.set_theme, name="theme"),
    path("language/", include("django.conf.urls.i18n")),
    path("health", service.health, name="health"),
]
