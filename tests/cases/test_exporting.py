"""Exports: the same cases as the list, no identities, nothing that a sheet would run, logged at both ends."""

import csv
import io

import pytest
from openpyxl import load_workbook

from cases.desk import exporting
from cases.models import Case
from cases.queue import Queue
from cases.workflow import Status
from core.models import Event
from tests.factories import NAME, PHONE, PostFactory, case_at, holder, new_case, officer, staffed_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client):
    user = officer()
    client.force_login(user)
    return user


def exported(client, **asked):
    """The rows of a CSV export, with the heading."""
    content = b"".join(client.post("/staff/export/", {"format": "csv"} | asked).streaming_content)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_export_holds_the_cases_of_the_list_in_its_order(client, me, monkeypatch):
    monkeypatch.setattr(exporting, "BATCH", 2)
    cases = [case_at(Status.REPORTED) for _number in range(5)]
    new_case()
    rows = exported(client, query="status=reported&view=all")
    assert [row[0] for row in rows[1:]] == [case.number for case in reversed(cases)]
    assert len({len(row) for row in rows}) == 1


def test_sheet_has_the_same_rows(client, me):
    case = case_at(Status.CLOSED)
    response = client.post("/staff/export/", {"format": "xlsx", "query": "view=done"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [row[0].value for row in sheet.iter_rows()] == ["编号", case.number]


def test_chosen_cases_alone_are_exported(client, me):
    wanted, _other = new_case(), new_case()
    page = client.post("/staff/many/preview/", {"act": "export", "case": [f"{wanted.pk}:1"], "back": "view=all"})
    assert page.context["number"] == "1"
    assert [row[0] for row in exported(client, case=[wanted.pk])[1:]] == [wanted.number]


def test_no_identity_leaves_the_house(client, me):
    new_case()
    text = str(exported(client, query=""))
    assert NAME not in text
    assert PHONE[-4:] not in text
    assert "三次退回材料" not in text.replace(Case.objects.get().title, "")


def test_who_is_recused_exports_nothing_about_his_agency(client, me):
    case = new_case()
    me.roles.append("liaison_officer")
    me.save()
    PostFactory.create(agency=case.respondent_agency, user=me)
    assert len(exported(client, query="view=all")) == 1
    assert len(exported(client, case=[case.pk])) == 1


def test_an_export_is_logged_without_the_words_looked_for(client, me):
    new_case(narrative="煤矿扰民，夜里施工。")
    exported(client, query="q=煤矿&status=triage")
    begun, done = Event.objects.of(f"user:{me.pk}").filter(type__startswith="case.export").order_by("pk")
    assert (begun.type, done.facts["rows"], done.facts["whole"]) == ("case.export_begun", 1, True)
    assert done.facts["filters"] == ["status=triage"]
    assert "煤矿" not in str(done.facts)


def test_a_download_that_breaks_off_is_logged_with_its_rows(client, me, monkeypatch):
    monkeypatch.setattr(exporting, "BATCH", 1)
    for _number in range(3):
        new_case()
    pieces = exporting.Leaving(Queue(me, {}), None, by=me, kind="csv").batches()
    next(pieces)
    pieces.close()
    done = Event.objects.get(type="case.exported")
    assert (done.facts["rows"], done.facts["whole"]) == (1, False)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "－2"])
def test_what_a_sheet_would_run_is_defused(text):
    assert exporting.defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["窗口=关门", "2026-0001", 3, ""])
def test_plain_cells_stay_as_they_are(text):
    assert exporting.defused(text) == text


def test_export_has_an_end(client, me, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    for _number in range(3):
        new_case()
    assert len(exported(client, query="")) == 1 + 2


@pytest.mark.parametrize("rows", [3, 9])
def test_queries_go_with_the_batches_and_not_with_the_rows(client, me, rows, django_assert_max_num_queries):
    for _number in range(rows):
        new_case()
    client.get("/staff/")
    with django_assert_max_num_queries(10):
        assert len(exported(client, query="")) == 1 + rows


def test_page_says_what_would_leave_and_what_not(client, me):
    new_case()
    page = client.get("/staff/export/?view=triage&nonsense=1")
    assert (page.context["number"], page.context["query"]) == ("1", "view=triage&nonsense=1")
    assert "投诉人身份" in page.content.decode()
    assert client.post("/staff/export/", {"format": "pdf"}).status_code == 200


def test_people_of_agencies_export_nothing(client):
    client.force_login(holder(staffed_agency()))
    assert client.post("/staff/export/", {"format": "csv"}).status_code == 404
