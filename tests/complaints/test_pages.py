"""What pages say: choosing an agency, confirming a phone, waiting, deadlines in words, messages in both languages."""

from datetime import date

import pytest
from django.utils import translation

from complaints import actions, drafts, reading
from complaints.ports import NextDeadline
from complaints.receipts import receipt_of
from complaints.tracking import due_of
from core import deliveries
from core.models import Delivery, DemoMessage

from .citizen import Citizen
from .samples import AT, agency, filer, filing

pytestmark = pytest.mark.django_db


def at_the_phone_page() -> Citizen:
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.gives_a_name()
    return citizen


def test_find_shows_the_agencies_and_judges_nothing():
    body = agency()
    page = Citizen().answers("about", q="住建", find="1", respondent="7 号窗口").content.decode()
    assert body.name in page
    assert "7 号窗口" in page
    assert "alert-sum" not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "请输入单位名称"),
        ({"q": "住建"}, "请从列表中选一个单位"),
        ({"q": "没有的"}, "没有找到这个单位"),
        ({"agency": "none"}, "请写下在哪里、办什么事"),
    ],
)
def test_about_page_says_what_is_missing(fields, said):
    agency()
    assert said in Citizen().answers("about", **fields).content.decode()


def test_chosen_agency_is_shown_again():
    body = agency()
    citizen = Citizen()
    citizen.answers("about", q="住建", agency=str(body.pk))
    assert f'value="{body.pk}"' in citizen.sees("/complaints/new/about/")


def test_wrong_code_is_told_beside_the_field():
    citizen = at_the_phone_page()
    code = drafts.open_code(citizen.draft())[0]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert "验证码不对" in citizen.answers("phone", code=wrong).content.decode()
    assert "请填写短信里的 6 位数字" in citizen.answers("phone", code="").content.decode()


def test_another_code_at_once_is_refused_in_words():
    citizen = at_the_phone_page()
    assert citizen.answers("phone", again="1").headers["Location"].endswith("/phone/")
    assert "请等一分钟" in citizen.sees("/complaints/new/phone/")


def test_going_back_to_the_contact_sends_no_second_code():
    citizen = at_the_phone_page()
    citizen.answers("contact", **citizen.contact())
    assert citizen.draft().phone_codes_sent == 1


@pytest.mark.parametrize("slug", ["phone", "evidence"])
def test_every_page_can_be_left(slug):
    citizen = at_the_phone_page()
    assert citizen.answers(slug, save="1").headers["Location"] == "/complaints/left/"


@pytest.mark.parametrize(
    ("today", "state", "text"),
    [
        (date(2026, 9, 18), "near", "还有 4 天"),
        (date(2026, 9, 22), "today", "今天到期"),
        (date(2026, 9, 23), "late", "已逾期 1 天"),
        (date(2026, 9, 28), "red", "已逾期 6 天"),
    ],
)
def test_running_limit_in_words(today, state, text):
    deadline = NextDeadline("受理", "本办公室", date(2026, 9, 18), date(2026, 9, 22), {})
    with translation.override("zh-hans"):
        due = due_of(deadline, today)
    assert (due.state, due.text) == (state, text)
    assert 0 <= due.percent <= 100


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "9 月 22 日（星期二）24:00"), ("en", "Tuesday 22 September")])
def test_message_of_receipt_says_number_and_day_and_not_the_matter(language, words):
    complaint = actions.lodge(filing(filer=filer(language=language)), at=AT)
    deliveries.deliver(Delivery.objects.get().pk, at=AT)
    body = DemoMessage.objects.get().body
    assert complaint.number in body
    assert words in body
    assert [word for word in ("投诉", "omplain", "住建") if word in body] == []


def test_officers_see_who_filed_masked():
    seen = reading.masked_filer(actions.lodge(filing(), at=AT))
    assert seen is not None
    assert (seen.name, seen.phone, seen.has_email) == ("示**", "138****2071", True)
    assert reading.masked_filer(actions.lodge(filing(filer=None), at=AT)) is None


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"notify_email": True, "notify_sms": False}, "发电子邮件告诉您"),
        ({"filer": None}, "我们无法通知您，请凭编号和查询码查看"),
    ],
)
def test_receipt_says_how_the_filer_hears(changes, text):
    complaint = actions.lodge(filing(**changes), at=AT)
    with translation.override("zh-hans"):
        assert receipt_of(complaint).next_steps[0]["text"] == text
