"""Claiming a reward, once; and the ID number that a named claimant may give for it, and take back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from complaints import asking, codes, id_numbers, ports, reading
from complaints.models import Complainant, Complaint, IdentityCheck, RewardClaim
from core import events, vault

from .masking_again import mask_again
from .rows import lock

NEEDED = gettext_noop("A reward is being paid to you, and the payment needs this number. It is deleted by itself once it is paid")


class ClaimRefused(Exception):
    """No reward can be claimed; the message says why."""


class WrongClaimCode(ClaimRefused):
    """The claim code is not right."""


class IdNumberRefused(Exception):
    """There is nobody whose ID number could be kept; the message says why."""


@transaction.atomic
def claim_reward(complaint: Complaint, *, code: str = "", at: datetime) -> RewardClaim:
    """Claim a reward; an anonymous reporter proves by `code`. A second click returns the first. Raises ClaimRefused."""
    complaint = lock(complaint)
    if already := RewardClaim.objects.filter(complaint=complaint).first():
        return already
    proof = asking.proof_of(complaint)
    if proof is None or not ports.progress(complaint).may_claim:
        raise ClaimRefused(gettext("A reward cannot be claimed for this matter here. Call the hotline if you have a question"))
    if proof == RewardClaim.Proof.CLAIM_CODE and not codes.proves_claim(complaint, code):
        raise WrongClaimCode(gettext("This claim code is not right"))
    claim = RewardClaim.objects.create(complaint=complaint, proof=proof, claimed_at=at)
    facts: dict[str, events.Fact] = {"proof": str(proof)}
    events.record("complaint.reward_claimed", subject=complaint.subject, actor=events.CITIZEN, at=at, facts=facts)
    ports.after_reward_claim(complaint, claim, at)
    return claim


@transaction.atomic
def give_id_number(complaint: Complaint, *, kind: str, number: str, at: datetime) -> Complainant:
    """Keep the claimant's ID number, sealed; whoever calls has the consent that it needs. `number` is as `id_numbers` reads it.

    Raises IdNumberRefused when nobody with a name has claimed a reward.
    """
    person, matters = _claimant(complaint)
    person.id_number_sealed = vault.seal(number, row=person.vault_row, column="id_number")
    person.id_kind, person.id_masked, person.id_consent_at = Complainant.IdKind(kind), id_numbers.masked(number), at
    person.id_index = vault.blind_index(number, kind=f"id_number:{kind}")
    person.save(update_fields=["id_number_sealed", "id_kind", "id_masked", "id_consent_at", "id_index"])
    for matter in matters:
        matter.complainant = person
        if filer := reading.filer_of(matter):
            mask_again(matter, filer)
        ports.after_correction(matter, ["id_number"], at)
    if kind == Complainant.IdKind.RESIDENT:
        IdentityCheck.objects.create(complainant=person, level=IdentityCheck.Level.FORMAT, confirmed=True, checked_at=at)
    facts: dict[str, events.Fact] = {"id_kind": kind}
    events.record("complaint.id_number_given", subject=complaint.subject, actor=events.CITIZEN, at=at, facts=facts)
    return person


@transaction.atomic
def remove_id_number(complaint: Complaint, *, at: datetime) -> None:
    """Forget the ID number for good; one that is not there any more is fine. Raises IdNumberRefused while a payment needs it."""
    person, _matters = _claimant(complaint)
    if person.id_number_sealed is None:
        return
    if ports.id_number_needed(person.pk):
        raise IdNumberRefused(gettext(NEEDED))
    _forget(person)
    events.record("complaint.id_number_removed", subject=complaint.subject, actor=events.CITIZEN, at=at)


def forget_id_number(complaint: Complaint, *, at: datetime) -> None:
    """Forget the ID number of who claimed once nothing is paid to this person any more; in the caller's transaction."""
    if complaint.complainant_id is None or ports.id_number_needed(complaint.complainant_id):
        return
    person = Complainant.objects.select_for_update().get(pk=complaint.complainant_id)
    if person.id_number_sealed is not None:
        _forget(person)
        events.record("complaint.id_number_erased", subject=complaint.subject, actor=events.SYSTEM, at=at)


def _forget(person: Complainant) -> None:
    person.id_number_sealed = person.id_index = person.id_consent_at = None
    person.id_kind = person.id_masked = ""
    person.save(update_fields=["id_number_sealed", "id_kind", "id_masked", "id_consent_at", "id_index"])


def _claimant(complaint: Complaint) -> tuple[Complainant, list[Complaint]]:
    """Lock who claimed by name: every matter of the person in the order of their ids, then the person, as corrections do."""
    matters = Complaint.objects.select_for_update(of=("self",), no_key=True).select_related("complainant", "agency")
    found = list(matters.filter(complainant=complaint.complainant_id, complainant__isnull=False).order_by("pk"))
    locked = next((matter for matter in found if matter.pk == complaint.pk), None)
    claimed = RewardClaim.objects.filter(complaint=complaint, proof=RewardClaim.Proof.VERIFIED).exists()
    if locked is None or locked.complainant_id is None or not claimed or asking.proof_of(locked) != RewardClaim.Proof.VERIFIED:
        raise IdNumberRefused(gettext("The number of a document is needed only from somebody with a name who claims a reward"))
    person = Complainant.objects.select_for_update().get(pk=locked.complainant_id)
    if person.erased_at:
        raise IdNumberRefused(gettext("What named you has been deleted, because the time for keeping it is over"))
    return person, found
