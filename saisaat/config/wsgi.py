"""The pages as a WSGI application (never under Django's ASGI handler: docs/adr/0004)."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saisaat.config.settings")
application = get_wsgi_application()

# Every page's module is loaded before the first visitor comes, and what is loaded stays: a full collection in the
# middle of a request would otherwise walk it all, for some 90 ms.
assert get_resolver().url_patterns
gc.collect()
gc.freeze()
