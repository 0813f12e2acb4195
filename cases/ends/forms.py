"""The forms by which a case is opened again, and by which a problem case becomes an ordinary one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.checked_words import CheckedWords
from cases.forms import VersionedForm
from cases.models import Assignment, Case
from cases.redaction import Allowed, disclosed_to
from complaints.labels import Worded, agency_name

_LONG = 2000
_OFFICE, _AGENCY = "office", "agency"


def text(rows: int, *, most: int = _LONG, **kwargs: Any) -> forms.CharField:
    """A long text."""
    return forms.CharField(max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ReopenForm(CheckedWords, VersionedForm):
    """Who looks into it, what is still open, and why it is opened again."""

    words_field = "words"

    reason = text(
        4,
        label=gettext_lazy("Why is it opened again?"),
        help_text=gettext_lazy("The complainant reads this, word for word."),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Who looks into it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who looks into it.")},
    )
    words = text(
        5,
        label=gettext_lazy("What is still open"),
        help_text=gettext_lazy("The agency reads this with its summary. Write what to check; nothing that shows who complained."),
        required=False,
    )

    def __init__(self, *args: Any, case: Case, assignment: Assignment | None, **kwargs: Any) -> None:
        """Offer the agency that dealt with the case, if one did."""
        super().__init__(*args, case=case, **kwargs)
        self._assignment = assignment
        if assignment is None:
            del self.fields["who"], self.fields["words"]
            return
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        name, hint = agency_name(assignment.agency), _("It signs for the case again, and the days begin anew.")
        office = Worded(_("The office itself"), hint=_("The handler investigates and reports."))
        field.choices = [(_AGENCY, Worded(name, hint=hint)), (_OFFICE, office)]

    def goes_to_agency(self) -> bool:
        """What the office looks into itself, no agency reads."""
        return self._assignment is not None and self["who"].value() == _AGENCY

    def allowed(self) -> Allowed:
        """Return what went to the agency by consent."""
        return disclosed_to(self._assignment) if self._assignment else {}

    def clean(self) -> dict[str, Any]:
        """The agency must know what is still open."""
        cleaned = super().clean() or {}
        if cleaned.get("who") == _AGENCY and "words" not in self.errors and not cleaned.get("words"):
            self.add_error("words", _("Write what is still open."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        own = {"version": given["version"], "reason": given["reason"]}
        if not self.goes_to_agency():
            return own
        return own | {"with_agency": True, "words": given["words"], "looked_at": self.is_confirmed}


class LowerForm(VersionedForm):
    """Why it is no problem case any more."""

    reason = text(
        4,
        label=gettext_lazy("Why is it no problem case any more?"),
        help_text=gettext_lazy("Stays with the case, for the office alone."),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )
