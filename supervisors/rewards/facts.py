"""Gathers from the rooms below what eligibility goes by; the rule itself is `eligibility.py`."""

from collections.abc import Iterable
from dataclasses import replace

from accounts.models import User
from cases.models import Case, Disposition, Report
from complaints import asking
from complaints.models import Complaint, Kind, RewardClaim
from core.clock import day_of
from supervisors.models import Reward, RewardScheme, Tip

from .eligibility import Effect, Facts, Rules, Source


def scheme_for(complaint: Complaint) -> RewardScheme | None:
    """Return the scheme in force on the day on which a complaint was received."""
    return RewardScheme.objects.for_day(day_of(complaint.received_at)).first()


def complaints_of(case: Case) -> list[Complaint]:
    """Return the complaints of a case, the first report first; nothing sealed is opened."""
    rows = Complaint.objects.filter(case_link__case=case).select_related(
        "complainant", "reward_claim", "declined_claim", "tip__supervisor__user"
    )
    return list(rows.order_by("received_at", "pk"))


def facts_of(case: Case, complaints: Iterable[Complaint], *, but: Reward | None = None) -> dict[int, Facts]:
    """Return what is known of each complaint of a case (by id), the first report first; `but` is the reward that is judged."""
    found: dict[int, Facts] = {}
    effects, finding = effects_of(case), finding_of(case)
    others = Reward.objects.standing().exclude(pk=but.pk) if but else Reward.objects.standing()
    rewarded = others.filter(case=case).exists()
    elsewhere = set(others.exclude(case=case).filter(complaint__case_link__case=case).values_list("complaint_id", flat=True))
    for complaint in complaints:
        scheme, tip = scheme_for(complaint), tip_of(complaint)
        found[complaint.pk] = Facts(
            source=source_of(complaint),
            finding=finding,
            reported_on=day_of(complaint.received_at),
            effects=effects,
            rules=rules_of(scheme) if scheme else None,
            is_first=not found,
            rewarded_case=rewarded,
            rewarded_as=("supervisor" if tip else "complainant") if complaint.pk in elsewhere else "",
            supervisor_kind=tip.supervisor.kind if tip else "",
            own_claim=complaint.kind == Kind.COMPLAINT,
        )
    return found


def judged(facts: Facts, *, own_duty: bool, accomplice: bool) -> Facts:
    """Return the facts with what only a person can judge."""
    return replace(facts, own_duty=own_duty, accomplice=accomplice)


def source_of(complaint: Complaint) -> Source:
    """Return how it is known who reported."""
    if tip_of(complaint):
        return Source.ROSTER
    proof, claim = asking.proof_of(complaint), asking.claim_of(complaint)
    if proof == RewardClaim.Proof.CLAIM_CODE:
        return Source.CLAIM_CODE if claim and claim.proof == proof else Source.UNPROVED
    return Source.VERIFIED if proof else Source.NOBODY


def tip_of(complaint: Complaint) -> Tip | None:
    """Return the supervisor's tip that a complaint is. Whose it is, nobody but that supervisor may be told."""
    return getattr(complaint, "tip", None)


def is_own_tip(complaint: Complaint, user: User) -> bool:
    """Tell whether somebody gave the tip: nobody proposes or decides the own reward."""
    tip = tip_of(complaint)
    return tip is not None and tip.supervisor.user_id == user.pk


def finding_of(case: Case) -> str:
    """Return the finding that holds; while the case is looked into again none does."""
    return "" if case.is_reopened or not (case.replied_at or case.closed_at) else case.finding


def effects_of(case: Case) -> frozenset[Effect]:
    """Return what the case has led to."""
    found = {
        Effect.DISPOSITION: case.dispositions.filter(decision=Disposition.Decision.APPROVED),
        Effect.RECTIFICATION: case.rectifications.all(),
        Effect.MEASURE: case.reports.filter(decision=Report.Decision.APPROVED).exclude(measures=""),
    }
    return frozenset(effect for effect, rows in found.items() if rows.exists())


def rules_of(scheme: RewardScheme) -> Rules:
    """Return the part of a scheme by which eligibility goes."""
    return Rules(scheme.since, scheme.until, scheme.full_time_too, scheme.leaves_out_own_claim)
