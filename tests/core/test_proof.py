"""The solved sum: right, in time, ours, and handed in once, however many web processes there are."""

import json
import subprocess
import sys
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from core import proof
from core.doors import Door
from tests.complaints.samples import AT
from tests.complaints.test_lodging import in_two_threads

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "192.0.2.1"


@pytest.fixture(autouse=True)
def _small_sums(settings):
    settings.PROOF_DIFFICULTY = 50


def solved(**changes: Any) -> str:
    """A solution as the browser sends it, with some of it changed."""
    facts = proof.new_challenge(at=AT).as_facts()
    number = next(n for n in count() if sha256(f"{facts['salt']}{n}".encode()).hexdigest() == facts["challenge"])
    told = {**facts, "number": number} | changes
    return b64encode(json.dumps(told).encode()).decode()


def test_a_right_solution_counts_once():
    solution = solved()
    assert [proof.spend(solution, at=AT), proof.spend(solution, at=AT)] == [True, False]


def test_the_names_are_those_of_altcha():
    assert set(proof.new_challenge(at=AT).as_facts()) == {"algorithm", "challenge", "salt", "signature", "maxnumber"}


@pytest.mark.parametrize(("minutes", "counts"), [(0, True), (59, True), (60, False), (600, False)])
def test_a_solution_counts_for_an_hour(minutes, counts):
    assert proof.spend(solved(), at=AT + timedelta(minutes=minutes)) is counts


@pytest.mark.parametrize(
    "changes",
    [{"number": 51}, {"number": -1}, {"number": "x"}, {"number": None}, {"number": 1e400}, {"number": []}]
    + [{name: value} for name in ("salt", "challenge", "signature") for value in ("", "0" * 64, "\ud800", None, ["a"])],
)
def test_a_changed_solution_does_not_count(changes):
    assert not proof.spend(solved(**changes), at=AT)


def test_digits_cannot_move_from_the_number_into_the_time():
    """The hash is over salt and number written together: without the salt's fixed shape a later time would fit as well."""
    told = proof.new_challenge(at=AT).as_facts()
    number = next(n for n in count() if sha256(f"{told['salt']}{n}".encode()).hexdigest() == told["challenge"])
    for longer in (f"{told['salt']}{number}", f"{told['salt']}expires=9999999999&"):
        stretched = told | {"salt": longer, "number": number}
        assert not proof.spend(b64encode(json.dumps(stretched).encode()).decode(), at=AT)


@pytest.mark.parametrize(
    "nonsense", ["", "x", "🙂", "e30=", "bnVsbA==", "W10=", "MQ==", b64encode(b"[" * 400).decode(), "A" * 9000]
)
def test_nonsense_does_not_count(nonsense):
    assert not proof.spend(nonsense, at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_threads_hand_in_one_solution_once():
    solution, counted = solved(), []
    in_two_threads(lambda: counted.append(proof.spend(solution, at=AT)))
    assert sorted(counted) == [False, True]


IN_ANOTHER_PROCESS = """
import sys, django
from datetime import datetime
from django.conf import settings
django.setup()
settings.CACHES["default"]["KEY_PREFIX"] = sys.argv[1]
from core.doors import Door
print([Door("test").admit(one, address="192.0.2.1", at=datetime.fromisoformat(sys.argv[2])) for one in sys.argv[3:]])
"""


def in_another_process(*solutions: str) -> list[int]:
    """What a second web process says at the same door."""
    prefix = str(django_settings.CACHES["default"]["KEY_PREFIX"])
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, prefix, AT.isoformat(), *solutions]
    waits: list[int] = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60).stdout)
    return waits


def test_another_process_knows_what_was_handed_in_and_counted_here():
    door, solution = Door("test"), solved()
    waits = [door.admit(one, address=ADDRESS, at=AT) for one in (solution, "", "")]
    assert waits == [0, 0, 0]
    used_twice, fresh = in_another_process(solution, solved())
    assert (used_twice > 0, fresh) == (True, 0)


def test_without_a_solution_two_pass_and_then_waits_grow():
    door, at, waits = Door("test"), AT, []
    for _ in range(5):
        waits.append(door.admit("", address=ADDRESS, at=at))
        at += timedelta(seconds=waits[-1])
        if waits[-1]:
            assert door.admit("", address=ADDRESS, at=at) == 0
    assert [round(wait, -1) for wait in waits] == [0, 0, 60, 120, 240]


def test_a_solution_passes_where_others_must_wait():
    door = Door("test")
    for _ in range(3):
        door.admit("", address=ADDRESS, at=AT)
    assert door.admit(solved(), address=ADDRESS, at=AT) == 0
    assert door.admit("", address=ADDRESS, at=AT) > 0


def test_solutions_pass_no_more_than_sixty_times_an_hour():
    door = Door("test", solved=3)
    assert [door.admit(solved(), address=ADDRESS, at=AT) > 0 for _ in range(4)] == [False, False, False, True]
