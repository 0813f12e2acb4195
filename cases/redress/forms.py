"""The forms by which dispositions are proposed and decided, and rectification is demanded, answered and judged."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, DispositionKind, MeasureClause
from cases.checked_words import CheckedWords
from cases.forms import VersionedForm
from cases.inquiry.forms import examined, long_text
from cases.models import Assignment, Case
from cases.redaction import Allowed, disclosed_to
from complaints.forms.fields import FILES_HINT, FilesField
from complaints.labels import Worded, agency_name
from core.files import Examined

_CHOOSE_AGENCY = {"required": gettext_lazy("Choose an agency.")}


class _ForAgency(CheckedWords, VersionedForm):
    """A form one text of which an agency of the case reads, as far as it got an assignment."""

    agency = forms.ChoiceField(label=gettext_lazy("Agency"), error_messages=_CHOOSE_AGENCY)

    def __init__(
        self, *args: Any, case: Case, agencies: Iterable[Agency], assignments: Iterable[Assignment], **kwargs: Any
    ) -> None:
        """Offer the agencies of the case first, and suggest the one complained about."""
        suggested = {"agency": case.respondent_agency_id or case.agency_id or ""}
        super().__init__(*args, case=case, initial=suggested | kwargs.pop("initial", {}), **kwargs)
        self.agencies = {str(one.pk): one for one in agencies}
        self.assignments = {str(one.agency_id): one for one in assignments}
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = [("", _("Choose an agency")), *((pk, agency_name(one)) for pk, one in self.agencies.items())]

    def allowed(self) -> Allowed:
        """Return what went to the chosen agency by consent."""
        assignment = self.assignments.get(str(self["agency"].value()))
        return disclosed_to(assignment) if assignment else {}


class ProposeForm(_ForAgency):
    """Against whom, which kind, by which clause, in which words."""

    words_field = "words"

    post = forms.CharField(
        label=gettext_lazy("Post of the person"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "Such as “clerk at the licence window”. Leave it empty for a disposition against the agency itself."
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Which disposition?"),
        choices=DispositionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a disposition.")},
    )
    clause = forms.ChoiceField(
        label=gettext_lazy("By which clause?"),
        help_text=gettext_lazy("Only clauses in force today."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a clause.")},
    )
    words = long_text(
        gettext_lazy("What was found, and what is decided"),
        rows=6,
        most=3000,
        needed=gettext_lazy("Write what was found and what is decided."),
        help_text=gettext_lazy("The agency reads this, word for word. Nothing that shows who complained."),
    )
    field_order = ("version", "agency", "post", "kind", "clause", "words")

    def __init__(self, *args: Any, clauses: Iterable[MeasureClause], **kwargs: Any) -> None:
        """Offer the clauses in force, each with its wording and what it allows."""
        super().__init__(*args, **kwargs)
        self.clauses = {str(one.pk): one for one in clauses}
        field = self.fields["clause"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = [
            (pk, Worded(clause_words(one), aside=allowed_words(one), hint=one.text)) for pk, one in self.clauses.items()
        ]

    def clean(self) -> dict[str, Any]:
        """A clause allows what it names and nothing else."""
        cleaned = super().clean() or {}
        clause, kind = self.clauses.get(cleaned.get("clause", "")), cleaned.get("kind")
        if clause and kind and kind not in clause.allows:
            words = _("This clause does not allow “%(kind)s”.") % {"kind": DispositionKind(kind).label}
            self.add_error("clause", words)
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        rows = {"agency": self.agencies[given["agency"]], "clause": self.clauses[given["clause"]]}
        words = {name: given[name] for name in ("version", "post", "kind", "words")}
        return rows | words | {"looked_at": self.is_confirmed}


def clause_words(clause: MeasureClause) -> str:
    """Cite a clause."""
    measure = clause.measure
    return _("%(title)s (%(number)s), clause %(clause)s") % {
        "title": measure.name,
        "number": measure.document_number,
        "clause": clause.number,
    }


def allowed_words(clause: MeasureClause) -> str:
    """Say what a clause allows."""
    return _(", ").join(str(DispositionKind(kind).label) for kind in clause.allows)


class DecideForm(forms.Form):
    """Yes or no; a no needs a reason."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Is it decided so?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    note = long_text(
        gettext_lazy("Your reason"), rows=3, most=2000, help_text=gettext_lazy("Needed when you say no. The office reads it.")
    )

    def clean(self) -> dict[str, Any]:
        """A no without a reason helps nobody."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "no" and "note" not in self.errors and not cleaned.get("note"):
            self.add_error("note", _("Write why not."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"approve": self.cleaned_data["decision"] == "yes", "note": self.cleaned_data["note"]}


class DemandForm(_ForAgency):
    """What an agency must put right."""

    words_field = "demand"

    demand = long_text(
        gettext_lazy("What must be put right?"),
        rows=6,
        most=3000,
        needed=gettext_lazy("Write what must be put right."),
        help_text=gettext_lazy("The agency reads this, word for word. Nothing that shows who complained."),
    )
    field_order = ("version", "agency", "demand")

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        rest = {"version": given["version"], "demand": given["demand"], "looked_at": self.is_confirmed}
        return {"agency": self.agencies[given["agency"]]} | rest


class JudgeForm(CheckedWords, VersionedForm):
    """Whether what the agency has put right is enough."""

    words_field = "note"

    verdict = forms.ChoiceField(
        label=gettext_lazy("Is it put right?"),
        choices=[("yes", gettext_lazy("Yes, accept it")), ("no", gettext_lazy("No, send it back; the limit runs on"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    note = long_text(
        gettext_lazy("What is missing?"),
        rows=4,
        most=2000,
        help_text=gettext_lazy("Needed when you send it back. The agency reads this, word for word."),
    )
    field_order = ("version", "verdict", "note")

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        """Remember whose answer it is."""
        super().__init__(*args, **kwargs)
        self._assignment = assignment

    def allowed(self) -> Allowed:
        """Return what went to the agency by consent."""
        return disclosed_to(self._assignment)

    def clean(self) -> dict[str, Any]:
        """What goes back without a word comes back the same."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == "no" and "note" not in self.errors and not cleaned.get("note"):
            self.add_error("note", _("Write what is missing."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return {"accept": given["verdict"] == "yes", "note": given["note"], "looked_at": self.is_confirmed}


class AnswerForm(forms.Form):
    """What the agency has put right, and the files that prove it."""

    text = long_text(
        gettext_lazy("What has been put right?"),
        rows=8,
        most=5000,
        needed=gettext_lazy("Write what has been put right."),
        help_text=gettext_lazy(
            "What was done, by whom, since when, and how it is kept from happening again. The office reads it."
        ),
    )
    proofs = FilesField(label=gettext_lazy("Files that prove it"), help_text=FILES_HINT)

    def clean_proofs(self) -> list[Examined]:
        """Look into the files before anything is stored."""
        return [examined(upload) for upload in self.cleaned_data["proofs"]]

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data)
