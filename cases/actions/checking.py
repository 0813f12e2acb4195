"""Checks words that leave the office for an agency, and notes when a check found in them who complained."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from cases.models import Case
from cases.redaction import Allowed, held_in
from cases.workflow import Refused
from core import events


class NamesComplainant(Refused):
    """The words would tell the agency who complained."""


class SummaryNamesComplainant(NamesComplainant):
    """The summary would tell the agency who complained."""

    field = "summary"


class ReasonNamesComplainant(NamesComplainant):
    """The reason for sending back would tell the agency who complained."""

    field = "reason"


class WordsNameComplainant(NamesComplainant):
    """Other words for an agency would tell it who complained."""

    def __init__(self, message: str, *, field: str) -> None:
        """Say which field is to be mended."""
        super().__init__(message)
        self.field = field


_OTHERS = (
    gettext_lazy("The words still hold %(kinds)s. Take it out: the agency must not learn who complained."),
    gettext_lazy("In the words stands what may be %(kinds)s, or an ordinary word. Replace it, or confirm that it stays."),
)
_REFUSALS: dict[str, tuple[Callable[[str], NamesComplainant], object, object]] = {
    "summary": (
        SummaryNamesComplainant,
        gettext_lazy("The summary still holds %(kinds)s. Take it out: the agency must not learn who complained."),
        gettext_lazy("In the summary stands what may be %(kinds)s, or an ordinary word. Replace it, or confirm that it stays."),
    ),
    "reason": (
        ReasonNamesComplainant,
        gettext_lazy("The reason still holds %(kinds)s. Take it out: the agency must not learn who complained."),
        gettext_lazy("In the reason stands what may be %(kinds)s, or an ordinary word. Replace it, or confirm that it stays."),
    ),
}


def check_words(text: str, case: Case, allowed: Allowed, *, field: str, looked_at: bool) -> None:
    """Refuse words that hold data of the case's complainants beyond what each one's consent allows. Raises NamesComplainant.

    What may be a name or an ordinary word passes once somebody has `looked_at` it.
    """
    held = held_in(text, case, allowed)
    certain = [one for one in held if not one.doubtful]
    refusal, names, may_name = _REFUSALS.get(field, (partial(WordsNameComplainant, field=field), *_OTHERS))
    if certain or (held and not looked_at):
        kinds = dict.fromkeys(one.secret.label for one in certain or held)
        raise refusal(str(names if certain else may_name) % {"kinds": gettext(", ").join(kinds)})


def note_words_checked(case: Case, columns: Iterable[str], *, by: User, at: datetime) -> None:
    """Record that a check told an officer that a text holds data of a complainant, and which; never the data.

    Who tries names until one is found leaves a line for each try.
    """
    facts: dict[str, events.Fact] = {"columns": sorted(set(columns))}
    events.record("vault.words_checked", subject=case.subject, actor=events.user_id(by), at=at, facts=facts)
