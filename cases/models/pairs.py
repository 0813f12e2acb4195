"""What happens in one moment by one person is set together."""

from django.db import models
from django.db.models import Q


def both_or_neither(what: str, name: str) -> models.CheckConstraint:
    """Return the constraint that `<what>_at` and `<what>_by` are both empty or both set."""
    at, by = f"{what}_at__isnull", f"{what}_by__isnull"
    return models.CheckConstraint(condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}), name=name)
