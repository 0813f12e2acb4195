"""Every notice about a case can be read in both languages, fits its reader, and names nobody."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from agencies.models import Post
from cases import actions, notifications, outbox
from cases.excellence.criteria import criteria_of
from cases.models import Letter, Review
from cases.workflow import Status
from complaints import actions as complaint_actions
from complaints.models import Complainant, Rating
from complaints.units import unit_of
from core.deliveries import message_for
from core.models import Notice
from core.rendering import render
from tests.complaints.helping import clerk
from tests.factories import (
    EMAIL,
    MONDAY,
    NAME,
    PHONE,
    UserFactory,
    agency_of,
    ask_unmasking,
    case_at,
    clause,
    co_handler,
    disposition,
    handler_of,
    holder,
    investigation,
    merged,
    new_case,
    nominated,
    office_leader,
    officer,
    rectification,
    reopened,
    returned_case,
    the_assignment,
    the_complaint,
    wrong_case,
)

from .test_pages import PNG

pytestmark = pytest.mark.django_db
TEMPLATES = sorted(
    path.name.removesuffix(".subject.txt") for path in (settings.BASE_DIR / "templates/notices/cases").glob("*.subject.txt")
)


def move_clocks(leader):
    """More time asked for twice, a clock that stood still, and two reminders of one morning for the same person."""
    cases, later = [case_at(Status.RECEIVED), case_at(Status.RECEIVED)], MONDAY.replace(day=16)
    for case, approve in zip(cases, (True, False), strict=True):
        row = actions.ask_extension(
            the_assignment(case), by=holder(case.agency), version=None, length=5, reason="鉴定。", progress="已送检。", at=later
        )
        actions.decide_extension(row, by=leader, approve=approve, note="理由不充分。", at=later)
    why = {"ground": "expert", "basis": "《示例办法》第九条", "words": "等待鉴定。"}
    actions.suspend(cases[0], by=leader, version=None, from_on=later.date(), at=later, **why)
    actions.resume(cases[0], by=leader, version=None, until_on=later.date(), at=later)
    for case in (new_case(), new_case()):
        actions.remind(case.deadlines.open().get().pk, at=later)
    actions.gather_reminders(at=later.replace(hour=11))


def among_agencies():
    """A case referred, two that were given back with either answer, and help that was asked for, given and ended."""
    accepted, refused, helped = returned_case(), returned_case(), case_at(Status.RECEIVED)
    actions.take_over(accepted, by=officer(), version=None, at=MONDAY)
    actions.refuse_return(refused, by=officer(), version=None, reason="属你单位职责。", at=MONDAY)
    given, owed = co_handler(helped), co_handler(helped)
    actions.give_opinion(given, by=holder(given.agency), opinion="已核查。", at=MONDAY)
    actions.end_co_handling(owed, by=officer(), at=MONDAY)
    actions.refer(helped, by=officer(), version=None, body="discipline", reason="涉嫌违纪。", at=MONDAY)


def supervise(leader):
    """A card that fell away, one that another leader withdrew on appeal, one that stayed, one not followed; orders both ways."""
    other, by = office_leader(), officer()
    lapsed, late = case_at(Status.DISPATCHED), MONDAY.replace(day=23)
    actions.oversee(lapsed.deadlines.select_related("policy", "case__handler").open().get(step="receive"), at=late)
    lapsed.deadlines.update(closed_at=MONDAY, next_reminder_at=None)
    actions.look_at_suggestions(late)
    details: dict[str, Any] = {"colour": "yellow", "ground": "perfunctory", "reason": "流于形式。", "at": MONDAY}
    for decision in ("kept", "withdrawn"):
        card = actions.issue_new_card(case_at(Status.RECEIVED), by=leader, **details)
        actions.appeal_card(card, by=holder(card.agency), reason="已办。", at=MONDAY)
        actions.decide_appeal(card, by=other, decision=decision, reason="已核实。", at=MONDAY)
    case = case_at(Status.RECEIVED)
    actions.dismiss_card(actions.propose_card(case, by=by, **details), by=leader, reason="不足以亮牌。", at=MONDAY)
    actions.send_chaser(case, by=by, words="请尽快办理。", at=MONDAY)
    order = actions.give_order(case, by=leader, demand="请当面听取意见。", at=MONDAY)
    for _time in range(2):
        actions.answer_order(order, by=holder(case.agency), text="已办。", at=MONDAY)
        if not order.replies.exclude(decision="").exists():
            actions.send_answer_back(order, by=leader, reason="不完整。", at=MONDAY)
    actions.accept_answer(order, by=leader, at=MONDAY)
    actions.cancel_order(
        actions.give_order(case, by=leader, demand="请当面听取意见。", at=MONDAY), by=leader, reason="误发。", at=MONDAY
    )


@pytest.fixture
def notices():
    """One notice of every template, from cases walked by the real actions."""
    officer()
    closed, own = case_at(Status.CLOSED), case_at(Status.REPORTED, own=True)
    again, declined, rated = case_at(Status.REPORTED), case_at(Status.DECLINED), case_at(Status.REPLIED)
    leader = office_leader()
    for case in (own, again):
        actions.send_back(case, by=leader, version=case.version, reason="请补充。", at=MONDAY)
    actions.accept(new_case(), by=handler_of(closed), version=1, ruling=actions.Ruling(4), handler=officer(), at=MONDAY)
    matter = the_complaint(rated)
    actions.take_rating(matter, Rating.objects.create(complaint=matter, satisfaction="satisfied", created_at=MONDAY), MONDAY)
    actions.remind(case_at(Status.DISPATCHED).deadlines.open().get().pk, at=MONDAY.replace(day=17))
    for decision in ("approved", "refused"):
        request = ask_unmasking(new_case())
        actions.decide_unmasking(request, decision=decision, note="请先打电话。", by=leader, at=MONDAY)
    assert declined.decline_reason
    case_at(Status.REPLIED, channel="helper_unit", filed_by=(by := clerk()), filed_by_unit=unit_of(by))
    talked, triage = case_at(Status.RECEIVED), new_case()
    complaint_actions.write(the_complaint(talked), "请问进展如何？", token="a", at=MONDAY)
    complaint_actions.supplement(the_complaint(talked), [SimpleUploadedFile("a.png", PNG)], at=MONDAY)
    notifications.evidence_locked(the_complaint(talked).evidence.get(), MONDAY)
    twin = merged(new_case(), case_at(Status.RECEIVED))
    actions.unmerge(twin, by=officer(), version=None, at=MONDAY)
    complaint_actions.correct_name(the_complaint(triage), "甲乙丁", at=MONDAY)
    complaint_actions.withdraw(the_complaint(triage), "", at=MONDAY)
    complaint_actions.withdraw(the_complaint(talked), "", at=MONDAY)
    notifications.corrected(new_case(), at=MONDAY)
    unsure, by = new_case(), officer()
    denied = the_complaint(unsure)
    actions.note_identity(unsure, complaint=denied, level="in_person", confirmed=False, seen=0, by=by, at=MONDAY)
    actions.end_withdrawn(talked, by=handler_of(talked), version=None, reason="投诉人撤回，事实已清。", at=MONDAY)
    _decides_beside_the_course(closed, triage=new_case(), by=leader)
    move_clocks(leader)
    for kind in ("acceptance", "dispatch"):
        actions.issue_letter(
            Letter.objects.get(case=own if kind == "acceptance" else again, kind=kind), by=officer(), version=None, at=MONDAY
        )
    among_agencies()
    _after_the_end(leader)
    supervise(leader)
    _inquire(leader)
    return {notice.template.removeprefix("cases/"): notice for notice in Notice.objects.filter(template__startswith="cases/")}


def _inquire(leader):
    """A note, a record, two dispositions, a rectification answered twice, and recusals of a handler, of another and by order."""
    case, other = case_at(Status.REPLIED), officer()
    by, liaison = handler_of(case), holder(case.agency)
    actions.write_note(case, by=by, text="请看登记簿。", mentioned=other, at=MONDAY)
    investigation(case_at(Status.HANDLING, own=True), by, other)
    for number, approve in (("第一条", True), ("第二条", False)):
        row = disposition(case, clause=clause(number=number))
        actions.decide_disposition(row, by=leader, approve=approve, note="情节轻微。", at=MONDAY)
    demand = rectification(case)
    for accept in (False, True):
        actions.answer_rectification(demand, by=liaison, text="已改。", at=MONDAY)
        actions.judge_rectification(demand, by=leader, accept=accept, note="缺照片。", at=MONDAY)
    office_leader()
    ordered = actions.order_recusal(case, by=leader, user=other, ground="kin", at=MONDAY)
    actions.lift_recusal(ordered, by=leader, reason="查明并无亲属关系。", at=MONDAY)
    actions.declare_recusal(case, by=by, ground="kin", at=MONDAY)


def _decides_beside_the_course(closed, *, triage, by):
    """The complainant asks for a review, claims a reward and agrees to something; a case goes to another handler."""
    moved = case_at(Status.RECEIVED)
    actions.hand_on({moved.pk: moved.version}, to=officer(), by=by, at=MONDAY)
    post = Post.objects.get(agency=moved.agency, kind=Post.Kind.LIAISON_OFFICER)
    successor = UserFactory.create(roles=[Role.LIAISON_OFFICER])
    actions.hand_over_post(post, to=successor, by=by, at=MONDAY)
    matter = the_complaint(closed)
    Complainant.objects.update(verification="phone", verified_at=MONDAY)
    complaint_actions.ask_review(matter, 1, "答复漏了一点。", at=MONDAY)
    actions.answer_review(Review.objects.get(), by=by, outcome="kept", answer="维持。", at=MONDAY)
    complaint_actions.claim_reward(matter, at=MONDAY)
    filed = the_complaint(triage)
    complaint_actions.set_consent(filed, agency_of(filed), ["name"], seen=[], at=MONDAY)


def _after_the_end(leader):
    """A case is opened again and becomes a problem case; others answer for a wrong one, or are proud of an excellent one."""
    again, excellent, wrong = case_at(Status.FOLLOWED_UP), case_at(Status.CLOSED), case_at(Status.CLOSED)
    again.reworks = 2
    again.save()
    reopened(again, by=officer(), agency=True)
    row = nominated(excellent)
    actions.judge(row, by=leader, points={one.pk: 90 for one in criteria_of(row.year)}, at=MONDAY)
    actions.choose_excellent(row, by=leader, reason="可推广。", at=MONDAY)
    person = wrong_case(wrong, by=leader, account=handler_of(wrong))
    actions.decide_responsibility(person, by=office_leader(), decided="talk", note="属实。", at=MONDAY)
    actions.appeal(person, by=handler_of(wrong), words="当时没有授权。", at=MONDAY)
    third = outbox.leaders()[0]
    actions.answer_appeal(person, by=third, outcome="kept", final="", answer="维持。", at=MONDAY)


def test_every_text_is_used_and_every_notice_has_a_text(notices):
    assert sorted(notices) == TEMPLATES


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_notices_read_well(notices, language):
    for template, notice in notices.items():
        subject, body = render(notice, language)
        several = notice.facts.get("numbers") or [part["number"] for part in notice.facts.get("parts", [])]
        assert several or notice.facts["number"] in subject, template  # what tells of several names them below
        assert all(number in body for number in several or [notice.facts["number"]])
        assert not [mark for mark in ("&#", "None", "{{", "%(", "  ") if mark in subject + body], template


def test_notices_name_nobody(notices):
    for notice in notices.values():
        text = "".join(render(notice, "zh-hans"))
        assert [value for value in (NAME, PHONE, EMAIL, "窗口三次退回") if value in text] == []


def test_staff_find_the_way_by_a_whole_address(notices, settings):
    settings.SITE_URL = "https://portal.example"
    message = message_for(notices["assigned"].deliveries.get())
    assert f"https://portal.example{notices['assigned'].facts['path']}" in message.body


def test_complainants_are_told_nothing_of_the_matter_and_given_no_staff_address(notices):
    for template in ("accepted", "declined", "replied", "closed"):
        assert set(notices[f"{template}_to_complainant"].facts) == {"number", "due_on"}
