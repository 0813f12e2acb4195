"""How somebody becomes a supervisor: the states of a candidacy and the moves between them, as data. Pure."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .refusals import Refused


class CandidacyStatus(models.TextChoices):
    """Where a candidacy stands."""

    NOMINATED = "nominated", _("Nominated")
    CHECKED = "checked", pgettext_lazy("candidacy", "Checked")
    APPROVED = "approved", pgettext_lazy("candidacy", "Approved")
    PUBLISHED = "published", pgettext_lazy("candidacy", "Under public notice")
    APPOINTED = "appointed", pgettext_lazy("candidacy", "Appointed")
    DECLINED = "declined", pgettext_lazy("candidacy", "Not taken")
    WITHDRAWN = "withdrawn", pgettext_lazy("candidacy", "Withdrawn")


class MoveNotAllowed(Refused):
    """A move that the table does not have."""


@dataclass(frozen=True)
class Transition:
    """One move: from which states, to which, by whom, and what it needs (both for docs/states.md)."""

    name: str
    sources: tuple[CandidacyStatus, ...]
    target: CandidacyStatus
    label: str | Promise
    who: str | Promise
    needs: str | Promise = ""


_OFFICER = _("officer")
_LEADER = _("office leader")
LIVE = (CandidacyStatus.NOMINATED, CandidacyStatus.CHECKED, CandidacyStatus.APPROVED, CandidacyStatus.PUBLISHED)

CANDIDACY_TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "check",
        (CandidacyStatus.NOMINATED,),
        CandidacyStatus.CHECKED,
        pgettext_lazy("candidacy", "check"),
        _OFFICER,
        _("a look at the records: no sanction"),
    ),
    Transition(
        "approve",
        (CandidacyStatus.CHECKED,),
        CandidacyStatus.APPROVED,
        pgettext_lazy("candidacy", "approve"),
        _LEADER,
        _("not who checked"),
    ),
    Transition(
        "publish",
        (CandidacyStatus.APPROVED,),
        CandidacyStatus.PUBLISHED,
        _("put under public notice"),
        _OFFICER,
        _("the days that the policy names"),
    ),
    Transition(
        "appoint",
        (CandidacyStatus.PUBLISHED,),
        CandidacyStatus.APPOINTED,
        _("appoint"),
        _LEADER,
        _("the notice has run and every objection is settled"),
    ),
    Transition(
        "decline",
        LIVE,
        CandidacyStatus.DECLINED,
        pgettext_lazy("candidacy", "do not take"),
        _("officer or office leader"),
        _("a reason"),
    ),
    Transition(
        "withdraw", LIVE, CandidacyStatus.WITHDRAWN, pgettext_lazy("candidacy", "withdraw"), _OFFICER, _("the candidate's wish")
    ),
)
_BY_NAME = {transition.name: transition for transition in CANDIDACY_TRANSITIONS}


def allows(name: str, status: str) -> bool:
    """Tell whether a move may start from this state."""
    return status in _BY_NAME[name].sources


def check(name: str, status: str) -> CandidacyStatus:
    """Return the state to which a move leads from this one. Raises MoveNotAllowed."""
    if not allows(name, status):
        raise MoveNotAllowed(
            _("This is no longer possible: the candidacy is now “%(status)s”. Someone else may have acted first.")
            % {"status": CandidacyStatus(status).label}
        )
    return _BY_NAME[name].target
