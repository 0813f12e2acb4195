"""Who must stay away from which agency when supervisors inspect. Reads only."""

from django.apps import apps

from accounts.models import User
from agencies.models import Agency

from .models import Supervisor


def may_inspect(supervisor: Supervisor, agency: Agency) -> bool:
    """Tell whether a supervisor may inspect an agency: not the home agency, nor one in which an interest is declared.

    A section counts with the agency above it, and an agency with its sections.
    """
    tied = [supervisor.home_agency] if supervisor.home_agency else []
    return not any(_related(one, agency) for one in [*tied, *_interests(supervisor)])


def may_go(user: User, agency: Agency) -> bool:
    """Tell whether somebody may go along to an agency: a supervisor as above, and nobody who holds a post there."""
    if any(_related(post.agency, agency) for post in user.posts.current().select_related("agency__parent__parent")):
        return False
    supervisor = Supervisor.objects.select_related("home_agency__parent__parent").filter(user=user).first()
    return supervisor is None or may_inspect(supervisor, agency)


def _interests(supervisor: Supervisor) -> list[Agency]:
    """Return the agencies in which the supervisor has declared an interest that has not ended."""
    table = apps.all_models["supervisors"].get("interest")
    if table is None:
        return []
    rows = table._default_manager.filter(supervisor=supervisor, ended_at__isnull=True)
    agencies = rows.values_list("agency", flat=True)
    return list(Agency.objects.filter(pk__in=agencies).select_related("parent__parent"))


def _related(one: Agency, other: Agency) -> bool:
    return other.pk in _upwards(one) or one.pk in _upwards(other)


def _upwards(agency: Agency) -> set[int]:
    """Return the agency and those above it, by id."""
    found, at = set(), agency
    while at is not None:
        found.add(at.pk)
        at = at.parent  # type: ignore[assignment] # ends with the agency that has none
    return found
