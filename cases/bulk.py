"""What would happen to chosen cases, and to which of them not and why; the preview and the act ask the same questions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.models import Event

from .ends.still_open import still_open
from .models import Case, Deadline
from .workflow import OPEN, Status, allows

MOST = 200  # cases in one act
REMINDED_BY_HAND = "deadline.reminded_by_hand"


@dataclass(frozen=True)
class Skipped:
    """A case to which nothing happens, and why."""

    case: Case
    reason: str


@dataclass(frozen=True)
class Sorted:
    """The chosen cases: those that will change (`limits` has what each is reminded of) and those that will not."""

    changing: list[Case]
    skipped: list[Skipped]
    limits: Mapping[int, Deadline]


def find(chosen: Mapping[int, int], *, by: User) -> QuerySet[Case]:
    """Return the chosen cases (ids with the versions seen) that the person may see, in a fixed order."""
    return Case.objects.visible_to(by).filter(pk__in=list(chosen)).select_related("handler").order_by("pk")


def sort_for_handing_on(cases: Iterable[Case], chosen: Mapping[int, int], *, to: User) -> Sorted:
    """Tell which of the cases can go to another handler."""
    cases = list(cases)
    seen = set(Case.objects.visible_to(to).filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))

    def why_not(case: Case) -> str:
        if case.handler_id == to.pk:
            return _("%(name)s handles it already.") % {"name": to.full_name}
        return "" if case.pk in seen else _("%(name)s may not deal with it.") % {"name": to.full_name}

    return _sorted(cases, chosen, why_not)


def sort_for_reminding(cases: Iterable[Case], chosen: Mapping[int, int], *, today: date) -> Sorted:
    """Tell of which limits people can be reminded now: once a day by hand, and not while the clock stands still."""
    cases = list(cases)
    limits: dict[int, Deadline] = {}
    for limit in Deadline.objects.open().filter(case__in=cases).order_by("due_at", "pk"):
        limits.setdefault(limit.case_id, limit)
    reminded = _reminded_on(cases, today)

    def why_not(case: Case) -> str:
        limit = limits.get(case.pk)
        if limit is None:
            return _("No limit runs.")
        if case.paused_on or limit.paused_on:
            return _("Its clock stands still.")
        return _("It was reminded of by hand today.") if limit.pk in reminded else ""

    return _sorted(cases, chosen, why_not, limits)


def sort_for_archiving(cases: Iterable[Case], chosen: Mapping[int, int], *, today: date) -> Sorted:
    """Tell which of the cases can go into the archive, and what is open in the others."""
    cases = list(cases)
    found = still_open(cases, today=today)

    def why_not(case: Case) -> str:
        if case.status == Status.ARCHIVED:
            return _("It is in the archive already.")
        if not allows("archive", case.status):
            return _("It has not ended.")
        words = _("; ").join(found[case.pk])
        return _("Still open: %(what)s.") % {"what": words} if words else ""

    return _sorted(cases, chosen, why_not, ended=True)


def _sorted(
    cases: list[Case],
    chosen: Mapping[int, int],
    why_not: Callable[[Case], str],
    limits: Mapping[int, Deadline] | None = None,
    *,
    ended: bool = False,
) -> Sorted:
    changing, skipped = [], []
    for case in cases:
        reason = _moved_on(case, chosen[case.pk], ended=ended) or why_not(case)
        if reason:
            skipped.append(Skipped(case, reason))
        else:
            changing.append(case)
    return Sorted(changing, skipped, limits or {})


def _moved_on(case: Case, version: int, *, ended: bool) -> str:
    """Why nothing may happen to it whatever is wanted; `ended`: what is wanted is for ended cases."""
    if case.version != version:
        return _("Somebody changed it after you chose it.")
    return "" if ended or case.status in OPEN else _("It has ended.")


def _reminded_on(cases: Iterable[Case], today: date) -> set[int]:
    """The limits of which somebody was reminded by hand on this day."""
    events = Event.objects.of(*(case.subject for case in cases)).filter(type=REMINDED_BY_HAND, at__gte=clock.midnight(today))
    return {event.facts["deadline"] for event in events}
