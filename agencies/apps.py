"""Registers the agencies with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """The agencies."""

    name = "agencies"
    verbose_name = _("Agencies")
