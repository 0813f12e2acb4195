"""What the rooms above answer in these tests: a case that is only noted, and a progress that can be set."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pytest

from complaints import ports
from complaints.models import Complaint, Consent, Evidence, Message, Rating, ReviewRequest, RewardClaim, Withdrawal


class Upstairs:
    """Stands for the cases room: notes what it was told and answers where the matter stands."""

    def __init__(self) -> None:
        self.lodged: list[int] = []
        self.rated: list[tuple[int, str]] = []
        self.told: list[int] = []
        self.supplemented: list[int] = []
        self.withdrawn: list[int] = []
        self.locked: list[int] = []
        self.reviews: list[int] = []
        self.claims: list[str] = []
        self.consents: list[list[str]] = []
        self.answer: dict[str, Any] = {
            "headline": "正在调查核实",
            "lead": "示例县住房和城乡建设局要在 10 月 22 日（星期四）24:00 前报告结果。",
            "stages": [
                ports.Stage("收到", "done", "9 月 18 日"),
                ports.Stage("调查核实", "now", "进行中"),
                ports.Stage("答复", "next"),
            ],
            "timeline": [],
        }

    def progress(self, complaint: Complaint) -> ports.Progress:
        return ports.Progress(**self.answer)

    def after_lodging(self, complaint: Complaint, at: datetime) -> None:
        self.lodged.append(complaint.pk)

    def after_rating(self, complaint: Complaint, rating: Rating, at: datetime) -> None:
        self.rated.append((complaint.pk, rating.satisfaction))

    def after_message(self, complaint: Complaint, message: Message, at: datetime) -> None:
        self.told.append(message.pk)

    def after_supplement(self, complaint: Complaint, evidence: Sequence[Evidence], at: datetime) -> None:
        self.supplemented.append(len(evidence))

    def after_withdrawal(self, complaint: Complaint, withdrawal: Withdrawal, at: datetime) -> None:
        self.withdrawn.append(complaint.pk)

    def after_locking(self, evidence: Evidence, at: datetime) -> None:
        self.locked.append(evidence.pk)

    def after_review_request(self, complaint: Complaint, request: ReviewRequest, at: datetime) -> None:
        self.reviews.append(request.level)

    def after_reward_claim(self, complaint: Complaint, claim: RewardClaim, at: datetime) -> None:
        self.claims.append(claim.proof)

    def after_consent(self, complaint: Complaint, consent: Consent, at: datetime) -> None:
        self.consents.append([] if consent.revoked_at else consent.fields)

    def running_until(self, due_on: date, started_on: date) -> None:
        self.answer["deadline"] = ports.NextDeadline("办结", "示例县住房和城乡建设局", started_on, due_on, {})


@pytest.fixture(autouse=True)
def upstairs(monkeypatch: pytest.MonkeyPatch) -> Upstairs:
    room = Upstairs()
    answers: dict[Any, Callable[..., Any]] = {
        ports.after_lodging: room.after_lodging,
        ports.after_rating: room.after_rating,
        ports.after_message: room.after_message,
        ports.after_supplement: room.after_supplement,
        ports.after_withdrawal: room.after_withdrawal,
        ports.after_locking: room.after_locking,
        ports.after_review_request: room.after_review_request,
        ports.after_reward_claim: room.after_reward_claim,
        ports.after_consent: room.after_consent,
        ports.after_correction: lambda _complaint, _columns, _at: None,
        ports.progress: room.progress,
    }
    for port, answer in answers.items():
        monkeypatch.setattr(port, "_answer", answer)
    return room
