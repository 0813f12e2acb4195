"""A year's calendar: read from a file, checked, entered, and what it does to open deadlines."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from core import actions, calendar_files, calendars, clock, events, recomputing
from core.calendar_files import CalendarRefused
from core.models import CalendarDay, Event

GOOD = {
    "year": 2027,
    "published_on": "2026-11-04",
    "basis": "测试通知〔2026〕1 号",
    "days_off": {f"2027-02-{day:02d}": "春节" for day in range(5, 13)},
    "makeup_days": ["2027-02-20"],
}


def text(**changes):
    return json.dumps(GOOD | changes, ensure_ascii=False)


def test_a_good_file_is_read():
    plan = calendar_files.read(text())
    assert (plan.year, len(plan.days_off), plan.makeup_days) == (2027, 8, frozenset({date(2027, 2, 20)}))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("{", "no JSON"),
        ("[]", "one object"),
        (text(year="2027"), "year"),
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
    assert CalendarDay.objects.count() == 9
    assert "8 days off" in out.getvalue()


@pytest.mark.django_db
def test_the_command_says_what_is_wrong_with_a_file(tmp_path):
    with pytest.raises(CommandError):
        call_command("import_calendar", tmp_path / "missing.json")
