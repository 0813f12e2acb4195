"""The receipt: the two codes to keep, what was filed, what happens next and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from core import calendars, clock, explain, qr
from core.deadlines import Limit
from core.models import DeadlinePolicy
from core.templatetags.portal import day_week, full_day

from . import codes, labels, reading
from .asking import proof_of
from .identifying import ToConfirm, to_confirm
from .models import Complaint, Kind, RewardClaim
from .reading import EvidenceFile


@dataclass(frozen=True)
class Receipt:
    """Everything the receipt page shows."""

    complaint: Complaint
    keys: list[dict[str, str]]
    qr: SafeString
    facts: list[dict[str, str]]
    accept_by: Limit
    next_steps: list[dict[str, Any]]
    files: Sequence[EvidenceFile]
    to_confirm: ToConfirm | None
    claim_code: str = ""  # of an anonymous matter that was filed a moment ago
    had_claim_code: bool = False  # it was shown then

    @property
    def kind(self) -> str:
        """What was lodged, as a noun inside a sentence."""
        return labels.kind_noun(self.complaint.kind)

    @property
    def accept_sum(self) -> str:
        """How the first limit was counted, in words."""
        return explain.in_words(self.accept_by.as_facts())

    @property
    def address(self) -> str:
        """Where the matter is looked up, for paper."""
        return tracking_address()


def receipt_of(complaint: Complaint, *, just_filed: bool = False) -> Receipt:
    """Return the receipt of a complaint; only for who filed it.

    `just_filed` adds the claim code of an anonymous matter. It is shown then alone: whoever finds the receipt's number and
    query code later must not be able to claim with them.
    """
    accept_by = accept_limit(complaint)
    keys = [
        {"label": gettext("Number"), "value": complaint.number},
        {"label": gettext("Query code (tell nobody)"), "value": codes.query_code(complaint)},
    ]
    steps = _next_steps(complaint, accept_by)
    nameless = proof_of(complaint) == RewardClaim.Proof.CLAIM_CODE
    return Receipt(
        complaint,
        keys,
        _qr(complaint),
        _facts(complaint),
        accept_by,
        steps,
        reading.evidence_files(complaint),
        to_confirm(complaint),
        claim_code=codes.claim_code(complaint) if nameless and just_filed else "",
        had_claim_code=nameless,
    )


def accept_limit(complaint: Complaint) -> Limit:
    """Return the limit within which the office says whether it accepts."""
    received_on = clock.day_of(complaint.received_at)
    return calendars.limit_for(calendars.policy_for("accept", received_on), received_on)


def tracking_address() -> str:
    """Return the whole address of the tracking page."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('complaints:track')}"


def _qr(complaint: Complaint) -> SafeString:
    """Draw the address of the tracking page with the number; the code must still be typed."""
    address = f"{tracking_address()}?number={complaint.number}"
    return qr.drawing(address)


def _facts(complaint: Complaint) -> list[dict[str, str]]:
    how = f"{complaint.get_kind_display()} · {complaint.get_identity_display()} · {complaint.get_channel_display()}"
    facts = [
        {
            "term": pgettext("receipt", "Received"),
            "value": full_day(clock.day_of(complaint.received_at)) + _clock_time(complaint),
        },
        {"term": gettext("Agency"), "value": labels.agency_words(complaint.agency, complaint.agency_words)},
        {"term": gettext("Kind of problem"), "value": labels.categories_official(complaint.category, complaint.secondary)},
        {"term": gettext("How"), "value": how},
    ]
    return [*facts, *_joint(complaint)]


def _joint(complaint: Complaint) -> list[dict[str, str]]:
    """How many file together and who speaks for them, masked: the sheet may lie about."""
    if complaint.signers == 1 or not complaint.is_named:
        return []
    names = [one.name_masked for one in reading.in_order(complaint.representatives.all())]
    people = ngettext("%(n)d person", "%(n)d people", complaint.signers) % {"n": complaint.signers}
    note = gettext("represented also by %(names)s") % {"names": labels.enumerated(names)} if names else ""
    return [{"term": gettext("Filed together"), "value": people, "note": note}]


def _clock_time(complaint: Complaint) -> str:
    return f" {complaint.received_at.astimezone(clock.SHANGHAI):%H:%M}"


def _next_steps(complaint: Complaint, accept_by: Limit) -> list[dict[str, Any]]:
    """Return the timeline of what is to come, with the limits in force on the day of receipt."""
    received_on = clock.day_of(complaint.received_at)
    finish, feedback, follow_up = (calendars.policy_for(step, received_on) for step in ("finish", "feedback", "follow_up"))
    by = gettext("By the end of %(day)s at the latest") % {"day": day_week(accept_by.due_on)}
    within = gettext("Within %(span)s after that")
    begun: list[dict[str, Any]] = [
        {
            "state": "now",
            "icon": "st-1",
            "when": by,
            "title": gettext("We say whether we accept it"),
            "text": _how_told(complaint),
        },
        {"state": "next", "when": within % {"span": span(finish)}, "title": gettext("It is looked into and settled")},
    ]
    if complaint.kind == Kind.TIP:
        return [*begun, {"state": "next", "title": gettext("A tip gets no reply of its own; where it stands you can look up")}]
    return [
        *begun,
        {"state": "next", "when": within % {"span": span(feedback)}, "title": gettext("You get the answer")},
        {"state": "next", "when": within % {"span": span(follow_up)}, "title": gettext("We ask you to rate it")},
    ]


def _how_told(complaint: Complaint) -> str:
    person = complaint.complainant
    if person is None or not complaint.is_named:
        return gettext("We cannot send you anything. Look it up with the number and the query code")
    if complaint.notify_sms:
        return gettext("We send a text message to %(phone)s") % {"phone": person.phone_masked}
    if complaint.notify_email:
        return gettext("We send you an e-mail")
    return gettext("We call you, or you look it up") if person.phone_masked else gettext("You look it up")


def span(policy: DeadlinePolicy) -> str:
    """Return a limit in words: `3 working days`."""
    if policy.unit == DeadlinePolicy.Unit.WORKING_DAYS:
        return ngettext("%(n)d working day", "%(n)d working days", policy.length) % {"n": policy.length}
    return ngettext("%(n)d day", "%(n)d days", policy.length) % {"n": policy.length}


def answer_span(*, final: bool) -> str:
    """Return within what time a review that is asked for today is answered, in words."""
    return span(calendars.policy_for("final_review" if final else "review", clock.today()))
