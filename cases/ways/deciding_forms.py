"""The forms by which a case is referred, given back, decided on and handed on, and by which an agency gives its opinion."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency
from cases.checked_words import CheckedWords
from cases.forms import VersionedForm
from cases.models import Assignment, Case
from cases.redaction import Allowed, disclosed_to
from cases.workflow import Body
from complaints.labels import agency_name

from .forms import text

_SHORT, _LONG = 300, 5000


class ReferForm(VersionedForm):
    """To whom a discipline matter goes, and why."""

    body = forms.ChoiceField(
        label=gettext_lazy("Who is in charge of it?"),
        choices=Body.choices,
        initial=Body.DISCIPLINE,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the body in charge.")},
    )
    reason = text(
        5,
        label=gettext_lazy("Reason for the referral"),
        help_text=gettext_lazy("For the file and the body in charge. The complainant is told where it went, not this."),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )


class GiveBackForm(VersionedForm):
    """Why an agency gives a case back, by which rule, and who is competent."""

    reason = text(
        5,
        label=gettext_lazy("Why is your agency not competent?"),
        help_text=gettext_lazy("The office decides on this. The complainant does not read it."),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )
    basis = forms.CharField(
        label=gettext_lazy("Basis"),
        help_text=gettext_lazy("The rule it rests on, such as a clause of your agency's list of functions."),
        max_length=_SHORT,
        error_messages={"required": gettext_lazy("Name the rule. Without a basis nothing can be given back.")},
    )
    proposed = forms.ChoiceField(
        label=gettext_lazy("Which agency is competent?"),
        help_text=gettext_lazy("If you know it. It makes the office's decision quicker."),
        required=False,
    )

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        """Offer all agencies but the one that gives it back."""
        super().__init__(*args, case=assignment.case, **kwargs)
        self._agencies = {str(one.pk): one for one in Agency.objects.open().for_list() if one.pk != assignment.agency_id}
        field = self.fields["proposed"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = [("", _("Not known")), *((pk, agency_name(one)) for pk, one in self._agencies.items())]

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return given | {"proposed": self._agencies.get(given["proposed"])}


class RefuseForm(CheckedWords, VersionedForm):
    """Why a case stays where it is; the agency reads it."""

    words_field = "reason"

    reason = text(
        5,
        label=gettext_lazy("Why does it stay with the agency?"),
        help_text=gettext_lazy("The agency reads this. Name the rule by which it is competent."),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )

    def __init__(self, *args: Any, case: Case, lead: Assignment | None, **kwargs: Any) -> None:
        """Remember who reads it."""
        super().__init__(*args, case=case, **kwargs)
        self._lead = lead

    def allowed(self) -> Allowed:
        """Return what went to the agency by consent."""
        return disclosed_to(self._lead) if self._lead else {}

    def arguments(self) -> dict[str, Any]:
        """Return the reason, and whether what may be a name was looked at."""
        given = self.cleaned_data
        return {"version": given["version"], "reason": given["reason"], "looked_at": self.is_confirmed}


class HandlerForm(VersionedForm):
    """Which officer handles the case from now on."""

    handler = forms.ChoiceField(
        label=gettext_lazy("Handler"),
        help_text=gettext_lazy("Hears of every step and may call the complainant."),
        error_messages={"required": gettext_lazy("Choose an officer.")},
    )

    def __init__(self, *args: Any, by: User, case: Case, argument: str = "handler", **kwargs: Any) -> None:
        """Suggest the handler, while in the office, and else who looks; `argument` is what the action calls the person."""
        self._officers = {str(one.pk): one for one in User.objects.with_role(Role.OFFICER)}
        stays = case.handler_id if str(case.handler_id) in self._officers else by.pk
        super().__init__(*args, case=case, initial={"handler": stays}, **kwargs)
        self._argument = argument
        field = self.fields["handler"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = [("", _("Choose an officer")), *((pk, one.full_name) for pk, one in self._officers.items())]

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return {"version": given["version"], self._argument: self._officers[given["handler"]]}


class OpinionForm(VersionedForm):
    """What an agency that helps has found."""

    opinion = text(
        8,
        max_length=_LONG,
        label=gettext_lazy("Opinion of your agency"),
        help_text=gettext_lazy(
            "The agency that leads and the office read it: what you found within your powers, and what you do."
        ),
        error_messages={"required": gettext_lazy("Write your opinion.")},
    )
