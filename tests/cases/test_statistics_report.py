"""The monthly report and the tables that leave as CSV: what they say, what they never hold, that it is logged."""

import csv
import io
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from accounts.roles import OFFICE, Role
from cases import actions
from cases.statistics import exporting, sentences, tables
from cases.statistics.reading import shown
from cases.workflow import Status
from core.clock import SHANGHAI
from core.models import Event
from tests.cases.test_statistics import behind, links
from tests.cases.test_statistics_rules import period_of
from tests.factories import MONDAY, NAME, PHONE, PostFactory, UserFactory, case_at, new_case, officer, staffed_agency, walk_on

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 15, 9, 0, tzinfo=SHANGHAI)
ADDRESS = "/staff/statistics/report/"


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def me(client):
    user = officer()
    client.force_login(user)
    return user


def count():
    actions.count_days(at=NOW)


def september(number=6):
    """Cases of September, one of them in August; one waits, late."""
    case_at(Status.CLOSED, at=MONDAY.replace(month=8))
    cases = [case_at(Status.CLOSED) for _number in range(number)]
    new_case()
    count()
    return cases


def test_the_report_is_of_the_last_month_unless_asked_otherwise(client, me):
    september()
    report = client.get(ADDRESS).context["report"]
    assert (report.name, report.number, report.year) == ("2026 年 9 月", 9, 2026)
    assert client.get(ADDRESS, {"month": "2026-08"}).context["report"].name == "2026 年 8 月"


@pytest.mark.parametrize("month", ["2026-10", "2027-01", "2026", "2026-Q3", "x", "²", "\0"])
def test_no_report_of_what_is_no_month_that_is_over(client, me, month):
    count()
    answer = client.get(ADDRESS, {"month": month})
    assert (answer.context["report"].name, bool(answer.context["asked"].errors)) == ("2026 年 9 月", True)
    assert "notice-warn" in answer.content.decode()


def test_its_sentences_say_what_the_numbers_say(me):
    september()
    found = sentences.of(shown(me, period_of("2026-09"), NOW.date()))
    assert found[0] == "收到投诉、举报和线索 7 件，比 2026 年 8 月增加 6 件。"
    assert found[1] == "受理 6 件，不予受理 0 件，办结 6 件。"
    assert found[2] == "应办结 6 件，按期办结 6 件，按期办结率 100.0%。"
    assert found[3] == "答复 6 件，属实和部分属实 6 件，查实率 100.0%。答复平均用时 0.0 个工作日，中位数 0 个工作日。"
    assert found[4] == "已评价 6 件，满意和比较满意 0 件，满意率 0.0%。"
    assert found[5].startswith("反映较多的是办事效率低下（7 件，占 100.0%）")


def test_its_sentences_are_english_too(me):
    september()
    with translation.override("en"):
        found = sentences.of(shown(me, period_of("2026-09"), NOW.date()))
    assert found[0] == "Received: 7, 6 more than in August 2026."
    assert found[2] == "Of 6 limits to finish, 6 were kept: 100.0% in time."


def test_few_cases_make_no_share_in_a_sentence(me):
    september(number=2)
    found = sentences.of(shown(me, period_of("2026-09"), NOW.date()))
    assert "%" not in "".join(found)
    assert "应办结 2 件，按期办结 2 件，超期 0 件。" in found


def test_what_is_latest_is_listed_by_number_and_without_its_words(client, me):
    met, open_ = new_case(), new_case()
    walk_on(met, Status.HANDLING, own=True, at=MONDAY + timedelta(days=8))
    count()
    answer = client.get(ADDRESS)
    rows = [(one.number, one.working_days, one.met_on is None) for one in answer.context["report"].late]
    assert rows == [(open_.number, 16, True), (met.number, 4, False)]
    assert open_.title not in answer.content.decode()


