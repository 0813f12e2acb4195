"""The roster and the layout of the bank's file in the administration of look-up tables."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import labels

from .models import BankColumn, Supervisor

labels.name(
    Supervisor,
    _("supervisor"),
    many=_("supervisors"),
    fields={
        "user": _("account"),
        "kind": pgettext_lazy("of supervisor", "Kind"),
        "background": pgettext_lazy("of a supervisor", "background"),
        "home_agency": _("home agency"),
    },
)

labels.name(
    BankColumn,
    _("column of the bank's file"),
    many=_("columns of the bank's file"),
    fields={
        "position": _("position"),
        "header": _("heading"),
        "content": _("what stands in it"),
        "format": pgettext_lazy("of a column", "format"),
    },
)


@admin.register(Supervisor)
class SupervisorAdmin(admin.ModelAdmin[Supervisor]):
    """Supervisors; their terms are the office's own pages."""

    list_display = ("user", "kind", "background")


@admin.register(BankColumn)
class BankColumnAdmin(admin.ModelAdmin[BankColumn]):
    """The columns, in their order. Amounts: `yuan` or `fen`; results: words for success, a bar, words for failure."""

    list_display = ("position", "header", "content", "format")
    ordering = ("position",)
