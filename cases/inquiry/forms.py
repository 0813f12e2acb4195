"""The forms of the inquiry sheet: notes, allegations, records and their evidence, cost, recusal."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import User
from cases.actions import Account
from cases.forms import VersionedForm
from cases.models import Allegation, Case, Cost, InvestigationRecord, Recusal
from cases.workflow import Finding
from complaints.forms.fields import Words
from core import files
from core.files import ACCEPT, Examined

_LONG, _MIDDLE, _SHORT = 5000, 300, 120
_MOST_HOURS_OR_YUAN = Decimal(100_000)
_LINES = 30


def long_text(label: Any, *, rows: int, most: int, needed: Any = "", **words: Any) -> Words:
    """Return a field of several lines; `needed` says what to write where nothing was written."""
    messages = {"required": needed} if needed else {}
    widget = forms.Textarea(attrs={"rows": rows})
    return Words(label=label, max_length=most, widget=widget, required=bool(needed), error_messages=messages, **words)


def day(label: Any, **words: Any) -> forms.DateField:
    """Return a field for a day."""
    messages = {"required": gettext_lazy("Choose a day."), "invalid": gettext_lazy("Write the day like 2026-09-30.")}
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=messages, **words)


def _moment(label: Any) -> forms.DateTimeField:
    messages = {
        "required": gettext_lazy("Write day and time."),
        "invalid": gettext_lazy("Write day and time like 2026-09-30 14:30."),
    }
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
    return forms.DateTimeField(label=label, widget=widget, input_formats=formats, error_messages=messages)


class PeopleForm(forms.Form):
    """A form in which colleagues who see the case can be chosen; whoever is recused is not among them."""

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        """Remember them by id."""
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}

    def offer(self, name: str, *, empty: Any = "") -> None:
        """Offer the people in one field; `empty` is what stands for nobody."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        people = [(pk, user.full_name) for pk, user in self.people.items()]
        field.choices = [("", empty), *people] if empty else people

    def chosen(self, name: str) -> User | None:
        """Return who was chosen."""
        return self.people.get(self.cleaned_data[name])


class NoteForm(PeopleForm):
    """A note inside the office."""

    text = long_text(gettext_lazy("Note"), rows=3, most=2000, needed=gettext_lazy("Write the note."))
    mentioned = forms.ChoiceField(label=gettext_lazy("Tell a colleague"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the colleagues."""
        super().__init__(*args, **kwargs)
        self.offer("mentioned", empty=pgettext("colleague", "Nobody"))

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"text": self.cleaned_data["text"], "mentioned": self.chosen("mentioned")}


class SplitForm(VersionedForm):
    """What the matter alleges, one allegation a line."""

    texts = long_text(
        gettext_lazy("What is alleged?"),
        rows=6,
        most=_LONG,
        needed=gettext_lazy("Write at least one allegation."),
        help_text=gettext_lazy("One allegation a line, in your own words. Name nobody who complained."),
    )

    def clean_texts(self) -> list[str]:
        """Return the lines that say something."""
        lines = [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
        if any(len(line) > _MIDDLE for line in lines):
            raise ValidationError(_("A line is longer than %(n)d characters. Shorten it.") % {"n": _MIDDLE})
        return lines[: _LINES + 1]


class AllegationForm(VersionedForm):
    """What was found of one allegation."""

    text = forms.CharField(
        label=gettext_lazy("Allegation"), max_length=_MIDDLE, error_messages={"required": gettext_lazy("Write the allegation.")}
    )
    finding = forms.ChoiceField(
        label=gettext_lazy("What was found?"),
        choices=[*Finding.choices, ("", gettext_lazy("Not decided yet"))],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = long_text(gettext_lazy("Reason"), rows=4, most=2000, help_text=gettext_lazy("On which facts the finding rests."))

    def __init__(self, *args: Any, allegation: Allegation, **kwargs: Any) -> None:
        """Show how it stands."""
        now = {"text": allegation.text, "finding": allegation.finding, "reason": allegation.reason}
        super().__init__(*args, initial=now, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A finding without a reason convinces nobody."""
        cleaned = super().clean() or {}
        if cleaned.get("finding") and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write on which facts the finding rests."))
        return cleaned


class RecordForm(PeopleForm):
    """What at least two people did to find out."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What was done?"),
        choices=InvestigationRecord.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what was done.")},
    )
    investigators = forms.MultipleChoiceField(
        label=gettext_lazy("Who investigated?"),
        help_text=gettext_lazy("At least two. Each of them reads and signs the record."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("At least two people investigate together.")},
    )
    began_at = _moment(gettext_lazy("Began at"))
    ended_at = _moment(gettext_lazy("Ended at"))
    place = forms.CharField(
        label=gettext_lazy("Where?"), max_length=_SHORT, error_messages={"required": gettext_lazy("Write where it was.")}
    )
    interviewed = forms.CharField(
        label=gettext_lazy("With whom?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Role and post, such as “head of the licence window”. Never who complained."),
    )
    text = long_text(
        gettext_lazy("What came of it"),
        rows=10,
        most=20_000,
        needed=gettext_lazy("Write what came of it."),
        help_text=gettext_lazy("Questions and answers, or what was seen. Never who complained."),
    )

    def __init__(
        self, *args: Any, record: InvestigationRecord | None = None, replaces: InvestigationRecord | None = None, **kwargs: Any
    ) -> None:
        """Show a record as it stands: to be changed itself, or to be corrected by a new one that `replaces` it."""
        initial: dict[str, Any] = {}
        self.replaces, self.changes = replaces, record if replaces is None else None
        if record is not None:
            initial = {name: getattr(record, name) for name in Account.__dataclass_fields__} | {"seen": record.version}
            initial["investigators"] = [str(row.investigator_id) for row in record.signatures.all()]
        super().__init__(*args, initial=initial, **kwargs)
        self.offer("investigators")

    def clean(self) -> dict[str, Any]:
        """An interview is with somebody."""
        cleaned = super().clean() or {}
        interview = cleaned.get("kind") == InvestigationRecord.Kind.INTERVIEW
        if interview and not cleaned.get("interviewed") and "interviewed" not in self.errors:
            self.add_error("interviewed", _("Write role and post of the person."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        account = Account(**{name: given[name] for name in Account.__dataclass_fields__})
        people = [self.people[pk] for pk in given["investigators"]]
        more = {"seen": given["seen"] or 0} if self.changes else {"replaces": self.replaces}
        return {"account": account, "investigators": people} | more


class SeenForm(forms.Form):
    """The version of a record that the person has before the eyes."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data)


class EvidenceForm(forms.Form):
    """One item of what a record rests on."""

    what = forms.CharField(
        label=gettext_lazy("What is it?"), max_length=200, error_messages={"required": gettext_lazy("Write what it is.")}
    )
    from_whom = forms.CharField(
        label=gettext_lazy("From whom?"),
        max_length=_SHORT,
        help_text=gettext_lazy("Agency, role or post."),
        error_messages={"required": gettext_lazy("Write from whom it comes.")},
    )
    file = forms.FileField(label=gettext_lazy("File"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}))

    def clean_file(self) -> Examined | None:
        """Look into the file before anything is stored."""
        upload = self.cleaned_data["file"]
        return examined(upload) if upload else None

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data)


