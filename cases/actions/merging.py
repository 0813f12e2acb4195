"""Merging a case in triage into another open one, and undoing it: complaints move, their numbers and codes stay (ADR 0013)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases import notifications, permissions
from cases.merging.places import goes_on_in, origins_of
from cases.merging.rules import may_join, may_part
from cases.models import Case, CaseComplaint, Disclosed
from cases.workflow import Refused, Status, Step, check
from complaints.models import Complaint, Withdrawal
from core import events

from . import limits
from .moving import ask, lock, move
from .recusing import carry_recusals
from .unmasking import end_unmaskings


class CannotBeMerged(Refused):
    """The other case takes no matter any more, or somebody who deals with it must not see this one."""


class CannotBeParted(Refused):
    """The joint case has its reply or has ended, or its agency was given this complainant's data."""


_CHANGED = gettext_lazy("The mergers of this case have changed meanwhile. Open it again to see how it stands.")


@transaction.atomic
def merge(case: Case, *, into: Case, by: User, version: int | None, at: datetime) -> Case:
    """Move the complaints of a case in triage to another open case, which goes on for all of them; returns that one.

    What goes to an agency stays as it is: nobody's consent carries over. Raises StalePage, TransitionNotAllowed, CannotBeMerged.
    """
    source, target = _lock_both(case, into, version)
    ask(permissions.can_merge(by, source) and _sees(by, source, target))
    check("merge", source.status)
    _check_target(source, target)
    links = list(source.links.select_related("complaint__complainant").order_by("pk"))
    for link in links:
        CaseComplaint.objects.filter(pk=link.pk).update(case=target, came_from=link.came_from_id or source.pk)
    facts: dict[str, events.Fact] = {"case": target.pk, "number": target.number}
    actor = events.user_id(by)
    move(source, "merge", event="case.merged", actor=actor, at=at, facts=facts, merged_into=target, closed_at=at)
    limits.close_limits(source, at=at)
    _keep_kinds(source)
    complaints = [link.complaint for link in links]
    end_unmaskings(source, complaints, by=by, at=at)
    carry_recusals(source, target, at=at)
    _change(target, "case.joined", source, actor=actor, at=at)
    notifications.merged(source, target, complaints, by=by, at=at)
    return target


@transaction.atomic
def unmerge(case: Case, *, by: User, version: int | None, at: datetime) -> Case:
    """Give a merged case its complaints back: it waits in triage again, under the limit that it had, as if it had never ended.

    Possible until the joint case has its reply. Raises StalePage, TransitionNotAllowed, CannotBeParted.
    """
    source, target = _lock_joint(case, version)
    ask(permissions.can_merge(by, source) and _sees(by, source, target))
    links = _links_of(source, target)
    complaints = [link.complaint for link in links]
    _check_parting(target, complaints)
    for link in links:
        origin = None if link.came_from_id == source.pk else link.came_from_id
        CaseComplaint.objects.filter(pk=link.pk).update(case=source, came_from=origin)
    facts: dict[str, events.Fact] = {"case": target.pk, "number": target.number}
    actor = events.user_id(by)
    move(source, "unmerge", event="case.unmerged", actor=actor, at=at, facts=facts, merged_into=None, closed_at=None)
    limits.reopen_limit(source, Step.ACCEPT, at=at)
    _keep_withdrawn(source)
    _keep_kinds(source)
    end_unmaskings(target, complaints, by=by, at=at)
    _change(target, "case.parted", source, actor=actor, at=at)
    notifications.unmerged(source, target, complaints, by=by, at=at)
    return source


def _lock_both(case: Case, other: Case, version: int | None) -> tuple[Case, Case]:
    """Lock two cases, the older first whichever way they are merged, so that two people at once wait and do not block."""
    if case.pk == other.pk:
        raise CannotBeMerged(_("A case cannot be merged into itself."))
    if case.pk < other.pk:
        source = lock(case, version)
        return source, lock(other)
    target = lock(other)
    return lock(case, version), target


def _lock_joint(case: Case, version: int | None) -> tuple[Case, Case]:
    """Lock a merged case and the one in which it goes on, and look again: that one may have been merged further meanwhile."""
    place = goes_on_in(case)
    if place is None:
        check("unmerge", lock(case, version).status)
        raise CannotBeParted(str(_CHANGED))
    source, target = _lock_both(case, place, version)
    check("unmerge", source.status)
    if goes_on_in(source) != target:
        raise CannotBeParted(str(_CHANGED))
    return source, target


def _sees(by: User, *cases: Case) -> bool:
    """Tell whether the person may see all of these cases: who is recused from one neither merges it nor merges into it."""
    return Case.objects.visible_to(by).filter(pk__in=[case.pk for case in cases]).count() == len(cases)


def _check_target(source: Case, target: Case) -> None:
    if not may_join(source.status, target.status):
        raise CannotBeMerged(
            _("Case %(number)s is now “%(status)s” and takes no other matter. Decide on this one by itself.")
            % {"number": target.number, "status": Status(target.status).label}
        )
    if target.handler is not None and not _sees(target.handler, source):
        raise CannotBeMerged(_("Whoever handles case %(number)s must not deal with this matter.") % {"number": target.number})


def _check_parting(target: Case, complaints: list[Complaint]) -> None:
    if not may_part(target.status):
        raise CannotBeParted(_("Case %(number)s has its reply or has ended, so the merger stands.") % {"number": target.number})
    if Disclosed.objects.filter(assignment__case=target, complaint__in=complaints).exists():
        raise CannotBeParted(_("The agency was given what this complainant agreed to disclose, so the merger stands."))


def _links_of(source: Case, target: Case) -> list[CaseComplaint]:
    """Return what came from the case, and from those that had been merged into it before."""
    links = CaseComplaint.objects.filter(case=target, came_from__in=origins_of(source)).select_related("complaint__complainant")
    return list(links.order_by("pk"))


def _change(target: Case, event: str, source: Case, *, actor: str, at: datetime) -> None:
    """Note on the joint case what came or went. The new version stops pages that were opened before."""
    target.version += 1
    target.save(update_fields=["version"])
    _keep_withdrawn(target)
    _keep_kinds(target)
    facts: dict[str, events.Fact] = {"case": source.pk, "number": source.number}
    events.record(event, subject=target.subject, actor=actor, at=at, facts=facts)


def _keep_kinds(case: Case) -> None:
    """Note beside the case what was lodged in it, each kind once, the first first; a merged case has nothing of its own left."""
    kinds = Complaint.objects.filter(case_link__case=case).order_by("pk").values_list("kind", flat=True)
    case.kinds = list(dict.fromkeys(kinds))
    case.save(update_fields=["kinds"])


def _keep_withdrawn(case: Case) -> None:
    """A case is withdrawn when everybody who complains has withdrawn, at the moment at which the last one did."""
    complaints = Complaint.objects.filter(case_link__case=case)
    left = complaints.filter(withdrawal__isnull=True).exists()
    last = Withdrawal.objects.filter(complaint__in=complaints).order_by("withdrawn_at").last()
    case.withdrawn_at = last.withdrawn_at if last and not left else None
    case.save(update_fields=["withdrawn_at"])
