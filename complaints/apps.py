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
        from core import quiet, recipients, rendering  # models load after apps
        from core.files import scanning

        from . import actions, addresses, drafts, proofs, sealed

        sealed.declare()
        recipients.register(addresses.COMPLAINANT, addresses.address_of_complainant)
        recipients.register(drafts.DRAFT, drafts.address_of_draft)
        for kind in (proofs.PROVING, proofs.PARTING):
            recipients.register(kind, proofs.address_of_proof)
        recipients.register(proofs.FINDING, proofs.address_of_finding)
        scanning.after_infection.register(actions.lock_infected)
        rendering.register_secrets("complaints/phone_code", drafts.secrets_of_draft)
        rendering.register_secrets("complaints/proof_code", proofs.secrets_of_proof)
        quiet.let_through("complaints/phone_code", "complaints/proof_code", "complaints/number_left")
        landing.register(lambda user: user.has_role(Role.HELPER_CLERK) and not user.has_role(*OFFICE), "filings:list")
