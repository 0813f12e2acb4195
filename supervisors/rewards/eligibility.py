"""Who may be rewarded: one pure function that returns every reason for and against. No tables, no clock, no users."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_HOLDS = ("upheld", "partly_upheld")
_FULL_TIME = "full_time"


class Source(StrEnum):
    """How it is known who reported."""

    NOBODY = "nobody"
    VERIFIED = "verified"  # a complainant whose name was checked
    CLAIM_CODE = "claim_code"  # without a name, but with the code of the receipt
    UNPROVED = "unproved"  # without a name; the code was not shown yet
    ROSTER = "roster"  # a supervisor on the roster


class Effect(StrEnum):
    """What a report has led to."""

    DISPOSITION = "disposition"
    RECTIFICATION = "rectification"
    MEASURE = "measure"


class Verdict(StrEnum):
    """Which way a reason points. What is open, the proposer judges."""

    FOR = "for"
    AGAINST = "against"
    OPEN = "open"


@dataclass(frozen=True)
class Rules:
    """The part of a scheme by which eligibility goes: from which day to which, both included, and whom it leaves out."""

    since: date
    until: date
    full_time_too: bool = False
    leaves_out_own_claim: bool = True


@dataclass(frozen=True)
class Facts:
    """What is known of one report. `own_duty` and `accomplice` are None until somebody has judged them."""

    source: Source
    finding: str
    reported_on: date
    effects: frozenset[Effect] = field(default_factory=frozenset)
    rules: Rules | None = None
    is_first: bool = True
    rewarded_case: bool = False  # a reward exists in the case already
    rewarded_as: str = ""  # this report was rewarded before: "supervisor" or "complainant"
    supervisor_kind: str = ""
    own_claim: bool = False
    own_duty: bool | None = None
    accomplice: bool | None = None


@dataclass(frozen=True)
class Reason:
    """One reason for or against, by its code and in words."""

    code: str
    verdict: Verdict
    words: str | Promise


_WORDS: Mapping[str, str | Promise] = {
    "source_verified": _("It is certain who reported: the name was confirmed."),
    "source_claim_code": _("It is certain who reported: the claim code was shown, without a name."),
    "source_roster": _("A supervisor on the roster reported it."),
    "source_unproved": _("The report is anonymous. Whoever filed it must still show the claim code; the money waits for it."),
    "source_nobody": _("It is not certain who reported: no name was confirmed and no claim code can prove it."),
    "finding_holds": _("The investigation found that it holds, wholly or in part."),
    "finding_open": _("There is no finding yet."),
    "finding_fails": _("The investigation found that it does not hold."),
    "effect_disposition": _("It led to a disposition."),
    "effect_rectification": _("It led to a demand that the agency puts something right."),
    "effect_measure": _("The agency took measures because of it."),
    "effect_none": _("It has led to nothing: no disposition, no rectification, no measure."),
    "dates_within": _("It was received while a scheme was in force."),
    "dates_outside": _("No scheme was in force on the day on which it was received."),
    "first": _("It was the first report of this case."),
    "not_first": _("Somebody else reported it earlier; the first report gets the reward."),
    "case_unrewarded": _("No reward was given in this case yet."),
    "case_rewarded": _("There is a reward in this case already: one a case."),
    "rewarded_as_supervisor": _("This tip was rewarded already, as a supervisor's."),
    "rewarded_as_complainant": _("This report was rewarded already, as a complainant's."),
    "full_time_too": _("A full-time supervisor; this scheme rewards them too."),
    "full_time": _("A full-time supervisor, who is paid for it; this scheme leaves them out."),
    "own_claim_too": _("The reporter complains in an interest of his own; this scheme rewards that too."),
    "own_claim": _("The reporter complains in an interest of his own; this scheme leaves that out."),
    "duty_open": _("Was it the reporter's own official duty to deal with the matter?"),
    "own_duty": _("It was the reporter's own official duty to deal with the matter."),
    "not_own_duty": _("It was not the reporter's own official duty."),
    "accomplice_open": _("Did the reporter take part in what was reported?"),
    "accomplice": _("The reporter took part in what was reported."),
    "no_accomplice": _("The reporter had no part in what was reported."),
}


def eligibility(facts: Facts) -> list[Reason]:
    """Return every reason for and against a reward, in the order in which a person would check them."""
    return [
        _source(facts.source),
        _finding(facts.finding),
        *_effects(facts.effects),
        _dates(facts),
        _of(facts.is_first, "first", "not_first"),
        _of(not facts.rewarded_case, "case_unrewarded", "case_rewarded"),
        *([_against(f"rewarded_as_{facts.rewarded_as}")] if facts.rewarded_as else []),
        *_whom_the_scheme_leaves_out(facts),
        _judged(facts.own_duty, "duty_open", "own_duty", "not_own_duty"),
        _judged(facts.accomplice, "accomplice_open", "accomplice", "no_accomplice"),
    ]


def is_eligible(reasons: Iterable[Reason]) -> bool:
    """Tell whether nothing speaks against it; what is open does not yet."""
    return not against(reasons)


def against(reasons: Iterable[Reason]) -> list[Reason]:
    """Return what speaks against it."""
    return [reason for reason in reasons if reason.verdict == Verdict.AGAINST]


def _source(source: Source) -> Reason:
    verdict = {Source.NOBODY: Verdict.AGAINST, Source.UNPROVED: Verdict.OPEN}.get(source, Verdict.FOR)
    return _reason(f"source_{source}", verdict)


def _finding(finding: str) -> Reason:
    if not finding:
        return _against("finding_open")
    return _of(finding in _HOLDS, "finding_holds", "finding_fails")


def _effects(effects: frozenset[Effect]) -> list[Reason]:
    return [_reason(f"effect_{one}", Verdict.FOR) for one in Effect if one in effects] or [_against("effect_none")]


def _dates(facts: Facts) -> Reason:
    rules = facts.rules
    return _of(rules is not None and rules.since <= facts.reported_on <= rules.until, "dates_within", "dates_outside")


def _whom_the_scheme_leaves_out(facts: Facts) -> list[Reason]:
    """Without a scheme nobody knows whom it leaves out; the missing scheme itself speaks against it already."""
    rules = facts.rules
    if rules is None:
        return []
    found = [_of(rules.full_time_too, "full_time_too", "full_time")] if facts.supervisor_kind == _FULL_TIME else []
    return [*found, *([_of(not rules.leaves_out_own_claim, "own_claim_too", "own_claim")] if facts.own_claim else [])]


def _judged(answer: bool | None, is_open: str, yes: str, no: str) -> Reason:
    return _reason(is_open, Verdict.OPEN) if answer is None else _of(not answer, no, yes)


def _of(speaks_for: bool, yes: str, no: str) -> Reason:
    return _reason(yes, Verdict.FOR) if speaks_for else _against(no)


def _against(code: str) -> Reason:
    return _reason(code, Verdict.AGAINST)


def _reason(code: str, verdict: Verdict) -> Reason:
    return Reason(code, verdict, _WORDS[code])
