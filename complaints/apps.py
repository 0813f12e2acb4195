"""Registers the complaints and answers for complainants' addresses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    """What the public lodges."""

    name = "complaints"
    verbose_name = _("Complaints")

    def ready(self) -> None:
        """Declare what is sealed; tell the outbox where complainants and drafts are reached and what only a message may hold."""
        from core import recipients, rendering  # models load after apps
        from core.files import scanning

        from . import actions, addresses, drafts, sealed

        sealed.declare()
        recipients.register(addresses.COMPLAINANT, addresses.address_of_complainant)
        recipients.register(drafts.DRAFT, drafts.address_of_draft)
        scanning.after_infection.register(actions.lock_infected)
        rendering.register_secrets("complaints/phone_code", drafts.secrets_of_draft)
