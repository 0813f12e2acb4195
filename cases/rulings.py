"""What an officer decides on acceptance, as values: the category, and what goes to which agency."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agencies.models import Agency
from cases.workflow import Mode
from core.calendars import ORDINARY


@dataclass(frozen=True)
class Ruling:
    """Into which of the seven categories a case is accepted; `secondary`: further ones; `behaviours`: codes like `4b`.

    `case_class`: which deadline policies its limits follow. `kept_because`: why the office keeps a discipline matter.
    """

    category: int
    behaviours: tuple[str, ...] = ()
    secondary: tuple[int, ...] = ()
    case_class: str = ORDINARY
    kept_because: str = ""


@dataclass(frozen=True)
class Dispatch:
    """What goes to an agency: a summary without identity, and which of the complainants' data consent lets it see.

    `disclose` holds for everybody who complains, `disclose_each` for single ones by the id of their complaint.

    `mode`: assigned, so that the agency reports to the office, or transferred, so that it answers in its own name.

    `looked_at`: somebody has looked at what may be a name or an ordinary word in the summary, and lets it stay.
    """

    agency: Agency
    summary: str
    disclose: tuple[str, ...] = ()
    disclose_each: Mapping[int, frozenset[str]] = field(default_factory=dict)
    looked_at: bool = False
    mode: Mode = Mode.ASSIGN

    def told_of(self, complaint_id: int) -> set[str]:
        """Return what the agency is told of one complainant."""
        return {*self.disclose, *self.disclose_each.get(complaint_id, ())}
