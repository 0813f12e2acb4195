"""The forms of what can be asked for after the reply: a review, a reward with an ID number; and of what an agency may learn."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints import disclosures, id_numbers
from complaints.labels import Worded
from complaints.models import Complainant, Disclosure, RewardClaim

from .fields import Words
from .following import _CODE

_SEPARATOR = ","


class ReviewForm(forms.Form):
    """Why the reply is not right."""

    reason = Words(
        label=_("What is wrong with the reply?"),
        help_text=_("What it leaves out, what is not so, what we should look at again. The agency does not read this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write what is wrong with the reply"),
            "max_length": _("This is longer than 2,000 characters. Shorten it"),
        },
    )
    level = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2)


class ClaimForm(forms.Form):
    """One confirmation; of somebody without a name the claim code, which is one."""

    code = Words(
        label=_("Claim code"),
        help_text=_("Eight letters and figures. It was shown once, right after filing, and is not the query code"),
        max_length=30,
        widget=forms.TextInput(attrs=_CODE),
        error_messages={"required": _("Enter the claim code")},
    )
    understood = forms.BooleanField(
        label=_("I claim a reward and know that the office decides about it"),
        error_messages={"required": _("Confirm that you claim a reward")},
    )

    def __init__(self, *args: Any, proof: RewardClaim.Proof, **kwargs: Any) -> None:
        """Ask for what this claimant has."""
        super().__init__(*args, **kwargs)
        del self.fields["understood" if proof == RewardClaim.Proof.CLAIM_CODE else "code"]


class IdNumberForm(forms.Form):
    """The number of a document, with the consent of its own that it needs."""

    kind = forms.ChoiceField(
        label=_("Which document?"),
        choices=Complainant.IdKind.choices,
        initial=Complainant.IdKind.RESIDENT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the document")},
    )
    number = Words(
        label=_("Number on the document"),
        help_text=_("As it stands there; blanks do not matter"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Enter the number on the document")},
    )
    consent = forms.BooleanField(
        label=_("I agree that the office keeps this number, for paying a reward alone"),
        help_text=_("You can take it back until a reward is paid; then the number is deleted."),
        error_messages={"required": _("Without your consent we may not keep the number. Agree, or go back")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Know the day, for dates of birth."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Check the number by the rules of its document."""
        said = self.cleaned_data
        if said.get("kind") and said.get("number"):
            try:
                said["number"] = id_numbers.checked(said["kind"], said["number"], today=self.today)
            except id_numbers.NotAnIdNumber as error:
                self.add_error("number", str(error))
        return said


class ConsentForm(forms.Form):
    """What one agency may learn. `seen` says what the page showed as agreed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    disclose = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, to: disclosures.ToAgency) -> None:
        """Offer what can be changed for this agency."""
        given = {"seen": _SEPARATOR.join(to.agreed), "disclose": to.agreed}
        super().__init__(data, prefix=f"a{to.agency.pk}", initial=given)
        self.to = to
        field = self.fields["disclose"]
        field.label = gettext("What may %(agency)s learn from us?") % {"agency": to.name}
        field.choices = disclosures.choices(to.offered) if to.may_give else _bare(to.offered)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        seen = [field for field in self.cleaned_data["seen"].split(_SEPARATOR) if field]
        return {"fields": self.cleaned_data["disclose"], "seen": seen}


def _bare(fields: Iterable[str]) -> list[tuple[str, Worded]]:
    """After sending, what the agency cannot do without it is no question any more."""
    offered = set(fields)
    return [(one.value, Worded(str(one.label))) for one in Disclosure if one.value in offered]
