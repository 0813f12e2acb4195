"""What the office and the agencies do to a case, each act on its own page in a real browser, from the desk to the archive."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from docx import Document
from PIL import Image
from playwright.sync_api import Page, expect

from agencies.models import Agency
from cases.models import (
    Allegation,
    Assignment,
    Card,
    Case,
    Disposition,
    Extension,
    InvestigationRecord,
    Letter,
    Rectification,
    SupervisionOrder,
)
from cases.workflow import Status
from core import clock
from efficiency_portal.demo_office import inquiry
from tests.factories import new_case, walk_on

from .acting import act, finish

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = {"finding": "upheld", "facts_found": "经核实，三次退件未书面告知。", "measures": "已建立退件书面告知制度。"}


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "盖章件.png"
    Image.new("RGB", (300, 400), "white").save(path)
    return path


def lodged(name: str = "住建局", days: int = 1, **fields: object) -> Case:
    return new_case(clock.now() - timedelta(days=days), agency=Agency.objects.get(short_name=name), **fields)


def now(case: Case) -> Case:
    case.refresh_from_db()
    return case


def sent_to(case: Case, name: str) -> int:
    return Assignment.objects.get(case=case, agency__short_name=name, ended_at=None).pk


def receive(page: Page, case: Case, name: str) -> None:
    mine = sent_to(case, name)
    act(page, "receive", mine, on=reverse("cases:assignment_detail", args=[mine]))


def test_the_desk_accepts_and_goes_on_in_under_five_keys(county, sign_in):
    first, second = lodged(days=2), lodged()
    page = sign_in("zhoumin")
    page.goto(reverse("cases:triage"))
    page.wait_for_url(f"**{reverse('cases:triage_case', args=[first.pk])}")
    keys = 0
    for key in ("4", "a", "Enter"):
        page.keyboard.press(key)
        keys += 1
    page.wait_for_url(f"**{reverse('cases:triage_case', args=[second.pk])}")
    assert now(first).status == Status.DISPATCHED
    assert keys < 5


@pytest.mark.parametrize("choices", [{"scripts": True}, {"scripts": False, "language": "en"}], ids=["chinese", "english-bare"])
def test_a_case_goes_from_agency_to_agency_and_back_to_the_citizen(county, sign_in, scan, choices):
    case = lodged()
    officer, leader, housing, market = (sign_in(name, **choices) for name in ("zhoumin", "zhangjianping", "hejing", "tanglin"))
    other = str(Agency.objects.get(short_name="市监局").pk)
    act(officer, "accept", case.pk, category="4", mode="assign", summary="办理变更时三次退回材料，没有书面告知。请核实。")
    act(housing, "give_back", sent_to(case, "住建局"))
    act(officer, "assign_again", case.pk, agency=other)
    receive(market, case, "市监局")
    act(officer, "add_co_handler", case.pk, agency=str(Agency.objects.get(short_name="住建局").pk))
    receive(housing, case, "住建局")
    act(housing, "opinion", sent_to(case, "住建局"))
    act(market, "ask_extension", sent_to(case, "市监局"), length="10")
    before = case.deadlines.get(step="finish").due_on
    act(leader, "decide_extension", Extension.objects.get().pk, decision="approved")
    assert case.deadlines.get(step="finish").due_on > before
    act(officer, "suspend", case.pk)
    assert now(case).paused_on
    act(officer, "resume", case.pk)
    act(market, "report", sent_to(case, "市监局"), files=scan, **REPORT)
    act(leader, "send_back", case.pk)
    act(market, "report", sent_to(case, "市监局"), files=scan, **REPORT)
    act(leader, "approve", case.pk, reply="您反映的情况属实，已当日办结并整改。")
    act(officer, "follow_up", case.pk, satisfaction="dissatisfied")
    assert now(case).status == Status.FOLLOWED_UP
    act(officer, "reopen", case.pk, words="请说明为何仍未按期办结，并附新的办理记录。")
    assert now(case).is_reopened


def test_an_inquiry_is_written_signed_and_put_right(county, sign_in, scan):
    inquiry.load_measure(clock.today().year)
    case = lodged(days=3)
    walk_on(case, Status.RECEIVED, at=clock.now() - timedelta(days=2), by=county["zhoumin"])
    officer, second, leader, housing = (sign_in(name) for name in ("zhoumin", "liweiguo", "zhangjianping", "hejing"))
    act(officer, "note", case.pk, on=reverse("cases:inquiry", args=[case.pk]))
    act(officer, "split", case.pk, texts="三次退件没有书面告知\n承诺五日未办结")
    began = (clock.now() - timedelta(hours=5)).astimezone(clock.SHANGHAI)
    moments: dict[str, Any] = {"began_at": f"{began:%Y-%m-%dT%H:%M}", "ended_at": f"{began + timedelta(hours=1):%Y-%m-%dT%H:%M}"}
    officer.goto(reverse("cases:new_record", args=[case.pk]))
    for name in ("zhoumin", "liweiguo"):
        officer.locator(f"[name=investigators][value='{county[name].pk}']").check()
    finish(officer, officer.locator("main form", has=officer.locator(".btn-primary")).last, interviewed="窗口负责人", **moments)
    record = InvestigationRecord.objects.get()
    own = reverse("cases:record", args=[record.pk])
    act(officer, "record_evidence", record.pk, on=own, files=scan)
    for page in (officer, second):
        act(page, "sign_record", record.pk, on=own)
    assert record.signatures.count() == 2
    for allegation in Allegation.objects.order_by("pk"):
        act(officer, "allegation", case.pk, allegation.pk, finding="upheld", reason="回执、收件登记与当事人陈述一致。")
    act(officer, "propose_disposition", case.pk)
    act(leader, "decide_disposition", Disposition.objects.get().pk, decision="yes")
    act(housing, "report", sent_to(case, "住建局"), files=scan, **REPORT)
    act(leader, "approve", case.pk, reply="您反映的情况属实，已当日办结并整改。")
    act(officer, "demand_rectification", case.pk)
    act(housing, "answer_rectification", sent_to(case, "住建局"), files=scan)
    act(officer, "judge_rectification", Rectification.objects.get().pk)
    act(officer, "enter_cost", case.pk, amount="46", spent_on=clock.today().isoformat())
    sheet = act(second, "declare_recusal", case.pk) and reverse("cases:detail", args=[case.pk])
    assert second.goto(sheet).status == 404


def test_an_agency_that_does_not_act_is_chased_carded_and_ordered(county, sign_in):
    case = lodged(days=4)
    walk_on(case, Status.RECEIVED, at=clock.now() - timedelta(days=3), by=county["zhoumin"])
    officer, leader, other, housing = (sign_in(name) for name in ("zhoumin", "zhangjianping", "hanxuemei", "hejing"))
    act(leader, "new_card", case.pk, ground="shirking", colour="yellow")
    card = Card.objects.get()
    act(housing, "appeal_card", card.pk)
    act(other, "decide_appeal", card.pk, decision="withdrawn")
    act(officer, "chase", case.pk)
    act(other, "give_order", case.pk)
    order = SupervisionOrder.objects.get()
    act(housing, "answer_order", order.pk)
    act(other, "decide_order", order.pk, decision="accepted")
    officer.goto(reverse("cases:oversight", args=[case.pk]))
    expect(officer.locator("main")).to_contain_text("已撤回")


def test_letters_are_numbered_and_the_case_ends_in_the_archive(county, sign_in):
    case = lodged(days=90)
    walk_on(case, Status.CLOSED, at=clock.now() - timedelta(days=89), by=county["zhoumin"])
    officer = sign_in("zhoumin")
    letter = Letter.objects.filter(case=case).earliest("pk")
    own = reverse("cases:letter", args=[case.pk, letter.pk])
    act(officer, "issue_letter", case.pk, letter.pk, on=own)
    officer.goto(own)
    with officer.expect_download() as download:
        officer.locator("main a[href*='/file/'], main form[action*='/file/'] button").first.click()
    text = "\n".join(one.text for one in Document(str(download.value.path())).paragraphs)
    letter.refresh_from_db()
    assert letter.number in text
    for draft in Letter.objects.filter(case=case, issued_at=None).exclude(pk=letter.pk):
        act(officer, "discard_letter", case.pk, draft.pk)
    act(officer, "archive", case.pk)
    assert now(case).status == Status.ARCHIVED


def test_leaders_figures_lead_to_the_cases_behind_them(county, sign_in):
    case = lodged(days=5)
    walk_on(case, Status.CLOSED, at=clock.now() - timedelta(days=4), by=county["zhoumin"])
    call_command("count_days")
    leader = sign_in("zhangjianping")
    leader.goto(reverse("cases:statistics"))
    leader.locator("main table a").first.click()
    expect(leader.locator("main")).to_contain_text(case.number.split("-")[1])
    leader.goto(reverse("cases:statistics_report"))
    expect(leader.locator("main")).to_contain_text("月")
