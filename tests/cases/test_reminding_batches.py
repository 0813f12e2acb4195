"""Reminders of many limits at once: the same as one by one, each person once, and one at fault stops no other."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from agencies.models import Post
from cases import actions, notifications
from cases.actions import reminding
from cases.models import Deadline
from cases.workflow import Status, Step
from core import notices
from core.clock import SHANGHAI
from core.models import DeadlinePolicy, Delivery, Event, InboxItem, Notice
from core.recipients import to_user
from tests.factories import case_at, new_case, office_leader, officer

from .test_races import at_once

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 9, 17, 8, 31, tzinfo=SHANGHAI)  # the receipts of Monday are two working days late
SWEEP = LATE + timedelta(minutes=1)
TABLES = (Notice, InboxItem, Delivery)


def due(at=LATE):
    return list(Deadline.objects.remindable(at).values_list("pk", flat=True))


def written():
    """Everything that reminders leave behind, by key and by case."""
    items = InboxItem.objects.filter(notice__template="cases/reminder")
    mails = Delivery.objects.filter(notice__template="cases/reminder")
    return (
        sorted(Notice.objects.filter(template="cases/reminder").values_list("dedupe_key", "recipient_id", "facts__path")),
        sorted(items.values_list("notice__dedupe_key", "user")),
        sorted(mails.values_list("notice__dedupe_key", "channel", "next_at")),
        sorted(Event.objects.filter(type="deadline.reminded").values_list("subject", "facts__rung", "facts__deadline")),
        sorted(Deadline.objects.values_list("case", "step", "next_reminder_at", "due_on")),
    )


def county():
    """Limits of every sort: of the office, of its leaders, of agencies with a vacancy or without people, and a missed receipt."""
    officer()
    office_leader()
    new_case()
    case_at(Status.HANDLING, own=True)
    case_at(Status.REPORTED)
    vacant, deserted = case_at(Status.DISPATCHED), case_at(Status.DISPATCHED)
    Post.objects.filter(agency=vacant.agency, kind=Post.Kind.LEADER_IN_CHARGE).update(until="2026-09-15")
    Post.objects.filter(agency=deserted.agency).delete()


@pytest.fixture
def limits(db):
    """Three limits for acceptance, all due, of which two officers are reminded."""
    officer()
    officer()
    return [new_case().deadlines.get() for _number in range(3)]


def test_a_batch_writes_what_single_reminders_write():
    county()
    found = due()
    assert len(found) == 4
    place = transaction.savepoint()
    for pk in found:
        actions.remind(pk, at=LATE)
    singly = written()
    transaction.savepoint_rollback(place)
    assert (actions.remind_all(found, at=LATE), written()) == (4, singly)


def test_a_second_round_writes_nothing(limits):
    found = due()
    actions.remind_all(found, at=LATE)
    before = written()
    Deadline.objects.update(next_reminder_at=LATE)  # as if the moment had been lost
    assert actions.remind_all(found, at=LATE) == 3
    assert [len(rows) for rows in written()[:3]] == [len(rows) for rows in before[:3]] == [6, 6, 6]


def test_a_batch_costs_the_same_however_many_limits(monkeypatch):
    monkeypatch.setattr("cases.actions.reminding.oversee", lambda *_args, **_more: None)  # letters and cards are made one by one
    officer()
    costs = []
    for number in (2, 5):
        for _each in range(number):
            case_at(Status.RECEIVED)
        Deadline.objects.filter(step=Step.FINISH, next_reminder_at__gt=LATE).update(next_reminder_at=LATE)
        found = due()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            actions.remind_all(found, at=LATE.replace(month=11))
        costs.append(len(asked))
    assert costs[0] == costs[1]


def at_fault(monkeypatch, limit, error):
    """Let the reminder of one limit fail."""
    plain = notifications.reminders

    def reminders(deadline, *args, **kwargs):
        if deadline.pk == limit.pk:
            raise error
        return plain(deadline, *args, **kwargs)

    monkeypatch.setattr(notifications, "reminders", reminders)


@pytest.mark.parametrize("error", [ValueError("broken"), IntegrityError("broken")])
def test_one_at_fault_stops_no_other_and_is_put_off(limits, monkeypatch, error):
    at_fault(monkeypatch, limits[1], error)
    assert actions.remind_all([row.pk for row in limits], at=LATE) == 2
    reminded = {event.facts["deadline"] for event in Event.objects.filter(type="deadline.reminded")}
    assert reminded == {limits[0].pk, limits[2].pk}
    limits[1].refresh_from_db()
    assert limits[1].next_reminder_at == LATE + reminding.AFTER_A_FAULT


def test_what_was_at_fault_is_sent_once_when_it_is_mended(limits, monkeypatch):
    with monkeypatch.context() as patched:
        at_fault(patched, limits[1], ValueError("broken"))
        actions.remind_all([row.pk for row in limits], at=LATE)
    assert due(LATE) == []
    later = LATE + reminding.AFTER_A_FAULT
    assert actions.remind_all(due(later), at=later) == 1
    assert Notice.objects.filter(dedupe_key__startswith=f"deadline:{limits[1].pk}:T0:").count() == 2


def test_a_fault_is_logged_by_its_sort_and_place_and_never_by_its_words(limits, monkeypatch):
    at_fault(monkeypatch, limits[1], ValueError("words of a complainant"))
    with capture_logs() as logs:
        actions.remind_all([row.pk for row in limits], at=LATE)
    last = logs[-1]
    assert (last["log_level"], last["deadline"], last["error"]) == ("error", limits[1].pk, "ValueError")
    assert last["place"].startswith("test_reminding_batches.py:")
    assert "complainant" not in str(logs)


def test_a_missing_policy_stops_one_receipt_alone():
    missed, _other = case_at(Status.DISPATCHED), new_case()
    DeadlinePolicy.objects.filter(step=Step.FINISH).update(valid_from="2099-01-01")
    assert actions.remind_all(due(), at=LATE) == 1
    assert not missed.deadlines.filter(step=Step.FINISH).exists()
    DeadlinePolicy.objects.filter(step=Step.FINISH).update(valid_from="2020-01-01")
    later = LATE + reminding.AFTER_A_FAULT
    assert actions.remind_all(due(later), at=later) == 1
    assert missed.deadlines.filter(step=Step.FINISH).exists()


def test_a_death_before_the_end_leaves_nothing_behind(limits, monkeypatch):
    """A worker that is killed never commits; whatever was written of its batch is gone with it."""

    def killed(_events):
        raise KeyboardInterrupt  # as little caught as a kill

    with monkeypatch.context() as patched:
        patched.setattr("core.events.record_all", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.remind_all([row.pk for row in limits], at=LATE)
    assert not Notice.objects.filter(template="cases/reminder").exists()
    assert actions.remind_all(due(), at=LATE) == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_batch_remind_each_once(limits):
    ids = [row.pk for row in limits]
    results = at_once(lambda: actions.remind_all(ids, at=LATE), lambda: actions.remind_all(ids[::-1], at=LATE))
    assert sum(results) == 3
    assert Event.objects.filter(type="deadline.reminded").count() == 3
    assert Notice.objects.filter(template="cases/reminder").count() == 6
    assert InboxItem.objects.filter(notice__template="cases/reminder").count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_batch_and_a_case_that_moves_on_at_once(limits):
    """Who accepts waits for the batch, or the batch passes his case over; never both, and never a reminder of a closed limit."""
    by, ids = officer(), [row.pk for row in limits]
    case = limits[0].case
    results = at_once(
        lambda: actions.remind_all(ids, at=LATE),
        lambda: actions.accept(case, by=by, version=None, ruling=actions.Ruling(4), at=LATE),
    )
    assert results[0] in {2, 3}
    row = Deadline.objects.get(pk=limits[0].pk)
    assert (row.closed_at, row.next_reminder_at) == (LATE, None)


def outgoing(*keys, not_before=None):
    user = officer()
    return [notices.Outgoing("test/plain", to_user(user), key, {"number": "2026-0001"}, not_before) for key in keys]


def test_send_all_writes_each_key_once():
    many = outgoing("a", "b", "a")
    assert notices.send_all(many, at=LATE) == 2
    assert notices.send_all([*many, *outgoing("c")], at=LATE) == 1
    assert [table.objects.count() for table in TABLES] == [3, 3, 3]


def test_send_all_wakes_workers_for_what_may_leave_now(monkeypatch, django_capture_on_commit_callbacks):
    woken: list[int] = []
    monkeypatch.setattr("core.tasks.wake", woken.append)
    with django_capture_on_commit_callbacks(execute=True):
        notices.send_all([*outgoing("now"), *outgoing("later", not_before=SWEEP)], at=LATE)
    assert woken == [Delivery.objects.get(notice__dedupe_key="now").pk]


@pytest.mark.django_db(transaction=True)
def test_send_all_in_two_transactions_at_once_writes_a_key_once():
    many = outgoing(*[f"key {number}" for number in range(50)])
    results = at_once(lambda: notices.send_all(many, at=LATE), lambda: notices.send_all(many, at=LATE))
    assert {*map(type, results)} <= {int, IntegrityError}
    assert [table.objects.count() for table in TABLES] == [50, 50, 50]
