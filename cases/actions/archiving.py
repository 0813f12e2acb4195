"""Puts ended cases into the archive, each with the next number of the year."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.ends.still_open import still_open
from cases.models import Case, Letter
from cases.workflow import Refused, check
from core import clock, events
from core.numbering import next_number

from .lettering import discard_with_case
from .moving import ask, lock, move

SERIES = "archive"


class NotReady(Refused):
    """Something is still open in the case."""


@transaction.atomic
def archive(case: Case, *, by: User, version: int | None, at: datetime) -> Case:
    """Put an ended case into the archive; from then on nothing in it changes. Raises NotReady, which says what is open."""
    case = lock(case, version)
    ask(permissions.can_archive(by, case))
    check("archive", case.status)
    if found := still_open([case], today=clock.day_of(at))[case.pk]:
        raise NotReady(_("It cannot go into the archive yet: %(what)s.") % {"what": _("; ").join(found)})
    put_away(case, next_number(SERIES, clock.day_of(at).year), by=by, at=at)
    return case


def put_away(case: Case, number: int, *, by: User, at: datetime) -> None:
    """Give a locked case its place in the archive. Letters that the portal drafted and nobody began are discarded with it."""
    for letter in Letter.objects.drafts().filter(case=case):
        discard_with_case(letter, by=by, at=at)
    fields: dict[str, Any] = {
        "archive_number": archive_number(clock.day_of(at).year, number),
        "archived_at": at,
        "archived_by": by,
    }
    move(case, "archive", event="case.archived", actor=events.user_id(by), at=at, **fields)


def archive_number(year: int, number: int) -> str:
    """Return a number of the archive as it stands on the file: `档〔2026〕0417`."""
    return f"档〔{year}〕{number:04d}"
