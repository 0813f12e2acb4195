"""Dates as registers write them."""

from datetime import date

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cases.importing import dates
from cases.importing.refusals import RowRefused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019/4/25 9:32:09", "2019-04-25T09:32:09"),
        ("2019-04-25 09:32", "2019-04-25T09:32:00"),
        ("2019.4.25 9时32分", "2019-04-25T09:32:00"),
        ("2019年4月25日", "2019-04-25T00:00:00"),
        ("２０１９年４月２５日 下午3:05", "2019-04-25T15:05:00"),
        ("2019年4月25日（星期四）10:24", "2019-04-25T10:24:00"),
        ("2019-04-25T09:32:09.125", "2019-04-25T09:32:09"),
        ("2019-04-25T01:32:09Z", "2019-04-25T09:32:09"),
        ("20190425", "2019-04-25T00:00:00"),
        ("20190425093209", "2019-04-25T09:32:09"),
        ("43580", "2019-04-25T00:00:00"),
        ("43580.3973263889", "2019-04-25T09:32:09"),
    ],
)
def test_a_date_is_read_in_the_offices_time(text, expected):
    assert dates.read(text).at.isoformat() == f"{expected}+08:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨天",
        "2019/2/30",
        "2019/4/25 25:00",
        "4/25/2019",
        "25.4.2019",
        "2019-04",
        "123456789012345",
        "1889/4/25",
        "2019/4/25 9:32 or so",
    ],
)
def test_what_is_no_plausible_date_is_refused(text):
    with pytest.raises(RowRefused):
        dates.read(text)


def test_a_day_alone_is_told_from_midnight():
    assert [dates.read(text).has_time for text in ("2019/4/25", "2019/4/25 0:00", "43580", "43580.5")] == [
        False,
        True,
        False,
        True,
    ]


def test_day_numbers_count_from_the_workbooks_own_first_day():
    assert dates.read("42118", serial_origin=CALENDAR_MAC_1904).at.date() == date(2019, 4, 25)
