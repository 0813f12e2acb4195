"""Calendar and deadline policies in the administration of look-up tables."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.forms import ChoiceField, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import actions, clock, events, labels
from .calendars import PolicyMissing
from .models import CalendarDay, CalendarYear, DeadlinePolicy
from .policy_forms import COUNTS, PolicyForm, is_in_force
from .steps import STEPS

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
    """How long each step may take, from which day on, on which legal basis.

    One that is in force keeps what it counts: the sums of limits that run would change behind people's backs. A new one is
    entered for a day to come.
    """

    form = PolicyForm
    list_display = ("step_words", "case_class", "length", "unit", "valid_from", "basis")
    list_filter = ("case_class",)
    actions = ("apply_to_open_limits",)

    @admin.action(description=_("Count all open limits again by the policies now in force"))
    def apply_to_open_limits(self, request: HttpRequest, queryset: QuerySet[DeadlinePolicy]) -> None:
        """Open limits keep their policy until an administrator asks for this; old and new day are both kept."""
        if not self.has_change_permission(request) or not request.user.is_authenticated:
            return
        try:
            moved = actions.apply_policies(actor=events.user_id(request.user), at=clock.now())
        except PolicyMissing as missing:
            words = _("Nothing was changed: no policy is in force for “%(step)s”. Enter one first.")
            self.message_user(request, words % {"step": STEPS.get(missing.step, missing.step)}, messages.ERROR)
        else:
            self.message_user(request, _("Open limits that ended on another day: %(n)d.") % {"n": moved})

    def get_readonly_fields(self, request: HttpRequest, obj: DeadlinePolicy | None = None) -> tuple[str, ...]:
        """Return what cannot be changed any more; thresholds, reminders and extensions can."""
        return ("step_words", *COUNTS[1:]) if obj and is_in_force(obj, clock.today()) else ()

    def get_fieldsets(self, request: HttpRequest, obj: DeadlinePolicy | None = None) -> Any:
        """Show first what the policy counts; where that cannot be changed, in words, and with the reason above it."""
        counts = self.get_readonly_fields(request, obj)
        why = _("It is in force: what it counts stays. To change that, add a policy that holds from a later day on.")
        others = [name for name in self.get_fields(request, obj) if name not in {*COUNTS, "step_words"}]
        return ((None, {"fields": (*(counts or COUNTS), *others), "description": why if counts else ""}),)

    def has_delete_permission(self, request: HttpRequest, obj: DeadlinePolicy | None = None) -> bool:
        """One that is in force cannot be deleted: its step would have none."""
        return super().has_delete_permission(request, obj) and not (obj and is_in_force(obj, clock.today()))

    @admin.display(description=pgettext_lazy("of a limit", "step"), ordering="step")
    def step_words(self, policy: DeadlinePolicy) -> Any:
        """Name the step in words."""
        return STEPS.get(policy.step, policy.step)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the steps to choose from; a mistyped one would be a limit that nobody finds."""
        if db_field.name == "step":
            return ChoiceField(choices=list(STEPS.items()), label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
