"""What complainants decide beside the course of a case: a reward is claimed, a consent given or taken back."""

from datetime import datetime

from cases import notifications
from cases.models import Case
from complaints.models import Complaint, Consent, RewardClaim


def take_reward_claim(complaint: Complaint, claim: RewardClaim, at: datetime) -> None:
    """Tell handler and leaders (the answer to `complaints.ports.after_reward_claim`); deciding on it comes with the rewards."""
    notifications.reward_claimed(_case_of(complaint), claim, at=at)


def take_consent(complaint: Complaint, consent: Consent, at: datetime) -> None:
    """Tell who deals with the case (the answer to `complaints.ports.after_consent`).

    The case is not locked: acceptance locks it and then the consent, so the other way round the two would wait for each other.
    """
    notifications.consent_changed(_case_of(complaint), consent, at=at)


def _case_of(complaint: Complaint) -> Case:
    return Case.objects.select_related("agency", "respondent_agency", "handler").get(links__complaint=complaint)
