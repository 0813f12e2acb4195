"""“My data”: what the vault holds about the complainant, shown, taken along, corrected, deleted; for who knew the code."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints import actions, own_data, passes, proofs
from complaints.forms.own_data import ContactForm, DeleteForm, NameForm
from complaints.forms.proving import CodeForm, NumberForm
from complaints.models import Complainant, Complaint
from core import clock

from .following import to_the_door
from .proving import asked, proved


@dataclass(frozen=True)
class Own:
    """A matter that this browser may see, with who filed it."""

    complaint: Complaint
    person: Complainant


@login_not_required
@never_cache
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show everything that is held; opening it is noted."""
    own = _own(request, number)
    if isinstance(own, HttpResponse):
        return own
    page = own_data.own_data(own.complaint, own.person)
    actions.note_shown(own.complaint, at=clock.now())
    return render(request, "complaints/own_data.html", {"page": page, "complaint": own.complaint})


@login_not_required
@never_cache
@require_safe
def download(request: HttpRequest, number: str) -> HttpResponse:
    """Hand it out as a file."""
    own = _own(request, number)
    if isinstance(own, HttpResponse):
        return own
    actions.note_shown(own.complaint, at=clock.now(), downloaded=True)
    name = gettext("my data %(number)s.json") % {"number": own.complaint.number}
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    plain = {"ensure_ascii": False, "indent": 2}
    return JsonResponse(own_data.portable(own.complaint, own.person), json_dumps_params=plain, headers=headers)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Correct how the complainant is reached and told."""
    own = _own(request, number)
    if isinstance(own, HttpResponse):
        return own
    form = ContactForm(_typed(request), complaint=own.complaint, person=own.person)
    changed = _changed(request, own, form, lambda: actions.correct_contact(own.complaint, form.contact(), at=clock.now()))
    return changed or _ask(request, own, "contact", form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, number: str) -> HttpResponse:
    """Correct the name."""
    own = _own(request, number)
    if isinstance(own, HttpResponse):
        return own
    form = NameForm(_typed(request))
    changed = _changed(request, own, form, lambda: actions.correct_name(own.complaint, form.cleaned_data["name"], at=clock.now()))
    return changed or _ask(request, own, "name", form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, number: str) -> HttpResponse:
    """Say what is kept and why, and delete what is not needed."""
    own = _own(request, number)
    if isinstance(own, HttpResponse):
        return own
    page = own_data.own_data(own.complaint, own.person)
    form = DeleteForm(_typed(request), optional=page.optional)
    drop = partial(actions.delete_optional, own.complaint)
    changed = _changed(request, own, form, lambda: drop(form.cleaned_data["columns"], at=clock.now()))
    return changed or _ask(request, own, "delete", form, page=page)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest, number: str) -> HttpResponse:
    """Take another number and send a code to it."""
    own = _own(request, number)
    if isinstance(own, HttpResponse):
        return own
    form = NumberForm(_typed(request))
    if form.is_bound and form.is_valid() and asked(request, form, proofs.PROVING, what_for=number):
        return redirect("complaints:own_phone_code", number)
    return _ask(request, own, "phone", form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone_code(request: HttpRequest, number: str) -> HttpResponse:
    """Take the code; only then the number counts."""
    own, awaited = _own(request, number), passes.awaited_code(request.session, what_for=number)
    if isinstance(own, HttpResponse):
        return own
    if awaited is None:
        return redirect("complaints:own_phone", number)
    form = CodeForm(_typed(request))
    if form.is_bound and form.is_valid() and (new := proved(request, form, awaited)):
        return _done(request, own, lambda: actions.change_phone(own.complaint, new, at=clock.now()))
    return _ask(request, own, "phone_code", form, phone=awaited.masked)


def _own(request: HttpRequest, number: str) -> Own | HttpResponse:
    """Find the matter and who filed it, or lead a stranger to the door and everybody else back to the matter."""
    complaint = passes.complaint_of(request.session, number, at=clock.now())
    if complaint is None:
        return to_the_door(number)
    if complaint.complainant is None or not own_data.names_somebody(complaint):
        messages.info(request, gettext("There is nothing here that names you"))
        return redirect("complaints:track_detail", number)
    return Own(complaint, complaint.complainant)


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _changed(request: HttpRequest, own: Own, form: Form, act: Callable[[], list[str]]) -> HttpResponse | None:
    """Do what a valid form asks; None shows the page again."""
    return _done(request, own, act) if form.is_bound and form.is_valid() else None


def _done(request: HttpRequest, own: Own, act: Callable[[], list[str]]) -> HttpResponse:
    try:
        if act():
            messages.success(request, gettext("Your data has been changed"))
        else:
            messages.info(request, gettext("Nothing was changed: we hold it like that already"))
    except actions.CorrectionRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("complaints:track_detail", own.complaint.number)
    return redirect("complaints:own_data", own.complaint.number)


def _ask(request: HttpRequest, own: Own, what: str, form: Form, **more: Any) -> HttpResponse:
    return render(
        request, f"complaints/own_{what}.html", {"form": form, "complaint": own.complaint, "person": own.person, **more}
    )
