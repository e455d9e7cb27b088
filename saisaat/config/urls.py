"""Every address of the product's pages."""

from saisaat.web.urls import urlpatterns

__all__ = ["urlpatterns"]
