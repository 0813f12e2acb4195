"""The days that the desk shows for each way to deal with a case are those that acceptance gives."""

from datetime import timedelta

import pytest

from cases import actions
from cases.triage import limits
from cases.workflow import Mode
from core import calendars, clock
from core.models import DeadlinePolicy
from tests.factories import MONDAY, agency_of, holder, new_case, officer, the_complaint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_noon(time_machine):
    time_machine.move_to(MONDAY + timedelta(hours=2))


@pytest.fixture
def me():
    return officer()


@pytest.mark.parametrize("mode", [Mode.HANDLE, Mode.ASSIGN])
def test_the_days_that_are_shown_are_those_that_acceptance_gives(me, mode):
    case = new_case()
    (outlook,) = limits.outlooks(case, clock.today())
    dispatch = actions.Dispatch(agency_of(the_complaint(case)), "三次退件，没有书面告知。") if mode == Mode.ASSIGN else None
    ruling = actions.Ruling(category=4)
    actions.accept(case, by=me, version=None, ruling=ruling, dispatch=dispatch, at=clock.now())
    given = case.deadlines.open().get()
    expected = outlook.own if mode == Mode.HANDLE else outlook.receive
    assert (given.due_on, given.explanation) == (expected.due_on, expected.as_facts())


def test_an_agency_that_signs_on_the_last_day_has_until_the_day_shown(me):
    case = new_case()
    (outlook,) = limits.outlooks(case, clock.today())
    dispatch = actions.Dispatch(agency_of(the_complaint(case)), "三次退件，没有书面告知。")
    actions.accept(case, by=me, version=None, ruling=actions.Ruling(category=4), dispatch=dispatch, at=clock.now())
    last = clock.midnight(outlook.receive.due_on) + timedelta(hours=23)
    actions.receive(case.assignments.get(), by=holder(case.respondent_agency), version=None, at=last)
    assert case.deadlines.open().get().due_on == outlook.finish.due_on


def test_each_class_that_has_a_limit_of_its_own_is_shown(me):
    ordinary = calendars.policy_for("finish", clock.today())
    DeadlinePolicy.objects.create(
        step="finish", case_class="simple", length=5, unit="working_days", basis="试行办法第三条", valid_from=ordinary.valid_from
    )
    first, second = limits.outlooks(new_case(), clock.today())
    assert (first.code, second.code) == ("ordinary", "simple")
    assert second.own.due_on < first.own.due_on
    assert second.receive.due_on == first.receive.due_on


def test_without_a_policy_nothing_is_promised(me):
    case = new_case()
    assert limits.outlooks(case, clock.today().replace(year=1990)) == []
