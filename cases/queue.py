"""The work queue: one page of the cases that somebody looks at, how many there are of each colour, and the side list of views."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from agencies.models import Agency
from complaints.labels import agency_name, behaviour_names, category_official
from complaints.models import Channel, Kind
from complaints.permissions import can_enter
from complaints.wording import one_line
from core import calendars, clock
from core.counting import bounded, shown
from core.deadlines import State

from . import permissions
from .deadlines import spans_of
from .desk import looks, orders, searching
from .filters import CaseFilter, Chip, Choices
from .models import Case, SavedSearch
from .oversight import lists as oversight
from .phrases import MOST_CHARACTERS, phrase
from .querysets import CaseQuerySet
from .side import Group, Link
from .wording import COLOURS, DISCS, Standing, card_words, standing_of
from .workflow import Status

PAGE_SIZE = 40
MOST_SEARCHES, MOST_AGENCIES = 12, 4


@dataclass(frozen=True)
class Row:
    """One case as the queue shows it."""

    case: Case
    state: str
    channel: str
    disc: int | str
    due: Standing | None
    category: str
    behaviours: str
    agency: str
    has_message: bool
    complainants: int
    kind: str  # report or tip in words; a complaint needs no word
    is_unconfirmed: bool
    card: str  # the gravest card in force, in words


@dataclass(frozen=True)
class Tally:
    """How many cases have one colour; a link that narrows the list to them."""

    state: str
    text: str
    count: str
    url: str
    current: bool


@dataclass(frozen=True)
class Removable:
    """A filter that is on, in words, and the address without it."""

    chip: Chip
    url: str


@dataclass(frozen=True)
class QueuePage:
    """All that the page of the work queue shows."""

    title: str
    empty: str
    today: date
    groups: list[Group]
    tally: list[Tally]
    rows: list[Row]
    order: str
    by_due_date: bool
    done: bool
    searched: str
    is_short_search: bool
    agencies: list[Link]
    view: str
    colour: str
    chips: list[Removable]
    next_url: str
    previous_url: str
    clear_url: str
    address: str
    narrowed: bool
    may_enter: bool
    may_act: bool
    may_archive: bool


class Queue:
    """The queue as one request asks for it: `asked` holds view, colour, search, filters and place."""

    def __init__(self, user: User, asked: Mapping[str, str], choices: Choices | None = None) -> None:
        """Read what was asked for; what makes no sense is left out."""
        self.user, self.asked = user, asked
        self.today, self.calendar = clock.today(), calendars.work_calendar()
        self.words = one_line(asked.get("q", ""))[
            :MOST_CHARACTERS
        ]  # NUL and the like are in no text, and the database refuses them
        self.phrase = phrase(self.words)
        everywhere = looks.ALL if self.words else looks.OPEN
        self.view = looks.BY_CODE.get(asked.get("view", ""), looks.BY_CODE[everywhere])
        self.colour = next((state for state in State if state.value == asked.get("colour")), None)
        self.choices = choices or Choices.offered()
        self.filters = CaseFilter(_data(asked), queryset=self.view.cases(user, self.today), choices=self.choices)

    @property
    def by_due_date(self) -> bool:
        """Open cases go by due date, unless something is looked for."""
        return self.order is orders.DUE

    @property
    def order(self) -> orders.Order:
        """A search goes by receipt, newest first; so does what is narrowed to days of receipt and is not open."""
        if self.words:
            return orders.RECEIVED
        if self.view.order is orders.DUE:
            return orders.DUE
        for name, order in (("closed", orders.CLOSED), ("received", orders.RECEIVED)):
            if self.filters.chosen.keys() & {f"{name}_from", f"{name}_to"}:
                return order
        return self.view.order

    @property
    def cases(self) -> CaseQuerySet:
        """The cases of the view, narrowed by filters and colour but not yet by the words looked for."""
        return self._coloured(self.filters.found, self.colour) if self.colour else self.filters.found

    def walked(self, *, size: int, after: str = "", before: str = "", rows: CaseQuerySet | None = None) -> orders.Page:
        """Return one page of what is asked for, from a place on."""
        rows = self.cases.for_list().with_news().with_filers().with_complainants() if rows is None else rows
        walk = orders.Walk.asked(self.order, after=after, before=before)
        if self.words:
            return searching.page(rows, self.phrase, walk, today=self.today, size=size)
        return orders.page(rows, walk, size=size)

    def page(self) -> QueuePage:
        """Return everything that the page shows."""
        found = self.walked(size=PAGE_SIZE, after=self.asked.get("after", ""), before=self.asked.get("before", ""))
        side = _Side(self)
        chips = self.page_chips()
        return QueuePage(
            title=str(_("Search: %(words)s") % {"words": self.words} if self.words else self.view.title),
            empty=str(_("No case has this number or these words.") if self.words else self.view.empty),
            today=self.today,
            groups=side.groups(),
            tally=side.tally(),
            rows=[self._row(case) for case in found.rows],
            order=str(self.order.words),
            by_due_date=self.by_due_date,
            done=self.view.code == looks.DONE,
            searched=self.words,
            is_short_search=bool(self.words) and not self.phrase.number and searching.is_short(self.phrase),
            agencies=self._agencies(),
            view=self.asked.get("view", "") and self.view.code,
            colour=self.colour.value if self.colour else "",
            chips=chips,
            next_url=self.url({"after": found.after}) if found.after else "",
            previous_url=self.url({"before": found.before}) if found.before else "",
            clear_url=f"?{urlencode({'view': self.view.code})}",
            address=self.url().removeprefix("?"),
            narrowed=bool(chips),
            may_enter=can_enter(self.user),
            may_act=permissions.can_act_on_many(self.user),
            may_archive=permissions.can_archive_many(self.user) and self.view.code in looks.ENDED,
        )

    def url(self, more: Mapping[str, str] | None = None, *, but: Iterable[str] = ()) -> str:
        """Keep what was asked for, go back to the first page, and change this."""
        kept = {name: value for name, value in self.known_asked.items() if name not in set(but)}
        return f"?{urlencode(kept | dict(more or {}))}"

    @property
    def known_asked(self) -> dict[str, str]:
        """What was asked for and means something here, but for the place."""
        known = {"view", "q", "colour", *self.filters.form.fields}
        return {name: value for name, value in self.asked.items() if value and name in known}

    def coloured(self, state: State) -> CaseQuerySet:
        """Return those of the filtered cases that have a colour today; a clock that stands still has none."""
        return self._coloured(self.filters.found, state)

    def _coloured(self, rows: CaseQuerySet, state: State) -> CaseQuerySet:
        return rows.running().due_by_policy(spans_of(state, self.today, self.calendar, self.choices.thresholds))

    def _row(self, case: Case) -> Row:
        agency = case.agency or case.respondent_agency
        return Row(
            case=case,
            state=str(Status(case.status).label),  # get_status_display takes half a millisecond
            channel=str(Channel(case.channel).label),
            disc=DISCS[case.status],
            due=standing_of(case, self.today, self.calendar),
            category=category_official(case.category),
            behaviours=behaviour_names(case.behaviours),
            agency=agency_name(agency) if agency else "",
            has_message=getattr(case, "has_message", False),
            complainants=getattr(case, "complainants", None) or 0,
            kind=str(Kind(kind).label) if (kind := next(iter(case.kinds), "")) and kind != Kind.COMPLAINT else "",
            is_unconfirmed=getattr(case, "is_unconfirmed", False),
            card=card_words(case.card),
        )

    def page_chips(self) -> list[Removable]:
        """Return the filters that are on, each with the address without it."""
        chips = self.filters.chips
        if self.colour:
            chips = [Chip(pgettext("column", "Limit"), str(COLOURS[self.colour]), ("colour",)), *chips]
        if self.words and self.asked.get("view"):
            chips = [Chip(_("View"), str(self.view.title), ("view",)), *chips]
        return [Removable(chip, self.url(but=chip.names)) for chip in chips]

    def _agencies(self) -> list[Link]:
        """The agencies whose name holds the words: their cases are one click away."""
        if not self.words or self.phrase.number:
            return []
        found = Agency.objects.open().found_by(self.words)[:MOST_AGENCIES]
        ways = [(one, f"?{urlencode({'view': looks.ALL, 'agency': one.pk})}") for one in found]
        return [Link(agency_name(one), url, None, current=False) for one, url in ways]


class _Side:
    """What stands beside the list, with all its counts from one query."""

    def __init__(self, queue: Queue) -> None:
        self.queue, self.user = queue, queue.user
        self.views = [view for view in looks.VIEWS if view.is_for(self.user)]
        self.searches = list(SavedSearch.objects.visible_to(self.user).for_list()[:MOST_SEARCHES])
        asked: dict[str, QuerySet[Any]] = {
            f"view {view.code}": view.cases(self.user, queue.today) for view in self.views if view.order is orders.DUE
        }
        asked |= {f"search {one.pk}": found for one in self.searches if (found := self._found(one)) is not None}
        asked |= oversight.waiting_rows(self.user)
        if queue.by_due_date:
            asked |= {f"colour {state}": queue.coloured(state) for state in COLOURS}
        self.counts = {name: shown(count) for name, count in bounded(asked).items()}

    def groups(self) -> list[Group]:
        """Return the views and the saved searches."""
        mine, office = ([self._link(view) for view in self.views if view.mine is which] for which in (True, False))
        office.append(Link(_("People and handovers"), reverse("cases:people"), None, current=False))
        saved = [self._search(one) for one in self.searches]
        if permissions.can_triage(self.user):
            mine.insert(0, Link(_("Triage desk"), reverse("cases:triage"), self.counts.get("view triage"), current=False))
        oversees = [Link(one.title, one.url, one.count, one.current) for one in oversight.waiting_links(self.counts)]
        groups = [Group(pgettext("views", "Mine"), mine), Group(pgettext("views", "The office"), office), self._quality()]
        if saved:
            groups.append(Group(_("Saved searches"), saved, reverse("cases:searches")))
        return [*groups, Group(_("Supervision of the agencies"), oversees, reverse("cases:cards"))]

    def _quality(self) -> Group:
        """The pages about how good the work was, beside the views."""
        links = [Link(_("Excellent cases"), reverse("cases:excellent"), None, current=False)]
        if permissions.can_see_wrong_cases(self.user):
            links.append(Link(_("Accountability for wrong cases"), reverse("cases:wrong_cases"), None, current=False))
        return Group(pgettext("views", "Quality"), links)

    def tally(self) -> list[Tally]:
        """Return how many cases have each colour, without regard to the one that is chosen."""
        return [self._colour(state) for state in COLOURS] if self.queue.by_due_date else []

    def _found(self, search: SavedSearch) -> CaseQuerySet | None:
        """What a saved search holds today; nobody counts what must be looked for in texts."""
        queue = Queue(self.user, QueryDict(search.query).dict(), self.queue.choices)
        return None if queue.words else queue.cases

    def _link(self, view: looks.View) -> Link:
        current = view == self.queue.view and not self.queue.words
        return Link(str(view.title), f"?{urlencode({'view': view.code})}", self.counts.get(f"view {view.code}"), current)

    def _search(self, search: SavedSearch) -> Link:
        current = bool(search.query) and self.queue.url() == f"?{search.query}"
        return Link(search.name, f"?{search.query}", self.counts.get(f"search {search.pk}"), current)

    def _colour(self, state: State) -> Tally:
        chosen = state == self.queue.colour
        return Tally(
            state=state.value,
            text=str(COLOURS[state]),
            count=self.counts[f"colour {state}"],
            url=self.queue.url({} if chosen else {"colour": state.value}, but=("colour",)),
            current=chosen,
        )


def _data(asked: Mapping[str, str]) -> QueryDict:
    """What was asked for, as the forms read it."""
    data = QueryDict(mutable=True)
    data.update(asked)
    return data
