"""The forms of staff, from acceptance to closing. Each carries the version of the case at which its page was opened."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import Complaint, Satisfaction
from complaints.purposes import OF_A_CALL

from .checked_words import CheckedWords
from .models import Case, Report
from .redaction import Allowed, disclosed_to
from .workflow import Advice, Finding, Mode

LONG = 5000
SHORT = 300


class VersionedForm(forms.Form):
    """A form that knows which version of the case its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any = None, *, case: Case, **kwargs: Any) -> None:
        """Remember the version at which the page is opened."""
        kwargs["initial"] = {"version": case.version} | kwargs.get("initial", {})
        super().__init__(data, **kwargs)
        self.case = case

    def arguments(self) -> dict[str, Any]:
        """Return what was filled in, as the action takes it."""
        return dict(self.cleaned_data)


class _Text(forms.CharField):
    """A long text."""

    def __init__(self, *, rows: int = 6, max_length: int = LONG, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DeclineForm(VersionedForm):
    """Why the office does not take it up, and where to go."""

    reason = _Text(
        label=gettext_lazy("Why can the office not take it up?"),
        help_text=gettext_lazy("The complainant reads this. Plain words, and the rule it rests on."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Write the reason.")},
    )
    advice = forms.ChoiceField(
        label=gettext_lazy("Where can the complainant go with it?"),
        choices=Advice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose where to go.")},
    )
    advice_text = forms.CharField(
        label=gettext_lazy("Address, phone or opening hours"),
        max_length=SHORT,
        required=False,
        help_text=gettext_lazy("If you know them."),
    )

    def clean(self) -> dict[str, Any]:
        """“Elsewhere” alone sends nobody anywhere."""
        cleaned = super().clean() or {}
        if cleaned.get("advice") == Advice.OTHER and not cleaned.get("advice_text"):
            self.add_error("advice_text", _("Say where."))
        return cleaned


class ReportForm(VersionedForm):
    """What the investigation found."""

    finding = forms.ChoiceField(
        label=gettext_lazy("What did the investigation find?"),
        choices=Finding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the finding.")},
    )
    facts_found = _Text(
        label=gettext_lazy("The facts"),
        help_text=gettext_lazy("What happened, when, by whom, on which rule. The reply is written from this."),
        rows=8,
        error_messages={"required": gettext_lazy("Write down the facts.")},
    )
    measures = _Text(
        label=gettext_lazy("What has been put right"),
        help_text=gettext_lazy("Measures taken and by when the rest is done. Needed unless the complaint is not upheld."),
        required=False,
    )
    reply = _Text(
        label=gettext_lazy("The reply that you propose"),
        help_text=gettext_lazy(
            "Optional. The office checks it and gives it to the complainant: write it to the complainant, name nobody."
        ),
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        """An agency proposes the reply; where the matter was transferred to it, it must, for it answers in its own name."""
        super().__init__(*args, case=case, **kwargs)
        if case.mode == Mode.HANDLE:
            del self.fields["reply"]
        if case.mode == Mode.TRANSFER:
            reply = self.fields["reply"]
            reply.label, reply.required = _("Your reply to the complainant"), True
            reply.help_text = _(
                "Your agency answers in its own name. The office checks the reply and hands it over; name nobody."
            )
            reply.error_messages["required"] = _("Write what your agency answers the complainant.")

    def clean(self) -> dict[str, Any]:
        """Where something was wrong, something is put right."""
        cleaned = super().clean() or {}
        wrong = cleaned.get("finding") in {Finding.UPHELD, Finding.PARTLY_UPHELD}
        if wrong and "measures" not in self.errors and not cleaned.get("measures"):
            self.add_error("measures", _("Write what has been put right, or what will be and by when."))
        return cleaned


class ApproveForm(VersionedForm):
    """The reply that the complainant reads."""

    reply = _Text(
        label=gettext_lazy("The reply to the complainant"),
        help_text=gettext_lazy("Suggested from the report. Change it until the complainant understands it; name nobody else."),
        rows=14,
        max_length=20_000,
        error_messages={"required": gettext_lazy("Write the reply.")},
    )


class ReasonForm(VersionedForm):
    """Why something is done."""

    reason = _Text(label=gettext_lazy("Reason"), max_length=2000, error_messages={"required": gettext_lazy("Write the reason.")})
    hints: ClassVar[dict[str, Any]] = {
        "send_back": gettext_lazy("Those who reported read this: what is missing, what to check. The limit does not move."),
        "withdrawn": gettext_lazy("The complainant reads this: why the matter ends with the withdrawal."),
        "close": gettext_lazy("The complainant reads this: what was looked at again, and why it rests here."),
    }

    def __init__(self, *args: Any, hint: str, required: bool = True, **kwargs: Any) -> None:
        """Say who reads the reason."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = self.hints[hint]
        self.fields["reason"].required = required


class SendBackForm(CheckedWords, ReasonForm):
    """Why a report goes back; an agency's own report, to the agency."""

    words_field = "reason"

    def __init__(self, *args: Any, report: Report | None, **kwargs: Any) -> None:
        """Remember whose report it is."""
        super().__init__(*args, hint="send_back", **kwargs)
        self._assignment = report.assignment if report else None

    def goes_to_agency(self) -> bool:
        """What the office's own handler reported, no agency reads."""
        return self._assignment is not None

    def allowed(self) -> Allowed:
        """Return what went to the agency by consent."""
        return disclosed_to(self._assignment) if self._assignment else {}

    def arguments(self) -> dict[str, Any]:
        """Return the reason, and whether what may be a name was looked at."""
        given = self.cleaned_data
        return {"version": given["version"], "reason": given["reason"], "looked_at": self.is_confirmed}


class FollowUpForm(VersionedForm):
    """What the complainant said on the phone."""

    satisfaction = forms.ChoiceField(
        label=gettext_lazy("How does the complainant rate the outcome?"),
        choices=Satisfaction.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the complainant said.")},
    )
    note = _Text(
        label=gettext_lazy("What was said"),
        help_text=gettext_lazy("For the office only."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Write down what was said.")},
    )


class CallForm(forms.Form):
    """Which complainant is called, and why."""

    purpose = forms.ChoiceField(label=gettext_lazy("Purpose of the call"))
    complaint = forms.TypedChoiceField(coerce=int, required=False, empty_value=None, widget=forms.HiddenInput)

    def __init__(self, *args: Any, complaints: Mapping[int, Complaint] | None = None, **kwargs: Any) -> None:
        """Offer the purposes of a call; consent is none of them. `complaints`: those whose complainant may be called, by id."""
        super().__init__(*args, **kwargs)
        self._complaints = complaints or {}
        whose = self.fields["complaint"]
        assert isinstance(whose, forms.ChoiceField)  # noqa: S101 for the type checker
        whose.choices = [(str(pk), str(pk)) for pk in self._complaints]
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = [(purpose.value, purpose.label) for purpose in OF_A_CALL]

    def clean(self) -> dict[str, Any]:
        """Turn the id into the complaint; one that was left out means the first who left a number."""
        cleaned = super().clean() or {}
        first = next(iter(self._complaints), None)
        return cleaned | {"complaint": self._complaints.get(cleaned.get("complaint") or first or 0)}

    @property
    def called(self) -> int | None:
        """The id of the complaint beside which the number, or what is wrong, is shown."""
        complaint = getattr(self, "cleaned_data", {}).get("complaint")
        return complaint.pk if complaint else None


def suggested_reply(report: Report | None, language: str) -> str:
    """Draft the reply from the report, in the language of the complainant, whatever the leader works in.

    What an agency proposes goes before: it knows the matter.
    """
    if report is None or report.reply:
        return report.reply if report else ""
    with translation.override(language or settings.LANGUAGE_CODE):
        opening = _opening(report)
    return "\n\n".join(part for part in (opening, report.facts_found.strip(), report.measures.strip()) if part)


def _opening(report: Report) -> str:
    return {
        Finding.UPHELD: _("We have looked into what you told us. It is as you say."),
        Finding.PARTLY_UPHELD: _("We have looked into what you told us. It is so in part."),
        Finding.NOT_UPHELD: _("We have looked into what you told us. We could not confirm it."),
    }[Finding(report.finding)]
