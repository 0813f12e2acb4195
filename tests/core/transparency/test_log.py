"""The log: it holds every event once, however many append at once, and whatever was altered behind its back is found."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from core import events
from core.models import Event, Leaf, TreeHead
from core.transparency import checking, growing, merkle, reading, signing
from tests.factories import MONDAY

LATER = MONDAY + timedelta(days=1)


def happen(number: int) -> list[Event]:
    return [events.record("test.happened", subject=f"test:{n}", actor="system", at=MONDAY, facts={"n": n}) for n in range(number)]


def grow(number: int) -> TreeHead:
    happen(number)
    growing.extend(at=MONDAY)
    head = reading.newest_head()
    assert head
    return head


def faults(**known) -> list[str]:
    return checking.check_log(at=LATER, **known).faults


@pytest.mark.django_db
def test_every_event_gets_its_place_and_a_head_is_signed():
    head = grow(5)
    assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == list(range(head.size))
    assert signing.is_signed(signing.HEAD, reading.head_words(head), head.signature)


@pytest.mark.django_db
def test_nothing_happened_no_head():
    grow(3)
    assert growing.extend(at=LATER) == 0
    assert TreeHead.objects.count() == 1


@pytest.mark.django_db
def test_each_event_is_proved_to_be_in_each_later_head():
    first, second = grow(5), grow(8)
    for leaf in Leaf.objects.select_related("event"):
        for head in (first, second):
            if leaf.position < head.size:
                proof = reading.inclusion_of(leaf.position, head)
                way = [bytes.fromhex(one) for one in proof["path"]]
                assert merkle.is_included(bytes(leaf.hash), leaf.position, head.size, way, bytes(head.root))


@pytest.mark.django_db
def test_one_head_is_proved_to_follow_another():
    first, second = grow(5), grow(8)
    path = [bytes.fromhex(one) for one in reading.consistency_between(first.size, second.size)["path"]]
    assert merkle.is_consistent(first.size, bytes(first.root), second.size, bytes(second.root), path)


@pytest.mark.django_db(transaction=True)
def test_many_who_append_at_once_append_each_event_once():
    happen(60)

    def extend(_number: int) -> None:
        try:
            growing.extend(at=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(extend, range(4)))
    assert Leaf.objects.count() == Event.objects.count() == 60
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_appended_all_the_same():
    with transaction.atomic():
        late = happen(1)[0]
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_elsewhere).result()
    growing.extend(at=MONDAY)
    assert Leaf.objects.get(event=late).position == 2
    assert faults() == []


def _elsewhere() -> None:
    try:
        grow(2)
    finally:
        connection.close()


@pytest.mark.django_db
def test_events_from_before_the_log_have_no_salt_and_are_in_it():
    Event.objects.create(type="test.old", subject="test:1", actor="system", at=MONDAY, salt=None)
    growing.extend(at=MONDAY)
    assert faults() == []


@pytest.mark.django_db
def test_two_like_events_have_unlike_hashes():
    events.record("test.happened", subject="test:1", actor="system", at=MONDAY)
    events.record("test.happened", subject="test:1", actor="system", at=MONDAY)
    growing.extend(at=MONDAY)
    assert len({bytes(hash_) for hash_ in Leaf.objects.values_list("hash", flat=True)}) == 2


def tamper(*statements: str) -> None:
    """What somebody does who owns the database: the triggers are off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


