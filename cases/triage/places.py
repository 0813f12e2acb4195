"""The way back to the desk from a page that was opened there: its address carries the case that lay on the desk."""

from django.http import HttpRequest
from django.urls import reverse

from cases.models import Case

_NAME = "desk"
_LONGEST = 18


def from_desk(address: str, case: Case) -> str:
    """Return the address of an act as the desk links it."""
    return f"{address}?{_NAME}={case.pk}"


def after(request: HttpRequest, case: Case) -> str:
    """Return where an act on a case leads: back to the desk if it was opened there, else to the case."""
    lay = request.GET.get(_NAME, "")
    if lay.isascii() and lay.isdigit() and len(lay) <= _LONGEST:
        return reverse("cases:triage_case", args=[int(lay)])
    return reverse("cases:detail", args=[case.pk])
