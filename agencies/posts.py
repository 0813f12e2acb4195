"""The three posts of each agency, filled or vacant, as pages show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from core import clock

from .models import Agency, Post


@dataclass(frozen=True)
class AgencyRow:
    """An agency with the holders of its three posts, in the order of rank; an empty list is a vacancy."""

    agency: Agency
    holders: list[tuple[str, list[Post]]]

    @property
    def vacancies(self) -> int:
        """How many of the three posts nobody holds."""
        return sum(not posts for _label, posts in self.holders)


@dataclass(frozen=True)
class AgencyPage:
    """One agency: who stands for it now, who did before, and its sections."""

    row: AgencyRow
    former: list[Post]
    sections: list[Agency]


def rows_of(agencies: QuerySet[Agency]) -> list[AgencyRow]:
    """Return each of these agencies with the people who hold its posts today; two queries, however many agencies."""
    return _rows(agencies, Post.objects.filter(agency__in=agencies).current().for_list())


def page_of(agency: Agency) -> AgencyPage:
    """Return all that the page of one agency shows."""
    history = list(Post.objects.filter(agency=agency).for_list())
    today = clock.today()
    ended = [post for post in history if post.until is not None and post.until <= today]
    row = _rows([agency], [post for post in history if post.since <= today and post not in ended])[0]
    return AgencyPage(row, ended, list(agency.sections.for_list()))


def _rows(agencies: Iterable[Agency], posts: Iterable[Post]) -> list[AgencyRow]:
    found: dict[tuple[int, str], list[Post]] = defaultdict(list)
    for post in posts:
        found[post.agency_id, post.kind].append(post)
    return [AgencyRow(agency, [(str(kind.label), found[agency.pk, kind.value]) for kind in Post.Kind]) for agency in agencies]
