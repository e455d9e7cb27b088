"""What was said, and the answers."""

from django.urls import URLPattern, path

from saisaat.web.comments import desk, views

urlpatterns: list[URLPattern] = [
    path("comments", desk.comments, name="comments"),
    path("comments/confirm", desk.confirm_many, name="comments-confirm"),
    path("comments/templates", desk.templates, name="comments-templates"),
    path("comments/<slug:comment_id>", views.comment, name="comment"),
    path("comments/<slug:comment_id>/confirm", views.confirm, name="confirm"),
    path("comments/<slug:comment_id>/answer", views.answer, name="answer"),
    path("comments/<slug:comment_id>/owner", views.owner, name="comment-owner"),
    path("comments/<slug:comment_id>/end", views.end, name="comment-end"),
    path("comments/<slug:comment_id>/hide", views.hide, name="comment-hide"),
    path("comments/<slug:comment_id>/show", views.show, name="comment-show"),
]
