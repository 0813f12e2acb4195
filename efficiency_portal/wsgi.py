"""Entry point of the web server (gunicorn)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efficiency_portal.settings")

application = get_wsgi_application()
