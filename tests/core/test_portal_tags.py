"""Days and moments as the portal writes them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from core.templatetags import portal

FRIDAY = date(2026, 9, 18)
MORNING = datetime(2026, 9, 18, 2, 24, tzinfo=UTC)  # 10:24 in Shanghai


@pytest.fixture(autouse=True)
def _this_year(time_machine):
    time_machine.move_to(MORNING)


@pytest.mark.parametrize(
    ("write", "chinese", "english"),
    [
        (portal.day, "9 月 18 日", "18 September"),
        (portal.weekday, "星期五", "Friday"),
        (portal.full_day, "2026 年 9 月 18 日（星期五）", "Friday 18 September 2026"),
        (portal.year_day, "2026 年 9 月 18 日", "18 September 2026"),
        (portal.year_month, "2026 年 9 月", "September 2026"),
        (portal.month_name, "9 月", "September"),
        (portal.day_week, "9 月 18 日（星期五）", "Friday 18 September"),
    ],
)
def test_days_are_written_in_both_languages(write, chinese, english):
    with translation.override("zh-hans"):
        assert write(FRIDAY) == write("2026-09-18") == chinese
    with translation.override("en"):
        assert write(FRIDAY) == english


def test_a_moment_is_written_in_shanghai_time():
    with translation.override("zh-hans"):
        assert portal.moment(MORNING) == portal.moment(MORNING.isoformat()) == "9 月 18 日（星期五）10:24"


def test_another_year_is_named():
    with translation.override("zh-hans"):
        assert portal.day(date(2027, 1, 4)) == "2027 年 1 月 4 日"


@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize(
    "write",
    [
        portal.day,
        portal.weekday,
        portal.full_day,
        portal.year_day,
        portal.year_month,
        portal.month_name,
        portal.day_week,
        portal.moment,
    ],
)
def test_nothing_is_written_as_nothing(write, nothing):
    assert write(nothing) == ""


@pytest.mark.parametrize(("size", "written"), [(1, "1 KB"), (340 * 1024, "340 KB"), (1_258_291, "1.2 MB")])
def test_file_sizes(size, written):
    assert portal.file_size(size) == written
