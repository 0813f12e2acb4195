"""The forms by which a case goes to an agency: accepted into a category, assigned again, or shared with agencies that help."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency
from cases.case_classes import class_choices
from cases.checked_words import CheckedWords
from cases.forms import VersionedForm
from cases.models import Case
from cases.redaction import Allowed, consents_of
from cases.rulings import Dispatch, Ruling
from cases.wording import DISCLOSED
from cases.workflow import BY_AGENCY, Mode
from complaints.categories import CATEGORIES, is_discipline
from complaints.labels import Worded, agency_name
from complaints.models import Consent, Disclosure
from core import clock

_LONG = 5000
Choices = list[tuple[str, str | Worded]]


def text(rows: int, *, max_length: int = 2000, **kwargs: Any) -> forms.CharField:
    """A long text."""
    return forms.CharField(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DispatchForm(CheckedWords, VersionedForm):
    """Which agency gets a case, what it reads, and what of each complainant's own consent lets it know."""

    words_field = "summary"

    agency = forms.ChoiceField(label=gettext_lazy("Agency"), required=False)
    summary = text(
        7,
        max_length=_LONG,
        label=gettext_lazy("Summary for the agency"),
        help_text=gettext_lazy(
            "All that the agency reads. Write what happened and what to check; nothing that shows who complained."
        ),
        required=False,
    )
    disclose = forms.MultipleChoiceField(
        label=gettext_lazy("Disclose with the complainant's consent"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        """Offer the agencies, and what the complainants agreed to disclose."""
        super().__init__(*args, case=case, **kwargs)
        self.agencies = {str(one.pk): one for one in Agency.objects.open().for_list()}
        self.offer("agency", [("", _("Choose an agency")), *((pk, agency_name(one)) for pk, one in self.agencies.items())])
        if consents := _consents(case):
            self.offer("disclose", consents)
        else:
            del self.fields["disclose"]

    def offer(self, name: str, choices: Choices) -> None:
        """Let the person choose among these."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """An agency needs a summary."""
        cleaned = super().clean() or {}
        if self.goes_to_agency():
            for name, message in (("agency", _("Choose the agency.")), ("summary", _("Write a summary for the agency."))):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, message)
        return cleaned

    def dispatch(self) -> Dispatch:
        """A tick that holds for another agency goes along: the action compares it with the consent and refuses."""
        given = self.cleaned_data
        mode = Mode(given["mode"]) if given.get("mode") in BY_AGENCY else Mode.ASSIGN
        return Dispatch(
            self.agencies[given["agency"]],
            given["summary"],
            disclose_each=self._ticked(),
            looked_at=self.is_confirmed,
            mode=mode,
        )

    def goes_to_agency(self) -> bool:
        """Always, but where the form offers to keep it."""
        return True

    def _ticked(self, agency: Agency | None = None) -> dict[int, frozenset[str]]:
        """Return what is ticked of each complaint's consents, by the complaint's id; with an agency, only what holds for it."""
        each: dict[int, frozenset[str]] = {}
        offered = {value for value, _label in _consents(self.case)} if "disclose" in self.fields else set()
        for tick in offered & set(self["disclose"].value() or ()) if offered else ():
            complaint, told, field = tick.split(":")
            if agency is None or told == str(agency.pk):
                each[int(complaint)] = each.get(int(complaint), frozenset()) | {field}
        return each

    def allowed(self) -> Allowed:
        """Return what each complainant's own consent lets the chosen agency know, of what is ticked for him."""
        agency = self.agencies.get(str(self["agency"].value()))
        ticked = self._ticked(agency) if agency else {}
        consents = consents_of(self.case, agency, Disclosure.values) if agency and ticked else {}
        return {pk: fields & consents.get(pk, set()) for pk, fields in ticked.items()}


class AcceptForm(DispatchForm):
    """Into which category the case is accepted, and who deals with it."""

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
    kept_because = text(
        3,
        label=gettext_lazy("Why does the office keep this discipline matter?"),
        help_text=gettext_lazy("For the file. The usual way is to refer it; an agency must not investigate itself."),
        required=False,
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Who deals with it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who deals with it.")},
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
        """Offer categories, ways, classes and officers; suggest what the complaint says."""
        suggested: dict[str, Any] = {"category": case.category or None, "behaviours": case.behaviours, "mode": Mode.ASSIGN}
        suggested |= {"agency": case.respondent_agency_id or "", "handler": by.pk, "secondary": case.secondary}
        super().__init__(*args, case=case, initial=suggested | kwargs.pop("initial", {}), **kwargs)
        self._officers = {str(one.pk): one for one in User.objects.with_role(Role.OFFICER)}
        self.offer("category", [(str(one.code), Worded(str(one.official), aside=str(one.plain))) for one in CATEGORIES])
        self.offer("secondary", [(str(one.code), str(one.official)) for one in CATEGORIES])
        self.offer("behaviours", [(each.code, str(each.label)) for one in CATEGORIES for each in one.behaviours])
        self.offer("mode", _modes())
        self.offer("handler", [(pk, one.full_name) for pk, one in self._officers.items()])
        classes = class_choices(clock.today())
        self.initial.setdefault("case_class", case.case_class)
        if len(classes) > 1:
            self.offer("case_class", classes)
        else:
            del self.fields["case_class"]

    @property
    def concerns_discipline(self) -> bool:
        """Whether the matter was lodged as one of discipline, or the page is back because its reason is missing."""
        return is_discipline(self.case.category, self.case.behaviours) or "kept_because" in self.errors

    def arguments(self) -> dict[str, Any]:
        """Return the ruling, what goes to the agency, and the handler."""
        given = self.cleaned_data
        # The behaviours of other categories were hidden when the form was sent; a tick left there means nothing.
        behaviours = tuple(code for code in given["behaviours"] if code.startswith(str(given["category"])))
        case_class = given.get("case_class") or self.case.case_class
        ruling = Ruling(given["category"], behaviours, tuple(given["secondary"]), case_class, given["kept_because"])
        return {
            "version": given["version"],
            "ruling": ruling,
            "dispatch": self.dispatch() if given["mode"] in BY_AGENCY else None,
            "handler": self._officers[given["handler"]],
        }

    def goes_to_agency(self) -> bool:
        """What the office handles itself, no agency reads."""
        return self["mode"].value() in BY_AGENCY

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


class AgainForm(DispatchForm):
    """To which other agency a case goes that was given back; the old summary and the agency proposed stand there already."""

    mode = forms.ChoiceField(label=gettext_lazy("How does the agency get it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, case: Case, lead_summary: str, proposed: int | None, **kwargs: Any) -> None:
        """Start from what the first agency read."""
        initial = {"summary": lead_summary, "agency": proposed or "", "mode": case.mode or Mode.ASSIGN}
        super().__init__(*args, case=case, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.offer("mode", [each for each in _modes() if each[0] in BY_AGENCY])

    def arguments(self) -> dict[str, Any]:
        """Return what goes to the agency."""
        return {"version": self.cleaned_data["version"], "dispatch": self.dispatch()}


class CoHandlerForm(DispatchForm):
    """Which agency helps the one that leads, and what it reads; never who complained."""

    def __init__(self, *args: Any, case: Case, lead_summary: str, **kwargs: Any) -> None:
        """Start from what the lead reads."""
        super().__init__(*args, case=case, initial={"summary": lead_summary} | kwargs.pop("initial", {}), **kwargs)
        self.fields.pop("disclose", None)

    def arguments(self) -> dict[str, Any]:
        """Return what goes to the agency."""
        return {"version": self.cleaned_data["version"], "dispatch": self.dispatch()}


def _modes() -> Choices:
    return [
        (
            Mode.ASSIGN,
            Worded(
                _("Assign it to an agency"), hint=_("It signs, investigates and reports; an office leader decides on the reply.")
            ),
        ),
        (
            Mode.TRANSFER,
            Worded(
                _("Transfer it to the agency in charge"),
                hint=_("The matter lies in its own powers: it answers in its own name, and the handler checks the reply."),
            ),
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
