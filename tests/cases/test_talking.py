"""What complainants do after filing, as the office meets it: messages, evidence, withdrawal; and agencies see none of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from agencies.models import Post
from cases import actions, permissions
from cases.models import Case
from cases.tracking import progress
from cases.workflow import Status
from complaints import actions as complaint_actions
from complaints.models import Message
from core.models import Event, InboxItem, Notice
from tests.core import uploads
from tests.factories import (
    MONDAY,
    NAME,
    PHONE,
    UserFactory,
    case_at,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    the_assignment,
    the_complaint,
)

from .test_pages import page_of, text_of

pytestmark = pytest.mark.django_db
AFTER = [Status.DISPATCHED, Status.RECEIVED, Status.REPORTED, Status.REPLIED, Status.FOLLOWED_UP]


def says(case, text=f"我叫{NAME}，电话 {PHONE}，没有书面通知。"):
    return complaint_actions.write(the_complaint(case), text, token="t", at=MONDAY)


def withdrawn(case, reason=""):
    complaint_actions.withdraw(the_complaint(case), reason, at=MONDAY)
    case.refresh_from_db()
    return case


def address(case):
    return f"/staff/cases/{case.pk}/messages/{the_complaint(case).pk}/"


def asks(client, case, text, *, user, token="t"):
    prefix = f"m{the_complaint(case).pk}"
    return page_of(client, address(case), {f"{prefix}-text": text, f"{prefix}-token": token}, user=user)


def told(template):
    return {int(notice.recipient_id) for notice in Notice.objects.filter(template=f"cases/{template}")}


def test_handler_is_told_of_a_message_once_until_it_is_seen():
    case = case_at(Status.RECEIVED)
    for text in ("第一条", "第二条"):
        says(case, text)
    notice = Notice.objects.get(template="cases/message")
    assert notice.recipient_id == str(case.handler_id)
    assert notice.facts["path"] == f"/staff/cases/{case.pk}/"


def test_files_that_come_one_by_one_are_told_once_until_the_notice_is_read(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case, told_so_far = case_at(Status.RECEIVED), []
    for number in range(3):
        content = uploads.picture("PNG", size=(10 + number, 10))
        complaint_actions.supplement(the_complaint(case), [SimpleUploadedFile("a.png", content)], at=MONDAY)
        told_so_far.append(InboxItem.objects.filter(user=case.handler_id, notice__template="cases/evidence").count())
        if number:
            InboxItem.objects.update(read_at=MONDAY)
    assert told_so_far == [1, 1, 2]


def test_every_officer_is_told_while_nobody_handles_the_case():
    people = {officer().pk, officer().pk}
    says(new_case())
    assert told("message") == people


def test_officers_read_the_masked_copy_and_it_is_new_until_the_handler_looks(client):
    case = case_at(Status.RECEIVED)
    message, path = says(case), f"/staff/cases/{case.pk}/"
    page = text_of(client, path, user=officer())
    assert "没有书面通知" in page
    assert not [value for value in (NAME, PHONE) if value in page]
    assert "tag-new" in text_of(client, path, user=handler_of(case))
    assert "tag-new" not in text_of(client, path, user=handler_of(case))
    assert Message.objects.get(pk=message.pk).seen_at is not None


def test_queue_marks_the_case_with_a_new_message(client):
    case_at(Status.RECEIVED)
    case = case_at(Status.RECEIVED)
    says(case)
    assert text_of(client, "/staff/", user=officer()).count("新留言") == 1
    text_of(client, f"/staff/cases/{case.pk}/", user=handler_of(case))
    assert "新留言" not in text_of(client, "/staff/", user=officer())


@pytest.mark.parametrize("status", [Status.TRIAGE, Status.RECEIVED, Status.DECLINED, Status.CLOSED])
def test_officer_asks_in_any_state(client, status):
    case, by = case_at(status), officer()
    response = asks(client, case, "请问有书面通知吗？", user=by)
    assert response.headers["Location"] == f"/staff/cases/{case.pk}/#messages"
    message = Message.objects.get()
    assert (message.sent_by, message.text_copy) == (by, "请问有书面通知吗？")
    assert Event.objects.get(type="complaint.message_sent").actor == f"user:{by.pk}"


def test_asking_twice_from_one_page_asks_once(client):
    case, by = case_at(Status.RECEIVED), officer()
    for _ in range(2):
        asks(client, case, "请问有书面通知吗？", user=by)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("text", ["", "字" * 2001])
def test_bad_question_is_told_and_kept(client, text):
    page = asks(client, case_at(Status.RECEIVED), text, user=officer()).content.decode()
    assert "alert-sum" in page
    assert text in page
    assert not Message.objects.exists()


def test_complaint_of_another_case_is_not_found(client):
    case, other = case_at(Status.RECEIVED), new_case()
    path = f"/staff/cases/{case.pk}/messages/{the_complaint(other).pk}/"
    assert page_of(client, path, {"text": "x"}, user=officer()).status_code == 404


@pytest.mark.parametrize("role", Role)
def test_who_may_ask(client, role):
    case, by = case_at(Status.RECEIVED), UserFactory.create(roles=[role])
    assert permissions.can_talk(by, case) is (role == Role.OFFICER)
    assert asks(client, case, "请问？", user=by).status_code == (302 if role == Role.OFFICER else 404)


def test_action_asks_for_the_right_itself():
    case = case_at(Status.RECEIVED)
    with pytest.raises(PermissionDenied):
        actions.write_message(case, the_complaint(case), "x", token="t", by=office_leader(), at=MONDAY)


@pytest.mark.parametrize("kind", Post.Kind)
def test_agency_sees_nothing_of_it(client, kind):
    case = case_at(Status.RECEIVED)
    says(case, "只说给办公室听的话")
    withdrawn(case, "只说给办公室听的理由")
    user = holder(case.agency, kind)
    page = text_of(client, f"/staff/assignments/{the_assignment(case).pk}/", user=user)
    assert not [word for word in ("只说给办公室听", "撤回", "留言") if word in page]
    assert page_of(client, f"/staff/cases/{case.pk}/", user=user).status_code == 404
    assert asks(client, case, "请问？", user=user).status_code == 404


def test_withdrawing_before_acceptance_ends_the_case():
    by, case = officer(), withdrawn(new_case())
    assert (case.status, case.withdrawn_at, case.closed_at, case.due_at) == (Status.WITHDRAWN, MONDAY, MONDAY, None)
    assert not case.deadlines.open().exists()
    assert told("withdrawn") == {by.pk}


def test_discipline_matter_stays_for_an_officer_to_decide():
    case, by = withdrawn(new_case(category=5)), officer()
    assert (case.status, case.withdrawn_at) == (Status.TRIAGE, MONDAY)
    assert case.deadlines.open().exists()
    actions.end_withdrawn(case, by=by, version=case.version, reason="没有违纪线索。", at=MONDAY)
    case.refresh_from_db()
    assert (case.status, case.close_reason) == (Status.WITHDRAWN, "没有违纪线索。")


@pytest.mark.parametrize("status", AFTER)
def test_later_the_case_goes_on_and_its_handler_is_told(status):
    case = withdrawn(case_at(status))
    assert (case.status, case.withdrawn_at) == (status, MONDAY)
    assert told("withdrawn") == {case.handler_id}
    assert Event.objects.of(case.subject).filter(type="case.withdrawal_noted").count() == 1


@pytest.mark.parametrize("status", [Status.DISPATCHED, Status.RECEIVED, Status.REPLIED])
def test_handler_ends_a_withdrawn_case_with_a_reason(client, status):
    case = withdrawn(case_at(status))
    path = f"/staff/cases/{case.pk}/end-withdrawn/"
    assert path in text_of(client, f"/staff/cases/{case.pk}/", user=handler_of(case))
    page_of(client, path, {"version": case.version, "reason": ""}, user=handler_of(case))
    page_of(client, path, {"version": case.version, "reason": "投诉人撤回。"}, user=handler_of(case))
    case.refresh_from_db()
    assert (case.status, case.close_reason, case.due_at) == (Status.CLOSED, "投诉人撤回。", None)
    assert Event.objects.of(case.subject).filter(type="case.closed").get().facts == {"because": "withdrawn"}
    assert Notice.objects.filter(template="cases/ended").exists() is (status != Status.REPLIED)


def test_others_cannot_end_it_nor_anybody_what_is_not_withdrawn(client):
    case, open_case = withdrawn(case_at(Status.RECEIVED)), case_at(Status.RECEIVED)
    for row, user in (
        (case, officer()),
        (case, office_leader()),
        (case, holder(case.agency)),
        (open_case, handler_of(open_case)),
    ):
        assert page_of(client, f"/staff/cases/{row.pk}/end-withdrawn/", {"reason": "x"}, user=user).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.end_withdrawn(open_case, by=handler_of(open_case), version=None, reason="x", at=MONDAY)


def test_case_with_another_complainant_goes_on():
    case, second = new_case(), new_case()
    matters = [the_complaint(case), the_complaint(second)]
    second.links.update(case=case)
    for matter, status in zip(matters, (Status.TRIAGE, Status.WITHDRAWN), strict=True):
        complaint_actions.withdraw(matter, "", at=MONDAY)
        case.refresh_from_db()
        assert (case.status, case.withdrawn_at is not None) == (status, status == Status.WITHDRAWN)


@pytest.mark.parametrize("status", [Status.DECLINED, Status.WITHDRAWN, Status.CLOSED])
def test_ended_case_cannot_be_withdrawn(status):
    case = withdrawn(new_case()) if status == Status.WITHDRAWN else case_at(status)
    with pytest.raises(complaint_actions.WithdrawalRefused):
        complaint_actions.withdraw(the_complaint(case), "", at=MONDAY)


def test_complainant_reads_what_became_of_the_withdrawal():
    ended, open_case = withdrawn(new_case()), withdrawn(case_at(Status.REPLIED))
    first, second = (progress(the_complaint(case)) for case in (ended, open_case))
    assert (first.headline, [stage.label for stage in first.stages]) == ("您已撤回投诉", ["收到", "已撤回"])
    assert first.ended_on == MONDAY.date()
    assert "您撤回了投诉" in {entry.title for entry in first.timeline}
    assert (second.may_rate, "由工作人员决定" in second.lead) == (False, True)


def test_case_page_with_a_dialogue_costs_no_more(client, django_assert_num_queries):
    case = withdrawn(case_at(Status.RECEIVED))
    for number in range(3):
        says(case, f"第 {number} 条")
        actions.write_message(case, the_complaint(case), f"问 {number}", token="t", by=handler_of(case), at=MONDAY)
    client.force_login(officer())
    client.get(f"/staff/cases/{case.pk}/")
    with django_assert_num_queries(23):
        client.get(f"/staff/cases/{case.pk}/")


def test_withdrawn_case_is_among_the_done(client):
    case = withdrawn(new_case())
    assert case.number in text_of(client, "/staff/?view=done", user=officer())
    assert case.number not in text_of(client, "/staff/", user=officer())
    assert Case.objects.done().get() == case
