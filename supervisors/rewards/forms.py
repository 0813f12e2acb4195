"""The forms by which rewards are proposed, decided, cancelled and collected. Amounts are typed in yuan and kept in fen."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.forms import VersionedForm
from complaints.labels import Worded
from supervisors.actions import Proposal, Wanted, what_a_grade_gives
from supervisors.forms import AmountField
from supervisors.models import Payable, Reward, RewardGrade
from supervisors.templatetags.rewards import yuan

_CHOOSE = {"required": gettext_lazy("Choose one.")}
_WRITE = {"required": gettext_lazy("Write something here.")}


def text(label: Any, *, rows: int = 3, most: int = 1000, required: bool = True, hint: Any = "") -> forms.CharField:
    """A long text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget, help_text=hint, error_messages=_WRITE)


def _choice(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, help_text=hint, widget=forms.RadioSelect, error_messages=_CHOOSE)


_YES_NO = [("no", pgettext_lazy("fact", "No")), ("yes", pgettext_lazy("fact", "Yes"))]


class ProposeForm(VersionedForm):
    """What a proposer says: what only a person can judge, 真实性, 有效性, then the grade and amount."""

    own_duty = _choice(gettext_lazy("Was it the reporter's own official duty to deal with the matter?"), _YES_NO)
    accomplice = _choice(gettext_lazy("Did the reporter take part in what was reported?"), _YES_NO)
    truth = _choice(gettext_lazy("How true was the report?"), Reward.Truth.choices)
    truth_reason = text(gettext_lazy("On what do you rest that?"), hint=gettext_lazy("Which facts were proved, and by what."))
    worth = _choice(gettext_lazy("What was it worth to the investigation?"), Reward.Worth.choices)
    worth_reason = text(
        gettext_lazy("What came of it?"), hint=gettext_lazy("The disposition, the rectification, the money recovered.")
    )
    grade = _choice(gettext_lazy("Which grade?"), ())
    base = AmountField(
        label=gettext_lazy("Fined or recovered, in yuan"),
        required=False,
        help_text=gettext_lazy("Only for a grade that is a share of it."),
    )
    amount = AmountField(
        label=gettext_lazy("Amount in yuan"),
        required=False,
        help_text=gettext_lazy("Only where the grade leaves a choice; else it follows from the grade."),
    )
    reason = text(
        gettext_lazy("Why this grade?"), hint=gettext_lazy("It is printed in the decision. Nothing that shows who reported.")
    )
    field_order = (
        "version",
        "own_duty",
        "accomplice",
        "truth",
        "truth_reason",
        "worth",
        "worth_reason",
        "grade",
        "base",
        "amount",
        "reason",
    )

    def __init__(self, *args: Any, grades: Iterable[RewardGrade], **kwargs: Any) -> None:
        """Offer the grades of the scheme, each with what it gives and for what."""
        super().__init__(*args, **kwargs)
        self.grades = {str(one.pk): one for one in grades}
        field = self.fields["grade"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = [(pk, Worded(one.name, aside=gives(one), hint=one.when)) for pk, one in self.grades.items()]

    def clean(self) -> dict[str, Any]:
        """Where the grade leaves no choice the amount follows from it."""
        cleaned = super().clean() or {}
        grade, base = self.grades.get(cleaned.get("grade", "")), cleaned.get("base") or 0
        if grade is None or self.errors.keys() & {"base", "amount"}:
            return cleaned
        if grade.share and not base:
            self.add_error("base", _("This grade is a share of what was fined or recovered: write how much that was."))
            return cleaned
        self._clean_amount(cleaned, grade, base if grade.share else 0)
        return cleaned

    def _clean_amount(self, cleaned: dict[str, Any], grade: RewardGrade, base: int) -> None:
        span = what_a_grade_gives(grade, base)
        cleaned["base"] = base
        if not cleaned.get("amount") and span.is_fixed:
            cleaned["amount"] = span.least_fen
        if not cleaned.get("amount"):
            self.add_error("amount", _("Write an amount."))
        elif not span.holds(cleaned["amount"]):
            words = _("This grade gives %(least)s to %(most)s.") if not span.is_fixed else _("This grade gives %(least)s.")
            self.add_error("amount", words % {"least": yuan(span.least_fen), "most": yuan(span.most_fen)})

    def proposal(self) -> Proposal:
        """Return what the action takes."""
        said = self.cleaned_data
        words = {name: said[name] for name in ("truth", "truth_reason", "worth", "worth_reason", "reason")}
        judged = {name: said[name] == "yes" for name in ("own_duty", "accomplice")}
        return Proposal(grade=self.grades[said["grade"]], amount_fen=said["amount"], base_fen=said["base"], **words, **judged)


def gives(grade: RewardGrade) -> str:
    """Say what a grade gives."""
    least, most = yuan(grade.least_fen), yuan(grade.most_fen)
    if grade.share:
        share = f"{grade.share / 100:g}"
        return _("%(share)s%% of it, at least %(least)s, at most %(most)s") % {"share": share, "least": least, "most": most}
    return least if grade.least_fen == grade.most_fen else _("%(least)s to %(most)s") % {"least": least, "most": most}


class _OfReward(forms.Form):
    """A form that knows which version of the reward its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, reward: Reward, **kwargs: Any) -> None:
        """Remember the version at which the page is opened."""
        super().__init__(*args, **kwargs | {"initial": {"version": reward.version}})


class DecideForm(_OfReward):
    """Yes or no; a no needs a reason."""

    decision = _choice(
        gettext_lazy("Is the reward approved?"),
        [
            ("yes", gettext_lazy("Yes: book it and tell who reported")),
            ("no", pgettext_lazy("reward", "No")),
        ],
    )
    note = text(gettext_lazy("Your reason"), required=False, hint=gettext_lazy("Needed when you say no. The office reads it."))

    def clean(self) -> dict[str, Any]:
        """A no without a reason helps nobody."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "no" and "note" not in self.errors and not cleaned.get("note"):
            self.add_error("note", _("Write why not."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        said = self.cleaned_data
        return {"approve": said["decision"] == "yes", "note": said["note"], "version": said["version"]}


class CancelForm(_OfReward):
    """Why it is cancelled."""

    reason = text(
        gettext_lazy("Why is it cancelled?"),
        most=200,
        hint=gettext_lazy("Once it was told to who reported, that person reads this too."),
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data)


class DeclineForm(forms.Form):
    """Why there is no reward."""

    reason = text(
        gettext_lazy("Why is there no reward?"),
        rows=5,
        most=1000,
        hint=gettext_lazy("The claimant reads this. Plain words, and the rule it rests on; nothing about others."),
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data)


class CollectForm(forms.Form):
    """How the money is wanted; without a name in cash, against the claim code."""

    code = forms.CharField(
        label=gettext_lazy("Claim code"),
        max_length=30,
        help_text=gettext_lazy("Eight letters and figures. It was shown once, right after filing, and is not the query code"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter the claim code")},
    )
    means = _choice(gettext_lazy("How do you want it?"), Payable.Means.choices)
    holder = forms.CharField(
        label=gettext_lazy("Account holder"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("For a bank transfer: the own name, as it stands on the card"),
    )
    bank = forms.CharField(
        label=gettext_lazy("Bank and branch"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("For a bank transfer, such as “Qinghe branch of …”"),
    )
    account = forms.CharField(
        label=gettext_lazy("Account number"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("For a bank transfer; blanks do not matter"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("The office may keep this account for paying this reward, sealed"),
        required=False,
        help_text=gettext_lazy("Only finance sees it, for the transfer. Needed for a bank transfer."),
    )

    def __init__(self, *args: Any, needs_code: bool, cash_only: bool, **kwargs: Any) -> None:
        """Ask for what this payee has."""
        super().__init__(*args, **kwargs)
        if not needs_code:
            del self.fields["code"]
        if cash_only:
            for name in ("means", "holder", "bank", "account", "consent"):
                del self.fields[name]

    def clean_account(self) -> str:
        """Blanks and dashes are how cards print it."""
        plain = unicodedata.normalize("NFKC", self.cleaned_data["account"])
        return "".join(plain.replace("-", "").split())

    def clean(self) -> dict[str, Any]:
        """A bank transfer needs all of it, and the consent."""
        cleaned = super().clean() or {}
        if cleaned.get("means") == Payable.Means.BANK:
            for name in ("holder", "bank", "account"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Write this as it stands on the card or passbook."))
            if not cleaned.get("consent"):
                self.add_error("consent", _("Without consent the account may not be kept. Agree, or choose cash."))
        return cleaned

    def wanted(self) -> Wanted:
        """Return what the action takes."""
        said = self.cleaned_data
        names = ("holder", "bank", "account", "code")
        return Wanted(means=said.get("means", Payable.Means.CASH), **{name: said.get(name, "") for name in names})
