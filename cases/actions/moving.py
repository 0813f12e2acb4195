"""How a case is changed: locked first, moved by the table only, and never by a page that is out of date."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from cases.wording import what_changed
from cases.workflow import Refused, check
from complaints.models import Complaint
from core import events
from core.events import Fact
from core.models import Event


class StalePage(Refused):
    """The page was opened before somebody else changed the case."""


def lock(case: Case, version: int | None = None, *, by: User | None = None) -> Case:
    """Lock the case until the transaction ends and return it as it is now. Raises StalePage when `version` is an older one.

    `by` is who of the office acts: whoever was recused while the page was open is stopped here (PermissionDenied).
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("agency", "respondent_agency", "handler").get(pk=case.pk)
    ask(by is None or not locked.recusals.open().filter(user=by).exists())
    if version is not None and locked.version != version:
        happened = Event.objects.of(locked.subject).filter(type__startswith="case.")
        last = happened.exclude(type__startswith="case.letter_").last()  # letters leave the case as it is
        raise StalePage(
            _("This page is out of date, so nothing was saved. %(change)s Open the case again to see how it stands.")
            % {"change": what_changed(last)}
        )
    return locked


def lock_of(complaint: Complaint) -> Case:
    """Lock the case that deals with a complaint. While one waits for it, the complaint may move to another; so look again."""
    while True:
        case = lock(Case.objects.get(links__complaint=complaint))
        if case.links.filter(complaint=complaint).exists():
            return case


def ask(allowed: bool) -> None:
    """Raise PermissionDenied unless the person may do it; asked again under the lock, for the case may have changed hands."""
    if not allowed:
        raise PermissionDenied


def move(
    case: Case, transition: str, *, event: str, actor: str, at: datetime, facts: dict[str, Fact] | None = None, **fields: Any
) -> None:
    """Move a locked case, set these fields with it and record the event. The only place where a status is assigned."""
    case.status = check(transition, case.status)
    case.version += 1
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=["status", "version", *fields])
    events.record(event, subject=case.subject, actor=actor, at=at, facts=facts)
