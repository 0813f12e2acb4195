"""The forms of inspections: planning one, recording what was seen, calling one off, rewriting a checklist."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from agencies.models import Agency
from complaints.categories import BEHAVIOURS, CATEGORIES
from complaints.forms.fields import FilesField, FilesInput
from core.templatetags.portal import day_week
from supervisors.actions import Plan, Seen
from supervisors.models import ChecklistPoint, FieldRecord, Inspection, Theme

_POINTS_AT_MOST = 12
_SEPARATORS = ("|", "｜")


class PeopleField(forms.ModelMultipleChoiceField[User]):
    """People, each with what they are."""

    def label_from_instance(self, user: Any) -> str:
        """Say who it is and in which role."""
        return f"{user.full_name} · {user.role_labels[0]}" if user.roles else user.full_name


class EarlierField(forms.ModelChoiceField[FieldRecord]):
    """Something found earlier, by day and place."""

    def label_from_instance(self, record: Any) -> str:
        """Say when and where it was, and how it began."""
        return f"{day_week(record.seen_at)} · {record.place} · {record.words[:30]}"


class PlanForm(forms.Form):
    """What an inspection is to be."""

    manner = forms.ChoiceField(
        label=gettext_lazy("In which manner?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the manner.")},
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        label=gettext_lazy("Theme"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a theme.")},
    )
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label=gettext_lazy("Which agencies?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one agency.")},
    )
    place = forms.CharField(label=gettext_lazy("Where to meet, or which place"), max_length=120, required=False)
    first_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose a day."), "invalid": gettext_lazy("Write the day like 2026-09-30.")},
    )
    last_on = forms.DateField(
        label=pgettext_lazy("inspection", "Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day like 2026-09-30.")},
    )
    members = PeopleField(
        User.objects.none(),
        label=gettext_lazy("Who goes along?"),
        help_text=gettext_lazy("At least two. Nobody goes to an agency to which he is tied."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least two people.")},
    )
    note = forms.CharField(
        label=gettext_lazy("What they should know"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, manners: Sequence[str], agencies: Any, people: Any, themes: Any, **kwargs: Any) -> None:
        """Offer what the person may order, and whom."""
        super().__init__(*args, **kwargs)
        self.fields["manner"].choices = [(one, Inspection.Manner(one).label) for one in manners]  # type: ignore[attr-defined]
        for name, rows in (("agencies", agencies), ("members", people), ("theme", themes)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One day if no last day is given; never before the first."""
        cleaned = super().clean() or {}
        first: date | None = cleaned.get("first_on")
        cleaned["last_on"] = cleaned.get("last_on") or first
        if first and cleaned["last_on"] < first:
            self.add_error("last_on", _("The last day comes before the first."))
        return cleaned

    def plan(self) -> Plan:
        """Return what the action takes."""
        given = self.cleaned_data
        return Plan(**given | {"agencies": list(given["agencies"]), "members": list(given["members"])})


