"""The pages of rewards in both languages: lists, the sheet, each act, and what who reported sees."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.roles import OFFICE, Role
from cases.workflow import Status
from complaints import actions as complaint_actions
from complaints import codes
from core import clock
from core.models import Notice
from core.rendering import render
from supervisors import actions
from supervisors.models import DeclinedClaim, Payable, Reward
from tests.factories import MONDAY, NAME, PHONE, UserFactory, filer, office_leader, officer, the_complaint

from .rewarding import ACCOUNT, APPROVED, UNTIL, approved, collected, grade, pay, proposed, rewardable, scheme

pytestmark = pytest.mark.django_db
LISTS = reverse("supervisors:rewards")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The day of the approval."""
    monkeypatch.setattr(clock, "now", lambda: APPROVED)


def sheet(case):
    return reverse("supervisors:case_reward", args=[case.pk])


def page(client, address, language="zh-hans"):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def answers(**fields):
    given: dict[str, Any] = {
        "own_duty": "no",
        "accomplice": "no",
        "truth": "whole",
        "truth_reason": "查实。",
        "worth": "decisive",
    }
    given |= {"worth_reason": "已约谈。", "grade": grade().pk, "amount": "", "base": "", "reason": "线索准确。", "version": 1}
    return given | fields


def open_tracking(client, complaint):
    """Show number and query code at the door, as who filed does."""
    client.post(reverse("complaints:track"), {"number": complaint.number, "code": codes.query_code(complaint)})


# Who sees what


@pytest.mark.parametrize("role", Role)
def test_only_the_office_finds_any_of_it(client, role):
    reward = approved()
    client.force_login(UserFactory.create(roles=[role]))
    paths = [LISTS, sheet(reward.case), reverse("supervisors:reward_decision", args=[reward.pk])]
    assert {client.get(path).status_code for path in paths} == {200 if role in OFFICE else 404}


def test_acts_are_not_there_for_who_may_not(client):
    reward = proposed()
    other = approved(rewardable(filer=filer(name="丁戊己", verification="phone", verified_at=MONDAY)))
    client.force_login(officer())
    paths = [reverse(f"supervisors:{name}", args=[reward.pk]) for name in ("decide_reward", "cancel_reward", "reward_decision")]
    paths.append(reverse("supervisors:decline_reward", args=[other.case_id, other.complaint_id]))
    assert {client.get(path).status_code for path in paths} == {404}
    client.force_login(reward.proposed_by)
    assert client.get(reverse("supervisors:decide_reward", args=[reward.pk])).status_code == 404


# Lists


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("look", ["claims", "qualify", "proposed", "notified", "claimed", "paid", "ended", "nonsense"])
def test_every_list_opens_empty_and_with_a_line(client, look, language):
    client.force_login(officer())
    assert page(client, f"{LISTS}?look={look}", language)
    reward = collected()
    if look == "claimed":
        assert reward.case.number in page(client, f"{LISTS}?look={look}", language)


def test_a_claim_and_a_case_that_qualifies_stand_in_their_lists(client):
    scheme()
    claimed, other = rewardable(), rewardable(filer=filer(name="丁戊己", verification="phone", verified_at=MONDAY))
    complaint_actions.claim_reward(the_complaint(claimed), at=MONDAY)
    client.force_login(officer())
    assert [claimed.number in page(client, f"{LISTS}?look={look}") for look in ("claims", "qualify")] == [True, False]
    assert [other.number in page(client, f"{LISTS}?look={look}") for look in ("claims", "qualify")] == [False, True]


def test_a_list_asks_the_same_for_one_and_for_many(client, django_assert_max_num_queries):
    scheme()
    client.force_login(officer())
    for number in range(5):
        proposed(rewardable(filer=filer(name="丁戊己", phone=f"+861390000567{number}", verification="phone", verified_at=MONDAY)))
    client.get(LISTS)
    for look in ("proposed", "qualify", "claims"):
        with django_assert_max_num_queries(14):
            client.get(f"{LISTS}?look={look}")


