"""Money as the pages write it."""

from django import template

from supervisors.payouts import capitals as words

register = template.Library()


@register.filter
def yuan(amount_fen: int) -> str:
    """Write whole fen as `1,234.50`."""
    return f"{amount_fen // 100:,}.{amount_fen % 100:02d}" if amount_fen >= 0 else f"−{yuan(-amount_fen)}"


@register.filter
def capitals(amount_fen: int) -> str:
    """Write whole fen in capitals; nothing for none."""
    return words.capitals(amount_fen) if amount_fen > 0 else ""
