"""Rewards of the demo: a scheme with its grades and budget, one reward that waits to be collected, one for approval."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from accounts.models import User
from cases import actions as case_actions
from cases.models import Case
from complaints import actions as complaint_actions
from complaints.models import Complaint
from core import clock
from supervisors import actions
from supervisors.models import Budget, Reward, RewardGrade, RewardScheme

People = Mapping[str, User]
Later = Callable[[], datetime]
_GRANTED = 60_000_00
_GRADES = (
    ("一等", "线索重大、证据确凿，直接查实的", 100_000, 200_000, 0),
    ("二等", "线索清楚、查实主要事实的", 50_000, 90_000, 0),
    ("三等", "线索有用、部分查实的", 20_000, 20_000, 0),
    ("按比例", "追回或罚没款项的", 20_000, 200_000, 500),
)


def reward_offered(case: Case, people: People, later: Later) -> None:
    """The reporter claims, an officer proposes, a leader approves: it waits to be collected."""
    complaint_actions.claim_reward(Complaint.objects.get(case_link__case=case), at=later())
    reward = _propose(case, people, later, grade="二等", amount=80_000, worth="decisive")
    actions.decide_reward(reward, approve=True, note="", by=people["hanxuemei"], version=None, at=later())


def reward_proposed(case: Case, people: People, later: Later) -> None:
    """An officer proposes; the leader is still to decide."""
    _propose(case, people, later, grade="三等", amount=20_000, worth="useful")


def _propose(case: Case, people: People, later: Later, *, grade: str, amount: int, worth: str) -> Reward:
    """What was found is to be put right first: that is what the report has led to."""
    by = case.handler or people["zhoumin"]
    agency = case.agency
    if agency is None:
        raise ValueError("A matter without an agency has led to nothing.")
    demand = "请举一反三，公示办理须知和监督电话，并将整改照片报送本办公室。"
    case_actions.demand_rectification(case, by=by, version=None, agency=agency, demand=demand, at=later())
    complaint = Complaint.objects.get(case_link__case=case)
    chosen = _scheme(clock.day_of(complaint.received_at).year, people, later).grades.get(name=grade)
    said = actions.Proposal(
        grade=chosen,
        amount_fen=amount,
        truth="whole" if worth == "decisive" else "part",
        truth_reason="举报所述主要事实经调取记录和谈话核实。",
        worth=worth,
        worth_reason="据此查明情况，责令单位整改，有关费用已退还群众。",
        reason="线索具体，便于核查，符合本等级条件。",
        own_duty=False,
        accomplice=False,
    )
    return actions.propose_reward(case, complaint, said, by=by, version=None, at=later())


def _scheme(year: int, people: People, later: Later) -> RewardScheme:
    """Return the scheme of a year; the first time with its grades, and the year's budget where there is none."""
    if found := RewardScheme.objects.filter(year=year).first():
        return found
    basis = f"清优办发〔{year}〕6 号"
    budget = Budget.objects.filter(kind=Budget.Kind.REWARDS, year=year).first() or actions.open_budget(
        Budget.Kind.REWARDS, year, basis=basis, amount_fen=_GRANTED, by=people["qianfang"], at=later()
    )
    scheme = RewardScheme.objects.create(
        year=year,
        name="清河县机关效能举报奖励办法",
        basis=basis,
        since=date(year, 1, 1),
        until=date(year, 12, 31),
        budget=budget,
    )
    for place, (name, when, least, most, share) in enumerate(_GRADES, start=1):
        RewardGrade.objects.create(scheme=scheme, place=place, name=name, when=when, least_fen=least, most_fen=most, share=share)
    return scheme
