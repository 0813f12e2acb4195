"""The browser checks a proof by itself, and remembers the head that it has seen."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core import events
from core.models import Event
from core.transparency import growing, reading
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)
FINE, BROKEN = "The proof holds", "The proof does NOT hold"


def happen(number: int) -> Event:
    made = [events.record("test.happened", subject="test:1", actor="system", at=MONDAY, facts={"n": n}) for n in range(number)]
    growing.extend(at=MONDAY)
    return made[0]


def saved(proof: dict, folder: Path) -> Path:
    file = folder / "proof.json"
    file.write_text(json.dumps(proof), encoding="utf-8")
    return file


def check(page: Page, proof: dict, folder: Path, says: str) -> None:
    page.goto("/transparency/verify/")
    page.get_by_label("The file").set_input_files(saved(proof, folder))
    expect(page.locator("#verdict")).to_contain_text(says)


def test_a_proof_is_checked_and_the_tree_may_grow(visitor, tmp_path):
    event = happen(5)
    page = visitor(language="en")
    check(page, reading.proof_of(event, site=""), tmp_path, FINE)
    happen(6)
    check(page, reading.proof_of(event, site=""), tmp_path, FINE)


def test_a_forged_proof_and_another_history_are_found(visitor, tmp_path):
    proof = reading.proof_of(happen(5), site="")
    page = visitor(language="en")
    check(page, proof | {"leaf": proof["leaf"].replace("test:1", "test:2")}, tmp_path, BROKEN)
    page.evaluate("localStorage.setItem('portal-heads-seen', JSON.stringify({size: 5, root: 'ab'.repeat(32)}))")
    check(page, proof, tmp_path, BROKEN)


def test_a_promise_waits_for_its_head(visitor, tmp_path):
    event = events.record("test.happened", subject="test:1", actor="system", at=MONDAY)
    check(visitor(language="en"), reading.proof_of(event, site=""), tmp_path, "No head is out yet")


def test_any_other_file_is_told(visitor, tmp_path):
    check(visitor(language="en"), {"format": "something else"}, tmp_path, "This is no proof of ours")
