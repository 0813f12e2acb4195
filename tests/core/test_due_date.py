"""`manage.py due_date`."""

import io

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def due(*words):
    out = io.StringIO()
    call_command("due_date", *words, stdout=out)
    return out.getvalue().splitlines()


def test_first_line_is_the_day_and_the_sum_follows():
    first, *said = due("2026-09-30", "--working-days", "3")
    assert first == "2026-10-10"
    assert "10 月 10 日" in "".join(said)


def test_natural_days_move_off_a_day_off():
    assert due("2026-09-01", "--days", "30", "--language", "en")[0] == "2026-10-08"
    assert any("moves to the next working day" in line for line in due("2026-09-01", "--days", "30", "--language", "en"))


BAD_CHANGES = [
    f"2026-09-14 --days 3 {change}"
    for change in (
        "--extend 0",
        "--extend -1",
        "--suspend 2026-09-15",
        "--suspend 2026-09-15:2026-09-15",
        "--suspend 2026-09-16:2026-09-15",
        "--suspend 2026-02-30:2026-03-03",
        "--suspend 2026-09-15:9999-12-31",
        "--suspend 2026-09-15:2026-09-18 --suspend 2026-09-17:2026-09-20",
    )
]


@pytest.mark.parametrize(
    "words", ["2026-02-30 --days 1", "2026-02-03 --days 0", "2026-02-03", "2026-02-03 --days ９", *BAD_CHANGES]
)
def test_senseless_input_is_refused(words):
    with pytest.raises(CommandError):
        due(*words.split())


def test_an_extension_and_suspensions_move_the_day():
    words = [
        "2026-09-14",
        "--days",
        "30",
        "--extend",
        "5",
        "--suspend",
        "2026-10-01:2026-10-04",
        "--suspend",
        "2026-09-21:2026-09-23",
    ]
    first, *said = due(*words)
    assert first == "2026-10-26"  # 30 + 5 days, and 2 + 3 that did not count, end on a Saturday
    assert "经批准延长 5 日" in "".join(said)
    assert "5 日不计入" in "".join(said)


def test_the_sum_says_in_english_what_moved_it():
    said = due("2026-09-14", "--working-days", "3", "--suspend", "2026-09-15:2026-09-16", "--language", "en")
    assert any(line.startswith("The clock stood still on 15 September") and "1 working day not counted" in line for line in said)
