"""The roster in the administration of look-up tables."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import labels

from .models import Supervisor

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


@admin.register(Supervisor)
class SupervisorAdmin(admin.ModelAdmin[Supervisor]):
    """Supervisors; their terms are the office's own pages."""

    list_display = ("user", "kind", "background")
