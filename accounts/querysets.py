"""Which accounts are found for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import UserManager

if TYPE_CHECKING:
    from django.db import models

    from .models import User
    from .roles import Role


class AccountManager(UserManager["User"]):
    """Accounts, found by role."""

    def with_role(self, role: Role) -> models.QuerySet[User]:
        """Return the active accounts that hold this role, in a fixed order."""
        return self.filter(is_active=True, roles__contains=[role.value]).order_by("pk")
