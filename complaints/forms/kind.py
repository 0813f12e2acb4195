"""The question what the matter is to the filer: a complaint, a report or a tip, each with what follows from it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.answers import Typed
from complaints.labels import Worded
from complaints.models import Kind

from .base import StepForm


class KindForm(StepForm):
    """Complaint, report or tip in plain words. Each is a button: the press that answers goes on."""

    kind = forms.ChoiceField(
        label=_("What is it to you?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what it is to you")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what follows from each kind."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, _worded(kind)) for kind in Kind]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str:
        """What was chosen before, if anything."""
        return str(self["kind"].value() or "")

    def typed(self) -> Typed:
        """Keep the last value alone: the page sends the earlier answer along, so that leaving it forgets nothing."""
        return {name: values[-1:] for name, values in super().typed().items()}


def _worded(kind: Kind) -> Worded:
    """Feedback, secrecy, reward, and for complaints alone consent to disclose (DOMAIN.md)."""
    words, hint = {
        Kind.COMPLAINT: (
            gettext("My own matter went wrong"),
            gettext(
                "You get an answer and may ask for a review. The agency does not learn who you are; "
                "where your matter cannot be settled without it, you may agree to that. No reward."
            ),
        ),
        Kind.REPORT: (
            gettext("I know of misconduct"),
            gettext(
                "Who reports stays secret, and no agency can be told. With your name you get an answer, "
                "and a reward may follow if it proves true."
            ),
        ),
        Kind.TIP: (
            gettext("I have a hint for you"),
            gettext("We look into what leads somewhere, and no agency is told who you are. No reply is promised, and no reward."),
        ),
    }[kind]
    return Worded(words, str(kind.label), hint)
