"""Puts codes that notices and rows hold into words."""

from django import template
from django.db.models import TextChoices
from django.utils.translation import get_language

from cases.letters.kinds import LetterKind
from cases.models import Report
from cases.reporting import scans
from cases.wording import DISCLOSED
from cases.workflow import Finding, Step
from complaints.models import Satisfaction

register = template.Library()


@register.filter
def agency(facts: dict[str, str]) -> str:
    """Return the agency that a notice speaks of, in English where the reader reads English and it has an English name."""
    english = get_language() == "en" and facts.get("agency_en")
    return english or facts.get("agency", "")


@register.filter
def step(code: str) -> str:
    """Return a step that has a limit, in words."""
    return _label(Step, code)


@register.filter
def finding(code: str) -> str:
    """Return a finding in words."""
    return _label(Finding, code)


@register.filter
def letter(code: str) -> str:
    """Return a kind of letter in words."""
    return _label(LetterKind, code)


@register.filter
def satisfaction(code: str) -> str:
    """Return a rating in words."""
    return _label(Satisfaction, code)


@register.filter
def disclosure(code: str) -> str:
    """Return what was disclosed, in words."""
    return str(DISCLOSED.get(code, code))


@register.filter
def scan(report: Report) -> scans.Scan | None:
    """Return the stamped scan of a report as a page shows it."""
    return scans.scan_of(report)


def _label(choices: type[TextChoices], code: str) -> str:
    return str(choices(code).label) if code in choices.values else code
