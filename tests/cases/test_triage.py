"""The triage desk: what it shows, the line of cases, and where each decision leads."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.urls import reverse
from redis.exceptions import ConnectionError as CacheAway

from accounts.roles import Role
from cases import actions
from cases.models import Case
from cases.triage import leases, line
from cases.workflow import Advice, Status
from complaints.models import Kind
from core import clock
from core.models import Event
from tests.factories import (
    MONDAY,
    OTHER,
    PHONE,
    UserFactory,
    case_at,
    holder,
    new_case,
    officer,
    staffed_agency,
    the_complaint,
)

pytestmark = pytest.mark.django_db
HEAD = "/staff/triage/"
RUDE = "窗口的人头也不抬，态度恶劣，说墙上贴着自己不会看吗，还骂我是刁民。"


@pytest.fixture(autouse=True)
def _nobody_at_the_desk():
    cache.delete_many([f"triage:{pk}" for pk in range(1, 200)])


@pytest.fixture(autouse=True)
def _monday_noon(time_machine):
    time_machine.move_to(MONDAY + timedelta(hours=2))


@pytest.fixture
def me(client):
    person = officer(full_name="周敏")
    client.force_login(person)
    return person


def desk(case):
    return f"/staff/cases/{case.pk}/triage/"


class _Form(HTMLParser):
    """Reads what a browser would send of the desk's form if its first button were pressed at once."""

    def __init__(self):
        super().__init__()
        self.inside, self.sent, self.select, self.area, self.buttons = False, {}, "", "", 0

    def handle_starttag(self, tag, attrs):
        one = dict(attrs)
        self.inside = self.inside or one.get("id") == "desk"
        if not self.inside:
            return
        if tag == "input" and (one.get("type") not in {"radio", "checkbox"} or "checked" in one):
            self.sent.setdefault(one["name"], []).append(one.get("value", "on"))
        self.select = one["name"] if tag == "select" else self.select
        if tag == "option" and "selected" in one:
            self.sent[self.select] = [one["value"]]
        self.area = one["name"] if tag == "textarea" else ""

    def handle_data(self, data):
        if self.area:
            self.sent[self.area] = [self.sent.get(self.area, [""])[0] + data.lstrip("\n")]

    def handle_endtag(self, tag):
        self.area = ""
        self.inside = self.inside and tag != "form"


def shown(client, case):
    """What the page would send as it stands."""
    reader = _Form()
    reader.feed(client.get(desk(case)).content.decode())
    return reader.sent


def lease_of(case, user):
    return leases.take(case.pk, user, at=clock.now())


def test_desk_opens_at_the_case_that_is_due_first(client, me):
    later, first = new_case(MONDAY), new_case(MONDAY - timedelta(days=3))
    assert client.get(HEAD)["Location"] == desk(first)
    assert "第 2 件，共 2 件" in client.get(desk(later)).content.decode()


def test_a_case_whose_clock_stands_still_is_not_in_the_line(client, me):
    case = new_case()
    ground = {"ground": "complainant", "basis": "办法第十条", "words": "等您补充材料。"}
    actions.suspend(case, by=me, version=None, from_on=clock.today(), at=clock.now(), **ground)
    assert not len(line.waiting(me))


def test_sending_what_the_page_shows_accepts_and_leads_to_the_next(client, me):
    first, following = new_case(), new_case()
    response = client.post(desk(first), shown(client, first))
    assert response["Location"] == desk(following)
    first.refresh_from_db()
    assert (first.status, first.handler, first.category) == (Status.DISPATCHED, me, 4)
    assert f"{first.number} 已受理" in client.get(desk(following)).content.decode()


def test_the_last_one_leaves_an_empty_desk_that_says_what_is_left(client, me):
    case, mine = new_case(), case_at(Status.HANDLING, own=True, by=me)
    response = client.post(desk(case), shown(client, case), follow=True)
    text = response.content.decode()
    assert response.request["PATH_INFO"] == HEAD
    assert "没有待受理的投诉" in text
    assert "?view=waiting" in text
    assert mine.status == Status.HANDLING