# The sheet and the acts


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("walk", [proposed, approved, collected])
def test_the_sheet_shows_reward_and_reasons_and_names_nobody(client, walk, language):
    reward = walk()
    client.force_login(office_leader())
    text = page(client, sheet(reward.case), language)
    assert ("200 元" if language == "zh-hans" else "200 yuan") in text
    assert not [word for word in (NAME, PHONE, ACCOUNT) if word in text]


def test_the_sheet_stands_beside_the_case_and_asks_little(client, django_assert_max_num_queries):
    reward = collected()
    client.force_login(office_leader())
    assert sheet(reward.case) in page(client, reverse("cases:detail", args=[reward.case_id]))
    with django_assert_max_num_queries(24):
        client.get(sheet(reward.case))


def test_a_reward_goes_from_the_form_to_the_decision(client):
    scheme()
    case = rewardable()
    by, leader = officer(), office_leader()
    client.force_login(by)
    address = reverse("supervisors:propose_reward", args=[case.pk, the_complaint(case).pk])
    assert page(client, address)
    case.refresh_from_db()
    assert client.post(address, answers(version=case.version)).status_code == 302
    reward = Reward.objects.get()
    assert reward.amount_fen == 200_00
    client.force_login(leader)
    address = reverse("supervisors:decide_reward", args=[reward.pk])
    assert page(client, address, "en")
    assert client.post(address, {"decision": "yes", "note": "", "version": 1}).status_code == 302
    assert "清优效奖〔2026〕1号" in page(client, reverse("supervisors:reward_decision", args=[reward.pk]))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"own_duty": "yes"}, "处理此事是举报人本人的职责"),
        ({"grade": "2"}, "请填写金额"),
        ({"grade": "2", "amount": "1000.01"}, "300 元 至 1,000 元"),
        ({"grade": "3"}, "请填写该金额"),
        ({"grade": "2", "amount": "一千"}, "大于零"),
        ({"reason": f"{NAME} 举报。"}, "会暴露举报人"),
        ({"truth": ""}, "请选择一项"),
        ({"version": 99}, "页面"),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(client, changed, words):
    scheme()
    case = rewardable()
    client.force_login(officer())
    if "grade" in changed:
        changed = changed | {"grade": grade(int(changed["grade"])).pk}
    given = answers(**{"version": case.version, "worth_reason": "据此补办。"} | changed)
    response = client.post(reverse("supervisors:propose_reward", args=[case.pk, the_complaint(case).pk]), given)
    text = response.content.decode()
    assert response.status_code == 200
    assert words in text
    assert "据此补办。" in text
    assert not Reward.objects.exists()


def test_an_amount_is_read_as_people_type_it(client):
    scheme()
    case = rewardable()
    client.force_login(officer())
    given = answers(version=case.version, grade=grade(2).pk, amount="￥1,000.00 元")
    assert client.post(reverse("supervisors:propose_reward", args=[case.pk, the_complaint(case).pk]), given).status_code == 302
    assert Reward.objects.get().amount_fen == 1000_00


def test_a_leader_declines_a_claim_and_cancels_a_reward(client):
    scheme()
    case = rewardable()
    complaint_actions.claim_reward(the_complaint(case), at=MONDAY)
    client.force_login(office_leader())
    address = reverse("supervisors:decline_reward", args=[case.pk, the_complaint(case).pk])
    assert page(client, address)
    assert client.post(address, {"reason": "不符合本办法第三条。"}).status_code == 302
    assert DeclinedClaim.objects.exists()
    reward = approved(rewardable(filer=filer(name="丁戊己", verification="phone", verified_at=MONDAY)))
    address = reverse("supervisors:cancel_reward", args=[reward.pk])
    assert page(client, address)
    assert client.post(address, {"reason": "虚假。", "version": reward.version}).status_code == 302
    assert client.get(address).status_code == 302
    reward.refresh_from_db()
    assert reward.status == "cancelled"


@pytest.mark.parametrize("anonymous", [False, True])
def test_an_officer_notes_at_the_counter_who_collects(client, anonymous):
    reward = approved(rewardable(anonymous=anonymous))
    client.force_login(officer())
    address = reverse("supervisors:hand_in_reward", args=[reward.pk, 1])
    assert ('name="code"' in page(client, address)) is anonymous
    given = {"code": codes.claim_code(reward.complaint)} if anonymous else {"means": "cash"}
    assert client.post(address, given).status_code == 302
    assert client.get(address).status_code == 302
    reward.refresh_from_db()
    assert reward.status == "claimed"


