"""Calendar and deadline policies in the administration of look-up tables."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from . import calendars
from .models import CalendarDay, CalendarYear, DeadlinePolicy


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin[CalendarDay]):
    """Days on which the office overrides the built-in calendar."""

    list_display = ("day", "is_workday", "name")

    def save_model(self, request: HttpRequest, obj: CalendarDay, form: ModelForm[CalendarDay], change: Any) -> None:
        """Save and forget the cached calendar."""
        super().save_model(request, obj, form, change)
        calendars.forget()


@admin.register(CalendarYear)
class CalendarYearAdmin(admin.ModelAdmin[CalendarYear]):
    """Years whose calendar is published."""

    list_display = ("year", "published_on", "basis")


@admin.register(DeadlinePolicy)
class DeadlinePolicyAdmin(admin.ModelAdmin[DeadlinePolicy]):
    """How long each step may take, from which day on, on which legal basis."""

    list_display = ("step", "case_class", "length", "unit", "valid_from", "basis")
