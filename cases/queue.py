"""The work queue: which cases a person looks at, how many there are of each colour, and one page of them in order of due date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import Role
from complaints.labels import agency_name, behaviour_names, category_official
from complaints.models import Kind
from complaints.permissions import can_enter
from complaints.wording import one_line
from core import calendars, clock, paging
from core.deadlines import State

from .deadlines import Span, days_of
from .identifying import unconfirmed
from .models import Case
from .querysets import CaseQuerySet
from .wording import COLOURS, DISCS, Standing, standing
from .workflow import Status

PAGE_SIZE = 40
OPEN_VIEW, DONE_VIEW, REVIEWS_VIEW = "open", "done", "reviews"


@dataclass(frozen=True)
class View:
    """One way to look at the queue: what it is called, which cases it holds, for whom it is."""

    code: str
    title: str | Promise
    empty: str | Promise
    mine: bool = False
    roles: tuple[Role, ...] = (Role.OFFICER, Role.OFFICE_LEADER)

    def condition(self, user: User, today: date) -> Q:
        """Which open cases belong to the view."""
        return {
            "today": Q(handler=user, due_on__lte=today),
            "mine": Q(handler=user),
            "approval": Q(status=Status.REPORTED),
            "triage": Q(status=Status.TRIAGE),
            "agencies": Q(status__in=[Status.DISPATCHED, Status.RECEIVED]),
            "replied": Q(status=Status.REPLIED),
            "dissatisfied": Q(status=Status.FOLLOWED_UP),
            "unconfirmed": Q(unconfirmed()),
        }.get(self.code, Q())


VIEWS = (
    View("today", _("To do today"), _("Nothing of yours is due today."), mine=True),
    View("mine", _("Handled by me"), _("You handle no open case."), mine=True),
    View("approval", _("Waiting for approval"), _("No report waits for approval."), mine=True, roles=(Role.OFFICE_LEADER,)),
    View(REVIEWS_VIEW, _("Reviews waiting"), _("No review waits for an answer."), mine=True, roles=(Role.OFFICE_LEADER,)),
    View("triage", _("Waiting for acceptance"), _("No complaint waits for acceptance.")),
    View(OPEN_VIEW, _("All open cases"), _("There is no open case.")),
    View("agencies", _("With an agency"), _("No case is with an agency.")),
    View("replied", _("Waiting for rating"), _("No reply waits for a rating.")),
    View("unconfirmed", _("Identity to confirm"), _("Nobody waits to be called back or to come in person.")),
    View("dissatisfied", _("Dissatisfied complainants"), _("No dissatisfied complainant waits for an answer.")),
    View(DONE_VIEW, pgettext_lazy("view", "Closed, declined, withdrawn or merged"), _("No case has been closed yet.")),
)
_BY_CODE = {view.code: view for view in VIEWS}


@dataclass(frozen=True)
class Row:
    """One case as the queue shows it."""

    case: Case
    disc: int | str
    due: Standing | None
    category: str
    behaviours: str
    agency: str
    has_message: bool
    complainants: int
    kind: str  # report or tip in words; a complaint needs no word
    is_unconfirmed: bool


@dataclass(frozen=True)
class Tally:
    """How many cases have one colour; a link that narrows the list to them."""

    state: str
    text: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Link:
    """One view in the side list."""

    title: str
    url: str
    count: int | None
    current: bool


@dataclass(frozen=True)
class Group:
    """Views under one heading."""

    title: str
    links: list[Link]


@dataclass(frozen=True)
class QueuePage:
    """All that the page of the work queue shows."""

    title: str
    empty: str
    today: date
    groups: list[Group]
    tally: list[Tally]
    rows: list[Row]
    by_due_date: bool
    done: bool
    searched: str
    colour: str
    next_url: str
    first_url: str
    narrowed: bool
    may_enter: bool


class Queue:
    """The queue as one request asks for it: `asked` holds view, colour, search, filters and place."""

    def __init__(self, user: User, asked: Mapping[str, str]) -> None:
        """Read what was asked for; what makes no sense is left out."""
        self.user, self.asked = user, asked
        self.today, self.calendar = clock.today(), calendars.work_calendar()
        self.view = _BY_CODE.get(asked.get("view", ""), _BY_CODE[OPEN_VIEW])
        self.colour = next((state for state in State if state.value == asked.get("colour")), None)
        self.words = one_line(asked.get("q", ""))[:60]  # NUL and the like are in no text, and the database refuses them

    @property
    def by_due_date(self) -> bool:
        """A search and the done cases go by number, newest first; all else by due date."""
        return not self.words and self.view.code != DONE_VIEW

    def base(self) -> CaseQuerySet:
        """Return the cases of the view that the person may see, before any filter. A search looks everywhere."""
        visible = Case.objects.visible_to(self.user)
        if self.words:
            return visible.found_by(self.words)
        if self.view.code == DONE_VIEW:
            return visible.done()
        if self.view.code == REVIEWS_VIEW:
            return visible.under_review()
        return visible.open().filter(self.view.condition(self.user, self.today))

    def page(self, filtered: CaseQuerySet, *, narrowed: bool) -> QueuePage:
        """Return one page of the filtered cases, with the tally over all of them and the side list."""
        rows, following = self._rows(filtered)
        after = "after" if self.by_due_date else "before"
        return QueuePage(
            title=str(_("Search: %(words)s") % {"words": self.words} if self.words else self.view.title),
            empty=str(_("No case has this number, these words or this agency.") if self.words else self.view.empty),
            today=self.today,
            groups=self._groups(),
            tally=self._tally(filtered) if self.by_due_date else [],
            rows=rows,
            by_due_date=self.by_due_date,
            done=self.view.code == DONE_VIEW and not self.words,
            searched=self.words,
            colour=self.colour.value if self.colour else "",
            next_url=self._url({after: following}) if following else "",
            first_url=self._url() if self.asked.get(after) else "",
            narrowed=narrowed or self.colour is not None,
            may_enter=can_enter(self.user),
        )

    def _rows(self, filtered: CaseQuerySet) -> tuple[list[Row], str]:
        if not self.by_due_date:
            page = paging.keyset_page(
                filtered.for_list().with_news().with_filers().with_complainants().order_by("-id"),
                self.asked.get("before", ""),
                size=PAGE_SIZE,
            )
            return [self._row(case) for case in page.rows], page.earlier
        if self.colour:
            span = days_of(self.colour, self.today, self.calendar)
            filtered = filtered.due_between(span.first, span.last)
        found = list(
            filtered.for_list()
            .with_news()
            .with_filers()
            .with_complainants()
            .due_after(self.asked.get("after", ""))[: PAGE_SIZE + 1]
        )
        last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
        return [self._row(case) for case in found[:PAGE_SIZE]], place_of(last) if last else ""

    def _row(self, case: Case) -> Row:
        agency = case.agency or case.respondent_agency
        return Row(
            case=case,
            disc=DISCS[case.status],
            due=standing(case.due_on, self.today, self.calendar) if case.due_on else None,
            category=category_official(case.category),
            behaviours=behaviour_names(case.behaviours),
            agency=agency_name(agency) if agency else "",
            has_message=getattr(case, "has_message", False),
            complainants=getattr(case, "complainants", None) or 0,
            kind=str(Kind(kind).label) if (kind := getattr(case, "kind", "")) and kind != Kind.COMPLAINT else "",
            is_unconfirmed=getattr(case, "is_unconfirmed", False),
        )

    def _tally(self, filtered: CaseQuerySet) -> list[Tally]:
        """Count by due day in one grouped query, then sum up the days of each colour."""
        days = list(filtered.order_by().exclude(due_on=None).values_list("due_on").annotate(n=Count("pk")))
        return [self._colour(state, days) for state in COLOURS]

    def _colour(self, state: State, days: list[tuple[date | None, int]]) -> Tally:
        span = days_of(state, self.today, self.calendar)
        chosen = state == self.colour
        return Tally(
            state=state.value,
            text=str(COLOURS[state]),
            count=sum(number for day, number in days if day and within(day, span)),
            url=self._url({} if chosen else {"colour": state.value}, but=("colour",)),
            current=chosen,
        )

    def _groups(self) -> list[Group]:
        """Count all views in one query over the open cases."""
        views = [view for view in VIEWS if self.user.has_role(*view.roles)]
        counted = {
            view.code: Count("pk", filter=view.condition(self.user, self.today) or Q(pk__isnull=False))
            for view in views
            if view.code not in {DONE_VIEW, REVIEWS_VIEW}
        }
        visible = Case.objects.visible_to(self.user)
        counts = visible.open().order_by().aggregate(**counted)
        if any(view.code == REVIEWS_VIEW for view in views):
            counts[REVIEWS_VIEW] = visible.under_review().count()  # of ended cases too
        mine, office = ([self._link(view, counts) for view in views if view.mine is which] for which in (True, False))
        return [Group(str(pgettext_lazy("views", "Mine")), mine), Group(str(pgettext_lazy("views", "The office")), office)]

    def _link(self, view: View, counts: Mapping[str, int]) -> Link:
        current = view == self.view and not self.words
        return Link(str(view.title), f"?{urlencode({'view': view.code})}", counts.get(view.code), current)

    def _url(self, more: Mapping[str, str] | None = None, *, but: tuple[str, ...] = ()) -> str:
        """Keep what was asked for, go back to the first page, and change this."""
        kept = {name: value for name, value in self.asked.items() if value and name not in {"after", "before", *but}}
        return f"?{urlencode(kept | dict(more or {}))}"


def place_of(case: Case) -> str:
    """Return the place of a case in the order of due dates: `2026-10-12.341`."""
    return f"{case.due_on}.{case.pk}"


def within(day: date, span: Span) -> bool:
    """Tell whether a day lies in a span."""
    return (span.first is None or span.first <= day) and (span.last is None or day <= span.last)
