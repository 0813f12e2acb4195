"""The forms by which letters are drafted, put into words, discarded and noted as delivered, and their templates kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Letter
from complaints.labels import Worded

from .placeholders import BODY_NEEDED
from .reading import Offer
from .words import fields_of

_SHORT, _LONG = 20, 5000


class VersionForm(forms.Form):
    """A form that knows which version of the draft its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any = None, *, letter: Letter, **kwargs: Any) -> None:
        """Remember the version at which the page is opened."""
        kwargs["initial"] = {"version": letter.version} | kwargs.get("initial", {})
        super().__init__(data, **kwargs)
        self.letter = letter


class WordsForm(VersionForm):
    """What the writer says in own words."""

    honorific = forms.CharField(
        label=_("After the name"),
        help_text=_("Such as 同志, 先生 or 女士. The name itself is put in when the letter is issued."),
        required=False,
        max_length=_SHORT,
        widget=forms.TextInput(attrs={"class": "w-short"}),
    )
    body = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    closing = forms.CharField(label=_("Closing words"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    stays = forms.BooleanField(label=_("I have looked at this, and it stays in the text."), required=False)

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        """Offer the words of this kind of letter."""
        super().__init__(*args, letter=letter, **kwargs)
        for name in {"honorific", "body", "closing"} - {*fields_of(letter.kind)}:
            del self.fields[name]
        needed = letter.kind in BODY_NEEDED
        self.fields["body"].help_text = (
            _("A line break begins a new paragraph. The agency reads it: nothing that shows who complained.")
            if letter.agency_id
            else _("A line break begins a new paragraph. Name nobody who complained.")
        )
        if not needed:
            self.fields["body"].label = _("More in your own words")

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = dict(self.cleaned_data)
        version, stays = given.pop("version"), given.pop("stays")
        return {"version": version, "words": given, "looked_at": stays}


class IssueForm(VersionForm):
    """Signs the letter; a word that may be a name is confirmed once."""

    stays = forms.BooleanField(label=_("I have looked at this, and it stays in the text."), required=False)

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"version": self.cleaned_data["version"], "looked_at": self.cleaned_data["stays"]}


class DiscardForm(VersionForm):
    """Why a draft is not needed."""

    reason = forms.CharField(
        label=_("Why is it not needed?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why.")},
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data)


class DeliveryForm(forms.Form):
    """How the paper reached somebody, and when."""

    means = forms.ChoiceField(
        label=_("How did it get there?"),
        choices=Letter.Means.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how.")},
    )
    on = forms.DateField(
        label=pgettext_lazy("delivery", "On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day like 2026-09-30.")},
    )

    def __init__(self, data: Any = None, *, letter: Letter, today: date, **kwargs: Any) -> None:
        """Suggest what was noted before, or today."""
        noted = {"means": letter.means or None, "on": letter.delivered_on or today}
        super().__init__(data, initial=noted, **kwargs)

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data)


class NewForm(forms.Form):
    """Which letter to draft, for whom."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=36)
    letter = forms.ChoiceField(
        label=_("Which letter?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a letter.")}
    )

    def __init__(self, data: Any = None, *, offers: Sequence[Offer], **kwargs: Any) -> None:
        """Offer what fits the case."""
        super().__init__(data, **kwargs)
        self._offers = {one.value: one for one in offers}
        field = self.fields["letter"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = [(one.value, Worded(str(one.kind.label), aside=one.to, hint=one.what_for)) for one in offers]

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        chosen = self._offers[self.cleaned_data["letter"]]
        return {
            "kind": chosen.kind,
            "complaint": chosen.complaint,
            "agency": chosen.agency,
            "token": self.cleaned_data["token"],
        }


class TemplateForm(forms.Form):
    """A new version of a template."""

    file = forms.FileField(
        label=_("Word file (.docx)"),
        help_text=_("It is checked, and a trial letter is made of it, before it is used."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Choose another one.")},
    )


class PrefixForm(forms.Form):
    """The words before the year of a number."""

    begins = forms.CharField(
        label=_("Numbers begin with"),
        help_text=_("As in 清优效受〔2026〕15号. Kinds that begin alike share one series of numbers."),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "w-short"}),
        error_messages={"required": _("Write what the numbers begin with.")},
    )
