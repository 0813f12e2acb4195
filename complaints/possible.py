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


def possible(*, ended_on: date | None, withdrawn: bool, today: date, reviewing: bool = False) -> Possible:
    """Tell what can be done: write until 30 days after the end, add evidence or withdraw while the matter is open.

    While a reply is under review (`reviewing`) the complainant can write and add evidence to it, even where the matter ended.
    """
    goes_on = ended_on is None and not withdrawn
    until = ended_on + WRITE_ON if ended_on and not reviewing else None
    supplement = goes_on or (reviewing and not withdrawn)
    return Possible(write=until is None or today <= until, supplement=supplement, withdraw=goes_on, writes_until=until)
