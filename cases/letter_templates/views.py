"""Pages on which the templates and the numbers of official letters are kept."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from cases import actions, permissions
from cases.letters.forms import PrefixForm, TemplateForm
from cases.letters.kinds import LetterKind
from cases.workflow import Refused
from core import clock, downloads
from core.cleaning.kinds import DOCX
from core.files import Opened

from .reading import document_of, kind_page, rows


@require_safe
def templates(request: SignedInRequest) -> HttpResponse:
    """Show every kind of letter with the template that is used."""
    _ask(request)
    return render(request, "cases/letter_templates.html", {"rows": rows()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: SignedInRequest, kind: str) -> HttpResponse:
    """Show one kind, and take a new version of its template."""
    chosen = _kind(request, kind)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.upload_template(kind, by=request.user, upload=form.cleaned_data["file"], at=clock.now())
        except actions.TemplateRefused as refusal:
            for fault in refusal.faults:
                form.add_error("file", fault)
        else:
            messages.success(request, _("Checked. Version %(n)d is used from now on.") % {"n": made.number})
            return redirect("cases:letter_template", kind)
    return _page(request, chosen, form=form)


@require_POST
def prefix(request: SignedInRequest, kind: str) -> HttpResponse:
    """Choose what the numbers of a kind begin with."""
    chosen, form = _kind(request, kind), PrefixForm(request.POST)
    if form.is_valid():
        try:
            actions.choose_prefix(kind, by=request.user, prefix=form.cleaned_data["begins"], at=clock.now())
        except Refused as refusal:
            form.add_error("begins", str(refusal))
        else:
            messages.success(request, _("Kept. The next letter of this kind is numbered so."))
            return redirect("cases:letter_template", kind)
    return _page(request, chosen, numbers=form)


@require_POST
def use(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """Go back to an earlier version, or with 0 to the portal's own template."""
    _kind(request, kind)
    try:
        actions.use_template(kind, by=request.user, number=number, at=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The next letter of this kind is made from it."))
    return redirect("cases:letter_template", kind)


@never_cache
@require_safe
def file(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """Hand a version out as a Word file, 0 for the portal's own."""
    chosen = _kind(request, kind)
    document = document_of(chosen, number)
    if document is None:
        raise Http404
    with override("zh-hans"):
        name = f"{chosen.label} 模板 {number}.docx"
    return downloads.attachment(Opened(name, DOCX, document))


def _ask(request: SignedInRequest) -> None:
    if not permissions.can_change_templates(request.user):
        raise Http404


def _kind(request: SignedInRequest, kind: str) -> LetterKind:
    """Return the kind, to who may keep its template."""
    _ask(request)
    if kind not in LetterKind.values:
        raise Http404
    return LetterKind(kind)


def _page(
    request: SignedInRequest, kind: LetterKind, *, form: TemplateForm | None = None, numbers: PrefixForm | None = None
) -> HttpResponse:
    page = kind_page(kind)
    context = {"page": page, "form": form or TemplateForm(), "numbers": numbers or PrefixForm(initial={"begins": page.prefix})}
    return render(request, "cases/letter_template.html", context)
