"""Where the cases behind a number are: the work queue with filters that keep exactly them. Pure."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from .measures import LIMITS
from .periods import Period

# By which days a measure goes, and what else narrows the queue to it.
_ASKED: dict[str, tuple[str, dict[str, str]]] = {
    "received": ("received", {}),
    "accepted": ("accepted", {}),
    "declined": ("closed", {"ending": "declined"}),
    "referred": ("closed", {"ending": "referred"}),
    "withdrawn": ("closed", {"ending": "withdrawn"}),
    "merged": ("closed", {"ending": "merged"}),
    "completed": ("closed", {"ending": "completed"}),
    "replied": ("replied", {}),
    "upheld": ("replied", {"finding": "upheld"}),
    "partly_upheld": ("replied", {"finding": "partly_upheld"}),
    "not_upheld": ("replied", {"finding": "not_upheld"}),
    "no_finding": ("replied", {"finding": "none"}),
    "satisfied": ("replied", {"satisfaction": "satisfied"}),
    "fairly_satisfied": ("replied", {"satisfaction": "fairly_satisfied"}),
    "dissatisfied": ("replied", {"satisfaction": "dissatisfied"}),
    "unrated": ("replied", {"satisfaction": "none"}),
    **{limit: ("settled", {"settled": limit.replace("_", ".")}) for limit in LIMITS},
}
# Which filter keeps a part, and what it is called where the part has no key.
_PARTS = {
    "category": ("category", ""),
    "channel": ("channel", ""),
    "about": ("about_agency", "none"),
    "with": ("with_agency", ""),
}
_COLOURS = {"paused": {"view": "paused"}, "none": {"view": "open", "step": "none"}}


def to_cases(measure: str, period: Period, part: str = "", key: str = "") -> str:
    """Return the query string of the queue that shows what a number counts: a measure in a period, of one part."""
    days, more = _ASKED[measure]
    asked = {"view": "all", **_span(days, period.first, period.last), **more}
    if part in _PARTS:
        name, nothing = _PARTS[part]
        asked[name] = key or nothing
    return f"?{urlencode(asked)}"


def to_open(state: str = "", agency: int | None = None) -> str:
    """Return the query string that shows open cases: all of them, of one colour, of one agency; `late` is every late colour."""
    asked: Mapping[str, str] = {"view": "open"}
    if state == "overdue":
        asked = {"view": "overdue"}
    elif state:
        asked = _COLOURS.get(state, {"view": "open", "colour": state})
    return f"?{urlencode({**asked, **({'with_agency': str(agency)} if agency else {})})}"


def _span(days: str, first: date, last: date) -> dict[str, str]:
    return {f"{days}_from": first.isoformat(), f"{days}_to": last.isoformat()}
