"""Puts the sum behind a deadline into words that anyone can follow with a calendar in hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from .templatetags.portal import day, day_week

_ONE_DAY = timedelta(days=1)


def sentences(facts: Mapping[str, Any]) -> list[str]:
    """Return the sum (`core.deadlines.Limit.as_facts`) as short sentences; nothing for an empty one."""
    if not facts:
        return []
    said = [_length(facts), *_changes(facts)]
    said += _working_days(facts) if facts["unit"] == "working_days" else _days(facts)
    said.append(gettext("The last day is %(day)s, until 24:00.") % {"day": day_week(facts["due_on"])})
    if facts.get("provisional"):
        said.append(gettext("The holidays of that year are not published yet, so this day may still move."))
    if facts.get("basis"):
        said.append(gettext("Basis: %(basis)s.") % {"basis": facts["basis"]})
    return said


def in_words(facts: Mapping[str, Any]) -> str:
    """Return the sentences as one paragraph in the reader's language."""
    return ("" if (get_language() or "").startswith("zh") else " ").join(sentences(facts))


def _length(facts: Mapping[str, Any]) -> str:
    n = facts["length"]
    if facts["unit"] == "working_days":
        text = ngettext(
            "%(n)d working day, counted from the day after %(day)s.", "%(n)d working days, counted from the day after %(day)s.", n
        )
    else:
        text = ngettext("%(n)d day, counted from the day after %(day)s.", "%(n)d days, counted from the day after %(day)s.", n)
    return text % {"n": n, "day": day_week(facts["started_on"])}


def _changes(facts: Mapping[str, Any]) -> list[str]:
    """What made the limit longer: an extension, and days on which the clock stood still."""
    said = [_extended(facts["extended_by"], facts["unit"])] if facts.get("extended_by") else []
    return [*said, _stood_still(facts)] if facts.get("pauses") else said


def _extended(n: int, unit: str) -> str:
    if unit == "working_days":
        text = ngettext("Extended by %(n)d working day.", "Extended by %(n)d working days.", n)
    else:
        text = ngettext("Extended by %(n)d day.", "Extended by %(n)d days.", n)
    return text % {"n": n}


def _stood_still(facts: Mapping[str, Any]) -> str:
    spans = ((date.fromisoformat(first), date.fromisoformat(until)) for first, until in facts["pauses"])
    days, n = _comma().join(_span([first, until - _ONE_DAY]) for first, until in spans), facts["paused_for"]
    if facts["unit"] == "working_days":
        text = ngettext(
            "The clock stood still on %(days)s: %(n)d working day not counted.",
            "The clock stood still on %(days)s: %(n)d working days not counted.",
            n,
        )
    else:
        text = ngettext(
            "The clock stood still on %(days)s: %(n)d day not counted.",
            "The clock stood still on %(days)s: %(n)d days not counted.",
            n,
        )
    return text % {"n": n, "days": days}


def _working_days(facts: Mapping[str, Any]) -> list[str]:
    said = []
    if off := facts.get("days_off"):
        said.append(gettext("Days off, not counted: %(days)s.") % {"days": _enumerated(off)})
    if makeup := facts.get("makeup_days"):
        said.append(gettext("Make-up working days, counted: %(days)s.") % {"days": _enumerated(makeup)})
    return said


def _days(facts: Mapping[str, Any]) -> list[str]:
    if facts["unrolled_on"] == facts["due_on"]:
        return []
    return [
        gettext("They end on %(day)s, a day off, so the limit moves to the next working day.")
        % {"day": day_week(facts["unrolled_on"])}
    ]


def _enumerated(days: list[str]) -> str:
    return _comma().join(_span(run) for run in _runs([date.fromisoformat(one) for one in days]))


def _comma() -> str:
    return "、" if (get_language() or "").startswith("zh") else ", "


def _runs(days: list[date]) -> list[list[date]]:
    """Put days that follow one another together."""
    runs: list[list[date]] = []
    for one in days:
        if runs and (one - runs[-1][-1]).days == 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _span(run: list[date]) -> str:
    if run[0] == run[-1]:
        return day(run[0])
    return gettext("%(first)s to %(last)s") % {"first": day(run[0]), "last": day(run[-1])}
