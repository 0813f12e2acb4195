"""What a complainant can still do after filing, by the day on which the matter ended (None while it is open). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

WRITE_ON = timedelta(days=30)


@dataclass(frozen=True)
class Possible:
    """What can be done today."""

    write: bool
    supplement: bool
    withdraw: bool
    writes_until: date | None  # the last day, once the matter has ended
    is_archived: bool = False

    @property
    def why_no_message(self) -> str:
        """Why nothing can be written any more, fit to show."""
        if self.is_archived:
            return gettext("The file is in the archive; nothing more can be sent. With new facts you can file a new complaint")
        return gettext("The matter ended more than 30 days ago, so no more messages can be sent. Call the hotline")


def possible(*, ended_on: date | None, withdrawn: bool, today: date, reviewing: bool = False, archived: bool = False) -> Possible:
    """Tell what can be done: write until 30 days after the end, add evidence or withdraw while the matter is open.

    While a reply is under review (`reviewing`) the complainant can write and add evidence to it, even where the matter ended.
    Nothing is taken once the file is in the archive (`archived`).
    """
    goes_on = ended_on is None and not withdrawn
    until = ended_on + WRITE_ON if ended_on and not reviewing else None
    supplement = goes_on or (reviewing and not withdrawn)
    return Possible(
        write=not archived and (until is None or today <= until),
        supplement=supplement,
        withdraw=goes_on,
        writes_until=until,
        is_archived=archived,
    )
