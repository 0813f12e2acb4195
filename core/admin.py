"""Calendar and deadline policies in the administration of look-up tables."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from . import actions, clock, events
from .models import CalendarDay, CalendarYear, DeadlinePolicy


class CalendarAdmin(admin.ModelAdmin[Model]):
    """An edit of the calendar counts open deadlines again, in the same transaction."""

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm[Model], change: Any) -> None:
        """Save and count again."""
        super().save_model(request, obj, form, change)
        _changed(request)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete and count again."""
        super().delete_model(request, obj)
        _changed(request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> None:
        """Delete several and count again."""
        super().delete_queryset(request, queryset)
        _changed(request)


def _changed(request: HttpRequest) -> None:
    if request.user.is_authenticated:  # nobody gets here otherwise; the type does not know
        actions.calendar_changed(actor=events.user_id(request.user), at=clock.now())


@admin.register(CalendarDay)
class CalendarDayAdmin(CalendarAdmin):
    """Days on which the office overrides the built-in calendar."""

    list_display = ("day", "is_workday", "name")


@admin.register(CalendarYear)
class CalendarYearAdmin(CalendarAdmin):
    """Years whose calendar is published."""

    list_display = ("year", "published_on", "basis")


@admin.register(DeadlinePolicy)
class DeadlinePolicyAdmin(admin.ModelAdmin[DeadlinePolicy]):
    """How long each step may take, from which day on, on which legal basis."""

    list_display = ("step", "case_class", "length", "unit", "valid_from", "basis")
