"""The office's lists of rewards, and what the sheet of a case shows of its reward."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from cases import permissions as case_permissions
from cases import unmasking
from cases.models import Case, Unmasking
from cases.workflow import Finding
from complaints.asking import claim_of
from complaints.models import UNCONFIRMED, Complaint, Identity, Kind
from core.clock import SHANGHAI
from core.models import Event
from core.paging import keyset_page
from supervisors.models import Reward, RewardGrade, RewardScheme, RewardShare

from . import facts, permissions
from .eligibility import Facts, Reason, Verdict, eligibility, is_eligible
from .workflow import RewardState

PAGE_SIZE = 40
_MOST = 100
_AT_FAULT = (Finding.UPHELD, Finding.PARTLY_UPHELD)
_ENDED = (RewardState.LAPSED, RewardState.CANCELLED, RewardState.REFUSED, RewardState.CLAWED_BACK)


@dataclass(frozen=True)
class Look:
    """One way to look at the rewards; the first two are of cases that have none yet."""

    code: str
    title: str | Promise
    empty: str | Promise
    states: tuple[RewardState, ...] = ()
    is_work: bool = True

    def rows(self, user: User) -> Any:
        """Return its rows, as far as the person may see them."""
        if self.states:
            return Reward.objects.visible_to(user).filter(status__in=self.states).for_list()
        return _LOOKS_OF_CASES[self.code](user)


LOOKS = (
    Look("claims", pgettext_lazy("rewards", "Claims to answer"), gettext_lazy("No claim waits for an answer.")),
    Look(
        "qualify", pgettext_lazy("rewards", "Could be proposed"), gettext_lazy("No other case could be proposed."), is_work=False
    ),
    Look(
        "proposed",
        pgettext_lazy("rewards", "To be approved"),
        gettext_lazy("No reward waits for approval."),
        (RewardState.PROPOSED,),
    ),
    Look(
        "notified",
        pgettext_lazy("rewards", "To be collected"),
        gettext_lazy("Nothing waits to be collected."),
        (RewardState.NOTIFIED,),
    ),
    Look("claimed", pgettext_lazy("rewards", "To be paid"), gettext_lazy("Nothing waits to be paid."), (RewardState.CLAIMED,)),
    Look(
        "paid", pgettext_lazy("rewards", "Paid"), gettext_lazy("Nothing has been paid yet."), (RewardState.PAID,), is_work=False
    ),
    Look(
        "ended",
        pgettext_lazy("rewards", "Lapsed or cancelled"),
        gettext_lazy("Nothing has lapsed or was cancelled."),
        _ENDED,
        is_work=False,
    ),
)


@dataclass(frozen=True)
class ListPage:
    """One page of a list with the side list of looks."""

    look: Look
    rewards: Sequence[Reward]
    cases: Sequence[Case]
    groups: list[dict[str, Any]]
    next_url: str
    first_url: str


@dataclass(frozen=True)
class Report:
    """One report of a case with every reason for and against a reward for it."""

    complaint: Complaint
    reasons: list[Reason]
    is_eligible: bool
    scheme: RewardScheme | None
    has_claim: bool
    declined: str
    may_propose: bool
    may_decline: bool

    @property
    def open_questions(self) -> int:
        """How many reasons the proposer must still judge."""
        return sum(reason.verdict == Verdict.OPEN for reason in self.reasons)


@dataclass(frozen=True)
class Line:
    """One share of a reward; `may_hand_in`: whether the reader can note at the counter that it is collected."""

    share: RewardShare
    may_hand_in: bool


@dataclass(frozen=True)
class Standing:
    """A reward with its shares and what the reader can do."""

    row: Reward
    lines: list[Line]
    may_decide: bool
    may_cancel: bool
    history: list[Event]


@dataclass(frozen=True)
class SheetPage:
    """The sheet of a case: its reward, earlier ones that came to nothing, and the reasons of each report."""

    current: Standing | None
    earlier: list[Reward]
    reports: list[Report]
    ask_id_number: int | None  # the complaint whose ID number can be asked for

    @property
    def can_act(self) -> bool:
        """Whether the reader can propose a reward or decline a claim."""
        return any(report.may_propose or report.may_decline for report in self.reports)


def list_page(user: User, given: dict[str, str]) -> ListPage:
    """Return one page of a list; an unknown look is the first."""
    look = next((one for one in LOOKS if one.code == given.get("look")), LOOKS[0])
    page: Any = keyset_page(look.rows(user), given.get("before", ""), size=PAGE_SIZE)
    address = reverse("supervisors:rewards")
    next_url = f"{address}?{urlencode({'look': look.code, 'before': page.earlier})}" if page.earlier else ""
    first_url = "" if page.first else f"{address}?{urlencode({'look': look.code})}"
    rewards, cases = (page.rows, []) if look.states else ([], page.rows)
    return ListPage(look, rewards, cases, _groups(look, user), next_url, first_url)


def sheet_page(case: Case, user: User) -> SheetPage:
    """Return the sheet of a case."""
    rows = list(Reward.objects.filter(case=case).for_list())
    current = next((row for row in rows if row.status not in {RewardState.REFUSED, RewardState.CANCELLED}), None)
    complaints = facts.complaints_of(case)
    known = facts.facts_of(case, complaints, but=current)
    if current and current.complaint_id in known:  # the proposer has judged what only a person can
        known[current.complaint_id] = facts.judged(known[current.complaint_id], own_duty=False, accomplice=False)
    reports = [_report(one, known[one.pk], user, case, has_reward=current is not None) for one in complaints]
    ask = current.complaint if current and case_permissions.can_ask_unmasking(user, case) else None
    can_ask = ask is not None and Unmasking.Column.ID_NUMBER in unmasking.columns_of(ask, case)
    return SheetPage(
        current=_standing(current, user) if current else None,
        earlier=[row for row in rows if row is not current],
        reports=reports,
        ask_id_number=ask.pk if ask and can_ask else None,
    )


def report_of(case: Case, complaint_pk: int, user: User) -> Report | None:
    """Return one report of a case, for the page on which a reward is proposed or a claim declined."""
    return next((one for one in sheet_page(case, user).reports if one.complaint.pk == complaint_pk), None)


def grades_of(scheme: RewardScheme) -> list[RewardGrade]:
    """Return the grades of a scheme in their order."""
    return list(scheme.grades.order_by("place"))


def share_of(reward: Reward, place: int) -> RewardShare | None:
    """Return one share of a reward."""
    return RewardShare.objects.select_related("reward", "payable").filter(reward=reward, place=place).first()


def shares_of(reward: Reward) -> list[RewardShare]:
    """Return the shares of a reward in their order."""
    return list(reward.shares.select_related("payable", "collected_by").order_by("place"))


def _report(complaint: Complaint, known: Facts, user: User, case: Case, *, has_reward: bool) -> Report:
    reasons = eligibility(known)
    eligible, declined = is_eligible(reasons), getattr(complaint, "declined_claim", None)
    claim = claim_of(complaint)
    return Report(
        complaint=complaint,
        reasons=reasons,
        is_eligible=eligible,
        scheme=facts.scheme_for(complaint),
        has_claim=claim is not None,
        declined=declined.reason if declined else "",
        may_propose=eligible and not has_reward and permissions.can_propose(user, case) and not facts.is_own_tip(complaint, user),
        may_decline=claim is not None and declined is None and not has_reward and permissions.can_decline_claim(user),
    )


def _standing(row: Reward, user: User) -> Standing:
    may_hand_in = permissions.can_hand_in(user, row)
    return Standing(
        row=row,
        lines=[Line(share, may_hand_in and share.collected_at is None) for share in shares_of(row)],
        may_decide=permissions.can_decide(user, row),
        may_cancel=permissions.can_cancel(user, row),
        history=list(Event.objects.of(row.subject).order_by("-id")),
    )


def _groups(current: Look, user: User) -> list[dict[str, Any]]:
    """The looks with the number of what is to be done in each."""
    rows = Reward.objects.visible_to(user).order_by().values_list("status").annotate(n=Count("pk"))
    numbers = dict(rows.filter(status__in=[state for look in LOOKS if look.is_work for state in look.states]))
    links = [
        {
            "url": f"{reverse('supervisors:rewards')}?look={look.code}",
            "title": look.title,
            "current": look is current,
            "count": count,
        }
        for look in LOOKS
        for count in [_count(look, numbers, user)]
    ]
    return [{"title": _("Rewards"), "links": links}]


def _count(look: Look, numbers: dict[str, int], user: User) -> int | str | None:
    if not look.is_work:
        return None
    number = sum(numbers.get(state, 0) for state in look.states) if look.states else look.rows(user)[: _MOST + 1].count()
    return f"{_MOST}+" if number > _MOST else number


def _unrewarded(user: User) -> Any:
    rewarded = Reward.objects.standing().filter(case=OuterRef("pk"))
    return Case.objects.visible_to(user).exclude(Exists(rewarded)).for_list().order_by("-id")


def _claims(user: User) -> Any:
    """Cases with a claim that nobody has answered."""
    open_claims = Complaint.objects.filter(
        case_link__case=OuterRef("pk"), reward_claim__isnull=False, declined_claim__isnull=True
    )
    return _unrewarded(user).filter(Exists(open_claims))


def _qualify(user: User) -> Any:
    """Upheld cases without a claim whose first reporter may well be rewarded; the sheet of each tells all reasons."""
    scheme = RewardScheme.objects.filter(since__lte=OuterRef("received_on"), until__gte=OuterRef("received_on"))
    reports = Complaint.objects.filter(case_link__case=OuterRef("pk"))
    named = Q(identity=Identity.REAL_NAME) & ~Q(complainant__verification__in=UNCONFIRMED)
    known = reports.filter(named | Q(tip__isnull=False))
    rows = (
        _unrewarded(user)
        .annotate(received_on=TruncDate("received_at", tzinfo=SHANGHAI))
        .filter(finding__in=_AT_FAULT)
        .filter(Q(replied_at__isnull=False) | Q(closed_at__isnull=False))
    )
    rows = rows.filter(Exists(known)).exclude(Exists(reports.filter(reward_claim__isnull=False)))
    others = Q(kinds__overlap=[Kind.REPORT, Kind.TIP])
    return rows.filter(Exists(scheme.filter(leaves_out_own_claim=False)) | (others & Exists(scheme)))


_LOOKS_OF_CASES: dict[str, Callable[[User], Any]] = {"claims": _claims, "qualify": _qualify}
