"""Whether it is known who filed: which cases wait for a call or a visit, and who has looked at a number in order to call."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.models import User
from complaints.models import UNCONFIRMED, Complaint, Identity, IdentityCheck
from complaints.purposes import Purpose
from core import events
from core.models import Event


@dataclass(frozen=True)
class Checks:
    """What the page that notes a check must know: how many there were, and whether its reader has looked at the number."""

    number: int
    has_called: bool
    has_phone: bool


def unconfirmed() -> Exists:
    """Return the condition of cases in which somebody named waits to be called or met; two index probes a case."""
    waiting = Complaint.objects.filter(case_link__case=OuterRef("pk"), identity=Identity.REAL_NAME)
    return Exists(waiting.filter(complainant__verification__in=UNCONFIRMED))


def has_called(user: User, complaint: Complaint) -> bool:
    """Tell whether this person has looked at the number in order to confirm who filed."""
    looks = Event.objects.of(complaint.subject).filter(type="vault.revealed", actor=events.user_id(user))
    return looks.filter(facts__column="phone", facts__purpose=Purpose.IDENTITY).exists()


def checks_of(complaint: Complaint, user: User) -> Checks:
    """Return how the checks of a named complaint stand."""
    person = complaint.complainant
    number = IdentityCheck.objects.filter(complainant=person).count()
    return Checks(number, has_called(user, complaint), bool(person and person.phone_sealed))
