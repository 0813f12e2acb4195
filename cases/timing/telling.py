"""What complainants read of more time, of a clock that stands still, of a case opened again: the words written for them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases.models import Extension, Reopening, Suspension
from core.models import Event


def reason_key(event: Event) -> str:
    """Name what an event tells the reason of; empty for all other events."""
    if event.type == "case.extended":
        return f"extension {event.facts['extension']}"
    if event.type == "case.reopened":
        return f"reopening {event.facts['reopening']}"
    return f"suspension {event.facts['suspension']}" if event.type == "case.suspended" else ""


def reasons(happened: Iterable[Event]) -> dict[str, str]:
    """Read why more time was given and why the clock stood still or the case was opened again; asks nothing where neither was."""
    keys = [key.split() for event in happened if (key := reason_key(event))]
    found: dict[str, str] = {}
    if given := [pk for kind, pk in keys if kind == "extension"]:
        rows = Extension.objects.filter(pk__in=given)
        found |= {f"extension {pk}": words for pk, words in rows.values_list("pk", "reason")}
    if begun_again := [pk for kind, pk in keys if kind == "reopening"]:
        reopened = Reopening.objects.filter(pk__in=begun_again)
        found |= {f"reopening {pk}": words for pk, words in reopened.values_list("pk", "reason")}
    if stopped := [pk for kind, pk in keys if kind == "suspension"]:
        found |= {f"suspension {row.pk}": _words(row) for row in Suspension.objects.filter(pk__in=stopped)}
    return found


def _words(row: Suspension) -> str:
    basis = _("Basis: %(basis)s.") % {"basis": row.basis}
    return f"{Suspension.Ground(row.ground).label}\n{row.words}\n{basis}"
