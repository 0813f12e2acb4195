"""Notices in words."""

import pytest

from core import clock
from core.models import Notice
from core.rendering import register_secrets, render


def notice(**facts):
    return Notice(template="test/plain", recipient_kind="user", recipient_id="7", facts=facts, created_at=clock.now())


def test_render_is_plain_text():
    assert render(notice(number="<A & B's>"), "en") == ("Test <A & B's>", "This is test <A & B's>.\n")


def test_render_keeps_the_subject_in_one_line():
    assert render(notice(number="1\nBcc: everybody"), "en")[0] == "Test 1 Bcc: everybody"


def test_render_says_when_a_secrets_moment_has_passed(monkeypatch):
    def too_late(_recipient_id):
        raise LookupError("the code has expired")

    monkeypatch.setattr("core.rendering._secrets", {})
    register_secrets("test/plain", too_late)
    with pytest.raises(LookupError, match="expired"):
        render(notice(number=1), "en")
