"""The roster in the administration of look-up tables."""

from django.contrib import admin

from .models import Supervisor


@admin.register(Supervisor)
class SupervisorAdmin(admin.ModelAdmin[Supervisor]):
    """Supervisors and their terms."""

    list_display = ("certificate_number", "user", "kind", "term_until")
