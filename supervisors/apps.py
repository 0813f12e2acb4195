"""Registers the supervisors with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisorsConfig(AppConfig):
    """Supervisors."""

    name = "supervisors"
    verbose_name = _("Supervisors")

    def ready(self) -> None:
        """Declare what is sealed, and say where supervisors start."""
        from accounts import landing
        from accounts.roles import Role

        from . import sealed  # models load after apps

        sealed.declare()
        landing.register(lambda user: user.has_role(Role.SUPERVISOR), "supervisors:field")
