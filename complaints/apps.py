"""Registers the complaints and answers for complainants' addresses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    """What the public lodges."""

    name = "complaints"
    verbose_name = _("Complaints")

    def ready(self) -> None:
        """Tell the outbox where a complainant is reached."""
        from core import recipients  # models load after apps

        from .addresses import COMPLAINANT, address_of_complainant

        recipients.register(COMPLAINANT, address_of_complainant)
