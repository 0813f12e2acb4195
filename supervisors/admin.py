"""The roster and the layout of the bank's file in the administration of look-up tables."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import labels

from .models import BankColumn, RewardGrade, RewardScheme, Supervisor

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


labels.name(
    RewardScheme,
    _("reward scheme"),
    many=_("reward schemes"),
    fields={
        "year": _("year"),
        "name": pgettext_lazy("of a scheme", "name"),
        "basis": _("document on which it rests"),
        "since": _("for what was received from"),
        "until": _("to, this day included"),
        "window_months": _("months in which a reward can be collected"),
        "full_time_too": _("full-time supervisors may get one"),
        "leaves_out_own_claim": _("leaves out who complains in an interest of the own"),
        "budget": _("budget out of which it is paid"),
    },
)
labels.name(
    RewardGrade,
    _("grade"),
    many=_("grades"),
    fields={
        "scheme": _("reward scheme"),
        "place": _("place in the list"),
        "name": pgettext_lazy("of a scheme", "name"),
        "when": _("for what it is given"),
        "least_fen": _("least amount, in fen"),
        "most_fen": _("most, in fen"),
        "share": _("share of what was fined or recovered, in hundredths of a percent; 0: none"),
    },
)


class GradesInline(admin.TabularInline[RewardGrade, RewardScheme]):
    """The grades of a scheme."""

    model = RewardGrade
    extra = 0


@admin.register(RewardScheme)
class RewardSchemeAdmin(admin.ModelAdmin[RewardScheme]):
    """Schemes with their grades. End one instead of changing what rewards were given by."""

    list_display = ("year", "name", "since", "until", "budget")
    ordering = ("-year",)
    inlines = (GradesInline,)
