"""The part of a form that prepares a text for an agency: look at it, take out what is ticked, confirm what stays."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import Complaint

from . import proposals
from .models import Case
from .redaction import Allowed

LOOK, REPLACE, DRAFT = "look", "replace", "draft"
_MOST_LOOKED_AT = 10_000


class CheckedWords(forms.Form):
    """A form one text of which an agency reads. Each of its buttons is a plain post after which everything typed still stands."""

    words_field: ClassVar[str]
    case: Case

    # All that the case deals with, where the page has them with their people and agency; else they are read when they are needed.
    complaints: Sequence[Complaint] | None = None

    stays = forms.BooleanField(label=gettext_lazy("I have looked at this, and it stays in the text."), required=False)
    looked = False
    taken: Sequence[proposals.Proposal] = ()  # what a draft that was just made left out

    @classmethod
    def opened(cls, data: QueryDict, **kwargs: Any) -> Self:
        """Return the form as the page needs it: empty, filled by one of the buttons that help, or to be sent."""
        asked = data.get("do")
        if asked not in {LOOK, REPLACE, DRAFT}:
            return cls(data or None, **kwargs)
        given: Mapping[str, Any] = {
            name: field.widget.value_from_datadict(data, MultiValueDict(), name) for name, field in cls.base_fields.items()
        }
        form = cls(None, initial=dict(given), **kwargs)
        form.initial[cls.words_field] = form._helped(asked, _plain(given[cls.words_field]), data.getlist("replace"))
        form.looked = True
        return form

    def goes_to_agency(self) -> bool:
        """Whether an agency is to read the text, as far as the form is filled in."""
        return True

    def allowed(self) -> Allowed:
        """Return what consent lets the agency know, as far as the form is filled in."""
        return {}

    @cached_property
    def checked(self) -> proposals.Checked | None:
        """What was found in the text; None before anybody asked, and when no agency reads it."""
        if not (self.looked or self.is_bound) or not self.goes_to_agency():
            return None
        return proposals.check(self._words()[:_MOST_LOOKED_AT], self.case, self.allowed(), self.complaints)

    @property
    def seen(self) -> str:
        """The keys of what the page shows for confirmation, for its hidden field."""
        return " ".join(one.key for one in self.checked.to_confirm) if self.checked else ""

    @property
    def is_confirmed(self) -> bool:
        """Whether the officer has confirmed all that is to be confirmed; what the page did not show yet was not confirmed."""
        shown = set(self.data.get("seen", "").split())
        return bool(self.data.get("stays")) and self.checked is not None and set(self.seen.split()) <= shown

    def clean(self) -> dict[str, Any]:
        """Ask once whether what is left stays in; what must come out is the action's to refuse, and comes first."""
        cleaned = super().clean() or {}
        found = self.checked if self.words_field not in self.errors else None
        if found and found.to_confirm and not found.certain and not self.is_confirmed:
            self.add_error("stays", _("Look at what is listed below the text: replace it, or confirm that it stays."))
        return cleaned

    def _words(self) -> str:
        return _plain(self[self.words_field].value())

    def _helped(self, asked: str, words: str, keys: list[str]) -> str:
        """Return the text as the button leaves it; a draft comes after what is there already."""
        if asked == REPLACE:
            return proposals.take_out(words, self.case, self.allowed(), keys)
        if asked == DRAFT and (made := proposals.drafted(self.case)).text not in words:
            self.taken = made.taken
            return f"{words.rstrip()}\n\n{made.text}".strip()
        return words


def _plain(words: str | None) -> str:
    """Return a text as typed; browsers send the end of a line as two characters."""
    return (words or "").replace("\r\n", "\n")
