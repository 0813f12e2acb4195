"""Recruitment: a call, a nomination, and every move of a candidacy up to the appointment."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency
from core import calendars, clock, events, vault
from core.templatetags.portal import day_week
from supervisors import notifications, permissions, workflow
from supervisors.models import Call, Candidacy, Objection, Supervisor, Term
from supervisors.refusals import Refused
from supervisors.workflow import CandidacyStatus

from .terms import grant_term

FORGOTTEN = "—"
GONE = (CandidacyStatus.DECLINED, CandidacyStatus.WITHDRAWN)


class StalePage(Refused):
    """Somebody else acted after the page was opened."""


class NotAllowed(Refused):
    """This person may not do it."""


class NotOpen(Refused):
    """The call takes no nominations today."""


class NominatedAlready(Refused):
    """The number stands upon this call already."""

    field = "phone"


class NoticeRuns(Refused):
    """The public notice has not run its time."""


class ObjectionOpen(Refused):
    """An objection is not settled."""


class AccountTaken(Refused):
    """The account belongs to somebody else, or cannot be a supervisor's."""

    field = "username"


@dataclass(frozen=True)
class Nomination:
    """Who is nominated; `phone` is E.164."""

    full_name: str
    phone: str
    background: str
    statement: str
    home_agency: Agency | None = None


def make_call(*, by: User, at: datetime, **fields: Any) -> Call:
    """Publish a call; the fields are those of `Call`."""
    call = Call.objects.create(made_at=at, made_by=by, **fields)
    facts: dict[str, events.Fact] = {"kind": call.kind, "places": call.places, "closes_on": call.closes_on.isoformat()}
    events.record("call.made", subject=f"call:{call.pk}", actor=events.user_id(by), at=at, facts=facts)
    return call


@transaction.atomic
def nominate(call: Call, nomination: Nomination, *, by: User | None, at: datetime) -> Candidacy:
    """Take a nomination; without a person it is one's own, made online. Raises NotOpen, NominatedAlready."""
    if not call.opens_on <= clock.day_of(at) <= call.closes_on:
        raise NotOpen(_("This call takes no nominations today."))
    row = Candidacy(call=call, source=_source(by), full_name=nomination.full_name, background=nomination.background)
    row.home_agency, row.statement = nomination.home_agency, nomination.statement
    row.phone_sealed = vault.seal(nomination.phone, row=row.vault_row, column="phone")
    row.phone_index = vault.blind_index(nomination.phone, kind="phone")
    row.nominated_at, row.nominated_by = at, by
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "candidacy_once_a_call" in str(error):
            raise NominatedAlready(_("Somebody with this number was nominated upon this call already.")) from error
        raise
    _record(row, "nominated", by=by, at=at, facts={"source": row.source, "call": call.pk})
    notifications.nominated(row, by=by, at=at)
    return row


def _source(by: User | None) -> str:
    if by is None:
        return Candidacy.Source.SELF
    return Candidacy.Source.OFFICE if permissions.is_office(by) else Candidacy.Source.AGENCY


@transaction.atomic
def check(candidacy: Candidacy, *, by: User, version: int, note: str, at: datetime) -> Candidacy:
    """Note that the records were looked at and hold no sanction."""
    row = _lock(candidacy, "check", by=by, version=version)
    row.checked_at, row.checked_by, row.check_note = at, by, note
    return _move(row, "check", by=by, at=at)


@transaction.atomic
def approve(candidacy: Candidacy, *, by: User, version: int, at: datetime) -> Candidacy:
    """A leader who did not check agrees."""
    row = _lock(candidacy, "approve", by=by, version=version)
    row.approved_at, row.approved_by = at, by
    return _move(row, "approve", by=by, at=at)


