"""What is still to be done to make sure who filed, and what it means until then; for the complainant's eyes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from .models import Complaint
from .reading import is_confirmed

_UNTIL_THEN = gettext_noop(
    "Until then your name counts as not confirmed: we look into it all the same and every limit runs, but a reward has to wait."
)


@dataclass(frozen=True)
class ToConfirm:
    """The office calls the masked `phone`; where it is empty, the complainant comes with the number of the matter."""

    number: str
    phone: str


def in_words(step: ToConfirm, office: Mapping[str, str]) -> list[str]:
    """Return it in the sentences of `templates/complaints/_to_confirm.html`, for paper."""
    facts = {"phone": step.phone, "number": step.number, "hours": office["hours"], "address": office["address"]}
    call = gettext(
        "On a working day, %(hours)s. We ask for the number %(number)s; we never ask for the query code, a password or money."
    )
    visit = gettext("%(address)s, working days %(hours)s. Bring your identity document and the number %(number)s.")
    then = gettext(_UNTIL_THEN)
    if step.phone:
        return [gettext("We call %(phone)s to make sure that it is you.") % facts, call % facts, then]
    return [gettext("Please come by, so that we can make sure that it is you."), visit % facts, then]


def to_confirm(complaint: Complaint) -> ToConfirm | None:
    """Return what is still to be done; None when the person is confirmed, anonymous, or has become so by denying."""
    person = complaint.complainant
    if person is None or not complaint.is_named or is_confirmed(complaint):
        return None
    return ToConfirm(complaint.number, person.phone_masked if person.phone_sealed else "")
