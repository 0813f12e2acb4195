"""Forms of the roster: terms, standing, appraisal, import."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervisors.forms import choice, day, number, text
from supervisors.models import Appraisal, Supervisor
from supervisors.recruiting.forms import years_field

_MOST_BYTES = 5_000_000


class RenewForm(forms.Form):
    """A further term."""

    since = day(label=gettext_lazy("First day of the term"))
    years = years_field()


class SuspendForm(forms.Form):
    """Why somebody does not serve."""

    reason = text(label=gettext_lazy("Reason"))


class LeaveForm(forms.Form):
    """How, why and when somebody leaves."""

    exit = choice(Supervisor.Exit.choices, label=gettext_lazy("How does the term end?"))
    reason = text(label=gettext_lazy("Reason"))
    day = day(label=gettext_lazy("Last day served"))
    is_collected = forms.BooleanField(label=gettext_lazy("The certificate is back"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Suggest today."""
        kwargs["initial"] = {"day": today}
        super().__init__(*args, **kwargs)


class AppraiseForm(forms.Form):
    """The appraisal of a year."""

    year = number(2100, 2000, label=gettext_lazy("Year"))
    grade = choice(Appraisal.Grade.choices, label=gettext_lazy("Grade"))
    proposal = choice(Appraisal.Proposal.choices, label=gettext_lazy("Proposal"))
    note = text(4, most=1000, label=gettext_lazy("What did the person do well, and what not?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Suggest the year before in the first half of a year, and take none that has not begun."""
        self.this_year = today.year
        kwargs["initial"] = {"year": today.year - (today.month <= 6)}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Who is not competent is not renewed."""
        given = super().clean() or {}
        if given.get("year", 0) > self.this_year:
            self.add_error("year", _("The year has not begun."))
        if given.get("grade") == Appraisal.Grade.POOR and given.get("proposal") == Appraisal.Proposal.RENEW:
            self.add_error("proposal", _("Who is not competent is not renewed."))
        return given


class ImportForm(forms.Form):
    """A file, and whether it is only looked at."""

    file = forms.FileField(
        label=gettext_lazy("File (XLSX or CSV)"),
        help_text=gettext_lazy("The columns are those of the export."),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )
    dry_run = forms.TypedChoiceField(
        label=gettext_lazy("What shall happen?"),
        choices=[("look", gettext_lazy("Only check, write nothing")), ("write", gettext_lazy("Take the rows in"))],
        initial="look",
        coerce=lambda value: value == "look",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        """A roster is small."""
        file = self.cleaned_data["file"]
        if file.size > _MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return file