@transaction.atomic
def publish(candidacy: Candidacy, *, by: User, version: int, at: datetime) -> Candidacy:
    """Put the candidate under public notice; today is not counted."""
    row = _lock(candidacy, "publish", by=by, version=version)
    until = calendars.work_calendar().shift(clock.day_of(at), settings.NOTICE_WORKING_DAYS)
    row.published_at, row.published_by, row.notice_until = at, by, until
    return _move(row, "publish", by=by, at=at, facts={"notice_until": until.isoformat()})


@transaction.atomic
def decline(candidacy: Candidacy, *, by: User, version: int, reason: str, at: datetime) -> Candidacy:
    """End a candidacy, with the reason."""
    return _end(candidacy, "decline", by=by, version=version, reason=reason, at=at)


@transaction.atomic
def withdraw(candidacy: Candidacy, *, by: User, version: int, reason: str, at: datetime) -> Candidacy:
    """Note that the candidate does not want to any more."""
    return _end(candidacy, "withdraw", by=by, version=version, reason=reason, at=at)


@transaction.atomic
def object_to(candidacy: Candidacy, *, by: User, words: str, at: datetime) -> Objection:
    """Note what somebody said against a candidate before he is appointed; what comes late is noted too. Raises NotAllowed."""
    row = Candidacy.objects.select_for_update().get(pk=candidacy.pk)
    _not_the_own(by, row)
    if row.status != CandidacyStatus.PUBLISHED:
        raise NotAllowed(_("Objections are noted while the public notice runs."))
    objection = Objection.objects.create(candidacy=row, words=words, noted_at=at, noted_by=by)
    _record(row, "objected", by=by, at=at, facts={"objection": objection.pk})
    return objection


@transaction.atomic
def settle(objection: Objection, *, by: User, is_founded: bool, settlement: str, at: datetime) -> Objection:
    """Say what was found about an objection, once. Raises NotAllowed."""
    Candidacy.objects.select_for_update().get(pk=objection.candidacy_id)
    row = Objection.objects.select_related("candidacy").get(pk=objection.pk)
    _not_the_own(by, row.candidacy)
    if row.settled_at:
        raise NotAllowed(_("Somebody else has settled it already."))
    row.settled_at, row.settled_by, row.is_founded, row.settlement = at, by, is_founded, settlement
    row.save()
    _record(row.candidacy, "objection_settled", by=by, at=at, facts={"objection": row.pk, "is_founded": is_founded})
    return row


@transaction.atomic
def appoint(candidacy: Candidacy, *, by: User, version: int, username: str, since: date, at: datetime) -> Term:
    """Make a candidate a supervisor for the call's years, with the next certificate.

    Somebody who was a supervisor before gets a further term. Raises NoticeRuns, ObjectionOpen, AccountTaken, and what
    `grant_term` raises.
    """
    row = _lock(candidacy, "appoint", by=by, version=version)
    _check_notice(row, today=clock.day_of(at))
    supervisor = _entered(row, username)
    term = grant_term(supervisor, since=since, years=row.call.years, by=by, at=at, candidacy=row)
    row.appointed_at, row.appointed_by = at, by
    _move(row, "appoint", by=by, at=at, facts={"supervisor": supervisor.pk, "term": term.pk})
    return term


@transaction.atomic
def reveal_phone(candidacy: Candidacy, *, by: User, at: datetime) -> str:
    """Return a candidate's number for one call; the look is recorded."""
    return vault.reveal(
        candidacy.phone_sealed or b"",
        row=candidacy.vault_row,
        column="phone",
        subject=candidacy.subject,
        actor=events.user_id(by),
        purpose="call",
        at=at,
    )


def _not_the_own(by: User, row: Candidacy) -> None:
    if permissions.is_candidate(by, row):
        raise NotAllowed(_("The candidate bears your name. Somebody else decides."))


def _check_notice(row: Candidacy, *, today: date) -> None:
    if row.notice_until is None or today <= row.notice_until:
        until = day_week(row.notice_until)
        raise NoticeRuns(_("The public notice runs until %(day)s. Nobody is appointed before it has ended.") % {"day": until})
    objections = list(row.objections.all())
    if any(one.settled_at is None for one in objections):
        raise ObjectionOpen(_("An objection waits to be settled."))
    if any(one.is_founded for one in objections):
        raise ObjectionOpen(_("An objection was founded. The candidate cannot be appointed."))


