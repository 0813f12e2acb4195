"""Filing: one question a page, each answer kept at once."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints import actions, drafts, passes, step_pages, wizard
from complaints.forms.base import StepForm, had_controls, posted
from complaints.forms.following import TrackForm
from complaints.models import Complaint, Draft
from complaints.wizard import Step, Walk
from core import clock
from core.files import FileRefused

from . import door
from .waiting import UPLOADING, minutes_of, too_many_uploads

Typed = MultiValueDict[str, str]


@dataclass
class Page:
    """One step's page for one reader."""

    walk: Walk
    step: Step
    form: StepForm
    at: datetime
    changing: bool = False  # on the way back to the check page
    changed: bool = False  # somebody else changed the step meanwhile
    is_lost: bool = False  # an answer came although this browser's draft is forgotten; it must not get lost
    wait: int = 0  # seconds until this address may begin a draft

    @property
    def elsewhere(self) -> str:
        """Where the reader must go instead, or an empty text."""
        draft = self.walk.draft
        if draft and draft.complaint:
            return reverse("complaints:receipt", args=[draft.complaint.number])
        return "" if self.is_lost or self.walk.may_enter(self.step) else _address(self.walk.first_open())

    def address_after(self, draft: Draft) -> str:
        """Where to go on, now that the draft holds this step's answer."""
        walk = Walk(draft)
        open_step = walk.first_open()
        is_earlier = wizard.STEPS.index(open_step) < wizard.STEPS.index(self.step)
        return _address(open_step if self.changing or is_earlier else walk.after(self.step))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask whether it was filed before, and a browser that has a draft whether to go on with it."""
    draft = passes.draft_of(request.session, at=clock.now())
    if request.method == "POST" or draft is None or draft.complaint:
        draft = None
        passes.forget_draft(request.session)
    if request.method == "POST":
        return redirect(_address(None))
    open_step = Walk(draft).first_open()
    return render(request, "complaints/begin.html", {"draft": draft, "address": _address(open_step), "form": TrackForm()})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask one question, keep the answer and go on."""
    page = _page(request, slug)
    if page.walk.draft and page.walk.draft.complaint:
        passes.open_complaint(request.session, page.walk.draft.complaint, at=page.at)
    if page.elsewhere:
        return redirect(page.elsewhere)
    try:
        taken = _TAKERS.get(slug, _take)(request, page) if request.method == "POST" else None
    except (drafts.DraftFiled, drafts.DraftGone):
        return redirect("complaints:step", slug)  # which leads to the receipt, or to the beginning
    return taken or _show(request, page)


def _show(request: HttpRequest, page: Page) -> HttpResponse:
    """Ask, unless what the page builds on was changed elsewhere meanwhile."""
    if page.elsewhere:
        return redirect(page.elsewhere)
    response = render(request, page.step.template, _context(page), status=429 if page.wait else 200)
    if page.wait:
        response.headers["Retry-After"] = str(page.wait)
    return response


def _page(request: HttpRequest, slug: str) -> Page:
    if slug not in wizard.BY_SLUG:
        raise Http404
    at = clock.now()
    walk = Walk(passes.draft_of(request.session, at=at))
    asked_for = wizard.BY_SLUG[slug]
    is_lost = walk.draft is None and asked_for is not wizard.ABOUT and slug not in _TAKERS and request.method == "POST"
    return Page(walk, asked_for, walk.form(asked_for), at, changing="change" in (request.GET | request.POST), is_lost=is_lost)


def _context(page: Page) -> dict[str, Any]:
    before = page.walk.before(page.step)
    back = _address(wizard.CHECK if page.changing else before) if before else reverse("home")
    context = {"page": page, "form": page.form, "back": back, **step_pages.about(page.walk, page.step)}
    is_door = page.walk.draft is None or page.step in (wizard.CONTACT, wizard.PHONE)
    return context | {"is_door": is_door, "wait_minutes": minutes_of(page.wait)}