class PictureInput(FilesInput):
    """Opens the camera on a phone."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/*", "capture": "environment", "multiple": True})


class RecordForm(forms.Form):
    """What somebody saw, big enough for a thumb. `owner` is for whom the page was made: another person's is never sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    owner = forms.IntegerField(widget=forms.HiddenInput)
    made_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    latitude = forms.DecimalField(widget=forms.HiddenInput, required=False, min_value=-90, max_value=90)
    longitude = forms.DecimalField(widget=forms.HiddenInput, required=False, min_value=-180, max_value=180)
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=gettext_lazy("Which agency?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the agency.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("Floor, window, office"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write where it was.")},
    )
    points = forms.ModelMultipleChoiceField(
        ChecklistPoint.objects.none(),
        label=gettext_lazy("What did you see?"),
        help_text=gettext_lazy("Several are possible. That there is no problem is a record too."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    clean_here = forms.BooleanField(label=gettext_lazy("No problem found"), required=False)
    behaviour = forms.ChoiceField(label=gettext_lazy("Something else"), required=False)
    severity = forms.ChoiceField(
        label=gettext_lazy("How grave is it?"), choices=FieldRecord.Severity.choices, widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        label=gettext_lazy("What was to be seen"),
        help_text=gettext_lazy("Since when, how long, how many people waited. You may dictate."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    pictures = FilesField(label=gettext_lazy("Pictures"), help_text=gettext_lazy("No faces of citizens, no identity cards."))
    follows = forms.ChoiceField(
        label=gettext_lazy("What follows?"),
        choices=[
            (FieldRecord.State.OPEN, gettext_lazy("To be put right")),
            (FieldRecord.State.CORRECTED, gettext_lazy("Put right on the spot")),
            ("case", gettext_lazy("Make it a case")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    earlier = EarlierField(
        FieldRecord.objects.none(),
        label=gettext_lazy("Is it about something found earlier?"),
        required=False,
        empty_label=pgettext_lazy("earlier record", "No, it is new"),
    )

    def __init__(self, data: Any = None, files: Any = None, *, inspection: Inspection, user: User, earlier: Any) -> None:
        """Offer the plan's agencies and the points of its checklist."""
        agencies = list(inspection.agencies.all())
        initial = {"key": uuid.uuid4(), "owner": user.pk, "severity": "ordinary", "follows": FieldRecord.State.OPEN}
        super().__init__(data, files, initial=initial | ({"agency": agencies[0]} if len(agencies) == 1 else {}))
        self.user = user
        self.fields["pictures"].widget = PictureInput()
        self.fields["behaviour"].choices = _behaviours()  # type: ignore[attr-defined]
        rows = (
            ("agency", inspection.agencies.order_by("sort", "pk")),
            ("points", inspection.checklist.points.order_by("position")),
            ("earlier", earlier),
        )
        for name, queryset in rows:
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean_made_at(self) -> datetime | None:
        """Read what the phone's clock said; nothing said means now."""
        if not (given := self.cleaned_data["made_at"]):
            return None
        try:
            moment = parse_datetime(given)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError(_("The time cannot be read."))
        return moment

    def clean_pictures(self) -> list[Any]:
        """As many as can be looked at."""
        given: list[Any] = self.cleaned_data["pictures"]
        if len(given) > settings.UPLOAD_MAX_FILES:
            raise ValidationError(_("At most %(n)d pictures.") % {"n": settings.UPLOAD_MAX_FILES})
        return given

    def clean(self) -> dict[str, Any]:
        """A fault, described, or that there is none; never both."""
        cleaned = super().clean() or {}
        fault = bool(cleaned.get("points")) or bool(cleaned.get("behaviour"))
        if cleaned.get("clean_here") and fault:
            self.add_error("points", _("You ticked a fault and that there is no problem. Take one back."))
        elif not cleaned.get("clean_here"):
            if not fault and "points" not in self.errors:
                self.add_error("points", _("Tick what you saw, or that there is no problem."))
            if not cleaned.get("words") and "words" not in self.errors:
                self.add_error("words", _("Write what happened."))
        return cleaned

    def seen(self, *, now: datetime) -> Seen:
        """Return what the action takes."""
        given = self.cleaned_data
        points = tuple(given["points"])
        behaviours = [one for one in (given["behaviour"], *(point.behaviour for point in points)) if one]
        follows = given["follows"] or FieldRecord.State.OPEN
        state = FieldRecord.State.OPEN if follows == "case" else follows
        return Seen(
            agency=given["agency"],
            place=given["place"],
            seen_at=given["made_at"] or now,
            state=FieldRecord.State.CLEAN if given["clean_here"] else state,
            words=given["words"],
            category=int(behaviours[0][0]) if behaviours else 0,
            behaviours=tuple(behaviours),
            severity=given["severity"] or FieldRecord.Severity.ORDINARY,
            points=points,
            to_case=follows == "case",
            earlier=given["earlier"],
            position=_coarse(given["latitude"], given["longitude"]),
        )


class CallOffForm(forms.Form):
    """Why it does not take place."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it called off?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the reason.")},
    )


class ChecklistForm(forms.Form):
    """A checklist as lines: what may be seen, a bar, and the code of the behaviour."""

    points = forms.CharField(
        label=gettext_lazy("What may be seen, one a line"),
        help_text=gettext_lazy("Each line: the fault in few words, a bar |, and the code of the behaviour from the list beside."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": gettext_lazy("Write at least one line.")},
    )

    def clean_points(self) -> list[tuple[str, str]]:
        """Read the lines."""
        lines = [line.strip() for line in self.cleaned_data["points"].splitlines() if line.strip()]
        if len(lines) > _POINTS_AT_MOST:
            raise ValidationError(_("At most %(n)d lines; a thumb has to find them.") % {"n": _POINTS_AT_MOST})
        return [_point(line) for line in lines]


def _point(line: str) -> tuple[str, str]:
    for bar in _SEPARATORS:
        text, found, code = line.rpartition(bar)
        if found and code.strip() in BEHAVIOURS and 0 < len(text.strip()) <= 40:
            return text.strip(), code.strip()
    raise ValidationError(_("“%(line)s” lacks its text (at most 40 characters), the bar or a known code.") % {"line": line[:60]})


def _behaviours() -> Iterable[Any]:
    yield "", _("Choose a behaviour")
    for category in CATEGORIES:
        yield str(category.official), [(one.code, str(one.label)) for one in category.behaviours]


def _coarse(latitude: Decimal | None, longitude: Decimal | None) -> tuple[Decimal, Decimal] | None:
    """Round a position to about a hundred metres; both or nothing."""
    if latitude is None or longitude is None:
        return None
    step = Decimal("0.001")
    return latitude.quantize(step), longitude.quantize(step)
