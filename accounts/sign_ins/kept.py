"""What somebody was sending when the session had just ended: kept for that person alone, and sent on after the next sign-in.

An officer comes back from lunch to a letter half written. The words stay in the new session, sealed for whoever wrote them;
another person who signs in at this computer gets nothing of them. What holds passwords or codes is never kept.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.models import User
from core import vault

KEPT = "kept_form"  # in a session: where it was going, and the sealed form
LASTS = timedelta(minutes=30)
LARGEST = 200_000  # characters; the longest forms have a tenth of it
_NEVER = ("/accounts/", "/manage/")  # passwords and codes


@dataclass(frozen=True)
class Kept:
    """A form that was on its way: where to, from which page, its fields in order, and whether files were with it."""

    path: str
    page: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def words(self) -> list[str]:
        """What a person would be sorry to lose."""
        return [value for _name, value in self.fields if " " in value.strip() or any(ord(letter) > 0x2E7F for letter in value)]


def keep(request: HttpRequest, user: User, *, at: datetime) -> bool:
    """Keep what this request was sending; returns whether it was worth it. Its CSRF token has been looked at before."""
    fields = [(name, str(one)) for name, values in request.POST.lists() for one in values if name != "csrfmiddlewaretoken"]
    size = sum(len(name) + len(value) for name, value in fields)
    if request.method != "POST" or request.path.startswith(_NEVER) or not fields or size > LARGEST:
        return False
    told = {"path": request.get_full_path(), "page": _page(request), "fields": fields, "had_files": bool(request.FILES)}
    sealed = vault.seal(json.dumps(told | {"until": (at + LASTS).timestamp()}), row=_row(user), column="form")
    request.session[KEPT] = {"path": request.path, "sealed": base64.b64encode(sealed).decode()}
    return True


def of(session: SessionBase, user: User, *, at: datetime) -> Kept | None:
    """Return what was kept for this person; nothing when it was another one's or its half hour is over."""
    held = session.get(KEPT)
    if held is None:
        return None
    try:
        told = json.loads(vault.open_sealed(base64.b64decode(held["sealed"]), row=_row(user), column="form"))
    except vault.VaultError:
        return None
    if told["until"] <= at.timestamp():
        return None
    return Kept(told["path"], told["page"], [(name, value) for name, value in told["fields"]], told["had_files"])


def sent(request: HttpRequest) -> None:
    """Forget it once something is sent to the same place."""
    if request.method == "POST" and request.session.get(KEPT, {}).get("path") == request.path:
        del request.session[KEPT]


def _page(request: HttpRequest) -> str:
    """Where the form stood, if the browser tells and it is here; many a form is sent elsewhere than to its own page."""
    told = urlsplit(request.headers.get("Referer", ""))
    is_here = told.netloc == request.get_host() and told.path and not told.path.startswith("//")
    return f"{told.path}?{told.query}".rstrip("?") if is_here else request.get_full_path()


def _row(user: User) -> str:
    return f"kept:{user.pk}"
