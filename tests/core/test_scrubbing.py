"""Personal data never reaches a log line, a traceback or an error report."""

import logging
import sys
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.views.debug import ExceptionReporter

from core.scrubbing import ScrubbingFormatter, scrubbed

PHONE, ID_NUMBER, EMAIL = "13900001234", "11010519491231002X", "jia.yi@example.com"
NARRATIVE = "窗口三次退回"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"to {PHONE}.", "to [phone]."),
        ("到+86 139 0000 1234，", "到[phone]，"),
        ("0700-8123456", "[phone]"),
        (f"id={ID_NUMBER}", "id=[ID number]"),
        ("6222020200012345678", "[card number]"),
        (f"<{EMAIL}>", "<[e-mail]>"),
        ("postgresql://portal:hush@db/portal", "postgresql://portal:[password]@db/portal"),
    ],
)
def test_personal_data_is_taken_out(text, line):
    assert scrubbed(text) == line


@pytest.mark.parametrize("text", ["case 2026-000123", "20260914T100000", "sha256 13900001234abcdef", "took 13.9 s at 1789372800"])
def test_what_is_no_personal_data_stays(text):
    assert scrubbed(text) == text


def test_a_traceback_in_the_log_is_scrubbed():
    try:
        raise ValueError(f"{PHONE} {EMAIL}")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed for %s", (ID_NUMBER,), sys.exc_info())
    line = ScrubbingFormatter("%(message)s").format(record)
    assert "ValueError" in line
    assert not [value for value in (PHONE, ID_NUMBER, EMAIL) if value in line]


def test_every_handler_of_the_settings_scrubs():
    logging_: Any = settings.LOGGING
    used = [logging_["formatters"][handler["formatter"]]["()"] for handler in logging_["handlers"].values()]
    assert set(used) == {"core.scrubbing.ScrubbingFormatter"}


def test_structured_logs_are_scrubbed(capsys):
    structlog.get_logger().info("sent", to=PHONE, mail=EMAIL)
    printed = capsys.readouterr().out
    assert "to=[phone]" in printed
    assert EMAIL not in printed


def test_error_reports_hold_nothing_that_was_typed(rf):
    request = rf.post("/complaints/new/", {"phone": PHONE, "narrative": NARRATIVE})
    try:
        typed = request.POST["narrative"] + PHONE
        raise RuntimeError(str(len(typed)))
    except RuntimeError:
        told = ExceptionReporter(request, *sys.exc_info()).get_traceback_html()
    assert "test_scrubbing.py" in told
    assert PHONE not in told
    assert NARRATIVE not in told