def test_an_empty_desk_with_nothing_else_to_do_says_so(client, me):
    assert "眼下也没有别的事" in client.get(HEAD).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICER])
def test_the_desk_exists_for_officers_alone(client, role):
    case = new_case()
    client.force_login(UserFactory.create(roles=[role]))
    answers = [client.get(HEAD), client.get(desk(case)), client.post(desk(case)), client.post(f"{desk(case)}here/")]
    assert {answer.status_code for answer in answers} == {404}


def test_who_is_recused_does_not_find_the_case(client):
    case = new_case()
    client.force_login(UserFactory.create(roles=[Role.OFFICER]))
    user = holder(case.respondent_agency)
    user.roles = [Role.OFFICER, Role.LIAISON_OFFICER]
    user.save()
    client.force_login(user)
    assert client.get(desk(case)).status_code == 404
    assert client.get(HEAD).status_code == 200


def test_a_summary_with_a_number_stays_on_the_desk_with_what_was_typed(client, me):
    case = new_case()
    response = client.post(desk(case), shown(client, case) | {"summary": f"请打 {PHONE} 核实。"})
    case.refresh_from_db()
    assert case.status == Status.TRIAGE
    assert f"请打 {PHONE} 核实。" in response.content.decode()
    assert Event.objects.of(case.subject).filter(type="vault.words_checked").exists()


def test_what_may_be_a_name_must_be_looked_at(client, me):
    case = new_case(respondent="王建国", narrative="王建国科长三次退回我的材料，没有书面告知。")
    page = client.get(desk(case)).content.decode()
    assert 'name="stays"' in page
    data = shown(client, case)
    assert client.post(desk(case), data).status_code == 200
    assert client.post(desk(case), data | {"stays": "on"}).status_code == 302


def test_what_the_draft_left_out_is_listed(client, me):
    case = new_case(narrative="请打13800002071找张经理，他三次退回材料。")
    text = client.get(desk(case)).content.decode()
    assert "<mark>13800002071</mark>" in text
    assert "13800002071" not in shown(client, case)["summary"][0]


def test_a_case_that_somebody_else_decided_makes_room_for_the_next(client, me):
    case, following = new_case(), new_case()
    actions.accept(case, by=officer(full_name="李伟国"), version=None, ruling=actions.Ruling(category=4), at=clock.now())
    response = client.post(desk(case), {"version": "1", "summary": "白写了"}, follow=True)
    assert response.request["PATH_INFO"] == desk(following)
    assert "李伟国" in response.content.decode()
    assert "没有保存" in response.content.decode()


def test_going_back_to_what_one_decided_oneself_says_nothing(client, me):
    case, following = case_at(Status.DECLINED, by=me), new_case()
    response = client.get(desk(case), follow=True)
    assert response.request["PATH_INFO"] == desk(following)
    assert "没有保存" not in response.content.decode()


def test_a_decision_that_comes_between_is_noticed(client, me, monkeypatch):
    case, following, other, real = new_case(), new_case(), officer(full_name="李伟国"), actions.accept

    def overtaken(row, **given):
        reason = {"reason": "不属于机关效能问题。", "advice": Advice.PETITIONS}
        actions.decline(row, by=other, version=None, at=clock.now(), **reason)
        return real(row, **given)

    data = shown(client, case)
    monkeypatch.setattr(actions, "accept", overtaken)
    response = client.post(desk(case), data, follow=True)
    assert response.request["PATH_INFO"] == desk(following)
    assert "李伟国" in response.content.decode()


def test_an_old_page_of_a_case_that_still_waits_keeps_what_was_typed(client, me):
    case = new_case()
    data = shown(client, case) | {"summary": "写了很久的摘要"}
    Case.objects.filter(pk=case.pk).update(version=2)
    response = client.post(desk(case), data)
    assert response.status_code == 200
    assert "写了很久的摘要" in response.content.decode()


