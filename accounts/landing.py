"""Which page a person starts from. Upper rooms register their start pages; a lower room cannot know them."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from .models import User

Rule = Callable[[User], bool]
_rules: list[tuple[Rule, str]] = []


def register(applies: Rule, url_name: str) -> None:
    """Let a room say: people for whom `applies` holds start at `url_name`. The first rule that applies wins."""
    _rules.append((applies, url_name))


def landing_path(user: User | Any) -> str:
    """Return the path of the page where this person's work is; the inbox when no room has one."""
    return reverse(next((name for applies, name in _rules if applies(user)), "core:inbox"))
