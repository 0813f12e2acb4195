"""The lists of supervision: cards and orders of the office by how they stand, the board by agency, and an agency's own cards."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from accounts.models import User
from accounts.roles import AGENCY
from agencies.models import Agency
from cases.desk import looks
from cases.models import Assignment, Card, SupervisionOrder
from cases.querysets import CardQuerySet, OrderQuerySet
from cases.side import Group, Link
from complaints.labels import agency_name
from core import clock
from core.counting import bounded, shown
from core.paging import Page, keyset_page

from .reading import CardLine, OrderLine, card_line, order_line, own_lines

PAGE_SIZE = 40
_BIGGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Look:
    """One way to look at the cards or the orders."""

    code: str
    title: str | Promise
    empty: str | Promise
    narrow: Callable[[Any, int], Any]
    of_orders: bool = False

    def rows(self, user: User, year: int) -> Any:
        """Return its rows, as far as the person may see them."""
        visible = (SupervisionOrder if self.of_orders else Card).objects.visible_to(user)
        return self.narrow(visible, year)


_OVER = Q(state__in=["dismissed", "lapsed", "withdrawn"])
CARDS = (
    Look("waiting", pgettext_lazy("cards", "Suggested"), gettext_lazy("No card is suggested."), lambda rows, _y: rows.waiting()),
    Look(
        "appealed",
        pgettext_lazy("cards", "Appeals to decide"),
        gettext_lazy("No appeal waits for a decision."),
        lambda rows, _y: rows.appealed(),
    ),
    Look("force", pgettext_lazy("cards", "In force"), gettext_lazy("No card is in force."), lambda rows, _y: rows.in_force()),
    Look(
        "year",
        pgettext_lazy("cards", "Issued this year"),
        gettext_lazy("No card has been issued this year."),
        lambda rows, year: rows.issued_in(year),
    ),
    Look(
        "over",
        pgettext_lazy("cards", "Withdrawn or not issued"),
        gettext_lazy("No card has been withdrawn, dismissed or lost its ground."),
        lambda rows, _y: rows.filter(_OVER),
    ),
)
ORDERS = (
    Look(
        "orders",
        pgettext_lazy("orders", "Open"),
        gettext_lazy("No supervision order is open."),
        lambda rows, _y: rows.open(),
        of_orders=True,
    ),
    Look(
        "answered",
        pgettext_lazy("orders", "Answers to look at"),
        gettext_lazy("No answer to an order waits for you."),
        lambda rows, _y: rows.answered(),
        of_orders=True,
    ),
    Look(
        "done",
        pgettext_lazy("orders", "Carried out or cancelled"),
        gettext_lazy("No supervision order is over yet."),
        lambda rows, _y: rows.over(),
        of_orders=True,
    ),
)
_BY_CODE = {look.code: look for look in (*CARDS, *ORDERS)}
_COUNTED = ("waiting", "appealed", "orders", "answered")


@dataclass(frozen=True)
class ListPage:
    """All that the page of the cards, or of the orders, shows."""

    look: Look
    groups: list[Group]
    cards: list[CardLine]
    orders: list[OrderLine]
    agency: str
    colour: str
    whole_url: str
    next_url: str
    first_url: str


@dataclass(frozen=True)
class BoardRow:
    """One agency on the board; each number with the address of what it counts."""

    agency: str
    cells: list[tuple[int, str]]


@dataclass(frozen=True)
class Board:
    """Which agencies are late, and what was done about it."""

    groups: list[Group]
    rows: list[BoardRow]
    year: int


@dataclass(frozen=True)
class Record:
    """The cards of one agency in a year, and where they are listed."""

    year: int
    yellow: int
    red: int
    url: str


@dataclass(frozen=True)
class OwnCards:
    """The cards of an agency's people, each with the assignment on whose page it stands."""

    rows: list[tuple[CardLine, Assignment | None]]
    page: Page[Card]


def list_page(user: User, asked: Mapping[str, str]) -> ListPage:
    """Return one page of what is asked for; what makes no sense is left out."""
    look, year = _BY_CODE.get(asked.get("show", ""), CARDS[0]), clock.today().year
    agency = _agency(asked.get("agency", ""))
    colour = asked.get("colour", "") if not look.of_orders and asked.get("colour") in Card.Colour.values else ""
    rows = look.rows(user, year)
    rows = rows.filter(agency=agency) if agency else rows
    rows = rows.filter(colour=colour) if colour else rows
    page: Page[Any] = keyset_page(rows.for_list(), asked.get("before", ""), size=PAGE_SIZE)
    kept = {"show": look.code} | ({"agency": str(agency.pk)} if agency else {}) | ({"colour": colour} if colour else {})
    return ListPage(
        look=look,
        groups=side(user, look.code),
        cards=[] if look.of_orders else [card_line(row, user) for row in page.rows],
        orders=[order_line(row, user, in_list=True) for row in page.rows] if look.of_orders else [],
        agency=agency_name(agency) if agency else "",
        colour=str(Card.Colour(colour).label) if colour else "",
        whole_url=f"?{urlencode({'show': look.code})}",
        next_url=f"?{urlencode(kept | {'before': page.earlier})}" if page.earlier else "",
        first_url="" if page.first else f"?{urlencode(kept)}",
    )


