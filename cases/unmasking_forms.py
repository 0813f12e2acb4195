"""The forms of unmasking: asking with a reason, and the second person's decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import Complaint
from complaints.purposes import OF_UNMASKING

from .forms import VersionedForm
from .models import Unmasking
from .unmasking import columns_of

_LENGTH = 1000


class _Form(VersionedForm):
    """A form that takes no notice of the case's version: the case may move on, the request is not about its state."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]


class AskForm(_Form):
    """What is asked for and why."""

    column = forms.ChoiceField(
        label=gettext_lazy("What do you need to see?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you need to see.")},
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What for?"),
        help_text=gettext_lazy("The complainant reads this beside each look."),
        choices=[(purpose.value, purpose.label) for purpose in OF_UNMASKING],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what for.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why is it necessary?"),
        help_text=gettext_lazy("For who decides: what you cannot do without it. The complainant does not read this."),
        max_length=_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write why it is necessary.")},
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        """Offer what the complainant has given; a single choice is made already."""
        offered = columns_of(complaint, kwargs["case"])
        super().__init__(*args, **kwargs, initial={"column": offered[0]} if len(offered) == 1 else {})
        field = self.fields["column"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = [(column, str(Unmasking.Column(column).label)) for column in offered]
        self.complaint = complaint

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"complaint": self.complaint} | self.cleaned_data


class DecisionForm(_Form):
    """Yes or no; a no needs a reason."""

    decision = forms.ChoiceField(
        label=gettext_lazy("May it be shown?"),
        choices=[
            (Unmasking.Decision.APPROVED, gettext_lazy("Yes, for a limited time")),
            (Unmasking.Decision.REFUSED, gettext_lazy("No")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Your reason"),
        help_text=gettext_lazy("Needed when you say no. Who asked reads it."),
        max_length=_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """A no without a reason helps nobody."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == Unmasking.Decision.REFUSED and "note" not in self.errors and not cleaned.get("note"):
            self.add_error("note", _("Write why not."))
        return cleaned
