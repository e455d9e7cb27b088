"""The queue of what waits for a reviewer, one story, and a whole week at once."""

from django.urls import URLPattern, path

from saisaat.web.review import views, week

urlpatterns: list[URLPattern] = [
    path("reviews", views.index, name="reviews"),
    path("reviews/week", week.show, name="reviews-week"),
    path("reviews/week/approve", week.approve, name="reviews-week-approve"),
    path("reviews/<slug:item_id>", views.item, name="reviews-item"),
    path("reviews/<slug:item_id>/decide", views.decide, name="reviews-decide"),
    path("reviews/<slug:item_id>/void", views.void, name="reviews-void"),
    path("reviews/<slug:item_id>/submit", views.submit, name="reviews-submit"),
]
