"""Making posters."""

from django.urls import URLPattern, path

from saisaat.web.studio import making, pictures, quiz, views

urlpatterns: list[URLPattern] = [
    path("studio", views.index, name="studio"),
    path("studio/topics", views.topics, name="studio-topics"),
    path("studio/new", making.new, name="studio-new"),
    path("studio/preview", making.preview, name="studio-preview"),
    path("studio/samples", making.samples, name="studio-samples"),
    path("studio/picture/<str:token>/<str:size>.jpg", pictures.picture, name="studio-picture"),
    path("studio/pictures", pictures.own, name="studio-pictures"),
    path("studio/items", views.items, name="studio-items"),
    path("studio/items/<str:item_id>", views.item, name="studio-item"),
    path("studio/items/<str:item_id>/edit", making.again, name="studio-edit"),
    path("studio/items/<str:item_id>/quiz", quiz.quiz, name="studio-quiz"),
    path("studio/items/<str:item_id>/versions", views.compare, name="studio-compare"),
    path("studio/items/<str:item_id>/submit", views.submit, name="studio-submit"),
    path("studio/items/<str:item_id>/discard", views.discard, name="studio-discard"),
    path("studio/items/<str:item_id>/take-back", views.take_back, name="studio-take-back"),
]