TAMPERING = {
    "an event is edited": ["UPDATE core_event SET facts = '{\"n\": 99}' WHERE subject = 'test:3'"],
    "an event is back-dated": ["UPDATE core_event SET at = at - interval '1 day' WHERE subject = 'test:3'"],
    "an actor is exchanged": ["UPDATE core_event SET actor = 'user:7' WHERE subject = 'test:3'"],
    "a salt is exchanged": ["UPDATE core_event SET salt = decode('00', 'hex') WHERE subject = 'test:3'"],
    "an event is deleted with its leaf": [
        "DELETE FROM core_leaf WHERE position = 3",
        "DELETE FROM core_event WHERE subject = 'test:3'",
    ],
    "the end is cut off, heads too": [
        "DELETE FROM core_leaf WHERE position >= 6",
        "DELETE FROM core_event WHERE id NOT IN (SELECT event_id FROM core_leaf)",
    ],
    "a leaf is made to fit its edited event": [
        "UPDATE core_event SET actor = 'user:7' WHERE subject = 'test:3'",
        "UPDATE core_leaf SET hash = decode(repeat('ab', 32), 'hex') WHERE position = 3",
    ],
    "two leaves change places": [
        "UPDATE core_leaf SET position = 1000 WHERE position = 3",
        "UPDATE core_leaf SET position = 3 WHERE position = 4",
        "UPDATE core_leaf SET position = 4 WHERE position = 1000",
    ],
    "a head is signed by nobody": ["UPDATE core_treehead SET root = decode(repeat('ab', 32), 'hex')"],
    "an event is slipped in later": [
        "INSERT INTO core_event (type, subject, actor, at, facts) VALUES ('test.false', 'test:1', 'user:7', '2026-09-01', '{}')"
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found(what):
    grow(10)
    assert faults() == []
    tamper(*TAMPERING[what])
    assert faults()


@pytest.mark.django_db
def test_an_edited_event_is_named():
    grow(10)
    pk = Event.objects.get(subject="test:3").pk
    tamper(*TAMPERING["an event is edited"])
    assert f"event {pk}: it is not what it was when it was recorded" in faults()


@pytest.mark.django_db
def test_a_log_that_was_rolled_back_shows_by_a_head_seen_before():
    head = grow(10)
    tamper("DELETE FROM core_treehead", *TAMPERING["the end is cut off, heads too"])
    assert faults() == []
    assert faults(seen={head.size: bytes(head.root).hex()})


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["core_leaf", "core_node", "core_treehead"])
def test_the_log_is_append_only(table):
    grow(4)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 names from above


@pytest.mark.django_db
def test_the_command_passes_a_sound_log(capsys):
    grow(4)
    call_command("verify_log", "--no-progress")
    assert "4 events, 1 heads, 0 seen elsewhere: 0 faults" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_fails_when_something_was_altered(capsys):
    grow(4)
    tamper(*TAMPERING["an event is edited"])
    with pytest.raises(CommandError, match="not what was signed"):
        call_command("verify_log", "--no-progress")
    assert "it is not what it was" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_heads_are_kept_outside_the_database(settings, tmp_path):
    settings.LOG_WITNESS_FILE = str(tmp_path / "heads")
    head = grow(4)
    assert (tmp_path / "heads").read_text() == f"4 {bytes(head.root).hex()}\n"
    tamper(
        "DELETE FROM core_treehead", "DELETE FROM core_leaf WHERE position = 3", "DELETE FROM core_event WHERE subject = 'test:3'"
    )
    with pytest.raises(CommandError):
        call_command("verify_log", "--no-progress")


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_written_stops_nothing(settings):
    settings.LOG_WITNESS_FILE = "/nowhere/heads"
    assert grow(1).size == 1


# The program that checks without us.


def verify(proof: dict, tmp_path: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "docs/verify_receipt.py", str(file), "--seen", str(tmp_path / "seen.json"), *options]
    return subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)


def proof(subject: str = "test:2") -> dict:
    return reading.proof_of(Event.objects.filter(subject=subject).order_by("pk")[0], site="https://portal.example")


@pytest.mark.django_db
def test_a_proof_holds_from_promise_to_head(tmp_path):
    happen(5)
    promised = proof()
    assert verify(promised, tmp_path).returncode == 2
    growing.extend(at=MONDAY)
    whole = proof()
    assert whole["promise"] == promised["promise"]
    assert verify(whole, tmp_path).returncode == 0
    assert verify(whole, tmp_path, "--key", next(iter(whole["keys"].values()))).returncode == 0


FORGERIES = {
    "the line": lambda proof: proof | {"leaf": proof["leaf"].replace("test:2", "test:3")},
    "the promise": lambda proof: proof | {"promise": proof["promise"] | {"promised_at": "2026-01-01T00:00:00+00:00"}},
    "the way": lambda proof: proof | {"inclusion": proof["inclusion"] | {"path": proof["inclusion"]["path"][::-1]}},
    "the place": lambda proof: proof | {"inclusion": proof["inclusion"] | {"position": 1}},
    "the head": lambda proof: proof | {"inclusion": proof["inclusion"] | {"head": proof["inclusion"]["head"] | {"size": 6}}},
    "the keys": lambda proof: proof | {"keys": dict.fromkeys(proof["keys"], "ab" * 32)},
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", FORGERIES)
def test_a_forged_proof_is_found(what, tmp_path):
    grow(5)
    done = verify(FORGERIES[what](proof()), tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1][:6]) == (1, "WRONG:")


@pytest.mark.django_db
def test_a_head_seen_before_must_agree(tmp_path):
    first = grow(5)
    assert verify(proof(), tmp_path).returncode == 0
    second = grow(4)
    assert verify(proof(), tmp_path).returncode == 2  # it cannot know
    consistency = tmp_path / "consistency.json"
    consistency.write_text(json.dumps(reading.consistency_between(first.size, second.size)))
    assert verify(proof(), tmp_path, "--consistency", str(consistency)).returncode == 0


@pytest.mark.django_db
def test_another_history_is_found_by_a_head_seen_before(tmp_path):
    grow(5)
    assert verify(proof(), tmp_path).returncode == 0
    tamper(
        "DELETE FROM core_treehead",
        "DELETE FROM core_node",
        "DELETE FROM core_leaf",
        "DELETE FROM core_event WHERE subject = 'test:4'",
    )
    head = grow(1)
    assert head.size == 5
    done = verify(proof(), tmp_path)
    assert (done.returncode, "history was changed" in done.stdout) == (1, True)
