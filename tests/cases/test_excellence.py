"""The choice of excellent cases: who nominates, who judges and how the points make a ranking."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.roles import Role
from cases import actions
from cases.excellence import totals
from cases.excellence.criteria import criteria_of
from cases.excellence.reading import ranking
from cases.models import Criterion, Nomination, Score
from cases.workflow import Status
from core.models import InboxItem
from tests.factories import (
    LATER,
    NAME,
    UserFactory,
    archived,
    case_at,
    handler_of,
    nominated,
    office_leader,
    officer,
    reopened,
)

from .test_pages import page_of, text_of
from .test_races import at_once

pytestmark = pytest.mark.django_db
SUMMARY = "一家企业多次被退件，三天内一次办结。"


def points(value=80, year=2026):
    return {one.pk: value for one in criteria_of(year)}


def judged(row, by=None, value=80, **fields):
    return actions.judge(row, by=by or officer(), points=points(value), at=LATER, **fields)


def chosen(row, by=None):
    return actions.choose_excellent(row, by=by or office_leader(), reason="可推广。", at=LATER)


def test_a_total_is_the_weighted_mean():
    assert totals.weighted([(25, 80), (25, 90), (50, 100)]) == Decimal("92.50")
    assert totals.weighted([(1, 0), (2, 100)]) == Decimal("66.67")


def test_a_ranking_shares_places_and_leaves_out_who_has_no_points():
    means = {1: Decimal(90), 2: Decimal(95), 3: Decimal(90), 4: None}
    assert totals.places(means) == {1: 2, 2: 1, 3: 2}
    assert totals.mean([Decimal(80), Decimal(91)]) == Decimal("85.50")
    assert totals.mean([]) is None


def test_the_first_criteria_make_a_hundred():
    assert sum(one.weight for one in criteria_of(2026)) == 100


def test_criteria_count_in_their_years():
    old = criteria_of(2026)[0]
    Criterion.objects.filter(pk=old.pk).update(until_year=2026)
    Criterion.objects.create(title="新标准", title_en="New", weight=25, from_year=2027)
    assert old not in criteria_of(2027)
    assert [one.title for one in criteria_of(2027) if one.from_year == 2027] == ["新标准"]
    assert "新标准" not in {one.title for one in criteria_of(2026)}


def test_closed_and_archived_cases_are_nominated_once_a_year():
    assert nominated(archived(case_at(Status.CLOSED))).pk
    case = case_at(Status.CLOSED)
    nominated(case)
    assert nominated(case, year=2025).pk
    with pytest.raises(actions.NominatedAlready):
        nominated(case)
    with pytest.raises(actions.NotClosed):
        nominated(case_at(Status.REPLIED))


@pytest.mark.parametrize("field", ["summary", "reason"])
def test_no_text_shows_who_complained(field):
    words: dict[str, Any] = {field: f"{NAME}很满意。"}
    with pytest.raises(actions.TextNamesComplainant):
        nominated(case_at(Status.CLOSED), **words)


def test_points_are_kept_with_their_weights():
    score = judged(nominated(case_at(Status.CLOSED)), value=90, comment="扎实。")
    assert (score.total, score.points.count()) == (Decimal(90), 5)
    assert set(score.points.values_list("weight", "value")) == {(25, 90), (10, 90), (15, 90)}


def test_neither_handler_nor_nominator_judges():
    case = case_at(Status.CLOSED)
    row = nominated(case, by=(nominator := officer()))
    for by in (handler_of(case), nominator):
        with pytest.raises(PermissionDenied):
            judged(row, by)


def test_those_who_may_judge_are_asked():
    judge, leader, nominator = officer(), office_leader(), officer()
    case = case_at(Status.CLOSED, by=officer())
    nominated(case, by=nominator)
    asked = set(InboxItem.objects.filter(notice__template="cases/nominated").values_list("user", flat=True))
    assert {judge.pk, leader.pk} <= asked
    assert not {nominator.pk, handler_of(case).pk} & asked


def test_each_judges_once():
    row, by = nominated(case_at(Status.CLOSED)), officer()
    judged(row, by)
    with pytest.raises(actions.JudgedAlready):
        judged(row, by, 100)


@pytest.mark.parametrize("wrong", [{}, {0: 50}])
def test_points_are_whole(wrong):
    with pytest.raises(actions.NotJudged):
        actions.judge(nominated(case_at(Status.CLOSED)), by=officer(), points=wrong, at=LATER)
    with pytest.raises(actions.NotJudged):
        judged(nominated(case_at(Status.CLOSED)), value=101)


def test_the_ranking_goes_by_the_mean():
    first, second = (nominated(case_at(Status.CLOSED), by=officer()) for _each in range(2))
    reader, other = officer(), officer()
    for row, values in ((first, (70, 80)), (second, (90, 95))):
        judged(row, reader, values[0])
        judged(row, other, values[1])
    page = ranking(reader, 2026, 2026)
    assert [(row.nomination, row.place, row.mean) for row in page.ranked] == [
        (second, 1, Decimal("92.50")),
        (first, 2, Decimal("75.00")),
    ]


def test_who_is_still_to_judge_sees_no_points():
    row = nominated(case_at(Status.CLOSED))
    judged(row)
    page = ranking(officer(), 2026, 2026)
    assert (page.ranked, [(one.mean, one.place) for one in page.to_judge]) == ([], [(None, None)])


def test_places_are_shown_to_who_has_judged_all():
    first, second = (nominated(case_at(Status.CLOSED)) for _each in range(2))
    judged(first, reader := officer())
    assert [row.place for row in ranking(reader, 2026, 2026).ranked] == [None]
    judged(second, reader, 90)
    assert [row.place for row in ranking(reader, 2026, 2026).ranked] == [1, 2]


def test_a_leader_chooses_what_was_judged():
    row = nominated(case_at(Status.CLOSED))
    with pytest.raises(actions.NotJudged):
        chosen(row)
    judged(row)
    assert chosen(row).chosen_reason == "可推广。"
    with pytest.raises(actions.NotJudged):
        chosen(row)


def test_nobody_chooses_what_he_nominated():
    leader = office_leader()
    row = nominated(case_at(Status.CLOSED), by=leader)
    judged(row)
    with pytest.raises(PermissionDenied):
        chosen(row, leader)
    with pytest.raises(IntegrityError, match="nomination_two_people"):
        Nomination.objects.filter(pk=row.pk).update(chosen_by=leader, chosen_at=LATER, chosen_reason="x")


def test_a_case_that_was_opened_again_is_not_chosen():
    row = nominated(case := case_at(Status.CLOSED))
    judged(row)
    reopened(case, at=LATER)
    with pytest.raises(actions.NotClosed):
        chosen(row)


def test_the_ranking_shows_the_summary_and_nobody(client):
    case = case_at(Status.CLOSED)
    judged(nominated(case), by := officer())
    page = text_of(client, "/staff/excellent/?year=2026", user=by)
    assert SUMMARY in page
    assert [word for word in (case.number, case.title, NAME) if word in page] == []


@pytest.mark.parametrize("year", ["", "0", "99999999999", "x", "²", "2019", "2026"])
def test_any_year_gives_a_page(client, year):
    assert page_of(client, f"/staff/excellent/?year={year}", user=officer()).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_do_it_all(client, time_machine, language):
    time_machine.move_to(LATER, tick=False)
    client.cookies["django_language"] = language
    case, nominator, leader = case_at(Status.CLOSED), officer(), office_leader()
    words = {"version": case.version, "year": "2026", "summary": SUMMARY, "reason": "一次办好。"}
    assert page_of(client, f"/staff/cases/{case.pk}/nominate/", words, user=nominator).status_code == 302
    row = Nomination.objects.get()
    path = f"/staff/nominations/{row.pk}/"
    given = {f"points_{pk}": "88" for pk in points()} | {"comment": "很好。"}
    assert page_of(client, path, given | {next(iter(given)): "101"}, user=leader).status_code == 200
    assert page_of(client, path, given, user=leader).status_code == 302
    assert page_of(client, f"{path}choose/", {"reason": "可推广。"}, user=leader).status_code == 302
    for user in (leader, nominator):
        assert "88.00" in text_of(client, path, user=user)
    assert str(row.year) in text_of(client, f"/staff/cases/{case.pk}/quality/", user=nominator)


def test_the_summary_begins_with_what_the_agency_read(client):
    case = case_at(Status.CLOSED)
    page = page_of(client, f"/staff/cases/{case.pk}/nominate/", user=officer())
    assert page.context["form"]["summary"].value() == case.assignments.get().summary


@pytest.mark.parametrize("role", Role)
def test_who_may(client, role):
    case = case_at(Status.CLOSED)
    row = nominated(case)
    judged(row)
    user = UserFactory.create(roles=[role])
    office, leads = role in {Role.OFFICER, Role.OFFICE_LEADER}, role == Role.OFFICE_LEADER
    paths = {
        "/staff/excellent/": office,
        f"/staff/nominations/{row.pk}/": office,
        f"/staff/cases/{case.pk}/nominate/": office,
        f"/staff/nominations/{row.pk}/choose/": leads,
    }
    answers = {path: page_of(client, path, user=user).status_code for path in paths}
    assert answers == {path: 200 if allowed else 404 for path, allowed in paths.items()}


@pytest.mark.parametrize("number", [1, 5])
def test_the_ranking_costs_the_same_for_many(client, django_assert_max_num_queries, number):
    by, nominator = office_leader(), officer()
    for _each in range(number):
        judged(nominated(case_at(Status.CLOSED), by=nominator), by)
    client.force_login(by)
    client.get("/staff/excellent/?year=2026")
    with django_assert_max_num_queries(11):
        client.get("/staff/excellent/?year=2026")


@pytest.mark.django_db(transaction=True)
def test_one_judge_clicks_twice_and_another_judges_at_once():
    row, first, second = nominated(case_at(Status.CLOSED)), officer(), officer()
    results = at_once(*(lambda by=by: judged(row, by) for by in (first, first, second)))
    assert [type(result) for result in results if not isinstance(result, Score)] == [actions.JudgedAlready]
    assert row.scores.count() == 2
