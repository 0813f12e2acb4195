"""By when a case would have to be done, for each class and each way to deal with it, if it were accepted today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cases.case_classes import class_name
from cases.models import Case
from cases.pauses import pauses_of
from cases.workflow import Step
from core import calendars, explain
from core.calendars import ORDINARY
from core.deadlines import Limit, Pause
from core.models import DeadlinePolicy


@dataclass(frozen=True)
class Outlook:
    """The limits of one class: `own` when the office handles it; an agency signs until `receive`, and finishes until `finish`."""

    code: str
    name: str
    own: Limit
    receive: Limit
    finish: Limit

    @property
    def explanations(self) -> list[str]:
        """The sums behind the days, in words."""
        return [explain.in_words(one.as_facts()) for one in (self.own, self.receive, self.finish)]


def outlooks(case: Case, today: date) -> list[Outlook]:
    """Return the limits of every class that has its own, computed as acceptance will; nothing where a policy is missing.

    An agency's limit to finish runs from its receipt, at the latest from the end of the limit to sign: that is the day shown.
    """
    policies = calendars.policies_of(Step.FINISH, Step.RECEIVE)
    finishing, receiving = (calendars.by_class(policies, step, today) for step in (Step.FINISH, Step.RECEIVE))
    if ORDINARY not in finishing or ORDINARY not in receiving:
        return []
    pauses = pauses_of(case.pk)
    signed = {code: _limit(receiving, code, today, pauses) for code in finishing}
    later = {day: calendars.by_class(policies, Step.FINISH, day) for day in {one.due_on for one in signed.values()}}
    return [
        Outlook(
            code=code,
            name=class_name(code),
            own=_limit(finishing, code, today, pauses),
            receive=signed[code],
            finish=_limit(later[signed[code].due_on], code, signed[code].due_on, pauses),
        )
        for code in finishing
    ]


def _limit(policies: Mapping[str, DeadlinePolicy], code: str, start: date, pauses: list[Pause]) -> Limit:
    return calendars.limit_for(policies.get(code) or policies[ORDINARY], start, pauses=pauses)
