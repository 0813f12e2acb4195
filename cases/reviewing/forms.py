"""The form with which a leader answers a review."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Review
from core.templatetags.portal import day

_LONGEST = 20_000


class AnswerForm(forms.Form):
    """What the review came to, and the answer that the complainant reads."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What has the review come to?"),
        choices=Review.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the reply stands.")},
    )
    answer = forms.CharField(
        label=gettext_lazy("The answer to the complainant"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": gettext_lazy("Write the answer.")},
    )

    def __init__(self, data: Any = None, *, review: Review) -> None:
        """Begin the answer, and name the language in which the complainant reads it."""
        language = language_of(review)
        super().__init__(data, initial={"answer": _opening(review, language)})
        name = str(dict(settings.LANGUAGES)[language])
        self.fields["answer"].help_text = _(
            "The complainant reads it at once, in %(language)s: what you looked at, what it came to, why. Name nobody else."
        ) % {"language": name}


def language_of(review: Review) -> str:
    """Return the language of who asked; the house's where nobody gave a name."""
    person = review.request.complaint.complainant
    known = dict(settings.LANGUAGES)
    return person.language if person and person.language in known else settings.LANGUAGE_CODE


def _opening(review: Review, language: str) -> str:
    with translation.override(language):
        words = _("You asked us to review our reply of %(day)s. We have gone over the matter again.")
        return words % {"day": day(review.case.replied_at)} + "\n\n"
