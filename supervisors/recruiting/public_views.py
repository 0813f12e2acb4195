"""What everybody may see and do: calls, nominating oneself, public notices, verifying a card."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.doors import Door
from core.refusals import say_beside_field
from supervisors import actions, certificates
from supervisors.acting import METHODS
from supervisors.models import Call
from supervisors.models.roster import Kind
from supervisors.refusals import Refused
from supervisors.roster import verifying

from . import reading
from .forms import NominateForm

# A nomination wakes officers; a code has 80 bits, so the door keeps machines from trying at all.
_NOMINATING = Door("nominate", free=5)
_VERIFYING = Door("verify", free=30)


@login_not_required
@never_cache
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The open calls, and who is under public notice."""
    return render(request, "supervisors/public_calls.html", reading.public_page(clock.today()))


@login_not_required
@never_cache
@require_http_methods(METHODS)
def nominate(request: HttpRequest, pk: int) -> HttpResponse:
    """Nominate oneself."""
    call = reading.open_call(pk, clock.today())
    if call is None or call.kind != Kind.FULL_TIME:
        raise Http404
    form = NominateForm(request.POST or None, call=call, by=None)
    if form.is_valid() and _taken(request, call, form):
        return redirect("supervision:nominated")
    return render(request, "supervisors/public_nominate.html", {"call": call, "form": form})


@login_not_required
@never_cache
@require_safe
def nominated(request: HttpRequest) -> HttpResponse:
    """Say what happens next."""
    return render(request, "supervisors/public_nominated.html")


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Say whether a card is valid: kind and the first character of the name, no more."""
    typed = code or request.GET.get("code", "")
    if not typed:
        return render(request, "supervisors/verify.html", {"asked": False})
    if _VERIFYING.admit("", address=request.META["REMOTE_ADDR"], at=clock.now()):
        return render(request, "supervisors/verify.html", {"asked": False, "must_wait": True}, status=429)
    card = verifying.card_of(certificates.read_code(typed), clock.today())
    return render(request, "supervisors/verify.html", {"asked": True, "card": card}, status=200 if card else 404)


def _taken(request: HttpRequest, call: Call, form: NominateForm) -> bool:
    """Take the nomination, or say beside the field why not."""
    if _NOMINATING.admit(request.POST.get("proof", ""), address=request.META["REMOTE_ADDR"], at=clock.now()):
        form.add_error(None, _("Too many nominations came from here. Wait a few minutes, or call the office."))
        return False
    try:
        actions.nominate(call, form.cleaned_data["nomination"], by=None, at=clock.now())
    except Refused as refusal:
        say_beside_field(form, refusal)
        return False
    return True
