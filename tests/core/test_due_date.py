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


@pytest.mark.parametrize("words", ["2026-02-30 --days 1", "2026-02-03 --days 0", "2026-02-03", "2026-02-03 --days ９"])
def test_senseless_input_is_refused(words):
    with pytest.raises(CommandError):
        due(*words.split())
