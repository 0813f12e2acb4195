"""Accounts in the administration of look-up tables; every change is an event, and nobody raises himself."""

from collections.abc import Iterable
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, ChoiceField, MultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import clock, events, labels

from .factors.actions import remove
from .models import User
from .roles import Role

labels.name(User, _("account"), many=_("accounts"))
labels.name(AccessAttempt, _("wrong password"), many=_("wrong passwords"))
labels.name(AccessFailureLog, _("refused sign-in"), many=_("refused sign-ins"))
labels.name(AccessLog, _("sign-in"), many=_("sign-ins"))
apps.get_app_config("axes").verbose_name = _("Signing in")
admin.site.unregister(Group)  # what a person may do follows from the roles

_RIGHTS = ("is_active", "roles", "is_staff", "is_superuser")


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

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer roles and languages to choose from, in words."""
        if db_field.name == "roles":
            return MultipleChoiceField(
                choices=Role.choices, widget=CheckboxSelectMultiple, required=False, label=db_field.verbose_name
            )
        if db_field.name == "language":
            return ChoiceField(choices=settings.LANGUAGES, label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    actions = ("remove_second_factor",)

    def get_actions(self, request: HttpRequest) -> Any:
        """The second factor is the security administrator's business alone."""
        offered = super().get_actions(request)
        if not isinstance(request.user, User) or not request.user.has_role(Role.SECURITY_ADMIN):
            offered.pop("remove_second_factor", None)
        return offered

    @admin.action(description=_("Take the second factor away (lost phone)"))
    def remove_second_factor(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Take it away from others, never from oneself; they are told."""
        assert isinstance(request.user, User)  # noqa: S101 nobody else gets here
        removed = sum(remove(user, by=request.user, at=clock.now()) for user in chosen.exclude(pk=request.user.pk))
        self.message_user(request, _("Taken away from %(n)d; they have been told.") % {"n": removed})

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Iterable[str]:  # type: ignore[override]
        """Whoever administers accounts does not give rights to the own one."""
        return _RIGHTS if obj is not None and obj.pk == request.user.pk else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account is closed, not deleted: what it did must keep a name."""
        return False

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """Note who opened the account."""
        _record("account.created", request, obj, [])
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """Note who changed what; a new password counts."""
        _record("account.changed", request, obj, _changed(message))
        return super().log_change(request, obj, message)


def _changed(message: Any) -> list[str]:
    """Read the names of the changed fields out of Django's own note."""
    parts = [] if isinstance(message, str) else message
    return [str(name) for part in parts for name in part.get("changed", {}).get("fields", [])]


def _record(type_: str, request: HttpRequest, obj: User, fields: list[str]) -> None:
    assert isinstance(request.user, User)  # noqa: S101 nobody else gets here
    facts: dict[str, events.Fact] = {"fields": fields, "roles": list(obj.roles), "active": obj.is_active}
    facts |= {"staff": obj.is_staff, "superuser": obj.is_superuser}
    events.record(type_, subject=events.user_id(obj), actor=events.user_id(request.user), at=clock.now(), facts=facts)
