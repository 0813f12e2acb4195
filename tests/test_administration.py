"""The administration of look-up tables: in Chinese, and safe to use by hand."""

from datetime import date

import pytest

from agencies.models import Agency
from core import calendars
from core.models import CalendarDay, DeadlinePolicy
from tests.factories import UserFactory, officer, staffed_agency

pytestmark = pytest.mark.django_db
PAGES = (
    "core/calendarday",
    "core/calendaryear",
    "core/deadlinepolicy",
    "agencies/agency",
    "accounts/user",
    "supervisors/supervisor",
    "complaints/retentionpolicy",
)


@pytest.fixture
def sysadmin(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize("page", PAGES)
def test_administration_names_its_tables_in_chinese(client, sysadmin, page):
    model = page.partition("/")[2]
    text = client.get(f"/manage/{page}/add/").content.decode()
    assert "<h1>增加" in text
    assert f"<h1>增加 {model}" not in text


def test_administration_is_linked_for_who_may_open_it(client, sysadmin):
    assert 'href="/manage/"' in client.get("/inbox/").content.decode()


def test_administration_is_not_linked_for_others(client):
    client.force_login(UserFactory())
    assert "/manage/" not in client.get("/inbox/").content.decode()


def test_policy_takes_only_steps_that_have_limits(client, sysadmin):
    policy = {"case_class": "ordinary", "length": 5, "unit": "days", "valid_from": "2090-01-01", "basis": "测试文件第 1 号"}
    policy |= {"ladder": "-5,-2,-1,0", "yellow_after": 1, "red_after": 2, "extensions": 1, "extension_length": 30}
    client.post("/manage/core/deadlinepolicy/add/", policy | {"step": "acccept"})
    assert not DeadlinePolicy.objects.filter(valid_from=date(2090, 1, 1)).exists()
    client.post("/manage/core/deadlinepolicy/add/", policy | {"step": "accept"})
    assert calendars.policy_for("accept", date(2090, 1, 1)).length == 5


POLICY = {"step": "accept", "case_class": "complex", "length": 5, "unit": "days", "valid_from": "2090-01-01", "basis": "测试文件"}
POLICY |= {"ladder": "-5,-2,0", "yellow_after": 1, "red_after": 2, "extensions": 1, "extension_length": 30}
WRONG = {
    "valid_from": ("2020-01-01", "这一天已经过去"),
    "length": ("0", "1 到 3660"),
    "ladder": ("-2,1", "逾期后每个工作日都会提醒"),
    "red_after": ("1", "红牌在黄牌之后"),
    "extension_length": ("0", "最长多久"),
    "step": ("finnish", ""),
    "unit": ("weeks", ""),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_policy_that_makes_no_sense_is_told_beside_its_field(client, sysadmin, name):
    value, says = WRONG[name]
    response = client.post("/manage/core/deadlinepolicy/add/", POLICY | {name: value})
    errors = response.context["adminform"].form.errors
    assert list(errors) == [name]
    assert says in str(errors[name])
    assert not DeadlinePolicy.objects.filter(case_class="complex").exists()


def test_a_second_policy_of_one_day_is_told(client, sysadmin):
    client.post("/manage/core/deadlinepolicy/add/", POLICY)
    response = client.post("/manage/core/deadlinepolicy/add/", POLICY | {"length": 7})
    assert response.context["adminform"].form.errors
    assert DeadlinePolicy.objects.get(case_class="complex").length == 5


def test_a_policy_in_force_keeps_what_it_counts_and_cannot_be_deleted(client, sysadmin):
    policy = DeadlinePolicy.objects.get(step="finish")
    address = f"/manage/core/deadlinepolicy/{policy.pk}"
    client.post(f"{address}/change/", POLICY | {"step": "finish", "length": 99, "red_after": 4})
    client.post(f"{address}/delete/", {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [policy.pk], "post": "yes"}
    client.post("/manage/core/deadlinepolicy/", chosen)
    policy.refresh_from_db()
    assert (policy.length, policy.red_after) == (30, 4)
    assert "已经生效" in client.get(f"{address}/change/").content.decode()


def test_a_policy_to_come_can_be_changed_and_deleted(client, sysadmin):
    client.post("/manage/core/deadlinepolicy/add/", POLICY)
    policy = DeadlinePolicy.objects.get(case_class="complex")
    client.post(f"/manage/core/deadlinepolicy/{policy.pk}/change/", POLICY | {"length": 7})
    policy.refresh_from_db()
    assert policy.length == 7
    client.post(f"/manage/core/deadlinepolicy/{policy.pk}/delete/", {"post": "yes"})
    assert not DeadlinePolicy.objects.filter(case_class="complex").exists()


def test_calendar_is_read_anew_after_a_day_was_deleted(client, sysadmin):
    CalendarDay.objects.create(day=date(2026, 9, 14), is_workday=False)
    calendars.forget()
    assert not calendars.work_calendar().is_workday(date(2026, 9, 14))
    client.post("/manage/core/calendarday/2026-09-14/delete/", {"post": "yes"})
    assert calendars.work_calendar().is_workday(date(2026, 9, 14))


def test_agency_entered_by_hand_finds_its_place_and_initials(client, sysadmin):
    parent = staffed_agency()
    posts = {"posts-TOTAL_FORMS": 1, "posts-INITIAL_FORMS": 0, "posts-0-kind": "principal", "posts-0-user": sysadmin.pk}
    row = {"name": "县测试站", "short_name": "测试站", "kind": "section", "parent": parent.pk, "sort": 1, "is_active": "on"}
    client.post("/manage/agencies/agency/add/", row | posts | {"posts-0-since": "2026-01-05"})
    agency = Agency.objects.get(name="县测试站")
    assert (agency.depth, agency.initials) == (1, "csz")
    assert [post.rank for post in agency.posts.all()] == [1]


def test_account_takes_its_roles_from_boxes(client, sysadmin):
    other = officer()
    form = {"username": other.username, "full_name": "测试员", "is_active": "on", "language": "zh-hans"}
    client.post(f"/manage/accounts/user/{other.pk}/change/", form | {"roles": ["officer", "supervisor"]})
    other.refresh_from_db()
    assert other.roles == ["officer", "supervisor"]


@pytest.mark.parametrize(("role", "words"), [("finance", "还没有自己的页面"), ("officer", "快到期")])
def test_empty_inbox_says_what_may_come(client, role, words):
    client.force_login(UserFactory(roles=[role]))
    assert words in client.get("/inbox/").content.decode()
