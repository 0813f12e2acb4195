"""The forms by which more time is asked for and decided, and by which the clock is stopped and started."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.forms import VersionedForm
from cases.models import Case, Extension, Suspension
from core.models import DeadlinePolicy

_LONG, _SHORT = 2000, 200


def _text(rows: int, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    return forms.CharField(max_length=_LONG, required=required, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class AskForm(VersionedForm):
    """How much more time, why, and what has been done so far."""

    length = forms.IntegerField(
        label=gettext_lazy("How much more time?"),
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "w-short"}),
        error_messages={"required": gettext_lazy("Write a number."), "invalid": gettext_lazy("Write a whole number.")},
    )
    reason = _text(
        4,
        label=gettext_lazy("Why is it needed?"),
        help_text=gettext_lazy("The complainant reads this, word for word. Name nobody."),
        error_messages={"required": gettext_lazy("Write why it is needed.")},
    )
    progress = _text(
        4,
        label=gettext_lazy("What has been done so far?"),
        help_text=gettext_lazy("For the office, which decides."),
        error_messages={"required": gettext_lazy("Write what has been done so far.")},
    )

    def __init__(self, *args: Any, policy: DeadlinePolicy | None, case: Case, **kwargs: Any) -> None:
        """Say how much the policy allows, in its unit."""
        super().__init__(*args, case=case, **kwargs)
        if policy is not None:
            self.fields["length"].help_text = allowed_words(policy)


def allowed_words(policy: DeadlinePolicy) -> str:
    """Say how much time an extension gives at most, and how often."""
    n = policy.extension_length
    if policy.unit == DeadlinePolicy.Unit.WORKING_DAYS:
        most = ngettext("At most %(n)d working day", "At most %(n)d working days", n) % {"n": n}
    else:
        most = ngettext("At most %(n)d day", "At most %(n)d days", n) % {"n": n}
    times = ngettext("%(n)d time", "%(n)d times", policy.extensions) % {"n": policy.extensions}
    return _("%(most)s, %(times)s. Basis: %(basis)s.") % {"most": most, "times": times, "basis": policy.basis}


class DecideForm(VersionedForm):
    """Yes or no; a no needs a reason."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Is more time given?"),
        choices=[(Extension.Decision.APPROVED, gettext_lazy("Yes")), (Extension.Decision.REFUSED, gettext_lazy("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    note = _text(
        3,
        required=False,
        label=gettext_lazy("Your reason"),
        help_text=gettext_lazy("Needed when you say no. Who asked reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]  # the case may move on; the request is not about its state

    def clean(self) -> dict[str, Any]:
        """A no without a reason helps nobody."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == Extension.Decision.REFUSED and "note" not in self.errors and not cleaned.get("note"):
            self.add_error("note", _("Write why not."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return {"approve": given["decision"] == Extension.Decision.APPROVED, "note": given["note"]}


def _day(**kwargs: Any) -> forms.DateField:
    messages = {"required": gettext_lazy("Choose a day."), "invalid": gettext_lazy("Write the day like 2026-09-30.")}
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=messages, **kwargs)


class SuspendForm(VersionedForm):
    """On which ground the clock stands still, and from which day."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Why does the clock stand still?"),
        choices=Suspension.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a ground.")},
    )
    basis = forms.CharField(
        label=gettext_lazy("Legal basis"),
        help_text=gettext_lazy("Law or rule, and its article."),
        max_length=_SHORT,
        error_messages={"required": gettext_lazy("Write the legal basis.")},
    )
    words = _text(
        4,
        label=gettext_lazy("What are we waiting for?"),
        help_text=gettext_lazy("The complainant and the agency read this, word for word. Name nobody."),
        error_messages={"required": gettext_lazy("Write what we are waiting for.")},
    )
    from_on = _day(label=gettext_lazy("First day that does not count"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Suggest today."""
        super().__init__(*args, initial={"from_on": today}, **kwargs)


class ResumeForm(VersionedForm):
    """From which day the clock runs again."""

    until_on = _day(label=gettext_lazy("First day that counts again"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Suggest today."""
        super().__init__(*args, initial={"until_on": today}, **kwargs)