def test_who_is_recused_does_not_see_what_is_late_there(client):
    case = new_case()
    count()
    user = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(agency=case.respondent_agency, user=user)
    client.force_login(user)
    assert client.get(ADDRESS).context["report"].late == []


def test_every_number_of_the_report_is_the_cases_behind_it(client, me):
    september()
    text = client.get(ADDRESS).content.decode()
    found = links(text)
    assert len(found) > 20
    assert [one for one in found if behind(me, one[0]) != (one[1], [])] == []


def test_a_month_without_anything_says_so(client, me):
    count()
    text = client.get(ADDRESS, {"month": "2024-05"}).content.decode()
    assert "本期没有收到投诉、举报和线索" in text
    assert '<svg class="chart"' not in text


def test_both_languages_print_the_report(client, me):
    september()
    for language, words in (("en", "Limits missed by most"), ("zh-hans", "超期最久的件")):
        client.cookies["django_language"] = language
        assert words in client.get(ADDRESS).content.decode()


def test_the_queries_of_the_report_do_not_grow(client, me, django_assert_num_queries):
    for number in (1, 5):
        september(number)
        client.get(ADDRESS)
        with django_assert_num_queries(16):
            client.get(ADDRESS)


def exported(client, **asked):
    answer = client.post("/staff/statistics/export/", asked)
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


@pytest.mark.parametrize("code", tables.TABLES)
def test_each_table_leaves_as_it_is_shown(client, me, code):
    september()
    rows = exported(client, table=code, period="2026-09")
    table = tables.TABLES[code](shown(me, period_of("2026-09"), NOW.date()))
    assert [row[0] for row in rows[1:]] == [row.head for row in table.lines]
    assert rows[0] == [name for name, kind in table.headings if kind != "bar"]
    assert {len(row) for row in rows} == {len(rows[0])}


def test_no_identity_leaves_with_a_table(client, me):
    case, *_others = september()
    text = str([exported(client, table=code, period="2026") for code in tables.TABLES])
    assert NAME not in text
    assert PHONE[-4:] not in text
    assert case.title not in text


def test_an_agency_whose_name_is_a_formula_is_defused(client, me):
    case_at(Status.CLOSED, agency=staffed_agency(name="=HYPERLINK(1)", short_name="公式局"))
    count()
    assert exported(client, table="about", period="2026-09")[1][0] == "'=HYPERLINK(1)"


def test_an_export_is_logged_at_both_ends(client, me):
    september()
    exported(client, table="limits", period="2026-09")
    begun, done = Event.objects.of(f"user:{me.pk}").filter(type__startswith="case.export").order_by("pk")
    assert begun.facts == {"format": "csv", "table": "limits", "period": "2026-09"}
    assert done.facts == begun.facts | {"rows": 4, "whole": True}


def test_an_export_that_breaks_off_is_logged_with_its_rows(me):
    september(number=1)
    table = tables.limits(shown(me, period_of("2026-09"), NOW.date()))
    lines = exporting.csv_lines(table, period="2026-09", by=me)
    assert [next(lines), next(lines)]
    lines.close()
    done = Event.objects.get(type="case.exported")
    assert (done.facts["rows"], done.facts["whole"]) == (0, False)


@pytest.mark.parametrize("asked", [{}, {"table": "x"}, {"table": "limits", "period": "2099"}, {"table": "limits", "first": "x"}])
def test_what_is_no_table_is_not_found(client, me, asked):
    assert client.post("/staff/statistics/export/", asked).status_code == 404


@pytest.mark.parametrize("role", Role)
def test_only_the_office_takes_tables_away(client, role):
    client.force_login(UserFactory.create(roles=[role]))
    answer = client.post("/staff/statistics/export/", {"table": "limits", "period": "2026"})
    assert answer.status_code == (200 if role in OFFICE else 404)
    assert client.get("/staff/statistics/export/").status_code == 405


def test_the_office_names_itself_on_the_report(client, me):
    count()
    assert "机关效能投诉中心" in client.get(ADDRESS).content.decode()
