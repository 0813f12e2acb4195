"""Pages of the desk: searches that people keep, acts on many cases with a preview, exports."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from cases import actions, bulk, permissions
from cases.models import SavedSearch
from cases.queue import Queue
from cases.workflow import Refused
from core import clock
from core.counting import bounded, shown

from . import exporting, forms, looks

MOST_TOLD = 8


def searches(request: HttpRequest) -> HttpResponse:
    """Show the searches that are kept, and keep the filters that the queue sends."""
    user = _officer(request)
    query = _canonical(user, request.POST.get("query", request.GET.urlencode()))
    form = forms.SearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_search(query=query, by=user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved. You find it in the side list of the queue."))
            return redirect(f"{reverse('cases:list')}?{query}")
    return render(
        request,
        "cases/searches.html",
        _searches(user) | {"form": form, "query": query, "chips": Queue(user, _dict(query)).page_chips()},
    )


def change_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a search another name, share it or not."""
    search = _search(request, pk)
    form = forms.SearchForm(request.POST or None, initial={"name": search.name, "shared": search.shared})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_search(search, by=_officer(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("cases:searches")
    return render(request, "cases/search_form.html", {"form": form, "search": search})


def delete_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then throw a search away."""
    search = _search(request, pk)
    if request.method != "POST":
        return render(request, "cases/search_delete.html", {"search": search})
    actions.delete_search(search, by=_officer(request))
    messages.success(request, _("The search is gone. No case was changed."))
    return redirect("cases:searches")


@never_cache
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show what an act would change, and what not and why; nothing is changed yet."""
    user, form = _officer(request), forms.ChosenForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return _back(form)
    context: dict[str, Any] = {"act": form.cleaned_data["act"], "back": form.cleaned_data["back"]}
    if context["act"] == forms.Act.EXPORT:
        return render(request, "cases/export.html", _export_page(user, context["back"], list(form.chosen)))
    handler = forms.HandlerForm(request.POST if request.POST.get("to") else None)
    context |= {"handler": handler, "to": handler.handler, "chosen": form.chosen.items()}
    context["sorted"] = _sorted(form, handler.handler, user)
    return render(request, "cases/bulk.html", context)


@never_cache
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do what the preview showed."""
    user, form = _officer(request), forms.ChosenForm(request.POST)
    if not form.is_valid():
        return _back(form)
    try:
        done = _do(form, forms.HandlerForm(request.POST).handler, user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return _back(form)
    if done is None:
        return preview(request)
    _tell(request, done, form.cleaned_data["act"])
    return _back(form)


@never_cache
def export(request: HttpRequest) -> HttpResponseBase:
    """Say what would leave the house, then let it: streamed, logged, at most so many rows."""
    user = _officer(request)
    query = request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode()
    chosen = [int(pk) for pk in request.POST.getlist("case") if pk.isascii() and pk.isdigit() and len(pk) < 19] or None
    form = forms.ExportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "cases/export.html", _export_page(user, query, chosen))
    queue = Queue(user, {"view": looks.ALL} if chosen else _dict(query))
    kind = forms.Format(form.cleaned_data["format"])
    leaving = exporting.Leaving(queue, chosen, by=user, kind=kind)
    headers = {"Content-Disposition": f'attachment; filename="cases-{clock.today()}.{kind}"', "Cache-Control": "no-store"}
    if kind == forms.Format.CSV:
        lines = exporting.csv_lines(leaving.batches())
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
    return FileResponse(exporting.xlsx_file(leaving.batches()), content_type=exporting.XLSX, headers=headers)


def _export_page(user: User, query: str, chosen: list[int] | None) -> dict[str, Any]:
    queue = Queue(user, {"view": looks.ALL} if chosen else _dict(query))
    rows = queue.cases.filter(pk__in=chosen) if chosen else queue.cases
    number = "" if queue.words else shown(bounded({"rows": rows})["rows"])
    return {
        "form": forms.ExportForm(),
        "query": query,
        "chosen": chosen or [],
        "number": number,
        "words": queue.words,
        "view": queue.view.title,
        "chips": [] if chosen else queue.page_chips(),
        "headings": exporting.headings(),
        "most": exporting.MOST_ROWS,
    }


def _do(form: forms.ChosenForm, to: User | None, by: User) -> bulk.Sorted | None:
    """Do it; None when nobody was chosen to whom the cases go."""
    if form.cleaned_data["act"] == forms.Act.REMIND:
        return actions.remind_now(form.chosen, by=by, at=clock.now())
    if form.cleaned_data["act"] == forms.Act.ARCHIVE:
        return actions.archive_many(form.chosen, by=by, at=clock.now())
    return actions.hand_on(form.chosen, to=to, by=by, at=clock.now()) if to else None


def _sorted(form: forms.ChosenForm, to: User | None, by: User) -> bulk.Sorted | None:
    cases = bulk.find(form.chosen, by=by)
    if form.cleaned_data["act"] == forms.Act.REMIND:
        return bulk.sort_for_reminding(cases, form.chosen, today=clock.today())
    if form.cleaned_data["act"] == forms.Act.ARCHIVE:
        if not permissions.can_archive_many(by):
            raise Http404
        return bulk.sort_for_archiving(cases, form.chosen, today=clock.today())
    return bulk.sort_for_handing_on(cases, form.chosen, to=to) if to else None


def _tell(request: HttpRequest, done: bulk.Sorted, act_: str) -> None:
    """Say what was done, and of what was left alone each case with its reason."""
    number = len(done.changing)
    if number and act_ == forms.Act.REMIND:
        text = ngettext("Reminded of %(n)d case.", "Reminded of %(n)d cases.", number)
    elif number and act_ == forms.Act.ARCHIVE:
        text = ngettext("%(n)d case put into the archive.", "%(n)d cases put into the archive.", number)
    else:
        text = ngettext("%(n)d case handed on.", "%(n)d cases handed on.", number)
    if number:
        messages.success(request, text % {"n": number})
    for one in done.skipped[:MOST_TOLD]:
        messages.warning(request, _("%(number)s was left alone. %(reason)s") % {"number": one.case.number, "reason": one.reason})
    if len(done.skipped) > MOST_TOLD:
        messages.warning(request, _("%(n)d more were left alone.") % {"n": len(done.skipped) - MOST_TOLD})


def _officer(request: HttpRequest) -> User:
    """Return who is signed in, if he works with the queue; to everybody else these pages do not exist."""
    if not isinstance(request.user, User) or not permissions.can_act_on_many(request.user):
        raise Http404
    return request.user


def _search(request: HttpRequest, pk: int) -> SavedSearch:
    search = get_object_or_404(SavedSearch.objects.visible_to(_officer(request)).for_list(), pk=pk)
    if not permissions.can_change_search(_officer(request), search):
        raise Http404
    return search


def _searches(user: User) -> dict[str, Any]:
    return {"searches": SavedSearch.objects.visible_to(user).for_list()}


def _dict(query: str) -> dict[str, str]:
    return {name: str(value) for name, value in QueryDict(query[:4000]).dict().items()}


def _canonical(user: User, query: str) -> str:
    """The filters of an address, without its place and without what means nothing."""
    return Queue(user, _dict(query)).url().removeprefix("?")


def _back(form: forms.ChosenForm) -> HttpResponse:
    """Return to the list from which the cases were chosen."""
    query = urlencode(_dict(str(form.data.get("back", ""))))
    return redirect(f"{reverse('cases:list')}{'?' if query else ''}{query}")
