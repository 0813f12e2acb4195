"""Giving and taking back the consent that an agency is told who filed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from agencies.models import Agency
from complaints import disclosures, ports
from complaints.models import Complaint, Consent, Withdrawal
from core import events

from .rows import lock


class ConsentChanged(Exception):
    """The page showed another consent than the one that holds; the message is fit to show."""


class ConsentRefused(Exception):
    """Nothing can be disclosed any more, so there is nothing to agree to; the message is fit to show."""


@transaction.atomic
def set_consent(
    complaint: Complaint, agency: Agency, fields: Collection[str], *, seen: Collection[str], at: datetime
) -> Consent | None:
    """Let the consent to this agency hold for these fields alone (none revokes it); returns the one that holds then.

    `seen` is what the page showed as agreed. What was sent before stays sent. Raises ConsentChanged, ConsentRefused.
    """
    complaint = lock(complaint)
    # Acceptance holds the same row while it sends: what comes first stands.
    held = Consent.objects.select_for_update().filter(complaint=complaint, agency=agency, revoked_at__isnull=True).first()
    before, after = set(held.fields) if held else set(), set(fields)
    if before == after:
        return held
    if before != set(seen):
        raise ConsentChanged(gettext("This was changed in another window meanwhile. Look at it once more"))
    if added := after - before:
        _check_may_give(complaint, agency)
    if held:
        held.revoked_at = at
        held.save(update_fields=["revoked_at"])
    now = Consent.objects.create(complaint=complaint, agency=agency, fields=sorted(after), given_at=at) if after else None
    for what, changed in (("given", added), ("revoked", before - after)):
        if changed:
            _record(what, complaint, agency, sorted(changed), at)
    consent = now or held
    assert consent  # noqa: S101 something changed, so one of the two is there
    ports.after_consent(complaint, consent, at)
    return now


def _check_may_give(complaint: Complaint, agency: Agency) -> None:
    withdrawn = Withdrawal.objects.filter(complaint=complaint).exists()
    if not disclosures.may_give(complaint, agency, ports.progress(complaint), withdrawn=withdrawn):
        raise ConsentRefused(gettext("The matter has been sent or has ended, so nothing more can be agreed to"))


def _record(what: str, complaint: Complaint, agency: Agency, fields: list[str], at: datetime) -> None:
    facts: dict[str, events.Fact] = {"agency": agency.pk, "fields": fields}
    events.record(f"complaint.disclosure_{what}", subject=complaint.subject, actor=events.CITIZEN, at=at, facts=facts)
