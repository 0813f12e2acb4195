"""Entry point of the web server (gunicorn)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efficiency_portal.settings")

application = get_wsgi_application()

from core import vault  # noqa: E402 Django must be set up first

vault.ring()  # a web process runs no system checks: one with a broken key ring must not come up and fail at each complaint
