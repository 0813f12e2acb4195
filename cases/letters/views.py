"""Pages of the official letters of a case, and the way on which agencies get theirs."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.acting import METHODS, assignment_of, case_of
from cases.models import Letter
from cases.sheets import head_of
from cases.workflow import Refused
from core import clock, downloads
from core.cleaning.kinds import DOCX
from core.files import Opened
from core.refusals import say_beside_field

from .forms import DeliveryForm, DiscardForm, IssueForm, NewForm, WordsForm
from .papers import file_name
from .reading import draft_of, letter_page, lines_of, offers_of


@never_cache
@require_safe
def letters(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the letters of a case."""
    case = case_of(request, pk)
    may_write, may_keep = permissions.can_write_letters(request.user, case), permissions.can_change_templates(request.user)
    context = {"head": head_of(case, "letters"), "lines": lines_of(case, request.user), "may_write": may_write}
    return render(request, "cases/letters.html", context | {"may_keep": may_keep})


@never_cache
@require_http_methods(METHODS)
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draft a letter by hand."""
    case = case_of(request, pk)
    offers = offers_of(case, request.user)
    form = NewForm(request.POST or None, offers=offers, initial={"token": str(uuid.uuid4())})
    if form.is_valid():
        try:
            made = actions.draft_by_hand(case, by=request.user, at=clock.now(), **form.arguments())
        except Refused as refusal:
            form.add_error("letter", str(refusal))
        else:
            return redirect("cases:letter", pk, made.pk)
    context = {"head": head_of(case, "letters"), "case": case, "form": form, "offers": offers}
    return render(request, "cases/letter_new.html", context)


@never_cache
@require_http_methods(METHODS)
def letter(request: SignedInRequest, pk: int, letter_pk: int) -> HttpResponse:
    """Show one letter, and keep the words of a draft."""
    found = _letter(request, pk, letter_pk)
    form = WordsForm(request.POST or None, letter=found)
    if found.is_draft and _done(request, form, actions.change_words, found, _("Kept. So it would come out now.")):
        return redirect("cases:letter", pk, letter_pk)
    return _page(request, found, form=form if form.is_bound else None)


@never_cache
@require_POST
def issue(request: SignedInRequest, pk: int, letter_pk: int) -> HttpResponse:
    """Issue a letter: it gets its number and stays as it is."""
    found = _letter(request, pk, letter_pk, permissions.can_issue_letter)
    form = IssueForm(request.POST, letter=found)
    if _done(request, form, actions.issue_letter, found, _("Issued. It stays as it is from now on.")):
        return redirect("cases:letter", pk, letter_pk)
    return _page(request, found, issue=form)


@never_cache
@require_http_methods(METHODS)
def discard(request: SignedInRequest, pk: int, letter_pk: int) -> HttpResponse:
    """Discard a draft with a reason."""
    found = _letter(request, pk, letter_pk)
    form = DiscardForm(request.POST or None, letter=found)
    discarded = _done(request, form, actions.discard_letter, found, _("Discarded."))
    if discarded or not found.is_draft:
        return redirect("cases:letters", pk)
    context = {"head": head_of(found.case, "letters"), "letter": found, "form": form}
    return render(request, "cases/letter_discard.html", context)


@never_cache
@require_http_methods(METHODS)
def deliver(request: SignedInRequest, pk: int, letter_pk: int) -> HttpResponse:
    """Note that the paper has reached who it is for."""
    found = _letter(request, pk, letter_pk)
    if found.issued_at is None:
        raise Http404
    form = DeliveryForm(request.POST or None, letter=found, today=clock.today())
    if _done(request, form, actions.deliver_letter, found, _("Noted.")):
        return redirect("cases:letter", pk, letter_pk)
    context = {"head": head_of(found.case, "letters"), "letter": found, "form": form}
    return render(request, "cases/letter_deliver.html", context)


@never_cache
@require_safe
def draft_file(request: SignedInRequest, pk: int, letter_pk: int) -> HttpResponse:
    """Hand a draft out as a Word file, with a watermark, without number and name."""
    found = _letter(request, pk, letter_pk)
    document = draft_of(found, clock.today()).document if found.is_draft else b""
    if not document:
        raise Http404
    return downloads.attachment(Opened(file_name(found), DOCX, document))


@never_cache
@require_POST
def issued_file(request: SignedInRequest, pk: int, letter_pk: int) -> HttpResponse:
    """Hand an issued letter out as a Word file; each time is recorded, and the complainant reads of it."""
    found = _letter(request, pk, letter_pk, permissions.can_fetch_letter)
    try:
        return downloads.attachment(actions.fetch_letter(found, by=request.user, at=clock.now()))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("cases:letter", pk, letter_pk)


@never_cache
@require_safe
def for_agency(request: SignedInRequest, pk: int, letter_pk: int) -> HttpResponse:
    """Hand a letter out to the agency that it is for."""
    assignment = assignment_of(request, pk)
    found = get_object_or_404(Letter.objects.for_list().sent_with(assignment), pk=letter_pk)
    try:
        return downloads.attachment(actions.fetch_for_agency(assignment, found, by=request.user, at=clock.now()))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("cases:assignment_detail", pk)


def _letter(request: SignedInRequest, pk: int, letter_pk: int, may: Callable[[Any, Letter], bool] | None = None) -> Letter:
    """Find a letter of a case that the person may see and, if asked, act on."""
    found = get_object_or_404(Letter.objects.visible_to(request.user).for_detail(), case=pk, pk=letter_pk)
    if may is not None and not may(request.user, found):
        raise Http404
    return found


def _page(
    request: SignedInRequest, found: Letter, *, form: WordsForm | None = None, issue: IssueForm | None = None
) -> HttpResponse:
    """Show a letter with one of its forms as it was sent."""
    page = letter_page(found, request.user)
    form = form or WordsForm(None, letter=found, initial=page.words)
    context = {"head": head_of(found.case, "letters"), "page": page, "letter": found, "form": form}
    return render(request, "cases/letter.html", context | {"issue": issue or IssueForm(None, letter=found)})


def _done(request: SignedInRequest, form: Any, action: Callable[..., object], found: Letter, said: str | Promise) -> bool:
    """Do what a valid form asks. What is refused is said beside the field; a find of who complained is recorded."""
    if not form.is_valid():
        return False
    try:
        action(found, by=request.user, at=clock.now(), **form.arguments())
    except Refused as refusal:
        say_beside_field(form, refusal)
        if isinstance(refusal, actions.LetterNamesComplainant):
            form.asks_to_stay = "stays" in form.fields
            actions.note_words_checked(found.case, refusal.columns, by=request.user, at=clock.now())
        return False
    messages.success(request, str(said))
    return True
