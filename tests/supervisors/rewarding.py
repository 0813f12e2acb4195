"""What the tests of rewards need: a scheme with its budget, a case whose report may be rewarded, and a reward walked on."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from accounts.roles import Role
from cases.models import Case
from cases.workflow import Status
from complaints import codes
from complaints.models import Complaint
from supervisors import actions
from supervisors.models import Account, Budget, Payable, Reward, RewardGrade, RewardScheme
from tests.factories import MONDAY, NAME, UserFactory, case_at, filer, office_leader, officer, the_complaint

APPROVED = MONDAY + timedelta(days=10)
UNTIL = date(2026, 11, 24)  # two months after APPROVED
GRANTED = 100_000_00
ACCOUNT = "6222021001116245702"


def budget(granted: int = GRANTED) -> Budget:
    by = UserFactory.create(roles=[Role.FINANCE])
    return actions.open_budget("rewards", 2026, basis="测财〔2026〕1 号", amount_fen=granted, by=by, at=MONDAY)


def scheme(granted: int = GRANTED, **fields: Any) -> RewardScheme:
    """The scheme of 2026 with three grades: a fixed amount, a range, a share."""
    given = {"year": 2026, "name": "测试县举报奖励办法", "basis": "测办发〔2026〕5 号"}
    given |= {"since": date(2026, 1, 1), "until": date(2026, 12, 31), "budget": budget(granted)} | fields
    made = RewardScheme.objects.create(**given)
    for place, (name, least, most, share) in enumerate(
        [("三等", 200_00, 200_00, 0), ("二等", 300_00, 1000_00, 0), ("一等", 500_00, 2000_00, 300)], start=1
    ):
        when = {"scheme": made, "place": place, "when": "提供线索并查实的"}
        RewardGrade.objects.create(name=name, least_fen=least, most_fen=most, share=share, **when)
    return made


def grade(place: int = 1) -> RewardGrade:
    return RewardGrade.objects.get(place=place)


def rewardable(status: Status = Status.CLOSED, *, anonymous: bool = False, **fields: Any) -> Case:
    """A report that held and led to measures, by somebody whose name was checked, or without a name."""
    who = None if anonymous else fields.pop("filer", filer(verification="phone", verified_at=MONDAY))
    return case_at(status, kind="report", filer=who, **fields)


def said(**fields: Any) -> actions.Proposal:
    given: dict[str, Any] = {
        "grade": fields.pop("grade", None) or grade(),
        "amount_fen": 200_00,
        "truth": "whole",
        "truth_reason": "三次退件均已查实。",
        "worth": "decisive",
        "worth_reason": "据此约谈窗口人员并补办。",
        "reason": "线索准确，直接查实。",
        "own_duty": False,
        "accomplice": False,
    }
    return actions.Proposal(**given | fields)


def proposed(case: Case | None = None, *, by: User | None = None, at: datetime = MONDAY, **fields: Any) -> Reward:
    if not RewardScheme.objects.exists():
        scheme()
    case = case or rewardable()
    proposal = said(**fields)
    return actions.propose_reward(case, the_complaint(case), proposal, by=by or officer(), version=None, at=at)


def approved(case: Case | None = None, *, by: User | None = None, **fields: Any) -> Reward:
    reward = proposed(case, **fields)
    return actions.decide_reward(reward, approve=True, note="", by=by or office_leader(), version=None, at=APPROVED)


def to_bank(**fields: str) -> actions.Wanted:
    return actions.Wanted(**{"means": "bank", "holder": NAME, "bank": "测试银行城关支行", "account": ACCOUNT} | fields)


def in_cash(complaint: Complaint) -> actions.Wanted:
    return actions.Wanted(means="cash", code=codes.claim_code(complaint))


def collected(case: Case | None = None) -> Reward:
    reward = approved(case)
    actions.collect_on_page(reward.complaint, to_bank(), at=APPROVED)
    reward.refresh_from_db()
    return reward


def pay(reward: Reward, *, state: str = "paid", at: datetime = APPROVED) -> None:
    """What finance does with the money, as the rewards see it."""
    by = UserFactory.create(roles=[Role.FINANCE])
    rows = Payable.objects.filter(reward_share__reward=reward).exclude(state="cancelled")
    rows.update(state=state, paid_at=at, paid_by=by, cancel_reason="误发。" if state == "clawed_back" else "")


def balances() -> dict[str, int]:
    return dict(Account.objects.values_list("name", "balance_fen"))
