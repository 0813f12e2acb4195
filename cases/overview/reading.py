"""What the page of one agency shows: numbers that lead to their lists, the limits that come next, its posts, twelve months."""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import OFFICE
from agencies.models import Agency, Post
from agencies.people import holders
from cases import permissions
from cases.assignments import Row, rows_of
from cases.models import Assignment, Handover
from cases.querysets import within
from cases.worklist.looks import LOOKS
from cases.worklist.reading import Number
from core import clock
from core.counting import bounded, shown

from .charts import Chart, chart_of
from .figures import Figures, figures_of

_NEXT, _HANDOVERS = 8, 5


@dataclass(frozen=True)
class PostLine:
    """One of the three posts: who holds it, or who stands in from above while it is vacant."""

    label: str
    posts: list[tuple[Post, bool]]  # and whether the reader may hand it over
    is_manned: bool
    stands_in: list[User]


@dataclass(frozen=True)
class AgencyPage:
    """All that the page shows."""

    agency: Agency
    numbers: list[Number]
    next: list[Row]
    figures: Figures
    chart: Chart
    posts: list[PostLine]
    sections: list[Agency]
    handovers: list[Handover]
    nobody_signs: bool
    for_office: bool


def agency_page(agency: Agency, user: User) -> AgencyPage:
    """Read it; `agency` is one that the reader may see."""
    today, for_office = clock.today(), user.has_role(*OFFICE)
    rows = Assignment.objects.visible_to(user).of(agency)
    counts = bounded({one.code: one.holds(rows, today) for one in LOOKS})
    coming = rows.to_do().for_list().order_by("case__due_at", "pk")[:_NEXT]
    figures = figures_of(agency, today=today, for_office=for_office)
    posts = _posts(agency, user)
    liaison = next(one for one in posts if one.label == str(Post.Kind.LIAISON_OFFICER.label))
    return AgencyPage(
        agency=agency,
        numbers=[Number(one, shown(counts[one.code]), f"?view={one.code}&agency={agency.pk}", current=False) for one in LOOKS],
        next=rows_of(list(coming)),
        figures=figures,
        chart=chart_of(figures.months),
        posts=posts,
        sections=list(within(Agency.objects.filter(parent=agency), user).for_list()),
        handovers=list(Handover.objects.visible_to(user).filter(agency=agency).for_list()[:_HANDOVERS]),
        nobody_signs=not liaison.is_manned and not liaison.stands_in,
        for_office=for_office,
    )


def _posts(agency: Agency, user: User) -> list[PostLine]:
    """Read the three posts; who has left without handing over still holds one on paper, and somebody must hand it over."""
    held = list(Post.objects.filter(agency=agency).current().select_related("user", "agency__parent").order_by("pk"))
    lines = []
    for kind in Post.Kind:
        mine = [one for one in held if one.kind == kind]
        may = bool(mine) and permissions.can_hand_over_post(user, mine[0])
        is_manned = any(one.user.is_active for one in mine)
        lines.append(
            PostLine(str(kind.label), [(one, may) for one in mine], is_manned, [] if is_manned else holders(agency, kind))
        )
    return lines
