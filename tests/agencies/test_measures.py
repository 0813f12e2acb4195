"""Measures and their clauses: two wordings of a clause never hold on one day, and what was cited stays as it was."""

from datetime import date

import pytest
from django.db import IntegrityError

from agencies.models import DispositionKind, Measure, MeasureClause
from cases.workflow import Status
from tests.factories import UserFactory, case_at, clause, disposition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("until", "since"), [(None, date(2025, 1, 1)), (date(2025, 1, 1), date(2025, 1, 1))])
def test_two_wordings_never_hold_on_one_day(until, since):
    clause(until=until)
    with pytest.raises(IntegrityError, match="clause_one_wording_a_day"):
        clause(since=since)


def test_a_new_wording_may_follow_and_other_clauses_stand_beside():
    clause(until=date(2024, 12, 31))
    clause(since=date(2025, 1, 1))
    clause(number="第十三条")
    assert MeasureClause.objects.count() == 3


@pytest.mark.parametrize("allows", [[], ["hanging"]])
def test_a_clause_allows_what_is_known(allows):
    row = clause()
    with pytest.raises(IntegrityError, match="clause_allows_known"):
        MeasureClause.objects.filter(pk=row.pk).update(allows=allows)


def test_clauses_in_force_on_a_day():
    old, new = clause(until=date(2024, 12, 31)), clause(since=date(2025, 1, 1))
    found = MeasureClause.objects.in_force
    assert [found(date(2024, 12, 31)).get(), found(date(2025, 1, 1)).get()] == [old, new]
    Measure.objects.update(valid_until=date(2025, 6, 30))
    assert not found(date(2025, 7, 1)).exists()


@pytest.fixture
def sysadmin(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def given(row, **fields):
    form = {"measure": row.measure_id, "number": row.number, "text": row.text, "allows": row.allows, "valid_from": "2025-01-01"}
    return form | fields


def test_the_administration_says_that_wordings_overlap(sysadmin):
    row = clause()
    page = sysadmin.post("/manage/agencies/measureclause/add/", given(row))
    assert "本条的另一文本" in page.content.decode()
    assert MeasureClause.objects.count() == 1


def test_the_administration_enters_a_new_wording(sysadmin):
    row = clause(until=date(2024, 12, 31))
    sysadmin.post("/manage/agencies/measureclause/add/", given(row, allows=["circular", "refund"]))
    assert MeasureClause.objects.get(valid_from=date(2025, 1, 1)).allows == ["circular", "refund"]


def test_a_cited_clause_keeps_its_wording_and_can_only_end(sysadmin):
    row = clause(DispositionKind.CRITICISM)
    disposition(case_at(Status.REPLIED), clause=row)
    form = given(row, text="改过的文字。", valid_until="2026-12-31")
    sysadmin.post(f"/manage/agencies/measureclause/{row.pk}/change/", form)
    row.refresh_from_db()
    assert (row.text, row.valid_until) == ("情节轻微的，给予批评教育。", date(2026, 12, 31))


@pytest.mark.parametrize("page", ["measure", "measureclause"])
def test_the_administration_names_them_in_chinese(sysadmin, page):
    text = sysadmin.get(f"/manage/agencies/{page}/add/").content.decode()
    assert "<h1>增加" in text
    assert f"<h1>增加 {page}" not in text