def test_later_leads_on_and_comes_round_again(client, me):
    one, two, three = new_case(), new_case(), new_case()
    waiting = line.waiting(me)
    assert waiting.following(two) == [three.pk, one.pk]
    assert waiting.preceding(two) == one.pk
    assert waiting.preceding(one) is None
    assert f'href="{desk(three)}" data-key="j"' in client.get(desk(two)).content.decode()


def test_after_the_last_in_line_comes_what_was_left(client, me):
    left, last = new_case(), new_case()
    assert client.post(desk(last), shown(client, last))["Location"] == desk(left)


def test_the_choice_of_the_complainant_stands_before_the_suggestion(client, me):
    case = new_case(narrative=RUDE, category=4)
    assert shown(client, case)["category"] == ["4"]
    assert "服务态度差" in client.get(desk(case)).content.decode()


def test_where_the_complainant_chose_nothing_the_suggestion_is_filled_in(client, me):
    case = new_case(narrative=RUDE, category=0)
    data = shown(client, case)
    assert data["category"] == ["3"]
    assert {"3b", "3g"} <= set(data["behaviours"])
    assert "已填入" in client.get(desk(case)).content.decode()


def test_a_mere_guess_is_not_filled_in(client, me):
    case = new_case(narrative="他们不管这件事。", category=0)
    assert "category" not in shown(client, case)
    assert "仅供参考" in client.get(desk(case)).content.decode()


def test_an_agency_is_suggested_by_what_it_does(client, me):
    agency = staffed_agency(duties="施工许可、房屋安全")
    staffed_agency(duties="道路运输")
    case = new_case(narrative="农房翻建的施工许可交了材料没有回音，房屋安全鉴定也不来。", agency=None, agency_words="那个窗口")
    assert shown(client, case)["agency"] == [str(agency.pk)]
    assert "依据职责：“" in client.get(desk(case)).content.decode()


def test_words_that_point_to_another_house_are_named(client, me):
    case = new_case(narrative="工地老板拖欠我们十一个人的工资，从五月到现在没有给。")
    text = client.get(desk(case)).content.decode()
    assert "12333" in text
    assert "拖欠我们" in text


def test_two_officers_do_not_meet_on_the_same_case(client, me):
    first, following = new_case(), new_case()
    lease_of(first, officer())
    assert client.get(HEAD)["Location"] == desk(following)


def test_each_of_two_at_the_same_case_reads_the_name_of_the_other(client, me):
    case, other = new_case(), officer(full_name="李伟国")
    lease_of(case, other)
    assert "李伟国" in client.get(desk(case)).content.decode()
    assert lease_of(case, other) == [me.pk]


def test_a_lease_runs_out_and_is_given_back(time_machine, me):
    case, other = new_case(), officer()
    lease_of(case, other)
    leases.give_back(case.pk, other, at=clock.now())
    assert lease_of(case, me) == []
    time_machine.move_to(clock.now() + timedelta(seconds=leases.SECONDS + 1))
    assert lease_of(case, other) == []


def test_the_desk_works_while_the_cache_is_away(client, me, monkeypatch):
    case = new_case()

    class Away:
        def __getattr__(self, name):
            raise CacheAway

    monkeypatch.setattr(leases, "cache", Away())
    assert client.get(HEAD)["Location"] == desk(case)
    assert lease_of(case, me) == []


def test_the_page_says_again_that_it_is_open_and_hears_who_else_is_there(client, me):
    case, other = new_case(), officer(full_name="李伟国")
    lease_of(case, other)
    assert client.post(f"{desk(case)}here/").json() == {"names": "李伟国", "waits": True}
    assert client.get(f"{desk(case)}here/").status_code == 405
    actions.accept(case, by=other, version=None, ruling=actions.Ruling(category=4), at=clock.now())
    assert client.post(f"{desk(case)}here/").json()["waits"] is False


