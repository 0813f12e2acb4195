"""The sheets of a case, the page about it and those beside it, and the head that they share."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from complaints.labels import agency_name
from core import calendars, clock

from .models import Case
from .wording import DISCS, Standing, card_words, standing_of

# The address's name and the title, in the order in which they stand.
SHEETS: tuple[tuple[str, str | Promise], ...] = (
    ("detail", gettext_lazy("Overview")),
    ("inquiry", gettext_lazy("Inquiry")),
    ("agencies", pgettext_lazy("sheet", "Agencies")),
    ("letters", gettext_lazy("Papers")),
    ("oversight", pgettext_lazy("sheet", "Supervision")),
    ("quality", pgettext_lazy("sheet", "Quality")),
)


# Sheets of the rooms above: the address's full name and the title, in the order in which they were registered.
_MORE: dict[str, str | Promise] = {}


def register(name: str, title: str | Promise) -> None:
    """Let an upper room put a sheet beside the case; its address takes the case's id (docs/adr/0031-rewards.md)."""
    _MORE[name] = title


@dataclass(frozen=True)
class Sheet:
    """One sheet, as a link."""

    title: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Head:
    """What stands at the top of each sheet."""

    case: Case
    disc: int | str
    due: Standing | None
    agency: str
    sheets: list[Sheet]
    card: str = ""  # the gravest card in force, in words


def head_of(case: Case, current: str) -> Head:
    """Return the head of one sheet; `case` comes with its agencies and handler, so nothing is asked for."""
    agency = case.agency or case.respondent_agency
    due = standing_of(case, clock.today(), calendars.work_calendar())
    name = agency_name(agency) if agency else ""
    return Head(case, DISCS[case.status], due, name, sheets_of(case, current), card_words(case.card))


def sheets_of(case: Case, current: str) -> list[Sheet]:
    """Return the sheets of a case."""
    own = {f"cases:{name}": title for name, title in SHEETS}
    return [
        Sheet(str(title), reverse(name, args=[case.pk]), current in {name, name.removeprefix("cases:")})
        for name, title in (own | _MORE).items()
    ]
