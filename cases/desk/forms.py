"""The forms of the desk: a search to keep, cases that were chosen, an export."""

import re
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from accounts.roles import Role
from cases.bulk import MOST
from complaints.wording import one_line

_CHOSEN = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


class Act(TextChoices):
    """What can be done to many cases at once."""

    HAND_ON = "hand_on", gettext_lazy("Hand on")
    REMIND = "remind", gettext_lazy("Remind now")
    ARCHIVE = "archive", gettext_lazy("Put into the archive")
    EXPORT = "export", pgettext_lazy("act", "Export")


class Format(TextChoices):
    """As what a list leaves the house."""

    XLSX = "xlsx", gettext_lazy("Excel (XLSX)")
    CSV = "csv", gettext_lazy("Text (CSV)")


class SearchForm(forms.Form):
    """A name under which filters are kept, and whether everybody of the office sees them."""

    name = forms.CharField(
        label=gettext_lazy("Name of the search"),
        max_length=40,
        error_messages={"required": gettext_lazy("Give the search a name.")},
    )
    shared = forms.BooleanField(label=gettext_lazy("Show it to the whole office"), required=False)

    def clean_name(self) -> str:
        """One line, and not only invisible characters."""
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Give the search a name."))
        return name


class ChosenForm(forms.Form):
    """Cases chosen from a list (`case`, several times: id and version seen), what is to be done to them, and which list."""

    act = forms.ChoiceField(choices=Act.choices)
    back = forms.CharField(max_length=2000, required=False, strip=True)

    def __init__(self, data: Any) -> None:
        """Read the chosen cases; what is none of them is left out."""
        super().__init__(data)
        found = [match for match in map(_CHOSEN.fullmatch, data.getlist("case")) if match]
        self.chosen = {int(match[1]): int(match[2]) for match in found}

    def clean(self) -> dict[str, Any]:
        """Some must be chosen, and not too many."""
        if not self.chosen:
            raise forms.ValidationError(_("Choose at least one case first."))
        if len(self.chosen) > MOST:
            raise forms.ValidationError(_("At most %(n)d cases at once.") % {"n": MOST})
        return super().clean() or {}


class HandlerForm(forms.Form):
    """To whom the chosen cases go."""

    to = forms.ChoiceField(
        label=gettext_lazy("New handler"), error_messages={"required": gettext_lazy("Choose the new handler.")}
    )

    def __init__(self, data: Any = None) -> None:
        """Offer the officers who may sign in."""
        super().__init__(data)
        self.people = {str(one.pk): one for one in User.objects.with_role(Role.OFFICER)}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = [("", _("Choose a handler")), *((pk, one.full_name) for pk, one in self.people.items())]

    @property
    def handler(self) -> User | None:
        """Who was chosen."""
        return self.people.get(self.cleaned_data["to"]) if self.is_valid() else None


class ExportForm(forms.Form):
    """The format of an export."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=Format.choices, widget=forms.RadioSelect, initial=Format.XLSX
    )
