"""The project document, its signatures, its working group."""

from django.urls import URLPattern, path

from saisaat.web.campaign import begin, group, papers, reading, signing, views

urlpatterns: list[URLPattern] = [
    path("campaign", views.index, name="campaign"),
    path("campaign/new", begin.begin, name="campaign-new"),
    path("campaign/<str:campaign_id>", views.show, name="campaign-show"),
    path("campaign/<str:campaign_id>/start", views.start, name="campaign-start"),
    path("campaign/<str:campaign_id>/end", views.end, name="campaign-end"),
    path("campaign/<str:campaign_id>/discard", views.discard, name="campaign-discard"),
    path("campaign/<str:campaign_id>/read", reading.read, name="campaign-read"),
    path("campaign/<str:campaign_id>/read/<str:name>", reading.section, name="campaign-section"),
    path("campaign/<str:campaign_id>/settle", reading.settle, name="campaign-settle"),
    path("campaign/<str:campaign_id>/source", reading.source, name="campaign-source"),
    path("campaign/<str:campaign_id>/sign", signing.page, name="campaign-sign"),
    path("campaign/<str:campaign_id>/sign/proposer", signing.sign_as_proposer, name="campaign-sign-proposer"),
    path("campaign/<str:campaign_id>/sign/endorser", signing.sign_as_endorser, name="campaign-sign-endorser"),
    path("campaign/<str:campaign_id>/sign/approver", signing.sign_as_approver, name="campaign-sign-approver"),
    path("campaign/<str:campaign_id>/versions/<str:sha256>", signing.version, name="campaign-version"),
    path("campaign/<str:campaign_id>/proposal.<str:kind>", papers.proposal, name="campaign-paper"),
    path("campaign/<str:campaign_id>/order/<str:order_id>.<str:kind>", papers.order, name="campaign-order-paper"),
    path("campaign/<str:campaign_id>/group", group.page, name="campaign-group"),
    path("campaign/<str:campaign_id>/group/save", group.save, name="campaign-group-save"),
    path("campaign/<str:campaign_id>/group/order", group.order, name="campaign-order"),
]
