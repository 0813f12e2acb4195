"""The pages for the phone, and what their script asks: who is signed in, and to take a record that was entered in a dead spot."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core import clock, files
from core.files import Examined, FileRefused
from supervisors import actions
from supervisors.models import FieldRecord, Inspection
from supervisors.refusals import Refused

from . import permissions, reading
from .forms import RecordForm
from .views import METHODS

_SENSORS = "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"


class OtherPerson(Refused):
    """The page was made for somebody else who used this phone."""


@never_cache
@require_safe
def field(request: SignedInRequest) -> HttpResponse:
    """Show what somebody has to do in the field, what waits on this phone, and what became of it."""
    if not permissions.can_see_inspections(request.user):
        raise Http404
    return _page(request, "field", reading.own_work(request.user, clock.today()))


@never_cache
@require_http_methods(METHODS)
def record(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record what was seen: from the form itself, or later by its script, which wants an answer that it can read."""
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user).for_detail(), pk=pk)
    by_script = "X-Field" in request.headers
    late = request.method == "POST" and permissions.can_send_late(request.user, inspection)
    if not late and not permissions.can_record(request.user, inspection):
        raise Http404
    earlier = reading.earlier_records(inspection, request.user)
    form = RecordForm(request.POST or None, request.FILES or None, inspection=inspection, user=request.user, earlier=earlier)
    if by_script:
        known = reading.kept_before(inspection, request.user, request.POST.get("key", ""))
        return _answer(form, known or _kept(request, inspection, form))
    kept = _kept(request, inspection, form)
    if kept:
        messages.success(request, _("Recorded."))
        return redirect("supervisors:field_record", pk) if inspection.state == "planned" else redirect("supervisors:field")
    return _page(request, "field_record", {"form": form, "inspection": inspection, "has_earlier": earlier.exists()})


@never_cache
@require_safe
def who(request: SignedInRequest) -> HttpResponse:
    """Say who is signed in, and with which token a waiting record can be sent."""
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})


@never_cache
@require_safe
def worker(request: SignedInRequest) -> HttpResponse:
    """Give out the program that keeps the field pages at hand; its address limits it to them."""
    return render(request, "supervisors/field_worker.js", content_type="text/javascript; charset=utf-8")


def _kept(request: SignedInRequest, inspection: Inspection, form: RecordForm) -> FieldRecord | None:
    """Keep what a valid form tells; what is refused is said in the form. A record that is there already needs no pictures."""
    if not form.is_valid():
        return None
    given, at = form.cleaned_data, clock.now()
    try:
        if given["owner"] != request.user.pk:
            raise OtherPerson(_("This was entered by somebody else who used this phone."))
        pictures = _examined(given["pictures"])
        seen = form.seen(now=at)
        return actions.record_seen(inspection, seen, key=given["key"], pictures=pictures, by=request.user, at=at)
    except FileRefused as refusal:
        form.add_error("pictures", str(refusal))
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
    return None


def _examined(uploads: list[object]) -> list[Examined]:
    """Look at each picture before anything is locked. Raises FileRefused."""
    found = [files.examine(upload) for upload in uploads]  # type: ignore[arg-type]
    if other := next((one for one in found if not one.media_type.startswith("image/")), None):
        raise FileRefused(_("“%(name)s” is no picture.") % {"name": other.name})
    return found


def _answer(form: RecordForm, kept: FieldRecord | None) -> JsonResponse:
    if kept:
        return JsonResponse({"kept": str(kept.key)})
    return JsonResponse({"errors": [str(error) for errors in form.errors.values() for error in errors]}, status=422)


def _page(request: SignedInRequest, name: str, context: dict[str, object]) -> HttpResponse:
    """Show a page of the field: it may ask where the phone is, and names whom it is for, so that nobody else is shown it."""
    paths = reading.plan_paths(request.user, clock.today())
    response = render(request, f"supervisors/{name}.html", context | {"plan_paths": paths})
    response.headers["Permissions-Policy"] = _SENSORS
    response.headers["X-Field-User"] = str(request.user.pk)
    return response