# Who reported


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_who_reported_collects_to_a_bank_account(client, language):
    reward = approved()
    open_tracking(client, reward.complaint)
    track = reverse("complaints:track_detail", args=[reward.complaint.number])
    collect = reverse("rewards:collect", args=[reward.complaint.number])
    assert 'id="reward"' in page(client, track, language)
    assert collect in page(client, reverse("complaints:reward", args=[reward.complaint.number]), language)
    assert page(client, collect, language)
    refused = client.post(collect, {"means": "bank", "holder": "", "bank": "测试银行", "account": ACCOUNT})
    assert refused.status_code == 200
    given = {"means": "bank", "holder": NAME, "bank": "测试银行", "account": "6222 0210 0111 6245 702", "consent": "on"}
    assert client.post(collect, given).status_code == 302
    reward.refresh_from_db()
    assert reward.status == "claimed"
    text = page(client, reverse("complaints:reward", args=[reward.complaint.number]), language)
    assert Payable.objects.get().voucher in text
    assert ACCOUNT not in text
    assert client.get(collect).status_code == 302


def test_without_a_name_the_claim_code_collects_cash(client):
    reward = approved(rewardable(anonymous=True))
    open_tracking(client, reward.complaint)
    collect = reverse("rewards:collect", args=[reward.complaint.number])
    assert 'name="means"' not in page(client, collect)
    assert "领奖码不正确" in client.post(collect, {"code": "AAAA-AAAA"}).content.decode()
    assert client.post(collect, {"code": codes.claim_code(reward.complaint)}).status_code == 302


def test_nobody_collects_without_having_opened_the_matter(client):
    reward = approved()
    collect = reverse("rewards:collect", args=[reward.complaint.number])
    assert client.post(collect, {"means": "cash"}).status_code == 302
    reward.refresh_from_db()
    assert reward.status == "notified"


def test_what_is_only_proposed_or_refused_is_not_told(client):
    reward = proposed()
    actions.decide_reward(reward, approve=False, note="等级过高。", by=office_leader(), version=None, at=APPROVED)
    open_tracking(client, reward.complaint)
    text = page(client, reverse("complaints:track_detail", args=[reward.complaint.number]))
    assert "等级过高" not in text
    assert "奖励待领取" not in text


def test_the_page_tells_each_end(client):
    reward = collected()
    open_tracking(client, reward.complaint)
    address = reverse("complaints:reward", args=[reward.complaint.number])
    assert "正在发放" in page(client, address)
    pay(reward)
    actions.follow_payments(at=APPROVED)
    assert "您的奖励已发放" in page(client, address)
    assert "奖励已发放" in page(client, reverse("complaints:track_detail", args=[reward.complaint.number]))


# Notices


TEMPLATES = sorted(
    path.name.removesuffix(".subject.txt")
    for path in (settings.BASE_DIR / "templates/notices/supervisors").glob("reward_*.subject.txt")
)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_notice_reads_well_and_tells_a_phone_nothing(language):
    office_leader()
    approved()
    actions.remind_of_rewards(at=clock.midnight(UNTIL - timedelta(days=2)))
    notices = {one.template: one for one in Notice.objects.filter(template__startswith="supervisors/")}
    assert sorted(notices) == [f"supervisors/{name}" for name in TEMPLATES]
    for name, notice in notices.items():
        text = " ".join(render(notice, language))
        assert not [word for word in (NAME, PHONE, "200") if word in text.replace("2026", "")]
        if notice.recipient_kind == "complainant":
            assert not [word for word in ("奖", "eward", "元", "yuan", "举报") if word in text], name


def test_a_case_that_is_not_closed_yet_can_have_a_reward_once_it_is_replied(client):
    scheme()
    case = rewardable(Status.REPLIED)
    client.force_login(officer())
    assert page(client, reverse("supervisors:propose_reward", args=[case.pk, the_complaint(case).pk]))
