"""A year's calendar: read from a file, checked, entered, and what it does to open deadlines."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core import actions, calendar_files, calendars, clock, events, recomputing
from core.calendar_files import CalendarRefused
from core.models import CalendarDay, Event

GOOD: dict[str, Any] = {
    "year": 2027,
    "published_on": "2026-11-04",
    "basis": "测试通知〔2026〕1 号",
    "days_off": {"2027-01-01": "元旦"}
    | {f"2027-02-{day:02d}": "春节" for day in range(5, 13)}
    | {f"2027-10-{day:02d}": "国庆节" for day in range(1, 8)},
    "makeup_days": ["2027-02-20"],
}


def text(**changes):
    return json.dumps(GOOD | changes, ensure_ascii=False)


def test_a_good_file_is_read():
    plan = calendar_files.read(text())
    assert (plan.year, len(plan.days_off), plan.makeup_days) == (2027, 16, frozenset({date(2027, 2, 20)}))


def without(*days):
    """The good days off, but for some."""
    return {day: name for day, name in GOOD["days_off"].items() if day not in days}


def test_days_of_a_weekend_need_not_be_named():
    """1 May 2027 is a Saturday, 2 and 3 October are a weekend: off anyway."""
    assert calendar_files.read(text(days_off=without("2027-10-02", "2027-10-03", "2027-02-06"))).year == 2027


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("null", "one object"),
        ("[]", "one object"),
        (text(year="2027"), "year"),
        (text(year=1999), "year"),
        (text(year=2028), "does not belong"),
        (text(makeup_days=None), "list of days"),
        (text(makeup_days=["2027-02-20", "2027-02-20"]), "twice"),
        (text()[:-1] + ', "year": 2028}', "“year” stands twice"),
        (text().replace('"2027-02-06"', '"2027-02-05"'), "“2027-02-05” stands twice"),
        (text(days_off=without("2027-01-01")), "2027-01-01 is a public holiday"),
        (text(days_off=without("2027-10-01")), "2027-10-01 is a public holiday"),
        (text(days_off=without("2027-02-09")), "2027-02-09 lies amid the days of “春节”"),
        (text(days_off=without("2027-02-09", "2027-02-10")), "2027-02-09 lies amid"),
        (text(days_off=without("2027-02-07"), makeup_days=["2027-02-07"]), "2027-02-07 lies amid"),
        (text(published_on="soon"), "published_on"),
        (text(basis=" "), "basis"),
        (text(days_off="all"), "list of days"),
        (text(days_off=["2027-01-01"] * 8), "twice"),
        (text(days_off=[f"2027-01-0{day}" for day in range(1, 4)]), "gaps"),
        (text(days_off={"2027-02-30": ""}), "no day"),
        (text(makeup_days=["2027-02-05"]), "both"),
        (text(makeup_days=["2027-02-22"]), "no weekend day"),
        (text(makeup_days=["2028-02-26"]), "does not belong"),
    ],
)
def test_a_faulty_file_is_refused_with_what_to_mend(wrong, says):
    with pytest.raises(CalendarRefused, match=says):
        calendar_files.read(wrong)


@pytest.fixture
def plan(db):
    return calendar_files.read(text())


def test_an_entered_year_is_published_and_known(plan):
    actions.enter_calendar_year(plan, actor=events.SYSTEM, at=clock.now())
    calendar = calendars.work_calendar()
    assert calendar.is_published(2027)
    assert not calendar.is_workday(date(2027, 2, 8))
    assert calendar.is_workday(date(2027, 2, 20))
    assert Event.objects.get().type == "calendar.entered"


def test_entering_a_year_again_replaces_what_was_entered(plan):
    actions.enter_calendar_year(plan, actor=events.SYSTEM, at=clock.now())
    again = calendar_files.read(text(makeup_days=["2027-02-21"]))
    actions.enter_calendar_year(again, actor=events.SYSTEM, at=clock.now())
    assert list(CalendarDay.objects.filter(is_workday=True).values_list("day", flat=True)) == [date(2027, 2, 21)]


def test_entering_a_year_has_every_room_count_again(plan, monkeypatch):
    monkeypatch.setattr(recomputing, "_rooms", [lambda _at, _actor: 2, lambda _at, _actor: 3])
    assert actions.enter_calendar_year(plan, actor=events.SYSTEM, at=clock.now()) == 5


@pytest.mark.parametrize(("today", "missing"), [("2026-10-31", None), ("2026-11-01", 2027), ("2025-12-31", None)])
def test_from_november_on_a_missing_year_is_told(db, today, missing):
    assert calendars.missing_year(date.fromisoformat(today)) == missing


def test_an_entered_year_is_not_missing(plan):
    actions.enter_calendar_year(plan, actor=events.SYSTEM, at=clock.now())
    assert calendars.missing_year(date(2026, 11, 23)) is None


@pytest.mark.django_db
def test_the_command_enters_a_file(tmp_path):
    file = tmp_path / "2027.json"
    file.write_text(text())
    out = io.StringIO()
    call_command("import_calendar", file, "--dry-run", stdout=out)
    assert not CalendarDay.objects.exists()
    call_command("import_calendar", file, stdout=out)
    assert CalendarDay.objects.count() == 17
    assert "16 days off" in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "says"), [(None, "No such file"), (b"", "empty"), (b"\xff\xfe{", "utf-8"), (b"[1]", "object")]
)
def test_the_command_says_what_is_wrong_with_a_file_and_enters_nothing(tmp_path, content, says):
    file = tmp_path / "2027.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        call_command("import_calendar", file)
    assert not CalendarDay.objects.exists()