def side(user: User, current: str) -> list[Group]:
    """Return the side list, with the counts of what waits; one query."""
    year = clock.today().year
    counts = bounded({code: _BY_CODE[code].rows(user, year) for code in _COUNTED})
    groups = [
        Group(title, [_link(look, counts, current) for look in looks_of])
        for title, looks_of in ((_("Cards"), CARDS), (_("Supervision orders"), ORDERS))
    ]
    board = Link(_("By agency"), reverse("cases:oversight_board"), None, current == "board")
    return [*groups, Group(pgettext("views", "The office"), [board])]


def waiting_rows(user: User) -> dict[str, CardQuerySet | OrderQuerySet]:
    """Return what waits for a decision of the office, for the counts beside the queue."""
    return {look.code: look.rows(user, clock.today().year) for look in (CARDS[0], CARDS[1], ORDERS[1])}


def waiting_links(counts: Mapping[str, str]) -> list[Link]:
    """Return links to them, each with its count, for the side list of the queue."""
    titles = {"waiting": _("Cards suggested"), "appealed": _("Appeals against cards"), "answered": _("Orders answered")}
    url = reverse("cases:cards")
    return [Link(title, f"{url}?show={code}", counts[code], current=False) for code, title in titles.items()]


def board(user: User) -> Board:
    """Return every agency that is late or sanctioned, the most of it first: three sums and the agencies' names."""
    year, today = clock.today().year, clock.today()
    sums: dict[int, Counter[str]] = {}
    for pair in looks.BY_CODE["overdue"].cases(user, today).values_list("agency", "respondent_agency").annotate(n=Count("pk")):
        for agency in {pair[0], pair[1]} - {None}:
            sums.setdefault(agency, Counter())["late"] += pair[2]
    issued = Q(pk__in=Card.objects.all().issued_in(year).values("pk"))
    cards = (
        Card.objects.visible_to(user)
        .values("agency")
        .order_by()
        .annotate(
            waiting=Count("pk", filter=Q(state="suggested")),
            yellow=Count("pk", filter=issued & Q(colour="yellow")),
            red=Count("pk", filter=issued & Q(colour="red")),
        )
    )
    for row in cards.filter(Q(state="suggested") | issued):
        sums.setdefault(row["agency"], Counter()).update({name: row[name] for name in ("waiting", "yellow", "red")})
    for agency, n in SupervisionOrder.objects.visible_to(user).open().values_list("agency").order_by().annotate(n=Count("pk")):
        sums.setdefault(agency, Counter())["orders"] += n
    ranked = sorted(
        sums.items(), key=lambda item: (-item[1]["red"], -item[1]["yellow"], -item[1]["waiting"], -item[1]["late"], item[0])
    )
    names = {agency.pk: agency_name(agency) for agency in Agency.objects.filter(pk__in=sums)}
    rows = [BoardRow(names[pk], _cells(pk, counts)) for pk, counts in ranked]
    return Board(side(user, "board"), rows, year)


def record_of(agency_id: int | None, user: User) -> Record:
    """Return how many cards an agency has got this year, for who is about to issue another."""
    year = clock.today().year
    rows = Card.objects.visible_to(user).issued_in(year).filter(agency=agency_id).order_by()
    counts = dict(rows.values_list("colour").annotate(n=Count("pk")))
    url = f"{reverse('cases:cards')}?{urlencode({'show': 'year', 'agency': agency_id})}"
    return Record(year, counts.get(Card.Colour.YELLOW, 0), counts.get(Card.Colour.RED, 0), url)


def own_cards(user: User, before: str) -> OwnCards:
    """Return the cards of the person's agencies, newest first."""
    page = keyset_page(Card.objects.visible_to(user).for_list(), before, size=PAGE_SIZE)
    found = Assignment.objects.visible_to(user).filter(case__in=[row.case_id for row in page.rows]).select_related("agency")
    by_key = {(one.case_id, one.agency_id): one for one in found}
    return OwnCards([(line, by_key.get((line.row.case_id, line.row.agency_id))) for line in own_lines(page.rows, user)], page)


def orders_to_answer(user: User) -> list[tuple[OrderLine, int]]:
    """Return the open orders that wait for the person's agencies, each with the assignment on whose page it is answered."""
    if not user.has_role(*AGENCY):
        return []
    of = Assignment.objects.filter(case=OuterRef("case"), agency=OuterRef("agency"))
    rows = SupervisionOrder.objects.visible_to(user).open().unanswered().for_list()
    rows = rows.annotate(where=Subquery(of.values("pk")[:1])).order_by("deadline__due_at", "pk")
    return [(order_line(row, user, in_list=True), getattr(row, "where", 0)) for row in rows[:PAGE_SIZE]]


def _cells(agency: int, counts: Counter[str]) -> list[tuple[int, str]]:
    """Return the numbers of one agency in the order of the columns."""
    cards = f"{reverse('cases:cards')}?agency={agency}&show="
    late = f"{reverse('cases:list')}?{urlencode({'view': 'overdue', 'agency': agency})}"
    urls = {"late": late, "waiting": f"{cards}waiting", "yellow": f"{cards}year&colour=yellow"}
    urls |= {"red": f"{cards}year&colour=red", "orders": f"{cards}orders"}
    return [(counts[name], url) for name, url in urls.items()]


def _agency(pk: str) -> Agency | None:
    known = pk.isascii() and pk.isdigit() and int(pk) <= _BIGGEST_ID
    return Agency.objects.filter(pk=int(pk)).first() if known else None


def _link(look: Look, counts: Mapping[str, int], current: str) -> Link:
    count = shown(counts[look.code]) if look.code in counts else None
    return Link(str(look.title), f"{reverse('cases:cards')}?show={look.code}", count, look.code == current)
