"""The forms of staff, from acceptance to closing. Each carries the version of the case at which its page was opened."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency
from complaints.categories import CATEGORIES
from complaints.labels import Worded, agency_name
from complaints.models import Complaint, Consent, Disclosure, Satisfaction
from complaints.purposes import OF_A_CALL
from core import clock

from .case_classes import class_choices
from .checked_words import CheckedWords
from .models import Case, Report
from .redaction import Allowed, consents_of, disclosed_to
from .rulings import Dispatch, Ruling
from .wording import DISCLOSED
from .workflow import Advice, Finding, Mode

LONG = 5000
SHORT = 300
Choices = list[tuple[str, str | Worded]]


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


class AcceptForm(CheckedWords, VersionedForm):
    """Into which category the case is accepted, and who deals with it."""

    words_field = "summary"

    category = forms.TypedChoiceField(
        label=gettext_lazy("Which of the seven categories is it?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a category.")},
    )
    behaviours = forms.MultipleChoiceField(label=gettext_lazy("Behaviour"), required=False, widget=forms.CheckboxSelectMultiple)
    secondary = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Other categories it touches"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Who deals with it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who deals with it.")},
    )
    agency = forms.ChoiceField(label=gettext_lazy("Agency"), required=False)
    summary = _Text(
        label=gettext_lazy("Summary for the agency"),
        help_text=gettext_lazy(
            "All that the agency reads. Write what happened and what to check; nothing that shows who complained."
        ),
        rows=7,
        required=False,
    )
    disclose = forms.MultipleChoiceField(
        label=gettext_lazy("Disclose with the complainant's consent"), required=False, widget=forms.CheckboxSelectMultiple
    )
    case_class = forms.ChoiceField(
        label=gettext_lazy("Which limit does it get?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a limit.")},
    )
    handler = forms.ChoiceField(
        label=gettext_lazy("Handler"), help_text=gettext_lazy("Hears of every step and may call the complainant.")
    )

    def __init__(self, *args: Any, by: User, case: Case, **kwargs: Any) -> None:
        """Offer the agencies, the officers, and what the complainant agreed to disclose; suggest what the complaint says."""
        agency = case.respondent_agency_id or ""
        suggested: dict[str, Any] = {"category": case.category or None, "behaviours": case.behaviours, "mode": Mode.ASSIGN}
        suggested |= {"agency": agency, "handler": by.pk, "secondary": case.secondary}
        super().__init__(*args, case=case, initial=suggested | kwargs.pop("initial", {}), **kwargs)
        self._agencies = {str(one.pk): one for one in Agency.objects.open().for_list()}
        self._officers = {str(one.pk): one for one in User.objects.with_role(Role.OFFICER)}
        self._offer("category", [(str(one.code), Worded(str(one.official), aside=str(one.plain))) for one in CATEGORIES])
        self._offer("secondary", [(str(one.code), str(one.official)) for one in CATEGORIES])
        self._offer("behaviours", [(each.code, str(each.label)) for one in CATEGORIES for each in one.behaviours])
        self._offer("mode", _modes())
        self._offer("agency", [("", _("Choose an agency")), *((pk, agency_name(one)) for pk, one in self._agencies.items())])
        self._offer("handler", [(pk, one.full_name) for pk, one in self._officers.items()])
        classes = class_choices(clock.today())
        self.initial.setdefault("case_class", case.case_class)
        if len(classes) > 1:
            self._offer("case_class", classes)
        else:
            del self.fields["case_class"]
        if consents := _consents(case):
            self._offer("disclose", consents)
        else:
            del self.fields["disclose"]

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """An agency needs a summary."""
        cleaned = super().clean() or {}
        if cleaned.get("mode") == Mode.ASSIGN:
            for name, message in (("agency", _("Choose the agency.")), ("summary", _("Write a summary for the agency."))):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, message)
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return the ruling, what goes to the agency, and the handler."""
        given = self.cleaned_data
        # The behaviours of other categories were hidden when the form was sent; a tick left there means nothing.
        behaviours = tuple(code for code in given["behaviours"] if code.startswith(str(given["category"])))
        return {
            "version": given["version"],
            "ruling": Ruling(
                given["category"], behaviours, tuple(given["secondary"]), given.get("case_class") or self.case.case_class
            ),
            "dispatch": self._dispatch() if given["mode"] == Mode.ASSIGN else None,
            "handler": self._officers[given["handler"]],
        }

    def _dispatch(self) -> Dispatch:
        """A tick that holds for another agency goes along: the action compares it with the consent and refuses."""
        given = self.cleaned_data
        return Dispatch(
            self._agencies[given["agency"]], given["summary"], disclose_each=self._ticked(), looked_at=self.is_confirmed
        )

    def _ticked(self, agency: Agency | None = None) -> dict[int, frozenset[str]]:
        """Return what is ticked of each complaint's consents, by the complaint's id; with an agency, only what holds for it."""
        each: dict[int, frozenset[str]] = {}
        offered = {value for value, _label in _consents(self.case)} if "disclose" in self.fields else set()
        for tick in offered & set(self["disclose"].value() or ()) if offered else ():
            complaint, told, field = tick.split(":")
            if agency is None or told == str(agency.pk):
                each[int(complaint)] = each.get(int(complaint), frozenset()) | {field}
        return each

    def goes_to_agency(self) -> bool:
        """What the office handles itself, no agency reads."""
        return bool(self["mode"].value() == Mode.ASSIGN)

    def allowed(self) -> Allowed:
        """Return what each complainant's own consent lets the chosen agency know, of what is ticked for him."""
        agency = self._agencies.get(str(self["agency"].value()))
        ticked = self._ticked(agency) if agency else {}
        consents = consents_of(self.case, agency, Disclosure.values) if agency and ticked else {}
        return {pk: fields & consents.get(pk, set()) for pk, fields in ticked.items()}

    @property
    def category_rows(self) -> list[tuple[Any, list[Any]]]:
        """Each category's radio button with the tick boxes of its behaviours, for the template."""
        boxes = list(self["behaviours"].subwidgets)
        return [
            (row, [box for box in boxes if str(box.data["value"]).startswith(str(row.data["value"]))])
            for row in self["category"].subwidgets
        ]

    @property
    def mode_rows(self) -> dict[str, Any]:
        """The radio button of each mode, for the template."""
        return {str(row.data["value"]): row for row in self["mode"].subwidgets}


