"""Two people at once around a merger: one is told, nothing is lost, and a complaint is always in exactly one case."""

import pytest

from cases import actions
from cases.models import CaseComplaint
from cases.workflow import Refused, Status
from complaints import actions as complaint_actions
from core.models import Event
from tests.factories import MONDAY, OTHER, case_at, merged, new_case, office_leader, officer, the_complaint

from .test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def merging(source, target, by):
    return lambda: actions.merge(source, into=target, by=by, version=None, at=MONDAY)


def failed(results):
    return [result for result in results if isinstance(result, Exception)]


def statuses(*cases):
    for case in cases:
        case.refresh_from_db()
    return [case.status for case in cases]


def test_each_into_the_other_at_once():
    one, other, by = new_case(), new_case(filer=OTHER), officer()
    results = at_once(merging(one, other, by), merging(other, one, by))
    assert [isinstance(error, Refused) for error in failed(results)] == [True]
    assert sorted(statuses(one, other)) == [Status.MERGED, Status.TRIAGE]
    assert CaseComplaint.objects.filter(case__status=Status.TRIAGE).count() == 2


def test_the_same_merger_twice_at_once():
    source, target, first, second = new_case(filer=OTHER), new_case(), officer(), officer()
    results = at_once(merging(source, target, first), merging(source, target, second))
    assert len(failed(results)) == 1
    assert Event.objects.of(target.subject).filter(type="case.joined").count() == 1


def test_into_two_cases_at_once():
    source, one, other, by = new_case(filer=OTHER), new_case(), new_case(), officer()
    results = at_once(merging(source, one, by), merging(source, other, by))
    source.refresh_from_db()
    assert len(failed(results)) == 1
    assert CaseComplaint.objects.get(came_from=source).case == source.merged_into


def test_merging_and_accepting_the_other_case_at_once():
    source, target, by = new_case(filer=OTHER), new_case(), officer()
    results = at_once(
        merging(source, target, by),
        lambda: actions.accept(target, by=by, version=target.version, ruling=actions.Ruling(4), at=MONDAY),
    )
    assert [type(error) for error in failed(results)] in ([], [actions.StalePage])
    assert statuses(source, target) in ([Status.MERGED, Status.HANDLING], [Status.MERGED, Status.TRIAGE])
    assert target.status == (Status.TRIAGE if failed(results) else Status.HANDLING)


def test_merging_and_accepting_the_same_case_at_once():
    source, target, by = new_case(filer=OTHER), new_case(), officer()
    results = at_once(
        merging(source, target, by),
        lambda: actions.accept(source, by=by, version=source.version, ruling=actions.Ruling(4), at=MONDAY),
    )
    assert len(failed(results)) == 1
    assert statuses(source)[0] in (Status.MERGED, Status.HANDLING)


def test_merging_and_replying_at_once():
    source, target, by, leader = new_case(filer=OTHER), case_at(Status.REPORTED), officer(), office_leader()
    results = at_once(
        merging(source, target, by),
        lambda: actions.approve(target, by=leader, version=target.version, reply="情况属实。", at=MONDAY),
    )
    assert [type(error) for error in failed(results)] in ([actions.CannotBeMerged], [actions.StalePage])
    assert statuses(source, target) in ([Status.TRIAGE, Status.REPLIED], [Status.MERGED, Status.REPORTED])


def test_merging_and_withdrawing_at_once():
    source, target, by = new_case(filer=OTHER), new_case(), officer()
    complaint = the_complaint(source)
    results = at_once(merging(source, target, by), lambda: complaint_actions.withdraw(complaint, "", at=MONDAY))
    assert [error for error in failed(results) if not isinstance(error, Refused)] == []
    assert statuses(source, target) in ([Status.MERGED, Status.TRIAGE], [Status.WITHDRAWN, Status.TRIAGE])
    assert complaint.withdrawal is not None
    assert target.withdrawn_at is None


def test_undoing_twice_at_once():
    source, target, first, second = new_case(filer=OTHER), new_case(), officer(), officer()
    merged(source, target)
    undo = [lambda by=by: actions.unmerge(source, by=by, version=None, at=MONDAY) for by in (first, second)]
    results = at_once(*undo)
    assert len(failed(results)) == 1
    assert statuses(source) == [Status.TRIAGE]
    assert CaseComplaint.objects.filter(case=source).count() == 1


def test_undoing_and_merging_further_at_once():
    source, target, last, by = new_case(filer=OTHER), new_case(), new_case(), officer()
    merged(source, target)
    results = at_once(lambda: actions.unmerge(source, by=by, version=None, at=MONDAY), merging(target, last, by))
    assert [type(error) for error in failed(results)] in ([], [actions.CannotBeParted])
    place = CaseComplaint.objects.get(complaint__number=source.number).case
    assert place == (last if failed(results) else source)
