"""What each agency may learn of who filed: what was agreed to, what was sent, what can still be changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from agencies.models import Agency

from . import labels
from .labels import Worded
from .models import Complaint, Disclosure, Identity, Kind
from .ports import Progress, Sent
from .summaries import disclosed_names


@dataclass(frozen=True)
class ToAgency:
    """One agency: what holds now, what it was sent before, and whether more can be agreed to."""

    agency: Agency
    name: str
    agreed: list[str]
    sent: Sent | None
    may_give: bool

    @property
    def offered(self) -> list[str]:
        """The fields that can be ticked: all before it is sent, afterwards those that can still be taken back."""
        return [field for field in Disclosure.values if self.may_give or field in self.agreed]

    @property
    def sent_names(self) -> str:
        """What was sent, in words; empty when it was nothing."""
        return disclosed_names(self.sent.fields) if self.sent and self.sent.fields else ""


def of(complaint: Complaint, progress: Progress, *, withdrawn: bool) -> list[ToAgency]:
    """Return the agencies that may learn something, or have; nothing for a report, a tip or an anonymous matter."""
    if not is_possible(complaint):
        return []
    held = {consent.agency_id: consent for consent in complaint.consents.all() if consent.revoked_at is None}
    known = {consent.agency_id: consent.agency for consent in complaint.consents.all()}
    if complaint.agency is not None:
        known = {complaint.agency.pk: complaint.agency} | known
    found = []
    for pk, agency in known.items():
        agreed = [field for field in Disclosure.values if pk in held and field in held[pk].fields]
        sent = next((one for one in progress.sent if one.agency == pk), None)
        more = may_give(complaint, agency, progress, withdrawn=withdrawn)
        found.append(ToAgency(agency, labels.agency_name(agency), agreed, sent, more))
    return [one for one in found if one.agreed or one.may_give or (one.sent and one.sent.fields)]


def is_possible(complaint: Complaint) -> bool:
    """Tell whether an agency may ever learn who filed: in a complaint with a real name only."""
    return complaint.kind == Kind.COMPLAINT and complaint.identity == Identity.REAL_NAME


def may_give(complaint: Complaint, agency: Agency, progress: Progress, *, withdrawn: bool) -> bool:
    """Tell whether more can be agreed to: for the agency complained about, until the matter is sent or ends."""
    concerned = agency.pk == complaint.agency_id
    return concerned and is_possible(complaint) and progress.may_disclose and not withdrawn and not progress.sent


def choices(fields: Iterable[str]) -> list[tuple[str, Worded]]:
    """Return the tick boxes, each with what the agency cannot do without it."""
    hints = {
        Disclosure.WORDS: gettext("Without them it gets a summary that hides who you are, and must work from that"),
        Disclosure.NAME: gettext("Without it the agency cannot look up your own file or application"),
        Disclosure.PHONE: gettext("Without it the agency cannot ask you anything; we pass questions on"),
    }
    return [(one.value, Worded(str(one.label), hint=hints[one])) for one in Disclosure if one.value in fields]
