"""The forms of supervision. What an agency reads is looked at like a summary: with the buttons that find who complained."""

from typing import Any, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.checked_words import CheckedWords
from cases.models import Assignment, Card, Case, OrderReply
from cases.redaction import Allowed, disclosed_to

_LONG = 2000
_READS = gettext_lazy("The agency reads this, word for word. Name nobody who complained.")


def _text(rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(max_length=_LONG, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def _choice(label: Any, choices: Any, missing: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": missing})


class ToAgencyForm(CheckedWords):
    """A form whose text goes to the agency that has the case; `suggested` stands in it when it is opened."""

    words_field = "reason"

    def __init__(
        self, data: Any = None, *, case: Case, assignment: Assignment | None, suggested: str = "", **kwargs: Any
    ) -> None:
        kwargs["initial"] = {self.words_field: suggested} | kwargs.get("initial", {})
        super().__init__(data, **kwargs)
        self.case, self.assignment = case, assignment

    def allowed(self) -> Allowed:
        """Return what went to the agency by consent."""
        return disclosed_to(self.assignment) if self.assignment else {}

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes, and whether what may be a name was looked at."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "stays"}
        return given | {"looked_at": self.is_confirmed}


AnyToAgency = TypeVar("AnyToAgency", bound=ToAgencyForm)


class ReasonForm(ToAgencyForm):
    """A reason that the agency reads: of a card, of a withdrawal, of a cancelled order."""

    reason = _text(label=gettext_lazy("Reason"), help_text=_READS, error_messages={"required": gettext_lazy("Write the reason.")})


class CardForm(ToAgencyForm):
    """A card that nobody has suggested: how grave, what for, and why."""

    colour = _choice(gettext_lazy("Which card?"), Card.Colour.choices, gettext_lazy("Choose a card."))
    ground = _choice(gettext_lazy("What is it for?"), Card.Ground.choices, gettext_lazy("Choose a ground."))
    reason = _text(label=gettext_lazy("Reason"), help_text=_READS, error_messages={"required": gettext_lazy("Write the reason.")})


class DecideAppealForm(ToAgencyForm):
    """Whether a card stays, and why."""

    decision = _choice(
        gettext_lazy("What becomes of the card?"), Card.Decision.choices, gettext_lazy("Choose what becomes of it.")
    )
    reason = _text(
        label=gettext_lazy("Your reason"), help_text=_READS, error_messages={"required": gettext_lazy("Write the reason.")}
    )


class DecideAnswerForm(ToAgencyForm):
    """Whether an order was carried out; what is missing, when it was not."""

    decision = _choice(
        gettext_lazy("Has the agency done what was ordered?"),
        [
            (OrderReply.Decision.ACCEPTED, gettext_lazy("Yes, the order is carried out")),
            (OrderReply.Decision.SENT_BACK, gettext_lazy("No, send the answer back")),
        ],
        gettext_lazy("Choose yes or no."),
    )
    reason = _text(
        required=False,
        label=gettext_lazy("What is missing"),
        help_text=gettext_lazy("Needed when you send it back. The agency reads this, word for word; its limit runs on."),
    )

    def clean(self) -> dict[str, Any]:
        """Who sends back says what is missing."""
        cleaned = super().clean()
        if cleaned.get("decision") == OrderReply.Decision.SENT_BACK and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write what is missing."))
        return cleaned

    @property
    def sends_back(self) -> bool:
        """Whether the answer goes back."""
        return bool(self.cleaned_data["decision"] == OrderReply.Decision.SENT_BACK)

    def arguments(self) -> dict[str, Any]:
        """Return what the chosen action takes; acceptance needs no words."""
        given = super().arguments()
        return {"reason": given["reason"], "looked_at": given["looked_at"]} if self.sends_back else {}


class ChaserForm(ToAgencyForm):
    """A few words that urge the agency."""

    words_field = "words"
    words = _text(
        label=gettext_lazy("What do you want to say?"),
        help_text=_READS,
        error_messages={"required": gettext_lazy("Write what you want to say.")},
    )


class OrderForm(ToAgencyForm):
    """What the agency has to do and to report."""

    words_field = "demand"
    demand = _text(
        6,
        label=gettext_lazy("What has the agency to do?"),
        help_text=gettext_lazy("What to do, by whom, and what to report. The agency reads this, word for word. Name nobody."),
        error_messages={"required": gettext_lazy("Write what the agency has to do.")},
    )


class PlainReasonForm(forms.Form):
    """A reason that the office reads: why a suggestion is not followed, or why the agency appeals."""

    reason = _text(label=gettext_lazy("Reason"), error_messages={"required": gettext_lazy("Write the reason.")})

    def __init__(self, data: Any = None, *, hint: str | Promise, **kwargs: Any) -> None:
        """Say who reads it."""
        super().__init__(data, **kwargs)
        self.fields["reason"].help_text = str(hint)

    def arguments(self) -> dict[str, Any]:
        """Return the reason."""
        return dict(self.cleaned_data)


class AnswerForm(forms.Form):
    """What the agency reports on an order."""

    text = _text(
        8,
        label=gettext_lazy("What has been done?"),
        help_text=gettext_lazy("What was done, by whom, when, and what is left. The office reads this."),
        error_messages={"required": gettext_lazy("Write what has been done.")},
    )

    def arguments(self) -> dict[str, Any]:
        """Return the text."""
        return dict(self.cleaned_data)
