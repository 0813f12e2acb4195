"""A supervisor's tip is lodged without a name; who gave it is kept in this room alone."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from complaints.actions import lodge
from complaints.filing import Filing
from complaints.models import Channel, Kind
from core import clock, events, files, masking
from core.files import Examined
from core.models import StoredFile
from supervisors.models import Supervisor, Tip
from supervisors.refusals import Refused
from supervisors.tips import permissions


class NoTerm(Refused):
    """Only a supervisor whose term runs gives tips."""


class NamesItself(Refused):
    """The words would tell the agency who wrote them."""

    field = "narrative"


class TipKeyTaken(Refused):
    """Another tip came from this form already."""


@dataclass(frozen=True)
class Told:
    """What a supervisor reports of any agency, the own one too."""

    agency: Agency
    narrative: str
    category: int
    behaviours: tuple[str, ...] = ()
    place: str = ""
    happened_on: date | None = None


@transaction.atomic
def give_tip(told: Told, *, key: uuid.UUID, pictures: Sequence[Examined] = (), by: User, at: datetime) -> Tip:
    """Lodge a tip, once per key. The matter, its events and its evidence name nobody; the link stands in `Tip` alone.

    Raises NoTerm, NamesItself, TipKeyTaken.
    """
    supervisor = Supervisor.objects.serving(clock.day_of(at)).select_for_update(of=("self",)).filter(user=by).first()
    if supervisor is None or not permissions.can_tip(by):
        raise NoTerm(_("Tips are given by supervisors whose term runs."))
    if known := Tip.objects.select_related("complaint").filter(key=key).first():
        return _same(known, supervisor, told)
    if masking.mask_values(told.narrative, own_values(by)) != told.narrative:
        raise NamesItself(_("Your own name or number stands in the text. Take it out: the agency must not learn who wrote this."))
    stored = tuple(files.store(one, at=at) for one in pictures)
    complaint = lodge(_filing(told, stored), at=at, actor=events.SYSTEM)
    # The log says that a tip came, not from whom: those who read the log read the roster too.
    events.record("tip.given", subject=complaint.subject, actor=events.SYSTEM, at=at)
    return Tip.objects.create(key=key, supervisor=supervisor, complaint=complaint, given_at=at)


def _filing(told: Told, stored: tuple[StoredFile, ...]) -> Filing:
    return Filing(
        narrative=told.narrative,
        kind=Kind.TIP,
        channel=Channel.SUPERVISOR,
        agency=told.agency,
        category=told.category,
        behaviours=told.behaviours,
        place=told.place,
        happened_on=told.happened_on,
        files=stored,
    )


def own_values(user: User) -> list[str]:
    """Return what would tell who wrote a text."""
    return [value for value in (user.full_name, user.phone, user.email) if value]


def _same(tip: Tip, supervisor: Supervisor, told: Told) -> Tip:
    """Return the tip that came before if it is this very one."""
    if (tip.supervisor_id, tip.complaint.agency_id, tip.complaint.working_copy) != (
        supervisor.pk,
        told.agency.pk,
        told.narrative,
    ):
        raise TipKeyTaken(_("Another tip was sent from this form already. Open a new form and enter it there."))
    return tip
