"""The forms of a review of a wrong case: opened, people named, decided, appealed, answered, concluded."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.ends.forms import text
from cases.forms import VersionedForm
from cases.models import Consequence, Responsibility, WrongCaseReview
from complaints.wording import one_line

_NAMELESS = gettext_lazy("Write nothing that shows who complained.")


class PlainForm(forms.Form):
    """A form about a row of its own, whatever becomes of the case."""

    def arguments(self) -> dict[str, Any]:
        """Return what was filled in, as the action takes it."""
        return dict(self.cleaned_data)


class OpenForm(VersionedForm):
    """Why the case is looked at once more."""

    reason = text(
        5,
        label=gettext_lazy("What may have gone wrong in this case?"),
        help_text=_NAMELESS,
        error_messages={"required": gettext_lazy("Write what may have gone wrong.")},
    )


class NameForm(PlainForm):
    """Who is responsible, how, for what, and what is proposed."""

    account = forms.ChoiceField(
        label=gettext_lazy("Who has acted in this case"),
        help_text=gettext_lazy("Whoever has an account reads the decision there and can appeal."),
        required=False,
    )
    name = forms.CharField(label=gettext_lazy("Or the name of somebody else"), max_length=40, required=False)
    post = forms.CharField(
        label=gettext_lazy("Unit and post"),
        max_length=80,
        error_messages={"required": gettext_lazy("Write the unit and the post.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("How is the person responsible?"),
        choices=Responsibility.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how.")},
    )
    deed = text(
        5,
        label=gettext_lazy("What has the person done or left undone?"),
        help_text=gettext_lazy("The person reads this. Write nothing that shows who complained."),
        error_messages={"required": gettext_lazy("Write what it was.")},
    )
    proposed = forms.ChoiceField(
        label=gettext_lazy("What do you propose?"),
        choices=[("", gettext_lazy("Choose a consequence")), *Consequence.choices],
        error_messages={"required": gettext_lazy("Choose a consequence.")},
    )

    def __init__(self, data: Any = None, *, people: list[User]) -> None:
        """Offer who has acted in the case."""
        super().__init__(data)
        self._people = {str(one.pk): one for one in people}
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        names = [(pk, " · ".join(filter(None, [one.full_name, one.department]))) for pk, one in self._people.items()]
        field.choices = [("", _("Somebody else")), *names]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or {}
        cleaned["name"] = one_line(cleaned.get("name", ""))
        if not cleaned.get("account") and not cleaned["name"] and "name" not in self.errors:
            self.add_error("name", _("Choose a person, or write a name."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return the person as the action takes him."""
        return super().arguments() | {"account": self._people.get(self.cleaned_data["account"])}


class DecideForm(PlainForm):
    """What follows for the person; the proposal is chosen already."""

    decided = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=Consequence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a consequence.")},
    )
    note = text(
        4,
        label=gettext_lazy("Your reasons"),
        help_text=gettext_lazy("The person reads this. Write nothing that shows who complained."),
        error_messages={"required": gettext_lazy("Write the reasons.")},
    )


class AppealForm(PlainForm):
    """Why the decision is wrong."""

    words = text(
        7,
        label=gettext_lazy("Why is the decision wrong?"),
        help_text=gettext_lazy("An appeal can be made once. Leaders of the office read it."),
        error_messages={"required": gettext_lazy("Write why.")},
    )


class AnswerForm(PlainForm):
    """What comes of the appeal."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What comes of the appeal?"),
        choices=Responsibility.AppealOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what comes of it.")},
    )
    final = forms.ChoiceField(
        label=gettext_lazy("What holds instead"),
        help_text=gettext_lazy("Only when the decision is changed."),
        choices=[("", gettext_lazy("Choose a consequence")), *Consequence.choices],
        required=False,
    )
    answer = text(
        4,
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("The person reads this. Write nothing that shows who complained."),
        error_messages={"required": gettext_lazy("Write the answer.")},
    )


class ConcludeForm(PlainForm):
    """What the review came to."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What has the review come to?"),
        choices=WrongCaseReview.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it came to.")},
    )
    conclusion = text(
        5,
        label=gettext_lazy("What was found, and what changes because of it"),
        help_text=_NAMELESS,
        error_messages={"required": gettext_lazy("Write what was found.")},
    )
