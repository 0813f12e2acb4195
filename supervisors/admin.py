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
        "certificate_number": _("number of the certificate"),
        "term_since": _("term begins"),
        "term_until": _("term ends"),
    },
)


@admin.register(Supervisor)
class SupervisorAdmin(admin.ModelAdmin[Supervisor]):
    """Supervisors and their terms."""

    list_display = ("certificate_number", "user", "kind", "term_until")