def test_declining_from_the_desk_leads_to_the_next(client, me):
    case, following = new_case(), new_case()
    address = f"/staff/cases/{case.pk}/decline/?desk={case.pk}"
    assert f'href="{address}" data-key="d"' in client.get(desk(case)).content.decode()
    assert f'href="{desk(case)}"' in client.get(address).content.decode()
    data = {"version": "1", "reason": "属于劳动争议。", "advice": Advice.OTHER, "advice_text": "劳动监察大队"}
    response = client.post(address, data, follow=True)
    assert response.request["PATH_INFO"] == desk(following)


def test_merging_from_the_desk_leads_to_the_next(client, me):
    old = new_case()
    case, following = new_case(agency=old.respondent_agency, filer=OTHER), new_case(narrative="另外一件事，完全不同的内容。")
    address = f"{reverse('cases:merge', args=[case.pk, old.pk])}?desk={case.pk}"
    assert f'href="{address}" data-key="m"' in client.get(desk(case)).content.decode()
    assert f'href="{desk(case)}"' in client.get(address).content.decode()
    response = client.post(address, {"version": "1"}, follow=True)
    assert response.request["PATH_INFO"] in {desk(following), desk(old)}
    case.refresh_from_db()
    assert case.status == Status.MERGED


@pytest.mark.parametrize("desk_", ["", "x", "²", "9" * 40, "-1"])
def test_an_act_that_did_not_begin_at_the_desk_leads_to_the_case(client, me, desk_):
    case = new_case()
    data = {"version": "1", "reason": "属于劳动争议。", "advice": Advice.PETITIONS}
    response = client.post(f"/staff/cases/{case.pk}/decline/?desk={desk_}", data)
    assert response["Location"] == f"/staff/cases/{case.pk}/"


def test_a_withdrawn_report_offers_its_end(client, me):
    case = new_case(kind=Kind.REPORT, category=5)
    Case.objects.filter(pk=case.pk).update(withdrawn_at=MONDAY)
    assert 'data-key="w"' in client.get(desk(case)).content.decode()


def test_the_day_counts_what_this_person_decided_today(client, me, time_machine):
    case_at(Status.DECLINED, by=me)
    case_at(Status.DECLINED, by=officer())
    day = line.day_of(me, line.waiting(me), clock.now())
    assert (day.done, day.waiting, day.first_due_on) == (1, 0, None)
    assert line.day_of(me, line.waiting(me), clock.now() + timedelta(days=1)).done == 0


def test_english_page_shows_the_same(client, me):
    case = new_case()
    client.cookies["django_language"] = "en"
    text = client.get(desk(case)).content.decode()
    assert "Accept and next" in text
    assert "If accepted today" in text


def test_the_queue_leads_to_the_desk_with_the_number_that_waits(client, me):
    new_case()
    assert 'href="/staff/triage/">受理台 <span>1</span>' in client.get("/staff/").content.decode()


def test_office_leaders_are_not_led_to_the_desk(client):
    client.force_login(UserFactory.create(roles=[Role.OFFICE_LEADER]))
    assert HEAD not in client.get("/staff/").content.decode()


def test_the_page_keeps_secret_what_the_case_page_keeps_secret(client, me):
    case = new_case()
    text = client.get(desk(case)).content.decode()
    assert PHONE not in text
    assert the_complaint(case).working_copy.split("，")[-1][:6] in text


def test_a_button_that_helps_with_the_words_keeps_what_was_chosen(client, me):
    case = new_case(category=0)
    data = shown(client, case) | {"category": "6", "summary": "请核查退件依据。", "do": "look"}
    text = client.post(desk(case), data).content.decode()
    assert "请核查退件依据。" in text
    reader = _Form()
    reader.feed(text)
    assert reader.sent["category"] == ["6"]
    case.refresh_from_db()
    assert case.status == Status.TRIAGE
