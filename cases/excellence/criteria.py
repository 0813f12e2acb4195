"""Which criteria count in a year."""

from django.db.models import Q
from django.utils.translation import get_language

from cases.models import Criterion


def criteria_of(year: int) -> list[Criterion]:
    """Return the criteria of a year in their order."""
    rows = Criterion.objects.filter(Q(until_year__isnull=True) | Q(until_year__gte=year), from_year__lte=year)
    return list(rows.order_by("place", "pk"))


def words_of(criterion: Criterion) -> tuple[str, str]:
    """Return its title and its question in the reader's language."""
    if (get_language() or "").startswith("zh"):
        return criterion.title, criterion.question
    return criterion.title_en, criterion.question_en or criterion.question
