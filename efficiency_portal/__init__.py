"""The project: settings, addresses, processes. Stands above every room; no room imports it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
