"""What an officer decides on acceptance, as values: the category, and what goes to which agency."""

from dataclasses import dataclass

from agencies.models import Agency
from core.calendars import ORDINARY


@dataclass(frozen=True)
class Ruling:
    """Into which of the seven categories a case is accepted; `secondary`: further ones; `behaviours`: codes like `4b`.

    `case_class`: which deadline policies its limits follow.
    """

    category: int
    behaviours: tuple[str, ...] = ()
    secondary: tuple[int, ...] = ()
    case_class: str = ORDINARY


@dataclass(frozen=True)
class Dispatch:
    """What goes to an agency: a summary without identity, and which of the complainant's data consent lets it see.

    `looked_at`: somebody has looked at what may be a name or an ordinary word in the summary, and lets it stay.
    """

    agency: Agency
    summary: str
    disclose: tuple[str, ...] = ()
    looked_at: bool = False
