"""The form in which an officer notes what the person named said about having filed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.labels import Worded
from complaints.models import Complaint, IdentityCheck

from .forms import VersionedForm
from .identifying import Checks
from .wording import WAYS

_CONFIRMED, _DENIED = "confirmed", "denied"


class NoteIdentityForm(VersionedForm):
    """How it was asked, and the answer. It takes no notice of the case's version, but of what others have noted since."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**15)
    level = forms.ChoiceField(
        label=gettext_lazy("How did you ask?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you asked.")},
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What did the person say?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the person said.")},
    )

    def __init__(self, *args: Any, complaint: Complaint, checks: Checks, **kwargs: Any) -> None:
        """Offer a call only where there is a number; a call just made is chosen already."""
        initial = {"seen": checks.number, "level": IdentityCheck.Level.CALL_BACK.value if checks.has_called else ""}
        super().__init__(*args, initial=initial, **kwargs)
        del self.fields["version"]
        self.complaint = complaint
        ways = [
            (IdentityCheck.Level.CALL_BACK.value, Worded(str(WAYS["call_back"]), hint=_("To the number that was left."))),
            (IdentityCheck.Level.IN_PERSON.value, Worded(str(WAYS["in_person"]), hint=_("With an identity document."))),
        ]
        self.fields["level"].choices = ways if checks.has_phone else ways[1:]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (_CONFIRMED, Worded(_("Yes, I filed it"))),
            (
                _DENIED,
                Worded(
                    _("No, it was not me"),
                    hint=_(
                        "The matter turns anonymous and goes on. This person is not called or told anything any more, consent to "
                        "disclose ends, the name stays masked. It cannot be undone."
                    ),
                ),
            ),
        ]

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        said = {"level": given["level"], "confirmed": given["outcome"] == _CONFIRMED, "seen": given["seen"]}
        return {"complaint": self.complaint} | said
