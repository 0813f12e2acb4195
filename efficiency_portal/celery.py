"""The Celery application; `celery -A efficiency_portal worker` and `beat` start here."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efficiency_portal.settings")

app = Celery("efficiency_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
