"""The classes of cases by which their limits differ, in words, each with the limit that it gives."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from complaints.labels import Worded
from core import calendars
from core.models import DeadlinePolicy

from .wording import length_words
from .workflow import Step

# Classes that the office knows by a code; any other is called as the administrator who entered it called it.
_NAMES: Mapping[str, str | Promise] = {
    "ordinary": gettext_lazy("Ordinary case"),
    "simple": gettext_lazy("Simple case"),
    "complex": gettext_lazy("Complex case"),
}


def class_name(code: str) -> str:
    """Name a class."""
    return str(_NAMES.get(code, code))


def class_choices(on: date) -> list[tuple[str, str | Worded]]:
    """Return the classes that have a limit to finish of their own on a day, the ordinary one first, each with its limit."""
    found = calendars.policies_by_class(Step.FINISH, on)
    return [(code, Worded(class_name(code), hint=_hint(policy))) for code, policy in found.items()]


def _hint(policy: DeadlinePolicy) -> str:
    return f"{length_words(policy.length, policy.unit)} · {policy.basis}"
