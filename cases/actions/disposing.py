"""Dispositions: proposed by who deals with the case, decided by a leader who is another, by a clause in force on that day."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency, DispositionKind, MeasureClause
from cases import permissions
from cases.inquiry import telling
from cases.inquiry.rules import holds, overall
from cases.models import Assignment, Case, Disposition
from cases.redaction import disclosed_to
from cases.workflow import Finding, Refused
from core import clock, events
from core.templatetags.portal import day_week

from .checking import check_words
from .moving import ask, lock
from .naming import check_unnamed

_AT_FAULT = {Finding.UPHELD, Finding.PARTLY_UPHELD}


class NothingUpheld(Refused):
    """Nothing was found that could be dealt with."""


class ClauseNotValid(Refused):
    """The clause does not hold on that day, or does not allow it."""

    field = "clause"


class DispositionDecided(Refused):
    """Somebody else has decided already."""


@transaction.atomic
def propose_disposition(
    case: Case,
    *,
    by: User,
    version: int | None,
    agency: Agency,
    post: str,
    kind: str,
    clause: MeasureClause,
    words: str,
    at: datetime,
    looked_at: bool = False,
) -> Disposition:
    """Propose a disposition against an agency or (`post`) somebody in it. The agency will read the words, so they are checked.

    Raises NothingUpheld, ClauseNotValid, NamesComplainant.
    """
    case = lock(case, version, by=by)
    ask(permissions.can_propose_disposition(by, case))
    _check_fault(case)
    _check_clause(clause, kind, clock.day_of(at))
    _check_named(case, agency, f"{words}\n{post}", looked_at=looked_at)
    row = Disposition.objects.create(
        case=case, agency=agency, post=post, kind=kind, clause=clause, words=words, proposed_at=at, proposed_by=by
    )
    _note("case.disposition_proposed", row, by=by, at=at)
    telling.disposition_proposed(row, at=at)
    return row


@transaction.atomic
def decide_disposition(disposition: Disposition, *, by: User, approve: bool, note: str = "", at: datetime) -> Disposition:
    """Decide on it, or refuse it with a reason; never by who proposed it. The agency is told through its assignment.

    Raises DispositionDecided, and again what proposing raises: clause, finding and consent may have changed.
    """
    case = lock(disposition.case, by=by)
    row = Disposition.objects.select_for_update(of=("self",)).for_list().get(pk=disposition.pk)
    row.case = case
    ask(permissions.can_decide_disposition(by, row))
    if row.decision:
        raise DispositionDecided(_("Somebody else has decided already."))
    check_unnamed(case, note=note)
    if approve:
        _check_fault(case)
        _check_clause(row.clause, row.kind, clock.day_of(at))
        _check_named(case, row.agency, f"{row.words}\n{row.post}", looked_at=True)
    row.decision = Disposition.Decision.APPROVED if approve else Disposition.Decision.REFUSED
    row.decision_note, row.decided_at, row.decided_by = note, at, by
    row.save(update_fields=["decision", "decision_note", "decided_at", "decided_by"])
    _note("case.disposition_decided" if approve else "case.disposition_refused", row, by=by, at=at)
    telling.disposition_decided(row, assignment_for(case, row.agency), by=by, at=at)
    return row


def assignment_for(case: Case, agency: Agency) -> Assignment | None:
    """Return what went to the agency in this case, or to the one of which it is a part: only through that it is told."""
    over = [pk for pk in (agency.pk, agency.parent_id) if pk]
    rows = {row.agency_id: row for row in case.assignments.select_related("agency", "case").filter(agency__in=over)}
    return rows.get(agency.pk) or rows.get(agency.parent_id or 0)


def found_at_fault(case: Case) -> bool:
    """Tell whether anything was upheld: by the approved finding, else by the report that waits or by the allegations."""
    if case.finding:
        return case.finding in _AT_FAULT
    waiting = case.reports.filter(decision="").values_list("finding", flat=True).first()
    decided = case.allegations.filter(struck_at__isnull=True).values_list("finding", flat=True)
    return waiting in _AT_FAULT or overall(decided) in _AT_FAULT


def _check_fault(case: Case) -> None:
    if not found_at_fault(case):
        raise NothingUpheld(_("Nothing has been upheld in this case, so there is nothing to deal with."))


def _check_clause(clause: MeasureClause, kind: str, on: date) -> None:
    measure = clause.measure
    if not holds(clause.valid_from, clause.valid_until, on) or not holds(measure.valid_from, measure.valid_until, on):
        words = _("This clause does not hold on %(day)s. Choose one that is in force.")
        raise ClauseNotValid(words % {"day": day_week(on)})
    if kind not in clause.allows:
        words = _("This clause does not allow “%(kind)s”.")
        raise ClauseNotValid(words % {"kind": DispositionKind(kind).label})


def _check_named(case: Case, agency: Agency, words: str, *, looked_at: bool) -> None:
    assignment = assignment_for(case, agency)
    check_words(words, case, disclosed_to(assignment) if assignment else {}, field="words", looked_at=looked_at)


def _note(what: str, row: Disposition, *, by: User, at: datetime) -> None:
    facts: dict[str, events.Fact] = {"disposition": row.pk, "disposition_kind": row.kind, "agency": row.agency_id}
    facts |= {"clause": row.clause_id}
    events.record(what, subject=row.case.subject, actor=events.user_id(by), at=at, facts=facts)
