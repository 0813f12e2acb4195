"""The three posts of each agency, filled or vacant, as pages show them. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

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


def rows(agencies: Iterable[Agency], posts: Iterable[Post]) -> list[AgencyRow]:
    """Put agencies and the current posts of all of them together."""
    found: dict[tuple[int, str], list[Post]] = defaultdict(list)
    for post in posts:
        found[post.agency_id, post.kind].append(post)
    return [AgencyRow(agency, [(str(kind.label), found[agency.pk, kind.value]) for kind in Post.Kind]) for agency in agencies]