def _entered(row: Candidacy, username: str) -> Supervisor:
    """Find or make account and entry. An account of that name must bear the candidate's name."""
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        user = User.objects.create_user(username, full_name=row.full_name, roles=[Role.SUPERVISOR])
    elif user.full_name != row.full_name or not user.is_active:
        raise AccountTaken(_("This account is somebody else's, or closed. Choose another user name."))
    elif Role.SUPERVISOR not in user.roles:
        user.roles = [*user.roles, Role.SUPERVISOR]
        user.save(update_fields=["roles"])
    fields = {"kind": row.call.kind, "background": row.background, "home_agency": row.home_agency}
    supervisor, is_new = Supervisor.objects.get_or_create(user=user, defaults=fields)
    if not is_new and any(getattr(supervisor, name) != value for name, value in fields.items()):
        for name, value in fields.items():
            setattr(supervisor, name, value)
        supervisor.save(update_fields=list(fields))
    return supervisor


def forget_candidates(*, at: datetime) -> int:
    """Erase what names people who were not taken or withdrew, `CANDIDATES_KEPT_DAYS` after that; returns how many.

    What they were nominated for, and how it ended, stays for the statistics of the call.
    """
    over = Candidacy.objects.filter(status__in=GONE, ended_at__lt=at - timedelta(days=settings.CANDIDATES_KEPT_DAYS))
    return sum(_forget(pk, at) for pk in over.filter(phone_sealed__isnull=False).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _forget(pk: int, at: datetime) -> int:
    row = Candidacy.objects.select_for_update(skip_locked=True).filter(pk=pk, phone_sealed__isnull=False).first()
    if row is None:
        return 0
    row.full_name, row.phone_sealed, row.phone_index = FORGOTTEN, None, secrets.token_bytes(32)
    row.statement = row.end_reason = FORGOTTEN
    row.check_note = FORGOTTEN if row.check_note else ""
    row.save()
    row.objections.update(words=FORGOTTEN)
    row.objections.filter(settled_at__isnull=False).update(settlement=FORGOTTEN)
    events.record("candidacy.forgotten", subject=row.subject, actor=events.SYSTEM, at=at)
    return 1


def _lock(candidacy: Candidacy, move: str, *, by: User, version: int) -> Candidacy:
    """Lock the row and ask whether the page is current and the person may."""
    row = Candidacy.objects.select_for_update(of=("self",)).select_related("call", "home_agency").get(pk=candidacy.pk)
    workflow.check(move, row.status)
    if row.version != version:
        raise StalePage(_("Somebody else changed this meanwhile. Look again before you decide."))
    if not permissions.may_move(by, row, move):
        raise NotAllowed(_("You may not do this. Who checked a candidate does not approve, and nobody judges the own candidacy."))
    return row


def _move(row: Candidacy, move: str, *, by: User, at: datetime, facts: Mapping[str, events.Fact] | None = None) -> Candidacy:
    """Set the status: the only place that does."""
    row.status = workflow.check(move, row.status)
    row.version += 1
    row.save()
    _record(row, row.status, by=by, at=at, facts=facts)
    notifications.candidacy_moved(row, by=by, at=at)
    return row


def _end(candidacy: Candidacy, move: str, *, by: User, version: int, reason: str, at: datetime) -> Candidacy:
    row = _lock(candidacy, move, by=by, version=version)
    row.ended_at, row.ended_by, row.end_reason = at, by, reason
    return _move(row, move, by=by, at=at)


def _record(row: Candidacy, what: str, *, by: User | None, at: datetime, facts: Mapping[str, events.Fact] | None = None) -> None:
    actor = events.user_id(by) if by else events.CITIZEN
    events.record(f"candidacy.{what}", subject=row.subject, actor=actor, at=at, facts=facts)
