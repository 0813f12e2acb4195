"""Noting whether the person named filed it. Who denies turns the complaint anonymous, and that is not undone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from complaints.models import Complainant, Complaint, Consent, Identity, IdentityCheck
from core import events

# From weak to strong: a later check never takes away what a stronger one has shown.
_STRENGTH = list(Complainant.Verification.values)


class CheckRefused(Exception):
    """There is nothing to check any more, or somebody else has noted a check meanwhile; the message is fit to show."""


@transaction.atomic
def note_check(complaint: Complaint, *, level: str, confirmed: bool, seen: int, by: User, at: datetime) -> Complaint:
    """Note that `by` has called or met the person named (`level`: an `IdentityCheck.Level`), and what came of it.

    `seen` is how many checks the page showed. Raises CheckRefused.
    """
    complaint = Complaint.objects.select_for_update(of=("self",), no_key=True).select_related("complainant").get(pk=complaint.pk)
    person = complaint.complainant
    if person is None or not complaint.is_named:
        raise CheckRefused(gettext("The matter is anonymous by now, so there is nobody to confirm."))
    if person.checks.count() != seen:
        raise CheckRefused(gettext("Somebody else has noted a check meanwhile, so nothing was saved. See the case."))
    check = IdentityCheck(complainant=person, level=IdentityCheck.Level(level), confirmed=confirmed)
    check.checked_at, check.checked_by = at, by
    check.save(force_insert=True)
    _confirm(person, level, at) if confirmed else _turn_anonymous(complaint, person, at)
    what = "complaint.identity_confirmed" if confirmed else "complaint.identity_denied"
    events.record(what, subject=complaint.subject, actor=events.user_id(by), at=at, facts={"way": str(level)})
    return complaint


def _confirm(person: Complainant, level: str, at: datetime) -> None:
    if _STRENGTH.index(level) > _STRENGTH.index(person.verification):
        person.verification, person.verified_at = level, at
        person.save(update_fields=["verification", "verified_at"])


def _turn_anonymous(complaint: Complaint, person: Complainant, at: datetime) -> None:
    """The row stays in the vault, so that masking and the check of what goes out still know the name: it may be fear that denies.

    A helper unit that filed for this person follows the matter no longer: the consent on which it did so is denied too.
    """
    complaint.identity, complaint.denied_at = Identity.ANONYMOUS, at
    complaint.notify_sms = complaint.notify_email = False
    complaint.filed_by_unit = None
    complaint.save(update_fields=["identity", "denied_at", "notify_sms", "notify_email", "filed_by_unit"])
    person.verification, person.verified_at = Complainant.Verification.NONE, None
    person.save(update_fields=["verification", "verified_at"])
    Consent.objects.filter(complaint=complaint, revoked_at__isnull=True).update(revoked_at=at)
