"""Accounts in the administration of look-up tables."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from .models import User


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    """Accounts: names, roles, passwords."""

    ordering = ("username",)
    list_display = ("username", "full_name", "department", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "full_name")
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (_("Person"), {"fields": ("full_name", "department", "email", "phone", "language")}),
        (_("Roles"), {"fields": ("roles", "is_staff", "is_superuser")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "full_name", "password1", "password2")}),)
