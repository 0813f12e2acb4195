"""The roles of the portal. What a role may do stands in each room's `permissions.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person signs in as. An account may hold several, but the three kinds of administrator never together."""

    OFFICER = "officer", _("Officer")
    OFFICE_LEADER = "office_leader", _("Office leader")
    LIAISON_OFFICER = "liaison_officer", _("Agency liaison officer")
    AGENCY_LEADER = "agency_leader", _("Agency leader")
    HELPER_CLERK = "helper_clerk", _("Helper unit clerk")
    SUPERVISOR = "supervisor", _("Supervisor")
    FINANCE = "finance", _("Finance")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
OFFICE = (Role.OFFICER, Role.OFFICE_LEADER)
AGENCY = (Role.LIAISON_OFFICER, Role.AGENCY_LEADER)
