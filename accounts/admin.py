"""Accounts in the administration of look-up tables: one kind of administrator opens them, another one gives rights."""

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, ChoiceField, MultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core import clock, labels

from . import permissions
from .actions import administered
from .factors.actions import RemovalReason, remove
from .models import User
from .roles import Role
from .single_sign_on.actions import unlink

labels.name(User, _("account"), many=_("accounts"))
labels.name(AccessAttempt, _("wrong password"), many=_("wrong passwords"))
labels.name(AccessFailureLog, _("refused sign-in"), many=_("refused sign-ins"))
labels.name(AccessLog, _("sign-in"), many=_("sign-ins"))
apps.get_app_config("axes").verbose_name = _("Signing in")
admin.site.unregister(Group)  # what a person may do follows from the roles

_GRANTED = ("roles", "is_staff", "is_superuser")
_PERSON = ("full_name", "department", "email", "phone", "language")


class _ReasonForm(ActionForm):
    """Beside the list's actions: why a second factor is taken away."""

    reason = ChoiceField(choices=[("", "---------"), *RemovalReason.choices], required=False, label=_("Reason"))


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    """Accounts: names, roles, passwords."""

    ordering = ("username",)
    list_display = ("username", "full_name", "department", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "full_name")
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (_("Person"), {"fields": _PERSON}),
        (_("Roles"), {"fields": _GRANTED}),
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

    actions = ("remove_second_factor", "unlink")
    action_form = _ReasonForm

    def get_actions(self, request: HttpRequest) -> Any:
        """The second factor is the security administrator's business alone."""
        offered = super().get_actions(request)
        if not permissions.can_remove_factor(_by(request)):
            offered.pop("remove_second_factor", None)
        if not permissions.can_remove_factor(_by(request)) or not settings.OIDC_ISSUER:
            offered.pop("unlink", None)
        return offered

    @admin.action(description=_("Forget the link to the county's account"))
    def unlink(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """For somebody whose account there is a new one; the user name decides once more."""
        by = _by(request)
        count = sum(unlink(user, by=by, at=clock.now()) for user in chosen if permissions.can_remove_factor(by, user))
        self.message_user(request, _("Links forgotten: %(n)d. The persons have been told.") % {"n": count})

    @admin.action(description=_("Take the second factor away (lost phone)"))
    def remove_second_factor(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Take it away from others, never from oneself, for a reason; they are told."""
        reason = request.POST.get("reason", "")
        if reason not in RemovalReason.values:
            self.message_user(request, _("Choose the reason beside the action; it is kept with the event."), messages.ERROR)
            return
        by = _by(request)
        removed = sum(
            remove(user, by=by, reason=RemovalReason(reason), at=clock.now())
            for user in chosen
            if permissions.can_remove_factor(by, user)
        )
        self.message_user(request, _("Taken away from %(n)d; they have been told.") % {"n": removed})

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Leave the password to whom it is for."""
        if obj is None or permissions.can_open_accounts(_by(request)):
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("username", "is_active")}), *self.fieldsets[1:])

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Rights are for the security administrator to give, the rest for who opens accounts; nobody changes the own rights."""
        if obj is None:
            return []
        by = _by(request)
        fixed = [] if permissions.can_close(by, obj) else ["is_active"]
        fixed += [] if permissions.can_grant(by, obj) else _GRANTED
        fixed += [] if permissions.can_open_accounts(by) else ["username", *_PERSON]
        return fixed

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the accounts to both kinds of administrator."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Show the accounts to both kinds of administrator."""
        return permissions.can_open_accounts(_by(request)) or permissions.can_grant(_by(request))

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let both change what is theirs (`get_readonly_fields`)."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only one kind opens accounts; they begin without any right."""
        return permissions.can_open_accounts(_by(request))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 Django's name
        """Set a password together with its event and the notice to the person."""
        if not permissions.can_open_accounts(_by(request)):
            raise PermissionDenied
        with transaction.atomic():
            return super().user_change_password(request, id, form_url)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account is closed, not deleted: what it did must keep a name."""
        return False

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """Note who opened the account."""
        administered("account.created", obj, fields=[], by=_by(request), at=clock.now())
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """Note who changed what, and tell the person; a new password counts."""
        administered("account.changed", obj, fields=_changed(message), by=_by(request), at=clock.now())
        return super().log_change(request, obj, message)


def _changed(message: Any) -> list[str]:
    """Read the names of the changed fields out of Django's own note."""
    parts = [] if isinstance(message, str) else message
    return [str(name) for part in parts for name in part.get("changed", {}).get("fields", [])]


def _by(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 nobody else gets here
    return request.user
