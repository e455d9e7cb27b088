"""What anybody may open: in an ordinary browser, and below `/liff/<channel>` inside LINE's app."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path, re_path

from saisaat.web.public import comments, liff, me, reading, views

_ITEM = "i/<slug:slug>/<slug:code>"
_LIFF = "liff/<slug:channel_id>"


def _both(view: Callable[..., HttpResponse], name: str, end: str = "") -> list[URLPattern]:
    """The same page outside LINE's app and inside."""
    return [path(f"{_ITEM}{end}", view, name=name), path(f"{_LIFF}/{_ITEM}{end}", view, name=f"liff-{name}")]


urlpatterns: list[URLPattern] = [
    path("i/<slug:slug>", views.item_page, name="item-qr"),
    *_both(views.item_page, "item"),
    *_both(reading.press, "item-press", "/press"),
    *_both(reading.quiz, "item-quiz", "/quiz"),
    *_both(reading.clip, "item-clip", "/clip"),
    path(f"{_LIFF}/{_ITEM}/seen", reading.seen, name="liff-item-seen"),
    path(_LIFF, liff.entry, name="liff"),
    path(f"{_LIFF}/me", me.me, name="liff-me"),
    path(f"{_LIFF}/me/state", me.state, name="liff-me-state"),
    path(f"{_LIFF}/me/link", me.link, name="liff-me-link"),
    path(f"{_LIFF}/me/ask", me.ask, name="liff-me-ask"),
    path(f"{_LIFF}/me/unlink", me.unlink, name="liff-me-unlink"),
    path(f"{_LIFF}/me/erase", me.forget, name="liff-me-erase"),
    *_both(comments.item_comment, "item-comment", "/comment"),
    path("a/receipt", comments.receipt, name="receipt"),
    path("a/<slug:slug>/<slug:code>", comments.anonymous, name="anonymous"),
    re_path(r"^media/(?P<sha256>[0-9a-f]{64})\.jpg$", views.media, name="media"),
]
