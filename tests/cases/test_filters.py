"""Filters of the queue: what each keeps, how they stand as chips, and what is said of what makes no sense."""

from datetime import date, datetime

import pytest
import time_machine

from cases.models import Case
from cases.workflow import Status
from complaints.models import Channel, Kind
from core.clock import SHANGHAI
from tests.cases.test_queue import follow, numbers, received
from tests.factories import case_at, handler_of, new_case, office_leader, officer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 23, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def look(client):
    """Ask for the queue as an officer; returns the whole context."""
    client.force_login(officer(department="投诉受理科"))
    return lambda **asked: client.get("/staff/", asked).context


def shown(context):
    return set(numbers(context["page"]))


def wanted_by(name):
    """A case that the filter keeps, with the filter's value."""
    if name == "channel":
        return new_case(channel=Channel.LETTER), "letter"
    if name == "kind":
        return new_case(kind=Kind.TIP), "tip"
    if name == "step":
        return case_at(Status.DISPATCHED), "receive"
    if name == "category":
        return new_case(category=2), "2"
    if name == "status":
        return case_at(Status.REPORTED), "reported"
    case = case_at(Status.HANDLING, own=True) if name == "handler" else new_case()
    return case, {"handler": case.handler_id, "agency": case.respondent_agency_id}[name]


@pytest.mark.parametrize("name", ["channel", "kind", "step", "category", "status", "handler", "agency"])
def test_filter_keeps_its_cases_and_is_a_chip(look, name):
    case, value = wanted_by(name)
    other = new_case(category=1)
    context = look(**{name: value})
    assert shown(context) == {case.number}
    (chip,) = context["page"].chips
    assert shown(look(**follow(chip.url))) == {case.number, other.number}


def test_cases_of_nobody_are_a_filter(look):
    waiting, _handled = new_case(), case_at(Status.HANDLING, own=True)
    assert shown(look(handler="none")) == {waiting.number}


def test_a_class_is_a_filter(look):
    urgent, _ordinary = new_case(), new_case()
    Case.objects.filter(pk=urgent.pk).update(case_class="urgent")
    assert shown(look(case_class="ordinary")) == {_ordinary.number}


SPANS = [
    ({"received_from": "2026-09-15"}, {15, 16}),
    ({"received_to": "2026-09-15"}, {14, 15}),
    ({"received_from": "2026-09-15", "received_to": "2026-09-15"}, {15}),
    ({"due_from": "2026-09-18", "due_to": "2026-09-18"}, {15}),
    ({"due_to": "9999-12-31"}, {14, 15, 16}),
    ({"received_from": "0001-01-01", "received_to": "9999-12-31"}, {14, 15, 16}),
]


@pytest.mark.parametrize(("asked", "days"), SPANS)
@pytest.mark.parametrize("view", ["open", "all"])
def test_days_are_a_span_with_both_ends(look, view, asked, days):
    cases = {day: received(day).number for day in (14, 15, 16)}
    assert shown(look(view=view, **asked)) == {cases[day] for day in days}


def test_closed_days_are_a_span(look):
    early, late = case_at(Status.CLOSED), case_at(Status.CLOSED, at=datetime(2026, 9, 20, 9, tzinfo=SHANGHAI))
    assert shown(look(view="done", closed_from="2026-09-20")) == {late.number}
    assert shown(look(view="done", closed_to="2026-09-19")) == {early.number}
    assert numbers(look(view="done", received_from="2026-01-01")["page"]) == [late.number, early.number]


def test_what_makes_no_sense_is_told_and_the_rest_narrows(look):
    wanted, _other = new_case(channel=Channel.LETTER), new_case()
    context = look(channel="letter", due_from="someday", category="99")
    assert shown(context) == {wanted.number}
    assert len(context["filters"].misread) == 2


def test_a_span_that_ends_before_it_begins_is_told(look):
    cases = {received(day).number for day in (14, 15)}
    context = look(received_from="2026-09-10", received_to="2026-09-01")
    assert (shown(context), len(context["filters"].misread)) == (cases, 1)


def test_two_days_are_two_chips_in_words(look):
    chips = look(received_from="2026-09-01", received_to="2026-09-20")["page"].chips
    assert [(chip.chip.label, chip.chip.value) for chip in chips] == [("收到时间从", "9 月 1 日"), ("收到时间至", "9 月 20 日")]


def test_colour_and_view_of_a_search_are_chips(look):
    page = look(q="没有书面", view="open", colour="red")["page"]
    assert [chip.chip.names for chip in page.chips] == [("view",), ("colour",)]


def test_group_are_those_of_the_same_department(client):
    mine, theirs = (case_at(Status.HANDLING, own=True, by=officer(department=name)) for name in ("甲科", "乙科"))
    client.force_login(officer(department="甲科"))
    page = client.get("/staff/", {"view": "group"}).context["page"]
    assert numbers(page) == [mine.number]
    assert theirs.number not in numbers(page)


def test_who_has_no_department_has_no_group(client):
    client.force_login(officer())
    titles = [link.title for link in client.get("/staff/").context["page"].groups[0].links]
    assert "本科室承办的" not in titles


def test_overdue_are_those_whose_last_day_is_over(look):
    late, _today = received(14), received(20)
    assert Case.objects.get(pk=_today.pk).due_on == date(2026, 9, 23)
    assert shown(look(view="overdue")) == {late.number}


def test_waiting_for_me_are_those_in_which_i_go_on(client):
    by = officer()
    mine = case_at(Status.HANDLING, own=True, by=by)
    case_at(Status.RECEIVED, by=by)  # the agency's turn
    client.force_login(handler_of(mine))
    assert numbers(client.get("/staff/", {"view": "waiting"}).context["page"]) == [mine.number]


def test_a_report_waits_for_a_leader(client):
    case = case_at(Status.REPORTED)
    client.force_login(office_leader())
    assert numbers(client.get("/staff/", {"view": "waiting"}).context["page"]) == [case.number]


@pytest.mark.parametrize(("name", "value"), [("status", "triage"), ("category", "4"), ("handler", "none"), ("kind", "tip")])
def test_what_was_chosen_stays_chosen_in_the_form(client, name, value):
    client.force_login(officer())
    assert f'<option value="{value}" selected>' in client.get("/staff/", {name: value}).content.decode()
