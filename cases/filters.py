"""What narrows the work queue, from state to dates; each filter can be taken back alone, and what makes no sense is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import OFFICE
from agencies.models import Agency
from complaints.categories import CATEGORIES
from complaints.labels import agency_name
from complaints.models import Channel, Kind, Satisfaction
from core import clock
from core.models import DeadlinePolicy
from core.templatetags.portal import day

from .deadlines import Thresholds
from .models import Case, Deadline
from .querysets import CaseQuerySet, DeadlineQuerySet
from .workflow import Finding, Mode, Status, Step

NOBODY = "none"
IN_FRONT = ("status", "category", "agency", "handler")
DATES = ("received", "accepted", "due", "settled", "replied", "closed")
# Filters that only the statistics set: they show as chips, and nobody chooses them from a list.
QUIET = ("ending", "about_agency", "with_agency")
KEPT, MISSED = "kept", "missed"
COMPLETED = "completed"
_ENDED_OTHERWISE = (Status.DECLINED, Status.REFERRED, Status.WITHDRAWN, Status.MERGED)
_PASSING = {Status.ACCEPTED, Status.APPROVED}  # states that no case rests in
# Case classes are data; those that the portal brings have words.
CLASSES = {"ordinary": pgettext_lazy("case class", "Ordinary")}


def _day_filter(label: Any, method: str) -> Any:
    return django_filters.DateFilter(
        label=label, method=method, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _settled_choices() -> list[tuple[str, str]]:
    """Each step twice: its limit was kept, and it was missed."""
    words = {KEPT: _("%(step)s: in time"), MISSED: _("%(step)s: late")}
    return [(f"{step}.{way}", str(words[way]) % {"step": step.label}) for step in Step for way in words]


@dataclass(frozen=True)
class Chip:
    """One filter that is on, in words; `names` are the parameters that go when it is taken back."""

    label: str
    value: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """From what can be chosen that is data: agencies, people, classes. Read once a request, however many searches are made."""

    agencies: list[tuple[str, Any]]
    all_agencies: list[tuple[str, Any]]  # with those that are gone, whose cases are still counted
    handlers: list[tuple[str, Any]]
    classes: list[tuple[str, Any]]
    thresholds: dict[int, Thresholds]  # of each policy, by its id

    @classmethod
    def offered(cls) -> "Choices":
        """Read them."""
        people = User.objects.filter(roles__overlap=list(OFFICE)).order_by("-is_active", "pk")
        policies = DeadlinePolicy.objects.values_list("pk", "case_class", "yellow_after", "red_after")
        classes = sorted({case_class for _pk, case_class, *_after in policies})
        agencies = list(Agency.objects.for_list())
        return cls(
            agencies=[(str(one.pk), agency_name(one)) for one in agencies if one.is_active],
            all_agencies=[(str(one.pk), agency_name(one)) for one in agencies],
            handlers=[(NOBODY, _("Nobody")), *((str(one.pk), one.full_name) for one in people)],
            classes=[(code, CLASSES.get(code, code)) for code in classes],
            thresholds={pk: Thresholds(*after) for pk, _case_class, *after in policies},
        )


class CaseForm(forms.Form):
    """The form of the filters: two days make a span only in their order."""

    def clean(self) -> dict[str, Any]:
        """A span that ends before it begins holds nothing: say so beside its end and leave the end out."""
        cleaned = super().clean() or {}
        for name in DATES:
            first, last = cleaned.get(f"{name}_from"), cleaned.get(f"{name}_to")
            if first and last and last < first:
                self.add_error(f"{name}_to", _("This day comes before the first day of the span."))
        return cleaned


def _endings() -> list[tuple[str, str]]:
    return [(COMPLETED, str(_("Completed"))), *((status.value, str(status.label)) for status in _ENDED_OTHERWISE)]


class CaseFilter(django_filters.FilterSet):  # type: ignore[misc]  # the package carries no types
    """The filters above the queue. A value that makes no sense narrows nothing and is told; the others narrow all the same."""

    status = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("All states"), choices=[choice for choice in Status.choices if choice[0] not in _PASSING]
    )
    category = django_filters.ChoiceFilter(
        label=_("Category"),
        empty_label=_("All categories"),
        choices=[*((str(one.code), one.official) for one in CATEGORIES), ("0", _("Not sorted yet"))],
    )
    agency = django_filters.ChoiceFilter(label=_("Agency"), empty_label=_("All agencies"), method="about_or_with", choices=[])
    handler = django_filters.ChoiceFilter(label=_("Handler"), empty_label=_("All handlers"), method="handled_by", choices=[])
    step = django_filters.ChoiceFilter(
        label=_("Limit that runs"),
        empty_label=_("All limits"),
        method="with_limit",
        choices=[*Step.choices, (NOBODY, _("No limit runs"))],
    )
    mode = django_filters.ChoiceFilter(label=_("Way of handling"), empty_label=_("All ways"), choices=Mode.choices)
    channel = django_filters.ChoiceFilter(label=_("Channel"), empty_label=_("All channels"), choices=Channel.choices)
    kind = django_filters.ChoiceFilter(
        label=_("Kind of matter"), empty_label=_("All kinds"), method="of_kind", choices=Kind.choices
    )
    case_class = django_filters.ChoiceFilter(label=_("Class"), empty_label=_("All classes"), choices=[])
    finding = django_filters.ChoiceFilter(
        label=_("Finding"),
        empty_label=_("All findings"),
        method="found_as",
        choices=[*Finding.choices, (NOBODY, pgettext_lazy("finding", "None"))],
    )
    satisfaction = django_filters.ChoiceFilter(
        label=_("Satisfaction"),
        empty_label=_("All ratings"),
        method="rated_as",
        choices=[*Satisfaction.choices, (NOBODY, _("Not rated yet"))],
    )
    settled = django_filters.ChoiceFilter(
        label=_("Limit kept or missed"), empty_label=_("Kept and missed"), method="settled_as", choices=[]
    )
    ending = django_filters.ChoiceFilter(label=_("Ended"), method="ended_as", choices=_endings)
    about_agency = django_filters.ChoiceFilter(label=_("Complained about"), method="about", choices=[])
    with_agency = django_filters.ChoiceFilter(label=pgettext_lazy("filter", "With the agency"), method="with_", choices=[])
    received_from = _day_filter(_("Received from"), "span")
    received_to = _day_filter(_("Received up to"), "span")
    accepted_from = _day_filter(_("Accepted from"), "span")
    accepted_to = _day_filter(_("Accepted up to"), "span")
    due_from = _day_filter(_("Due from"), "span")
    due_to = _day_filter(_("Due up to"), "span")
    settled_from = _day_filter(_("Limit over from"), "span")
    settled_to = _day_filter(_("Limit over up to"), "span")
    replied_from = _day_filter(_("Replied from"), "span")
    replied_to = _day_filter(_("Replied up to"), "span")
    closed_from = _day_filter(_("Closed from"), "span")
    closed_to = _day_filter(_("Closed up to"), "span")

    class Meta:
        model = Case
        form = CaseForm
        fields = ["status", "category", "agency", "handler", "step", "mode", "channel", "kind", "case_class"]

    def __init__(self, *args: Any, choices: Choices | None = None, **kwargs: Any) -> None:
        """Name agencies, people and classes now, so that no query starts in the template."""
        super().__init__(*args, **kwargs)
        choices = choices or Choices.offered()
        nobody = (NOBODY, pgettext_lazy("agency", "None"))
        agencies = {"about_agency": [*choices.all_agencies, nobody], "with_agency": choices.all_agencies}
        offered: dict[str, Any] = agencies | {
            "settled": _settled_choices(),
            "agency": choices.agencies,
            "handler": choices.handlers,
            "case_class": choices.classes,
        }
        for name, values in offered.items():
            self.filters[name].extra["choices"] = values

    def about_or_with(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases about the agency or with it."""
        return cases.filter(Q(respondent_agency=value) | Q(agency=value))

    def handled_by(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases of this person, or of nobody yet."""
        return cases.filter(handler=None) if value == NOBODY else cases.filter(handler=int(value))

    def with_limit(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases in which this limit runs, or none."""
        if value == NOBODY:
            return cases.filter(due_at__isnull=True)
        return cases.filter(Exists(Deadline.objects.open().filter(case=OuterRef("pk"), step=value)))

    def of_kind(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases in which a complaint, a report or a tip was lodged."""
        return cases.of_kind(value)

    def span(self, cases: CaseQuerySet, name: str, value: date) -> CaseQuerySet:
        """Cases received, accepted, due, replied to or closed from a day on, or up to it."""
        what, _underscore, end = name.rpartition("_")
        if what == "settled":
            return self._settled(cases) if not self.form.cleaned_data.get("settled") else cases  # else `settled_as` asks for it
        first, last = (value, None) if end == "from" else (None, value)
        return cases.due_between(first, last) if what == "due" else cases.dated(f"{what}_at", first, last)

    def found_as(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases with this finding, or without any."""
        return cases.filter(finding="" if value == NOBODY else value)

    def rated_as(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases rated like this, or not at all."""
        return cases.filter(satisfaction="" if value == NOBODY else value)

    def ended_as(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases that ended like this, those in the archive too."""
        return cases.ended_as(Status.CLOSED if value == COMPLETED else value)

    def about(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases about the agency, or about none that is known."""
        return cases.filter(respondent_agency=None if value == NOBODY else int(value))

    def with_(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases with the agency."""
        return cases.filter(agency=int(value))

    def settled_as(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases in which the limit of a step was kept, or missed, on the days asked for."""
        step, _dot, way = value.partition(".")
        return self._settled(cases, step, (way,))

    def _settled(self, cases: CaseQuerySet, step: str = "", ways: Iterable[str] = (KEPT, MISSED)) -> CaseQuerySet:
        first, last = (self.form.cleaned_data.get(f"settled_{end}") for end in ("from", "to"))
        limits: DeadlineQuerySet = Deadline.objects.filter(step=step) if step else Deadline.objects.all()
        found = {KEPT: limits.kept(first, last), MISSED: limits.missed(first, last, clock.today())}
        asked = Q()
        for way in ways:
            asked |= Q(pk__in=found[way].values("case"))
        return cases.filter(asked)

    @property
    def found(self) -> CaseQuerySet:
        """The cases narrowed by every filter that makes sense."""
        self.form.is_valid()
        rows: CaseQuerySet = self.filter_queryset(self.queryset.all())
        return rows

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are on."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def in_front(self) -> Iterable[forms.BoundField]:
        """The filters that always show."""
        return [self.form[name] for name in IN_FRONT]

    @property
    def behind(self) -> Iterable[forms.BoundField]:
        """The filters behind “more” that are chosen from a list."""
        return [
            self.form[name]
            for name in self.form.fields
            if name not in (*IN_FRONT, *QUIET) and not name.endswith(("_from", "_to"))
        ]

    @property
    def quiet(self) -> Iterable[forms.BoundField]:
        """The filters that are on and stand in no list; the form keeps them."""
        return [self.form[name] for name in QUIET if name in self.chosen]

    @property
    def spans(self) -> Iterable[tuple[forms.BoundField, forms.BoundField]]:
        """The days behind “more”, first and last of each span."""
        return [(self.form[f"{name}_from"], self.form[f"{name}_to"]) for name in DATES]

    @property
    def is_behind_open(self) -> bool:
        """Whether something behind “more” must be mended; what is on stands among the chips anyway."""
        self.form.is_valid()
        return any(name not in IN_FRONT for name in self.form.errors)

    @property
    def misread(self) -> list[str]:
        """What could not be understood, in words."""
        self.form.is_valid()
        words = ((self.form[name].label, " ".join(map(str, texts))) for name, texts in self.form.errors.items())
        return [gettext("%(question)s: %(message)s") % {"question": label, "message": text} for label, text in words]

    @property
    def chips(self) -> list[Chip]:
        """Each filter that is on, in words."""
        return [Chip(str(self.form[name].label), self._words(name, value), (name,)) for name, value in self.chosen.items()]

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, date):
            return str(day(value))
        field = self.form.fields[name]
        choices: Any = field.choices if isinstance(field, forms.ChoiceField) else []
        return next((str(label) for code, label in choices if str(code) == str(value)), str(value))
