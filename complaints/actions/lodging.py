"""Lodging: a filing becomes a complaint, whichever channel it came by."""

from datetime import datetime

from django.db import transaction

from complaints import notifications, ports
from complaints.filing import Filing, Rows, rows_of
from complaints.models import Complaint, Consent, Evidence, IdentityCheck, Representative
from core import clock, events, numbering

from .printing import print_of

SERIES = "complaint"


@transaction.atomic
def lodge(filing: Filing, *, at: datetime, actor: str = events.CITIZEN, quiet: bool = False) -> Complaint:
    """Lodge a matter: number, sealed originals and masked copies, evidence, consent, event, case, notice; all or nothing.

    `quiet` tells the complainant nothing (demo data, imports). The number's series is that of the year received.
    """
    rows = rows_of(filing, at=at)
    complaint = _numbered(rows)
    Evidence.objects.bulk_create([Evidence(complaint=complaint, file=stored, added_at=at) for stored in filing.files])
    IdentityCheck.objects.bulk_create(rows.checks)
    Representative.objects.bulk_create(rows.representatives)
    Consent.objects.bulk_create(rows.consents)
    print_of(complaint).save(force_insert=True)
    facts: dict[str, events.Fact] = {
        "number": complaint.number,
        "channel": str(complaint.channel),
        "identity": str(complaint.identity),
    }
    facts |= {"category": complaint.category, "agency": complaint.agency_id}
    facts["verification"] = str(filing.filer.verification) if filing.filer else ""
    facts["content"] = complaint.content_sha256  # so that the log proves what was filed, not only that something was
    events.record("complaint.lodged", subject=complaint.subject, actor=actor, at=at, facts=facts)
    ports.after_lodging(complaint, at)
    if not quiet:
        notifications.lodged(complaint, at=at)
    return complaint


def _numbered(rows: Rows) -> Complaint:
    """Save the person and the complaint under the next number; the counter stays locked until commit, so this comes late."""
    if rows.complainant:
        rows.complainant.save(force_insert=True)
    year = clock.day_of(rows.complaint.received_at).year
    rows.complaint.number = numbering.format_number(year, numbering.next_number(SERIES, year))
    rows.complaint.save(force_insert=True)
    return rows.complaint
