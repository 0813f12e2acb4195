"""What a complainant can still do after filing, by the day on which the matter ended (None while it is open). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

WRITE_ON = timedelta(days=30)


@dataclass(frozen=True)
class Possible:
    """What can be done today."""

    write: bool
    supplement: bool
    withdraw: bool
    writes_until: date | None  # the last day, once the matter has ended


def possible(*, ended_on: date | None, withdrawn: bool, today: date) -> Possible:
    """Tell what can be done: write until 30 days after the end, add evidence or withdraw while the matter is open."""
    goes_on = ended_on is None and not withdrawn
    until = ended_on + WRITE_ON if ended_on else None
    return Possible(write=until is None or today <= until, supplement=goes_on, withdraw=goes_on, writes_until=until)
