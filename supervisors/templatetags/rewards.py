"""Rewards in templates: amounts as people write them, states in words."""

from django import template
from django.utils.translation import gettext as _

from supervisors.rewards.workflow import RewardState

register = template.Library()


@register.filter
def yuan(fen: int) -> str:
    """Return whole fen as yuan, without places where there are none."""
    figures = f"{fen // 100:,}" if fen % 100 == 0 else f"{fen // 100:,}.{fen % 100:02d}"
    return _("%(amount)s yuan") % {"amount": figures}


@register.filter
def reward_state(code: str) -> str:
    """Return a state in words."""
    return str(RewardState(code).label)
