"""Takes a roster that was kept elsewhere into the portal, row by row; a row at fault is told and stops no other."""

from collections.abc import Mapping
from datetime import datetime

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency
from core import clock, events
from core.models import Counter
from supervisors import certificates
from supervisors.models import Supervisor, Term
from supervisors.refusals import Refused
from supervisors.roster.sheet_rows import Entry, Report

_TURN = 7_200_127  # any number that no other code locks by


class _OnlyLooked(Exception):
    """Takes everything back after a dry run."""


class EntryRefused(Refused):
    """A row that cannot be taken."""


def import_roster(entries: list[Entry], refused: list[tuple[int, str]], *, by: User, dry_run: bool, at: datetime) -> Report:
    """Write the entries, or with `dry_run` do the same and take it all back; `refused` goes into the report as it is."""
    report = Report(refused=list(refused))
    try:
        with transaction.atomic():
            _take_turn()
            for entry in entries:
                _take(entry, report, by=by, at=at)
            facts: dict[str, events.Fact] = {"taken": len(report.taken), "refused": len(report.refused)}
            events.record("roster.imported", subject="roster", actor=events.user_id(by), at=at, facts=facts)
            if dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    report.refused.sort()
    return report


def note_export(*, by: User, at: datetime, facts: Mapping[str, events.Fact]) -> None:
    """Log that somebody takes the roster out of the house."""
    events.record("roster.exported", subject=events.user_id(by), actor=events.user_id(by), at=at, facts=facts)


def _take_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _take(entry: Entry, report: Report, *, by: User, at: datetime) -> None:
    try:
        with transaction.atomic():
            is_new = _write(entry, by=by, at=at)
    except Refused as refusal:
        report.refused.append((entry.line, str(refusal)))
    except (IntegrityError, DataError) as error:
        report.refused.append((entry.line, _reason(str(error))))
    else:
        (report.taken if is_new else report.present).append((entry.line, entry.full_name))


def _reason(error: str) -> str:
    if "term_never_two_at_once" in error:
        return _("Another term of this person covers some of these days.")
    return _("The database refuses the row.")


def _write(entry: Entry, *, by: User, at: datetime) -> bool:
    """Write one entry; returns False when it is there already."""
    if term := Term.objects.filter(certificate_number=entry.certificate_number).select_related("supervisor__user").first():
        if (term.supervisor.user.username, term.since, term.until) == (entry.username, entry.since, entry.until):
            return False
        raise EntryRefused(_("This certificate number is another term's."))
    supervisor = _supervisor(entry)
    Term.objects.create(
        supervisor=supervisor,
        since=entry.since,
        until=entry.until,
        certificate_number=entry.certificate_number,
        code=certificates.new_code(),
    )
    _count_on(entry.certificate_number)
    facts: dict[str, events.Fact] = {"line": entry.line, "on": clock.day_of(at).isoformat()}
    events.record("supervisor.imported", subject=supervisor.subject, actor=events.user_id(by), at=at, facts=facts)
    return True


def _supervisor(entry: Entry) -> Supervisor:
    user = User.objects.filter(username=entry.username).first()
    if user is None:
        user = User.objects.create_user(entry.username, full_name=entry.full_name, roles=[Role.SUPERVISOR])
    elif user.full_name != entry.full_name:
        raise EntryRefused(_("The user name belongs to somebody else."))
    elif Role.SUPERVISOR not in user.roles:
        user.roles = [*user.roles, Role.SUPERVISOR]
        user.save(update_fields=["roles"])
    fields = {"kind": entry.kind, "background": entry.background, "home_agency": _agency(entry.home_agency)}
    return Supervisor.objects.get_or_create(user=user, defaults=fields)[0]


def _agency(name: str) -> Agency | None:
    if not name:
        return None
    found = list(Agency.objects.filter(name=name)) or list(Agency.objects.filter(short_name=name))
    if len(found) != 1:
        raise EntryRefused(_("There is no agency “%(name)s”, or more than one.") % {"name": name[:40]})
    return found[0]


def _count_on(number: str) -> None:
    """Let the office's own series go on behind the highest imported number."""
    if counted := certificates.counted(number):
        year, value = counted
        Counter.objects.get_or_create(scope=certificates.SERIES, year=year)
        Counter.objects.filter(scope=certificates.SERIES, year=year, value__lt=value).update(value=value)
