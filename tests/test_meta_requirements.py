"""Requirements are pinned to one version, say what they are for, and stand once."""

import re

import pytest

from .source import ROOT

LINE = re.compile(r"^[A-Za-z0-9][\w.-]*(?:\[[\w,-]+\])?==[\w.!+]+ +# \S.*$")
INCLUDED = re.compile(r"^-r [\w.-]+$")


def wrong_lines(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [line for line in lines if not LINE.match(line) and not INCLUDED.match(line)]


def names(text: str) -> list[str]:
    return [re.split(r"[\[=]", line)[0].lower() for line in text.splitlines() if LINE.match(line)]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_explained(name):
    assert wrong_lines((ROOT / name).read_text("utf-8")) == []


def test_no_requirement_stands_twice():
    all_names = names((ROOT / "requirements.txt").read_text("utf-8")) + names((ROOT / "requirements-dev.txt").read_text("utf-8"))
    assert sorted(all_names) == sorted(set(all_names))


@pytest.mark.parametrize(
    ("line", "sound"),
    [
        ("Django==5.2.19   # the framework", True),
        ("django-allauth[mfa]==65.0.0  # sign-in", True),
        ("-r requirements.txt", True),
        ("# a heading", True),
        ("Django>=5.2  # the framework", False),
        ("Django  # the framework", False),
        ("Django==5.*  # the framework", False),
        ("Django==5.2.19", False),
        ("Django==5.2.19  #", False),
    ],
)
def test_a_loose_requirement_is_found(line, sound):
    assert (wrong_lines(line) == []) is sound


PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([\w.!+]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return {re.sub(r"[-_.]+", "-", found[1]).lower(): found[2] for found in PIN.finditer((ROOT / name).read_text("utf-8"))}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_is_current(name):
    locked = pins(f"{name}.lock")
    told = "the lock is older than the requirements: run `make lock` and commit it"
    assert {one: version for one, version in pins(f"{name}.txt").items() if locked.get(one) != version} == {}, told


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_of_the_lock_has_hashes_and_no_index(name):
    text = (ROOT / name).read_text("utf-8")
    packages = re.split(r"\n(?=[A-Za-z])", text)
    assert [one.splitlines()[0] for one in packages if "--hash=sha256:" not in one] == []
    assert "://" not in text


def test_what_is_installed_is_checked_against_the_lock():
    for place in ("tools/install.py", "Dockerfile"):
        assert "--require-hashes" in (ROOT / place).read_text("utf-8")
