"""Refuses words of the office's own papers that name who complained: that stands in the vault and nowhere else."""

from django.utils.translation import gettext as _

from cases.models import Case
from cases.redaction import held_in
from cases.workflow import Refused


class NamesFiler(Refused):
    """A text of the office names a complainant. `columns`: of which values it holds one, for the log."""

    def __init__(self, message: str, *, field: str, columns: list[str]) -> None:
        """Say which field is to be mended."""
        super().__init__(message)
        self.field, self.columns = field, columns


def check_unnamed(case: Case, **texts: str) -> None:
    """Refuse texts (by their form field) that hold data of the case's complainants. Raises NamesFiler.

    A name that may be an ordinary word where it stands passes: nobody but the office reads it.
    """
    for field, text in texts.items():
        if held := [one.secret for one in held_in(text, case, {}) if not one.doubtful]:
            kinds = dict.fromkeys(secret.label for secret in held)
            words = _("This holds %(kinds)s. Take it out: who complained stands in the case's own place and nowhere else.")
            columns = sorted({secret.column for secret in held})
            raise NamesFiler(words % {"kinds": _(", ").join(kinds)}, field=field, columns=columns)
