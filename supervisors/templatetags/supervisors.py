"""Filters for the texts of this room."""

from django import template

from supervisors.models import Quota

register = template.Library()


@register.filter
def quota_words(what: str) -> str:
    """Name what a quota counts."""
    return str(Quota.What(what).label)
