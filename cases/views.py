"""Pages of the cases: the work queue, one case, its acts, and the agency's side."""

from django.http import Http404, HttpRequest, HttpResponse


def case_list(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def case_detail(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def accept(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def decline(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def report_own(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def approve(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def send_back(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def follow_up(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def close(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def reveal_phone(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def evidence(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def assignment_list(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def assignment_detail(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def receive(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def report(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404


def reveal_disclosed(request: HttpRequest, pk: int = 0, evidence_pk: int = 0) -> HttpResponse:
    """To come."""
    raise Http404
