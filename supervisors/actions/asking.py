"""The question before every payment: may this person?"""

from django.utils.translation import gettext as _

from supervisors.refusals import Refused


class NotYours(Refused):
    """The person may not do this."""


def ask(allowed: bool) -> None:
    """Raise NotYours unless allowed."""
    if not allowed:
        raise NotYours(_("You may not do this."))
