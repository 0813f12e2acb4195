"""How long personal data is kept, in the administration of look-up tables."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import clock, labels

from .models import RetentionPolicy

labels.name(
    RetentionPolicy,
    _("retention time"),
    many=_("retention times"),
    fields={
        "years": _("years from the end of the matter"),
        "valid_from": _("for matters that end from"),
        "basis": _("legal basis"),
    },
)


@admin.register(RetentionPolicy)
class RetentionPolicyAdmin(admin.ModelAdmin[RetentionPolicy]):
    """For how many years personal data is kept, from which day on, on which legal basis. What has come into force stays."""

    list_display = ("valid_from", "years", "basis")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A policy of the past still says how long the matters of its time are kept."""
        return (obj is None or obj.valid_from > clock.today()) and super().has_delete_permission(request, obj)
