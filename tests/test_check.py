"""`make check` tells what failed and lets no failure pass."""

import sys

import pytest

from tools import check


def step(name: str, code: str) -> check.Step:
    return check.Step(name, "made up", (sys.executable, "-c", code))


def test_one_failed_step_fails_the_whole_and_is_quoted(monkeypatch, capsys):
    monkeypatch.setattr(check, "STEPS", (step("good", "print('quiet')"), step("bad", "raise SystemExit('it broke')")))
    assert check.main([]) == 1
    told = capsys.readouterr().out
    assert "it broke" in told
    assert "failed: bad" in told
    assert "quiet" not in told


def test_all_steps_passed_is_success(monkeypatch, capsys):
    monkeypatch.setattr(check, "STEPS", (step("good", ""),))
    assert check.main([]) == 0
    assert "all passed" in capsys.readouterr().out


def test_only_named_steps_run(monkeypatch):
    monkeypatch.setattr(check, "STEPS", (step("good", ""), step("bad", "raise SystemExit(1)")))
    assert check.main(["good"]) == 0


def test_a_flood_of_findings_is_cut_unless_the_step_is_named(monkeypatch, capsys):
    monkeypatch.setattr(check, "STEPS", (step("flood", "print('fault\\n' * 50); raise SystemExit(1)"),))
    check.main([])
    assert "10 more lines: make check ARGS=flood" in capsys.readouterr().out
    check.main(["flood"])
    assert capsys.readouterr().out.count("fault") == 50


def test_unknown_step_is_refused(capsys):
    assert check.main(["nonsense"]) == 2
    assert "No such step: nonsense" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY"])
def test_steps_do_not_see_the_machines_settings(monkeypatch, name):
    monkeypatch.setenv(name, "of this machine")
    assert check.run(step("look", f"import os; raise SystemExit({name!r} in os.environ)")).passed
