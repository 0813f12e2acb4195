"""Registers the cases and answers the ports of the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """What the office does about complaints."""

    name = "cases"
    verbose_name = _("Cases")
