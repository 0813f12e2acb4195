"""The Celery application; `celery -A efficiency_portal worker` and `beat` start here."""

import os

from celery import Celery
from celery.signals import heartbeat_sent, setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efficiency_portal.settings")

from . import heartbeats

app = Celery("efficiency_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

heartbeat_sent.connect(heartbeats.WorkerHeart(), weak=False)


@setup_logging.connect(weak=False)
def keep_logging(**_options: object) -> None:
    """Leave logging as the settings have it: Celery's own would write tracebacks that nobody has scrubbed."""
