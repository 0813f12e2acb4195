"""The pages that must keep step with the code do: the states drawing and the change log."""

import re

import pytest
from django.core.management import CommandError, call_command

from .source import ROOT

UNRELEASED = re.compile(r"^## \[Unreleased\]$", re.MULTILINE)


def test_states_page_is_current(capsys):
    call_command("draw_states", check=True)
    assert "up to date" in capsys.readouterr().out


def test_an_old_states_page_is_found(settings, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "states.md").write_text("# States of last year\n", "utf-8")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("draw_states", check=True)


def test_change_log_has_a_place_for_the_next_change():
    assert UNRELEASED.search((ROOT / "CHANGELOG.md").read_text("utf-8"))


def test_a_change_log_without_the_place_is_found():
    assert not UNRELEASED.search("# Change log\n\n## [1.0.0] - 2026-01-01\n")


@pytest.mark.django_db  # the permissions are asked without one; Django must only be willing to open it
def test_permissions_page_is_current(capsys):
    call_command("draw_permissions", check=True)
    assert "up to date" in capsys.readouterr().out


@pytest.mark.django_db  # the permissions are asked without one; Django must only be willing to open it
def test_an_old_permissions_page_is_found(settings, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "permissions.md").write_text("# Permissions of last year\n", "utf-8")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("draw_permissions", check=True)


NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def missing_tests(text: str) -> list[str]:
    """Tests that a page names and that do not exist."""
    named = NAMED_TEST.findall(text)
    return [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists() or (name and f"def {name}(" not in (ROOT / path).read_text("utf-8"))
    ]


@pytest.mark.parametrize("page", ["security.md", "security.zh-hans.md"])
def test_every_test_that_the_security_page_names_exists(page):
    text = (ROOT / "docs" / page).read_text("utf-8")
    assert len(NAMED_TEST.findall(text)) > 20
    assert missing_tests(text) == []


def test_a_named_test_that_is_gone_is_found():
    assert missing_tests("`tests/test_meta_docs.py::test_of_yesterday` `tests/gone.py`") == [
        "tests/test_meta_docs.py::test_of_yesterday",
        "tests/gone.py::",
    ]
