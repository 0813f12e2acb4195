"""What every page needs to know: the office's names in the reader's language, and how the reader wants to see the page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from .models import InboxItem

ELDER_COOKIE = "view"
THEME_COOKIE = "theme"


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the office, the display choices and the number of unread notices (asked for only where it is shown)."""
    english = get_language() == "en"
    office = {
        key: settings.OFFICE[f"{key}_en"] if english and f"{key}_en" in settings.OFFICE else value
        for key, value in settings.OFFICE.items()
    }
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "office": office,
        "elder": request.COOKIES.get(ELDER_COOKIE) == "elder",
        "theme": theme if theme in {"light", "dark"} else "",
        "demo": settings.DEMO,
        "factor_waived": not settings.SECOND_FACTOR_REQUIRED,
        "inbox_unread": SimpleLazyObject(lambda: _unread(request)),
    }


def _unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return InboxItem.objects.visible_to(user).unread()[:100].count() if user and user.is_authenticated else 0