def _modes() -> Choices:
    return [
        (
            Mode.ASSIGN,
            Worded(_("Assign it to an agency"), hint=_("It signs for the case and reports the outcome to the office.")),
        ),
        (Mode.HANDLE, Worded(_("The office handles it itself"), hint=_("The handler investigates and reports the outcome."))),
    ]


def _consents(case: Case) -> Choices:
    """What each complainant of the case agreed to disclose, with the agency it holds for; of several, also whose it is."""
    consents = Consent.objects.filter(complaint__case_link__case=case, revoked_at__isnull=True)
    rows = list(consents.select_related("agency", "complaint").order_by("complaint_id", "pk"))
    several = bool(rows) and case.links.count() > 1
    return [
        (f"{one.complaint_id}:{one.agency_id}:{field}", _consent_words(one, field, several=several))
        for one in rows
        for field in Disclosure.values
        if field in one.fields
    ]


def _consent_words(consent: Consent, field: str, *, several: bool) -> str:
    words = {"what": DISCLOSED[field], "agency": agency_name(consent.agency), "number": consent.complaint.number}
    if several:
        return _("%(number)s: %(what)s, to %(agency)s only") % words
    return _("%(what)s, to %(agency)s only") % words


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
    """Draft the reply from the report, in the language of the complainant, whatever the leader works in."""
    if report is None:
        return ""
    with translation.override(language or settings.LANGUAGE_CODE):
        opening = _opening(report)
    return "\n\n".join(part for part in (opening, report.facts_found.strip(), report.measures.strip()) if part)


def _opening(report: Report) -> str:
    return {
        Finding.UPHELD: _("We have looked into what you told us. It is as you say."),
        Finding.PARTLY_UPHELD: _("We have looked into what you told us. It is so in part."),
        Finding.NOT_UPHELD: _("We have looked into what you told us. We could not confirm it."),
    }[Finding(report.finding)]
