"""Calendar and deadline policies in the administration of look-up tables."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ChoiceField, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import actions, clock, events, labels
from .models import CalendarDay, CalendarYear, DeadlinePolicy

labels.name(
    CalendarDay,
    _("calendar day"),
    many=_("calendar days"),
    fields={"day": _("date"), "is_workday": _("the office works on it"), "name": _("reason, such as the name of the holiday")},
)
labels.name(
    CalendarYear,
    _("published calendar year"),
    many=_("published calendar years"),
    fields={"year": _("year"), "published_on": _("published on"), "basis": _("legal basis")},
)
labels.name(
    DeadlinePolicy,
    _("time limit"),
    many=_("time limits"),
    fields={
        "step": pgettext_lazy("of a limit", "step"),
        "case_class": _("class of case"),
        "length": _("length"),
        "unit": _("unit"),
        "rolls": _("moves to the next working day"),
        "valid_from": _("in force from"),
        "basis": _("legal basis"),
        "ladder": _("reminders, in working days from the last day"),
        "yellow_after": _("yellow card after more working days late than"),
        "red_after": _("red card after more working days late than"),
        "extensions": _("extensions at most"),
        "extension_length": _("length of an extension at most"),
    },
)
# The steps that have limits today; the rows themselves may hold others, from later versions.
STEPS = {
    "accept": _("decide on acceptance"),
    "receive": _("the agency signs for it"),
    "finish": _("finish the matter"),
    "feedback": _("reply to the complainant"),
    "follow_up": _("follow-up call"),
    "ask_review": _("the complainant asks for a review"),
    "review": _("review the reply"),
    "final_review": _("review it for the last time"),
    "rectification": _("the agency puts right what was found"),
}


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

    list_display = ("step_words", "case_class", "length", "unit", "valid_from", "basis")
    list_filter = ("case_class",)
    actions = ("apply_to_open_limits",)

    @admin.action(description=_("Count all open limits again by the policies now in force"))
    def apply_to_open_limits(self, request: HttpRequest, queryset: QuerySet[DeadlinePolicy]) -> None:
        """Open limits keep their policy until an administrator asks for this; old and new day are both kept."""
        if not self.has_change_permission(request) or not request.user.is_authenticated:
            return
        moved = actions.apply_policies(actor=events.user_id(request.user), at=clock.now())
        self.message_user(request, _("Open limits that ended on another day: %(n)d.") % {"n": moved})

    @admin.display(description=pgettext_lazy("of a limit", "step"), ordering="step")
    def step_words(self, policy: DeadlinePolicy) -> Any:
        """Name the step in words."""
        return STEPS.get(policy.step, policy.step)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the steps to choose from; a mistyped one would be a limit that nobody finds."""
        if db_field.name == "step":
            return ChoiceField(choices=list(STEPS.items()), label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
