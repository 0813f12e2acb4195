"""Texts that all who complain together read: none of them may learn from it who another is."""

from django.utils.translation import gettext, ngettext

from cases.models import Case
from cases.redaction import identity_in
from cases.workflow import Refused


class TextNamesComplainant(Refused):
    """The text would tell one complainant who another is."""

    def __init__(self, message: str, *, field: str) -> None:
        """Say which field is to be mended."""
        super().__init__(message)
        self.field = field


def check_shared(case: Case, text: str, *, field: str) -> None:
    """Refuse a text for several complainants that holds data of one of them. To a single one it may say who he is."""
    readers = case.links.count()
    if readers > 1 and (found := identity_in(text, case, {})):
        words = ngettext(
            "%(n)d complainant reads this, and it still holds %(kinds)s. Take it out: none may learn who another is.",
            "%(n)d complainants read this, and it still holds %(kinds)s. Take it out: none may learn who another is.",
            readers,
        )
        raise TextNamesComplainant(words % {"n": readers, "kinds": gettext(", ").join(found)}, field=field)


def check_nameless(case: Case, text: str, *, field: str) -> None:
    """Refuse a text that people beside the case read and that holds data of one of its complainants."""
    if found := identity_in(text, case, {}):
        words = gettext("The text holds %(kinds)s. It must not show who complained.")
        raise TextNamesComplainant(words % {"kinds": gettext(", ").join(found)}, field=field)
