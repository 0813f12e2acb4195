"""Terms: granted with the next certificate, renewed, suspended, ended early; and the yearly words about a supervisor."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from core import clock, events, numbering
from supervisors import certificates, notifications, permissions
from supervisors.models import Appraisal, Candidacy, Interest, InterestsConfirmed, Supervisor, Suspension, Term
from supervisors.refusals import Refused

YEARS = (1, 2, 5)


class TermRefused(Refused):
    """The term cannot begin on that day."""

    field = "since"


class StandingRefused(Refused):
    """Suspending, resuming or leaving is not possible now."""


class DayRefused(Refused):
    """Not on that day."""

    field = "day"


class AppraisedAlready(Refused):
    """One appraisal a year."""

    field = "year"


def grant_term(
    supervisor: Supervisor, *, since: date, years: int, by: User, at: datetime, candidacy: Candidacy | None = None
) -> Term:
    """Write a term within the running transaction, with the next certificate of its year. Raises TermRefused.

    A term never begins in the past: what a supervisor did without a certificate stays without one.
    """
    if since < clock.day_of(at):
        raise TermRefused(_("A term cannot begin in the past."))
    if years not in YEARS:
        raise TermRefused(_("A term has 1, 2 or 5 years."))
    try:
        with transaction.atomic():
            number = numbering.next_number(certificates.SERIES, since.year)
            term = Term.objects.create(
                supervisor=supervisor,
                since=since,
                until=certificates.last_day(since, years),
                certificate_number=certificates.written(since.year, number),
                code=certificates.new_code(),
                candidacy=candidacy,
                granted_at=at,
                granted_by=by,
            )
    except IntegrityError as error:
        if "term_never_two_at_once" in str(error):
            raise TermRefused(_("Another term of this person covers some of these days.")) from error
        raise
    facts: dict[str, events.Fact] = {"term": term.pk, "since": since.isoformat(), "until": term.until.isoformat()}
    events.record("term.granted", subject=supervisor.subject, actor=events.user_id(by), at=at, facts=facts)
    notifications.term_granted(term, at=at)
    return term


@transaction.atomic
def renew(supervisor: Supervisor, *, by: User, since: date, years: int, at: datetime) -> Term:
    """Give a further term. Who was not competent last is not renewed. Raises TermRefused, StandingRefused."""
    row = _lock(supervisor, by)
    last = row.appraisals.order_by("-year").first()
    if last and last.grade == Appraisal.Grade.POOR:
        raise StandingRefused(_("The last appraisal says not competent; the term is not renewed."))
    if row.suspensions.filter(ended_at__isnull=True).exists():
        raise StandingRefused(_("The supervisor is suspended. End that first."))
    return grant_term(row, since=since, years=years, by=by, at=at)


@transaction.atomic
def suspend(supervisor: Supervisor, *, by: User, reason: str, at: datetime) -> Suspension:
    """Let somebody not serve from today on. Raises StandingRefused."""
    row, today = _lock(supervisor, by), clock.day_of(at)
    if not Supervisor.objects.serving(today).filter(pk=row.pk).exists():
        raise StandingRefused(_("Only who serves today can be suspended."))
    suspension = Suspension.objects.create(supervisor=row, reason=reason, from_on=today, made_at=at, made_by=by)
    _record(row, "suspended", by=by, at=at, facts={"suspension": suspension.pk})
    notifications.standing_changed(row, "suspended", at=at, once=suspension.pk)
    return suspension


@transaction.atomic
def resume(supervisor: Supervisor, *, by: User, at: datetime) -> Suspension:
    """Let somebody serve again from today on. Raises StandingRefused."""
    row = _lock(supervisor, by)
    suspension = row.suspensions.filter(ended_at__isnull=True).first()
    if suspension is None:
        raise StandingRefused(_("The supervisor is not suspended."))
    suspension.until_on, suspension.ended_at, suspension.ended_by = clock.day_of(at), at, by
    suspension.save(update_fields=["until_on", "ended_at", "ended_by"])
    _record(row, "resumed", by=by, at=at, facts={"suspension": suspension.pk})
    notifications.standing_changed(row, "resumed", at=at, once=suspension.pk)
    return suspension


@transaction.atomic
def end_term(supervisor: Supervisor, *, by: User, exit: str, reason: str, day: date, is_collected: bool, at: datetime) -> Term:  # noqa: A002
    """End the running term early and take back every later one; `day` is the last one served.

    Raises DayRefused, StandingRefused.
    """
    row, today = _lock(supervisor, by), clock.day_of(at)
    terms = list(row.terms.filter(until__gte=today, ended_on__isnull=True).order_by("since"))
    if not terms or terms[0].since > today:
        raise StandingRefused(_("No term runs."))
    if not max(terms[0].since, today - timedelta(days=31)) <= day <= today:
        raise DayRefused(_("Choose a day of the term, today or at most 31 days ago."))
    for term in terms:
        term.is_void = term.since > today
        term.ended_on, term.ended_at, term.ended_by = term.since if term.is_void else day, at, by
        term.exit, term.exit_reason = exit, reason
        term.collected_on = today if is_collected else None
        term.save()
    _close_suspension(row, by=by, at=at)
    _record(row, exit, by=by, at=at, facts={"term": terms[0].pk, "day": day.isoformat(), "is_collected": is_collected})
    notifications.standing_changed(row, exit, at=at, once=terms[0].pk)
    return terms[0]


@transaction.atomic
def collect(term: Term, *, by: User, at: datetime) -> Term:
    """Note that the certificate of a term that is over came back."""
    row = Term.objects.select_for_update(of=("self",)).select_related("supervisor").get(pk=term.pk)
    if row.collected_on or min(row.ended_on or row.until, row.until) > clock.day_of(at):
        raise StandingRefused(_("The certificate is back already, or its term still runs."))
    row.collected_on = clock.day_of(at)
    row.save(update_fields=["collected_on"])
    _record(row.supervisor, "certificate_collected", by=by, at=at, facts={"term": row.pk})
    return row


@transaction.atomic
def appraise(supervisor: Supervisor, *, by: User, year: int, grade: str, proposal: str, note: str, at: datetime) -> Appraisal:
    """Write down the appraisal of a year that has begun and in which the person served. Raises AppraisedAlready."""
    if not Term.objects.filter(supervisor=supervisor, since__year__lte=year, until__year__gte=year).exists():
        raise AppraisedAlready(_("No term touches that year."))
    row, is_new = Appraisal.objects.get_or_create(
        supervisor=supervisor,
        year=year,
        defaults={"grade": grade, "proposal": proposal, "note": note, "made_at": at, "made_by": by},
    )
    if not is_new:
        raise AppraisedAlready(_("That year has its appraisal already."))
    _record(supervisor, "appraised", by=by, at=at, facts={"year": year, "grade": grade, "proposal": proposal})
    return row


@transaction.atomic
def declare_interest(supervisor: Supervisor, *, by: User, agency: Agency, relation: str, at: datetime) -> Interest:
    """The supervisor says in which agency there is a stake; saying it again changes nothing."""
    row, is_new = Interest.objects.get_or_create(
        supervisor=supervisor, agency=agency, relation=relation, ended_at=None, defaults={"declared_at": at}
    )
    if is_new:
        _record(supervisor, "interest_declared", by=by, at=at, facts={"interest": row.pk, "agency": agency.pk})
    return row


@transaction.atomic
def end_interest(interest: Interest, *, by: User, at: datetime) -> None:
    """The supervisor says that the stake is gone; the row stays."""
    if Interest.objects.filter(pk=interest.pk, ended_at__isnull=True).update(ended_at=at):
        _record(interest.supervisor, "interest_ended", by=by, at=at, facts={"interest": interest.pk})


@transaction.atomic
def confirm_interests(supervisor: Supervisor, *, by: User, at: datetime) -> None:
    """The supervisor says that the list is whole, once a year."""
    year = clock.day_of(at).year
    _row, is_new = InterestsConfirmed.objects.get_or_create(supervisor=supervisor, year=year, defaults={"confirmed_at": at})
    if is_new:
        _record(supervisor, "interests_confirmed", by=by, at=at, facts={"year": year})


def _lock(supervisor: Supervisor, by: User) -> Supervisor:
    row = Supervisor.objects.select_for_update(of=("self",)).select_related("user").get(pk=supervisor.pk)
    if not permissions.can_change_standing(by, row):
        raise StandingRefused(_("An office leader decides on this, and never for himself."))
    return row


def _close_suspension(row: Supervisor, *, by: User, at: datetime) -> None:
    row.suspensions.filter(ended_at__isnull=True).update(until_on=clock.day_of(at), ended_at=at, ended_by=by)


def _record(row: Supervisor, what: str, *, by: User, at: datetime, facts: dict[str, events.Fact]) -> None:
    events.record(f"supervisor.{what}", subject=row.subject, actor=events.user_id(by), at=at, facts=facts)


def next_start(supervisor: Supervisor, today: date) -> date:
    """Suggest on which day a further term begins: the day after the last one, never before today."""
    last = max((term.ended_on or term.until for term in supervisor.terms_newest_first), default=today)
    return max(today, last + timedelta(days=1))
