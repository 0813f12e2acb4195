"""Registers the ground floor with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The ground floor, used by every other room."""

    name = "core"
    verbose_name = _("Ground floor")
