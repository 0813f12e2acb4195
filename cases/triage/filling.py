"""Fills the form of acceptance in as far as the complaint and the suggestions go, so that what is right needs one press."""

from collections.abc import Sequence

from django.http import QueryDict

from accounts.models import User
from cases import proposals
from cases.models import Case
from cases.reading import Matter
from cases.ways.forms import AcceptForm

from .suggesting import Guess, Suggestion, Sure


def opened(data: QueryDict, case: Case, matters: Sequence[Matter], *, by: User) -> AcceptForm:
    """Return the form of acceptance as it was sent, or empty; it knows the complaints that the page has read."""
    form = AcceptForm.opened(data, case=case, by=by)
    form.complaints = [matter.complaint for matter in matters]
    return form


def fill(form: AcceptForm, suggestion: Suggestion) -> None:
    """Fill in what was suggested and the drafted summary, looked through, unless somebody has filled the form in already."""
    if not form.is_bound and not form.looked:
        draft = proposals.drafted(form.case, form.complaints)
        form.initial.update(_suggested(form.case, suggestion), summary=draft.text)
        form.looked, form.taken = True, draft.taken


def settled(guesses: tuple[Guess, ...]) -> Guess | None:
    """Return the suggestion that is filled in where the complaint says nothing; a mere guess is shown and not filled in."""
    return guesses[0] if guesses and guesses[0].sure != Sure.GUESS else None


def _suggested(case: Case, suggestion: Suggestion) -> dict[str, object]:
    """What was filed stands before what is suggested; behaviours are suggested for the category that is filled in alone."""
    filled: dict[str, object] = {}
    category, agency = settled(suggestion.categories), settled(suggestion.agencies)
    if not case.category and category:
        filled["category"] = int(category.value)
    if not case.respondent_agency_id and agency:
        filled["agency"] = agency.value
    code = str(case.category or filled.get("category", ""))
    if code and not case.behaviours:
        filled["behaviours"] = [
            one.value for one in suggestion.behaviours if one.sure != Sure.GUESS and one.value.startswith(code)
        ]
    return filled