def _take(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep the answer of an ordinary step; None shows the page again."""
    typed = _posted(request)
    page.form = page.walk.form(page.step, typed, silent="find" in typed)
    if "find" in typed or not ("save" in typed or page.form.is_valid()):
        return None
    draft = _keep(request, page, typed.get("seen", ""))
    if draft is None:
        return None
    if "save" in typed:
        return _leave(request, draft)
    if page.step is wizard.CONTACT:
        _send_code_if_needed(request, draft, page.at)
    return redirect(page.address_after(draft))


def _keep(request: HttpRequest, page: Page, seen: str | None) -> Draft | None:
    """Keep the answer, in a new draft when this browser has none; None when it was changed elsewhere, or must wait."""
    draft = page.walk.draft
    if draft is None:
        if (draft := _begin(request, page)) is None:
            return None
        seen = Walk(draft).answers.fingerprint(page.step.slug)
    try:
        draft = actions.keep(draft, page.step.slug, page.form.typed(), seen=seen or "", at=page.at, language=_language(request))
    except drafts.DraftChanged:
        _show_changed(page)
        return None
    passes.remember_draft(request.session, draft, at=page.at)
    if page.is_lost:
        messages.info(request, gettext("Your draft was closed on this device. What you have just written is kept in a new one"))
    return draft


def _begin(request: HttpRequest, page: Page) -> Draft | None:
    """Begin a draft, or say how long this address must wait."""
    page.wait = door.wait_at(door.DRAFTS, request, at=page.at)
    return None if page.wait else actions.begin(at=page.at, language=_language(request))


def _take_files(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Add or remove evidence; None shows the page again, with what was wrong."""
    typed, draft = _posted(request), page.walk.draft
    if draft is None:
        return redirect(page.elsewhere)
    page.form = page.walk.form(page.step, typed, files=request.FILES)
    if not _took_away(draft, typed, page.at) and not _add_files(page, draft, source=request.META["REMOTE_ADDR"]):
        page.walk = Walk(draft)
        return None
    if "save" in typed:
        return _leave(request, draft)
    stays = {"remove", "give_up", "add"} & set(typed)
    return redirect(_address(page.step, page.changing) if stays else page.address_after(draft))


def _took_away(draft: Draft, typed: Typed, at: datetime) -> bool:
    """Remove a file, or give up an upload, if a button says so."""
    removed = str(typed.get("remove", ""))[:18]
    if removed.isdecimal():
        actions.remove_file(draft, int(removed), at=at)
    elif "give_up" in typed:
        actions.give_up_of(draft, str(typed["give_up"]))
    else:
        return False
    return True


def _add_files(page: Page, draft: Draft, *, source: str) -> bool:
    """Store the uploads; those that can be taken are, each of the others is told."""
    uploads = page.form.said().get("uploads", [])
    if uploads and (wait := UPLOADING.admit({"address": source}, at=page.at)):
        page.form.add_error("uploads", too_many_uploads(wait))
        return False
    for upload in uploads:
        try:
            actions.add_file(draft, upload, at=page.at)
        except (FileRefused, drafts.TooManyFiles) as error:
            page.form.add_error("uploads", str(error))
    if uploads and not page.form.errors:
        UPLOADING.forgive({"address": source})
    return not page.form.errors


def _take_code(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Confirm the phone by the code, or send another; None shows the page again."""
    typed, draft = _posted(request), page.walk.draft
    if draft is None or "save" in typed:
        return _leave(request, draft) if draft else redirect(page.elsewhere)
    if "again" in typed:
        _send_code(request, draft, page.walk.phone, page.at)
        return redirect(_address(page.step, page.changing))
    page.form = page.walk.form(page.step, typed)
    return redirect(page.address_after(draft)) if page.form.is_valid() and _confirmed(page, draft) else None


def _confirmed(page: Page, draft: Draft) -> bool:
    """Try the code; why it is refused stands in the form then."""
    try:
        actions.confirm_phone(draft, page.form.cleaned_data["code"], page.walk.phone, at=page.at)
    except drafts.CodeRefused as error:
        page.form.add_error("code", str(error))
        return False
    draft.refresh_from_db()
    return True


def _take_check(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Submit, once; None shows the page again."""
    typed, draft = _posted(request), page.walk.draft
    if draft is None or "save" in typed:
        return _leave(request, draft) if draft else redirect(page.elsewhere)
    page.form = page.walk.form(page.step, typed)
    if not page.form.is_valid():
        return None
    try:
        complaint = _submitted(page, draft)
    except drafts.DraftChanged:
        _show_changed(page)
        return None
    passes.open_filed(request.session, complaint, at=page.at)
    return redirect("complaints:receipt", complaint.number)


def _submitted(page: Page, draft: Draft) -> Complaint:
    """Submit what was checked, with the version of the privacy notice that was agreed to. Raises drafts.DraftChanged."""
    said = page.form.cleaned_data
    filing = replace(page.walk.filing(), privacy_version=said["privacy_version"])
    return actions.submit(draft, filing, version=said["version"], at=page.at)


_TAKERS = {wizard.EVIDENCE.slug: _take_files, wizard.PHONE.slug: _take_code, wizard.CHECK.slug: _take_check}


def _show_changed(page: Page) -> None:
    """Show what was typed beside the news that the draft holds something else; the next try replaces that."""
    draft = page.walk.draft
    if draft:
        draft.refresh_from_db()
    page.walk = Walk(draft)
    page.changed = True


def _send_code_if_needed(request: HttpRequest, draft: Draft, at: datetime) -> None:
    phone = Walk(draft).phone
    if phone and not drafts.is_confirmed(draft, phone) and not drafts.has_live_code(draft, phone, at):
        _send_code(request, draft, phone, at)


def _send_code(request: HttpRequest, draft: Draft, phone: str, at: datetime) -> None:
    if wait := door.wait_at(door.CODES, request, at=at):
        messages.warning(request, door.told_to_wait(wait, settings.OFFICE["hotline"]))
        return
    try:
        actions.send_code(draft, phone, source=request.META["REMOTE_ADDR"], at=at)
    except drafts.CodeNotSent as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, gettext("We have sent you a text message with six digits"))


def _leave(request: HttpRequest, draft: Draft) -> HttpResponse:
    passes.leave_draft(request.session, draft)
    return redirect("complaints:left")


def _posted(request: HttpRequest) -> Typed:
    """Return what was posted, cleaned, and say so when something invisible was taken out."""
    if had_controls(request.POST):
        messages.info(request, gettext("Your text held characters that cannot be shown. We took them out; please look it over"))
    return posted(request.POST)


def _address(step: Step | None, changing: bool = False) -> str:
    address = reverse("complaints:step", args=[(step or wizard.ABOUT).slug])
    return f"{address}?change=1" if changing else address


def _language(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", "zh-hans"))
