"""Offices and staff."""

from django.urls import URLPattern, path

from saisaat.web.people import imports, line, offices, person, views

urlpatterns: list[URLPattern] = [
    path("people", views.index, name="people"),
    path("people/add", views.add, name="people-add"),
    path("people/export", views.export, name="people-export"),
    path("people/offices", offices.offices, name="people-offices"),
    path("people/offices/add", offices.add, name="people-office-add"),
    path("people/offices/<slug:office_id>", offices.office, name="people-office"),
    path("people/offices/<slug:office_id>/rename", offices.rename, name="people-office-rename"),
    path("people/offices/<slug:office_id>/merge", offices.merge, name="people-office-merge"),
    path("people/import", imports.choose_file, name="people-import"),
    path("people/import/example", imports.example, name="people-example"),
    path("people/import/<slug:upload_id>", imports.look, name="people-preview"),
    path("people/import/<slug:upload_id>/columns", imports.columns, name="people-columns"),
    path("people/import/<slug:upload_id>/answers", imports.answers, name="people-answers"),
    path("people/import/<slug:upload_id>/confirm", imports.confirm, name="people-confirm"),
    path("people/import/<slug:upload_id>/run", imports.run, name="people-run"),
    path("people/import/<slug:upload_id>/errors.xlsx", imports.errors, name="people-errors"),
    path("people/import/<slug:upload_id>/drop", imports.drop, name="people-drop"),
    path("people/line", line.index, name="people-line"),
    path("people/line/codes", line.codes, name="people-line-codes"),
    path("people/line/<slug:request_id>/grant", line.grant, name="people-line-grant"),
    path("people/line/<slug:request_id>/refuse", line.refuse, name="people-line-refuse"),
    path("people/<slug:person_id>/unlink", line.unlink, name="person-unlink"),
    path("people/<slug:person_id>", person.person, name="person"),
    path("people/<slug:person_id>/correct", person.correct, name="person-correct"),
    path("people/<slug:person_id>/post", person.post, name="person-post"),
    path("people/<slug:person_id>/leave", person.leave, name="person-leave"),
]
