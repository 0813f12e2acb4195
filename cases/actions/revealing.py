"""Shows personal data to a person of the office or, by consent, of an agency; each look is an event the complainant reads."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from cases import permissions
from cases.models import Assignment, Case
from cases.redaction import still_disclosed, words_with
from cases.workflow import Refused, Status
from complaints.actions import reveal_phone as reveal
from complaints.models import Complaint, Disclosure, Identity
from complaints.phones import shown
from complaints.purposes import Purpose
from core import events, vault

from .dispatching import fresh
from .moving import ask, lock


class NobodyToCall(Refused):
    """The case's complainants left no number, or are anonymous."""


class NothingDisclosed(Refused):
    """The agency was not given the complainant's data."""


@transaction.atomic
def reveal_phone(case: Case, *, by: User, purpose: str, at: datetime, complaint: Complaint | None = None) -> str:
    """Return the complainant's number for one call, as people write it, and record who looked and why. Raises NobodyToCall.

    `complaint` says which of several complainants is called; without it, the first who left a number.
    """
    case = lock(case, by=by)
    ask(permissions.can_reveal_phone(by, case))
    complaint = _with_phone(case, complaint)
    if complaint is None:
        raise NobodyToCall(_("This complainant has left no phone number."))
    return shown(reveal(complaint, by=by, purpose=Purpose(purpose), at=at))


@transaction.atomic
def reveal_disclosed(assignment: Assignment, *, by: User, at: datetime) -> dict[str, list[str]]:
    """Return what the complainants agreed to disclose to this agency (`name`, `phone`, `words`), and record the look."""
    case = lock(assignment.case)
    ask(permissions.can_see_disclosed(by, assignment))
    if not fresh(assignment, case).is_lead or case.status not in {Status.DISPATCHED, Status.RECEIVED}:
        raise NothingDisclosed(_("Your agency has reported. What the complainant agreed to disclose is not shown any more."))
    if not set(assignment.disclosed) & {Disclosure.NAME, Disclosure.PHONE}:
        raise NothingDisclosed(_("The complainant has not agreed that your agency is told more."))
    found: dict[str, list[str]] = {field: [] for field in assignment.disclosed}
    for complaint in Complaint.objects.with_people().filter(case_link__case=case).order_by("pk"):
        for field in still_disclosed(assignment, complaint):
            found[field] += [_opened(complaint, field, assignment, by=by, at=at)]
    if not any(found.values()):
        raise NothingDisclosed(_("The complainant has not agreed that your agency is told more."))
    return {field: [value for value in values if value] for field, values in found.items()}


def _with_phone(case: Case, complaint: Complaint | None) -> Complaint | None:
    rows = Complaint.objects.select_related("complainant").filter(case_link__case=case, complainant__phone_sealed__isnull=False)
    rows = rows.filter(identity=Identity.REAL_NAME)
    return (rows.filter(pk=complaint.pk) if complaint else rows).order_by("pk").first()


def _opened(complaint: Complaint, field: str, assignment: Assignment, *, by: User, at: datetime) -> str:
    """Open one value; the words come with everything masked that this agency may not know."""
    person = complaint.complainant
    if person is None:
        return ""
    if field == Disclosure.WORDS:
        facts: dict[str, events.Fact] = {"column": "narrative", "purpose": Purpose.CONSENT, "role": Role.LIAISON_OFFICER}
        events.record("vault.revealed", subject=complaint.subject, actor=events.user_id(by), at=at, facts=facts)
        return words_with(complaint, still_disclosed(assignment, complaint))
    sealed = person.name_sealed if field == Disclosure.NAME else person.phone_sealed
    if sealed is None:
        return ""
    value = vault.reveal(
        sealed,
        row=person.vault_row,
        column=field,
        subject=complaint.subject,
        actor=events.user_id(by),
        purpose=Purpose.CONSENT,
        role=Role.LIAISON_OFFICER,
        at=at,
    )
    return shown(value) if field == Disclosure.PHONE else value
