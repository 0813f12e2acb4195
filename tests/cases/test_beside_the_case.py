"""What is kept beside a case for the lists: filled once for old rows, and true after everything that actions do."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from cases import actions
from cases.models import Case, Deadline
from cases.workflow import Status
from core.models import DeadlinePolicy
from tests.factories import MONDAY, case_at, merged, new_case, office_leader, officer

pytestmark = pytest.mark.django_db
MIGRATION = import_module("cases.migrations.0015_kinds_and_policy_beside_the_case")


def beside():
    return list(Case.objects.order_by("pk").values_list("pk", "kinds", "due_policy"))


def first_limit(case):
    """The policy of the earliest open limit, by the rows themselves."""
    return case.deadlines.open().order_by("paused_on", "due_at", "pk").values_list("policy", flat=True).first()


@pytest.mark.parametrize("batch", [1, 50_000])
def test_the_migration_fills_what_the_actions_keep(monkeypatch, batch):
    monkeypatch.setattr(MIGRATION, "BATCH", batch)
    joint = new_case(kind="report")
    merged(new_case(kind="tip"), joint)
    for status in (Status.HANDLING, Status.CLOSED):
        case_at(status, own=True)
    kept = beside()
    Case.objects.update(kinds=[], due_policy=None)
    with connection.schema_editor(atomic=False) as editor:
        MIGRATION.keep_beside(apps, editor)
    assert beside() == kept


@pytest.mark.parametrize("status", [Status.TRIAGE, Status.RECEIVED, Status.REPORTED, Status.REPLIED, Status.CLOSED])
def test_the_policy_is_that_of_the_first_open_limit(status):
    case = case_at(status)
    assert case.due_policy_id == first_limit(case)
    assert (case.due_policy_id is None) is (case.due_on is None)


def test_the_policy_follows_when_an_administrator_applies_a_new_one():
    case = case_at(Status.RECEIVED)
    newer = DeadlinePolicy.objects.get(step="finish")
    newer.pk, newer.length, newer.valid_from = None, 40, MONDAY.date()
    newer.save()
    actions.apply_policies(MONDAY + timedelta(days=1), "system")
    case.refresh_from_db()
    assert case.due_policy_id == newer.pk == Deadline.objects.open().get(case=case, step="finish").policy_id


def test_a_merger_and_its_undoing_carry_the_kinds():
    source, target = new_case(kind="tip"), new_case(kind="complaint")
    merged(source, target)
    assert (source.kinds, target.kinds) == ([], ["tip", "complaint"])  # the tip was lodged first
    actions.unmerge(source, by=officer(), version=None, at=MONDAY)
    source.refresh_from_db()
    target.refresh_from_db()
    assert (source.kinds, target.kinds) == (["tip"], ["complaint"])


def test_two_of_one_kind_are_that_kind_once():
    target = new_case()
    merged(new_case(), target)
    assert target.kinds == ["complaint"]


def test_a_report_sent_back_has_its_policy_again():
    case = case_at(Status.REPORTED)
    actions.send_back(case, by=office_leader(), version=case.version, reason="请补充。", at=MONDAY + timedelta(days=1))
    case.refresh_from_db()
    assert case.due_policy_id == first_limit(case)
    assert case.due_policy_id == DeadlinePolicy.objects.get(step="finish").pk
