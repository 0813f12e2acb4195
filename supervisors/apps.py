"""Registers the supervisors with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SupervisorsConfig(AppConfig):
    """Supervisors."""

    name = "supervisors"
    verbose_name = _("Supervisors")

    def ready(self) -> None:
        """Declare what is sealed, and where those who pay, those who audit and supervisors start."""
        from accounts import landing
        from accounts.roles import Role
        from cases import ports as case_ports
        from cases import sheets
        from complaints import ports

        from . import sealed  # models load after apps
        from .rewards import standings

        sealed.declare()
        landing.register(lambda user: user.has_role(Role.FINANCE), "supervisors:payouts")
        landing.register(lambda user: user.has_role(Role.AUDIT_ADMIN), "supervisors:audit")
        landing.register(lambda user: user.has_role(Role.SUPERVISOR), "supervisors:mine")
        ports.reward.register(standings.reward_of)
        ports.id_number_needed.register(standings.id_number_needed)
        case_ports.rewards_under_way.register(standings.rewards_under_way)
        sheets.register("supervisors:case_reward", pgettext_lazy("sheet", "Reward"))
