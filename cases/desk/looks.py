"""The views of the queue: what each is called, which cases it holds, for whom it is and in which order they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import Role
from cases.identifying import unconfirmed
from cases.models import Case
from cases.querysets import CaseQuerySet
from cases.workflow import FILED, Mode, Status
from complaints.models import Message
from core.clock import midnight

from . import orders

MINE, GROUP, OPEN, DONE, ALL = "mine", "group", "open", "done", "all"
REVIEWS, RECTIFYING, FILING = "reviews", "rectifying", "filing"
_OFFICE = (Role.OFFICER, Role.OFFICE_LEADER)
ENDED = {DONE, FILING, ALL}
# Whose turn it is when the handler alone can go on.
_HANDLERS_TURN = (Status.HANDLING, Status.FOLLOWED_UP, Status.RETURNED)


@dataclass(frozen=True)
class View:
    """One way to look at the queue; `narrow` says which of the open cases it holds."""

    code: str
    title: str | Promise
    empty: str | Promise
    narrow: Callable[[User, date], Q] = lambda _user, _today: Q()
    mine: bool = False
    roles: tuple[Role, ...] = _OFFICE
    order: orders.Order = orders.DUE

    def cases(self, user: User, today: date) -> CaseQuerySet:
        """Return its cases, as far as the person may see them."""
        visible = Case.objects.visible_to(user)
        if self.code == ALL:
            return visible
        if self.code == REVIEWS:
            return visible.under_review()
        if self.code == RECTIFYING:
            return visible.rectifying()
        if self.code == FILING:
            return visible.done().filter(status__in=FILED)
        return visible.done() if self.code == DONE else visible.open().filter(self.narrow(user, today))

    def is_for(self, user: User) -> bool:
        """Whether the person has it in the side list; a group of one's own has who belongs to a department."""
        return user.has_role(*self.roles) and (self.code != GROUP or bool(user.department))


def _of_my_group(user: User, _today: date) -> Q:
    group = User.objects.filter(department=user.department, roles__overlap=list(_OFFICE))
    return Q(handler__in=group.values("pk")) if user.department else Q(handler=user)


def _waiting_for_me(user: User, _today: date) -> Q:
    """My own cases in which I must go on or a complainant wrote; for a leader also what waits for approval."""
    unseen = Message.objects.filter(complaint__case_link__case=OuterRef("pk"), side=Message.Side.COMPLAINANT, seen_at=None)
    answered = Q(status=Status.REPORTED, mode=Mode.TRANSFER)  # its handler checks what the agency answers
    mine = Q(handler=user) & (Q(status__in=_HANDLERS_TURN) | answered | Q(Exists(unseen)))
    return mine | Q(status=Status.REPORTED) if user.has_role(Role.OFFICE_LEADER) else mine


def _in(*statuses: Status) -> Callable[[User, date], Q]:
    return lambda _user, _today: Q(status__in=statuses)


VIEWS = (
    View(
        "today",
        _("To do today"),
        _("Nothing of yours is due today."),
        lambda user, today: Q(handler=user, due_at__lte=midnight(today + timedelta(days=1)), paused_on__isnull=True),
        mine=True,
    ),
    View("waiting", _("Waiting for me"), _("No case waits for you."), _waiting_for_me, mine=True),
    View(MINE, _("Handled by me"), _("You handle no open case."), lambda user, _today: Q(handler=user), mine=True),
    View(GROUP, _("Handled by my group"), _("Your group handles no open case."), _of_my_group, mine=True),
    View(
        "approval",
        _("Waiting for approval"),
        _("No report waits for approval."),
        _in(Status.REPORTED),
        mine=True,
        roles=(Role.OFFICE_LEADER,),
    ),
    View(REVIEWS, _("Reviews waiting"), _("No review waits for an answer."), mine=True, roles=(Role.OFFICE_LEADER,)),
    View("triage", _("Waiting for acceptance"), _("No complaint waits for acceptance."), _in(Status.TRIAGE)),
    View(OPEN, _("All open cases"), _("There is no open case.")),
    View(
        "overdue",
        _("Overdue cases"),
        _("No case is overdue."),
        lambda _user, today: Q(due_at__lte=midnight(today), paused_on__isnull=True),
    ),
    View("returned", _("Given back by an agency"), _("No case was given back."), _in(Status.RETURNED)),
    View("agencies", _("With an agency"), _("No case is with an agency."), _in(Status.DISPATCHED, Status.RECEIVED)),
    View("replied", _("Waiting for rating"), _("No reply waits for a rating."), _in(Status.REPLIED)),
    View(
        "unconfirmed",
        _("Identity to confirm"),
        _("Nobody waits to be called back or to come in person."),
        lambda _user, _today: Q(unconfirmed()),
    ),
    View(
        "dissatisfied",
        _("Dissatisfied complainants"),
        _("No dissatisfied complainant waits for an answer."),
        _in(Status.FOLLOWED_UP),
    ),
    View(RECTIFYING, _("Being put right"), _("No agency has anything to put right.")),
    View(
        "paused",
        _("Clock stands still"),
        _("The clock of no case stands still."),
        lambda _user, _today: Q(paused_on__isnull=False),
    ),
    View(
        "problems",
        _("Problem cases"),
        _("There is no problem case."),
        lambda _user, _today: Q(problem_at__isnull=False),
    ),
    View(
        FILING,
        _("To be archived"),
        _("No ended case waits for the archive."),
        order=orders.CLOSED,
    ),
    View(
        DONE,
        pgettext_lazy("view", "Closed, declined, referred, withdrawn or merged"),
        _("No case has been closed yet."),
        order=orders.CLOSED,
    ),
    View(ALL, _("All cases, also the closed"), _("There is no case yet."), order=orders.RECEIVED),
)
BY_CODE = {view.code: view for view in VIEWS}
