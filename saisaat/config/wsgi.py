"""The pages as a WSGI application (never under Django's ASGI handler: docs/adr/0004)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saisaat.config.settings")
application = get_wsgi_application()
