"""What narrows the work queue: state, category, agency and channel."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from complaints.categories import CATEGORIES
from complaints.labels import agency_name
from complaints.models import Channel, Kind

from .models import Case
from .querysets import CaseQuerySet
from .workflow import Status

_PASSING = {Status.ACCEPTED, Status.APPROVED}  # states that no case rests in


class CaseFilter(django_filters.FilterSet):  # type: ignore[misc]  # the package carries no types
    """The filters above the queue. What makes no sense narrows nothing."""

    status = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("All states"), choices=[choice for choice in Status.choices if choice[0] not in _PASSING]
    )
    category = django_filters.ChoiceFilter(
        label=_("Category"),
        empty_label=_("All categories"),
        choices=[(one.code, one.official) for one in CATEGORIES],
    )
    agency = django_filters.ChoiceFilter(label=_("Agency"), empty_label=_("All agencies"), method="about_or_with", choices=[])
    kind = django_filters.ChoiceFilter(
        label=_("Kind of matter"), empty_label=_("All kinds"), choices=Kind.choices, method="of_kind"
    )
    channel = django_filters.ChoiceFilter(label=_("Channel"), empty_label=_("All channels"), choices=Channel.choices)

    class Meta:
        model = Case
        fields = ["status", "category", "agency", "kind", "channel"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the agencies now, so that no query starts in the template."""
        super().__init__(*args, **kwargs)
        self.filters["agency"].extra["choices"] = [(str(one.pk), agency_name(one)) for one in Agency.objects.open().for_list()]

    def about_or_with(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases about the agency or with it."""
        return cases.filter(Q(respondent_agency=value) | Q(agency=value))

    def of_kind(self, cases: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        """Cases in which a complaint, a report or a tip was lodged."""
        return cases.of_kind(value)

    @property
    def narrows(self) -> bool:
        """Whether any filter is set."""
        return self.form.is_valid() and any(self.form.cleaned_data.values())

    @property
    def found(self) -> CaseQuerySet:
        """The narrowed cases."""
        rows: CaseQuerySet = self.qs if self.form.is_valid() else self.queryset
        return rows
