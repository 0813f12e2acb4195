"""Registers the complaints and answers for complainants' addresses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    """What the public lodges."""

    name = "complaints"
    verbose_name = _("Complaints")

    def ready(self) -> None:
        """Declare what is sealed, where recipients are reached, what only a message may hold, where helper clerks start."""
        from accounts import landing
        from accounts.roles import OFFICE, Role
        from core import recipients, rendering  # models load after apps
        from core.files import scanning

        from . import actions, addresses, drafts, sealed

        sealed.declare()
        recipients.register(addresses.COMPLAINANT, addresses.address_of_complainant)
        recipients.register(drafts.DRAFT, drafts.address_of_draft)
        scanning.after_infection.register(actions.lock_infected)
        rendering.register_secrets("complaints/phone_code", drafts.secrets_of_draft)
        landing.register(lambda user: user.has_role(Role.HELPER_CLERK) and not user.has_role(*OFFICE), "filings:list")