def examined(upload: Any) -> Examined:
    """Check and clean one upload; a refusal says what to do instead."""
    try:
        return files.examine(upload)
    except files.FileRefused as refusal:
        raise ValidationError(str(refusal)) from refusal


class CostForm(PeopleForm):
    """Hours or money."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What for?"),
        choices=Cost.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it was for.")},
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Hours or yuan"),
        help_text=gettext_lazy("Working time in hours, such as 1.5; anything else in yuan, such as 86.40."),
        decimal_places=2,
        max_value=_MOST_HOURS_OR_YUAN,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "class": "w-short", "step": "0.01"}),
        error_messages={"required": gettext_lazy("Write a number."), "invalid": gettext_lazy("Write a number.")},
    )
    spent_on = day(gettext_lazy("Spent on which day?"))
    spent_by = forms.ChoiceField(label=gettext_lazy("By whom?"))
    reason = forms.CharField(label=gettext_lazy("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the colleagues."""
        super().__init__(*args, **kwargs)
        self.offer("spent_by")

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes: minutes or fen."""
        given = self.cleaned_data
        amount = whole(given["kind"], given["amount"])
        return given | {"amount": amount, "spent_by": self.chosen("spent_by")}


class CorrectionForm(forms.Form):
    """How much of an entry is taken back, and why."""

    amount = forms.DecimalField(
        label=gettext_lazy("How much is taken back?"),
        decimal_places=2,
        max_value=_MOST_HOURS_OR_YUAN,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "class": "w-short", "step": "0.01"}),
        error_messages={"required": gettext_lazy("Write a number."), "invalid": gettext_lazy("Write a number.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why is it taken back?"), max_length=200, error_messages={"required": gettext_lazy("Write why.")}
    )

    def __init__(self, *args: Any, cost: Cost, **kwargs: Any) -> None:
        """Remember the entry."""
        super().__init__(*args, **kwargs)
        self.cost = cost

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return {"amount": whole(self.cost.kind, given["amount"]), "reason": given["reason"]}


def whole(kind: str, amount: Decimal) -> int:
    """Return hours as minutes and yuan as fen."""
    return round(amount * (60 if kind == Cost.Kind.WORK else 100))


class DeclareForm(forms.Form):
    """Why somebody stays away."""

    ground = forms.ChoiceField(
        label=gettext_lazy("On which ground?"),
        choices=Recusal.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a ground.")},
    )
    details = forms.CharField(
        label=gettext_lazy("In a few words"),
        max_length=_MIDDLE,
        required=False,
        help_text=gettext_lazy("Needed for another ground. The office reads it."),
    )

    def clean(self) -> dict[str, Any]:
        """“Other” alone says nothing."""
        cleaned = super().clean() or {}
        if cleaned.get("ground") == Recusal.Ground.OTHER and not cleaned.get("details") and "details" not in self.errors:
            self.add_error("details", _("Write what the ground is."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data)


class OrderForm(DeclareForm, PeopleForm):
    """Who must stay away, and why."""

    user = forms.ChoiceField(
        label=gettext_lazy("Who must stay away?"), error_messages={"required": gettext_lazy("Choose a person.")}
    )
    field_order = ("user", "ground", "details")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the colleagues."""
        super().__init__(*args, **kwargs)
        self.offer("user", empty=_("Choose a person"))

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data) | {"user": self.chosen("user")}


class LiftForm(forms.Form):
    """Why a recusal is lifted."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it lifted?"), max_length=_MIDDLE, error_messages={"required": gettext_lazy("Write why.")}
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data)


def note_form(data: Any, case: Case, people: Iterable[User], by: User) -> NoteForm:
    """Return the form for a note; one does not mention oneself."""
    return NoteForm(data, prefix="note", people=[user for user in people if user.pk != by.pk])
