"""The roster in the administration of look-up tables."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import labels

from .models import RewardGrade, RewardScheme, Supervisor

labels.name(
    Supervisor,
    _("supervisor"),
    many=_("supervisors"),
    fields={
        "user": _("account"),
        "kind": pgettext_lazy("of supervisor", "Kind"),
        "background": pgettext_lazy("of a supervisor", "background"),
        "home_agency": _("home agency"),
        "certificate_number": _("number of the certificate"),
        "term_since": _("term begins"),
        "term_until": _("term ends"),
    },
)


@admin.register(Supervisor)
class SupervisorAdmin(admin.ModelAdmin[Supervisor]):
    """Supervisors and their terms."""

    list_display = ("certificate_number", "user", "kind", "term_until")


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
