"""The inquiry sheet and its pages: they lead from one to the other, keep what was typed, and cost a fixed number of queries."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import OFFICE, Role
from agencies.models import DispositionKind
from cases import actions
from cases.models import Case, Cost, Disposition, InvestigationRecord, Note, Rectification, Recusal
from cases.workflow import Status
from core import files
from core.models import Event
from tests.factories import (
    MONDAY,
    NAME,
    UserFactory,
    case_at,
    clause,
    disposition,
    handler_of,
    holder,
    investigation,
    office_leader,
    officer,
    rectification,
    the_assignment,
    the_complaint,
)

from .test_pages import PNG

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def _at_monday(time_machine):
    time_machine.move_to(LATER)


@pytest.fixture
def own(client):
    """A case of the office, its handler signed in."""
    case = case_at(Status.HANDLING, own=True)
    client.force_login(handler_of(case))
    return case


def path(case, rest=""):
    return f"/staff/cases/{case.pk}/{rest}"


def record_words(*team, **fields):
    given = {"kind": "interview", "investigators": [user.pk for user in team], "place": "会议室", "interviewed": "窗口负责人"}
    return given | {"began_at": "2026-09-15T09:00", "ended_at": "2026-09-15 10:00", "text": "问答如下。"} | fields


def full(case):
    """Everything that the sheet can show, in a case that was replied to."""
    by, leader = handler_of(case), office_leader()
    actions.write_note(case, by=by, text="请查一查登记簿。", mentioned=leader, at=LATER)
    row = investigation(case, by, leader)
    actions.add_evidence(
        row, by=by, what="登记簿", from_whom="窗口", file=files.examine(SimpleUploadedFile("a.png", PNG)), at=LATER
    )
    time = actions.enter_cost(case, by=by, kind="work", amount=90, spent_on=MONDAY.date(), spent_by=leader, at=LATER)
    actions.correct_cost(time, by=by, amount=30, reason="多记。", at=LATER)
    for kind in ("travel", "copies"):
        actions.enter_cost(case, by=by, kind=kind, amount=8640, spent_on=MONDAY.date(), spent_by=by, at=LATER)
    actions.decide_disposition(disposition(case, at=LATER), by=leader, approve=True, at=LATER)
    demand = rectification(case, at=LATER)
    proof = files.examine(SimpleUploadedFile("b.png", PNG))
    actions.answer_rectification(demand, by=holder(demand.assignment.agency), text="已公示。", proofs=[proof], at=LATER)
    actions.lift_recusal(
        actions.declare_recusal(case, by=officer(), ground="kin", at=LATER), by=leader, reason="查明无关系。", at=LATER
    )
    actions.order_recusal(case, by=leader, user=officer(), ground="other", details="有人反映。", at=LATER)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_sheet_reads_well_in_both_languages(client, language):
    case = case_at(Status.REPLIED)
    full(case)
    client.cookies["django_language"] = language
    client.force_login(handler_of(case))
    text = client.get(path(case, "inquiry/")).content.decode()
    assert ("内部意见" in text, "Internal notes" in text) == (language == "zh-hans", language == "en")
    for words in (
        "请查一查登记簿。",
        "172.80",
        "0.5" if language == "en" else "-0.5 小时",
        "第十二条",
        "已公示。",
        "b.png",
        "查明无关系。",
    ):
        assert words in text, words
    assert [mark for mark in ("{{", "{%", "%(", "None") if mark in text] == []


def test_an_empty_sheet_says_what_to_do(client, own):
    text = client.get(path(own, "inquiry/")).content.decode()
    for words in ("还没有分项列出投诉事项", "还没有调查记录", "还没有处理决定", "还没有整改要求", "还没有登记成本", "没有人回避"):
        assert words in text


def test_the_sheet_costs_the_same_however_much_it_shows(client, django_assert_max_num_queries):
    case = case_at(Status.REPLIED)
    full(case)
    client.force_login(handler_of(case))
    client.get(path(case, "inquiry/"))
    with django_assert_max_num_queries(32):
        client.get(path(case, "inquiry/"))
    for _more in range(3):
        investigation(case)
        actions.write_note(case, by=handler_of(case), text="又一条。", at=LATER)
    with django_assert_max_num_queries(32):
        client.get(path(case, "inquiry/"))


@pytest.mark.parametrize("role", Role)
def test_the_sheet_is_the_offices(client, role):
    case = case_at(Status.REPLIED)
    client.force_login(UserFactory.create(roles=[role]))
    assert client.get(path(case, "inquiry/")).status_code == (200 if role in OFFICE else 404)


def test_a_note_is_written_and_a_name_in_it_refused_and_logged(client, own):
    url = path(own, "notes/")
    page = client.post(url, {"note-text": f"问过{NAME}了"})
    assert "问过" in page.content.decode()
    assert "投诉人的姓名" in page.content.decode()
    assert Event.objects.of(own.subject).get(type="vault.words_checked").facts == {"columns": ["name"]}
    assert client.post(url, {"note-text": "请查登记簿。"}).status_code == 302
    assert Note.objects.get().text == "请查登记簿。"


def test_allegations_are_entered_decided_and_suggest_the_finding(client, own):
    client.post(path(own, "allegations/"), {"version": 3, "texts": "三次退件\n\n没有书面告知\n"})
    first, second = own.allegations.order_by("number")
    for row, finding in ((first, "upheld"), (second, "not_upheld")):
        own.refresh_from_db()
        form = {"version": own.version, "text": row.text, "finding": finding}
        page = client.post(path(own, f"allegations/{row.pk}/"), form)
        assert "请写明认定所依据的事实" in page.content.decode()
        assert client.post(path(own, f"allegations/{row.pk}/"), form | {"reason": "登记簿。"}).status_code == 302
    text = client.get(path(own, "report/")).content.decode()
    assert 'value="partly_upheld" id="id_finding_1" checked' in text.replace(" required", "") or "综合认定" in text


def test_an_open_allegation_stops_the_report_on_its_page(client, own):
    actions.split(own, by=handler_of(own), version=None, texts=["三次退件"], at=LATER)
    own.refresh_from_db()
    form = {"version": own.version, "finding": "not_upheld", "facts_found": "不实。"}
    page = client.post(path(own, "report/"), form)
    assert "请先逐项认定" in page.content.decode()
    client.post(path(own, f"allegations/{own.allegations.get().pk}/strike/"))
    own.refresh_from_db()
    assert client.post(path(own, "report/"), form | {"version": own.version}).status_code == 302


def test_the_leader_is_warned_where_the_report_differs(client):
    case = case_at(Status.REPORTED)
    (row,) = actions.split(case, by=handler_of(case), version=None, texts=["三次退件"], at=LATER)
    words = {"text": row.text, "finding": "not_upheld", "reason": "查无此事。"}
    actions.decide_allegation(row, by=handler_of(case), version=None, at=LATER, **words)
    client.force_login(office_leader())
    assert "请退回，或确认原因" in client.get(path(case, "approve/")).content.decode()


def test_a_record_is_written_signed_and_corrected(client, own):
    by, other = handler_of(own), officer()
    url = path(own, "records/")
    assert "须由两人以上" in client.post(url, record_words(by)).content.decode()
    assert client.post(url, record_words(by, other)).status_code == 302
    row = InvestigationRecord.objects.get()
    page = f"/staff/records/{row.pk}/"
    client.post(f"{page}sign/", {"seen": 1})
    client.post(f"{page}evidence/", {"what": "登记簿", "from_whom": "窗口", "file": SimpleUploadedFile("a.png", PNG)})
    assert "登记簿" in client.get(page).content.decode()
    assert row.signatures.filter(signed_at__isnull=False).count() == 0
    item = row.evidence.get()
    assert client.get(f"{page}evidence/{item.pk}/").headers["Content-Type"] == "image/png"
    assert client.post(f"{page}change/", record_words(by, other, seen=2, place="大厅")).status_code == 302
    row.refresh_from_db()
    for person in (by, other):
        client.force_login(person)
        client.post(f"{page}sign/", {"seen": row.version})
    assert "不能再改" in client.get(page).content.decode()
    assert client.get(f"{page}change/").status_code == 404
    assert client.post(f"{url}?replaces={row.pk}", record_words(by, other)).status_code == 302
    assert "已由后来的记录更正" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("began_at", "gestern"),
        ("kind", "torture"),
        ("investigators", ["0", "x"]),
        ("text", ""),
        ("place", "x" * 200),
        ("interviewed", ""),
    ],
)
def test_a_record_with_nonsense_is_told_so_and_keeps_the_rest(client, own, field, value):
    words = record_words(handler_of(own), officer()) | {field: value}
    page = client.post(path(own, "records/"), words)
    assert page.status_code == 200
    assert "field-error" in page.content.decode()
    assert not InvestigationRecord.objects.exists()


@pytest.mark.parametrize("replaces", ["abc", "-1", "99999999999999999999", ""])
def test_a_record_that_is_not_there_is_corrected_by_nothing(client, own, replaces):
    assert client.get(path(own, f"records/?replaces={replaces}")).status_code == 200


def test_cost_is_typed_in_hours_and_yuan(client, own):
    by = handler_of(own)
    url, words = path(own, "costs/"), {"spent_on": "2026-09-14", "spent_by": by.pk}
    client.post(url, words | {"kind": "work", "amount": "1.5"})
    client.post(url, words | {"kind": "travel", "amount": "86.40"})
    assert list(Cost.objects.order_by("pk").values_list("minutes", "fen")) == [(90, 0), (0, 8640)]
    travel = Cost.objects.get(kind="travel")
    assert "86.40" in client.get(path(own, f"costs/{travel.pk}/")).content.decode()
    client.post(path(own, f"costs/{travel.pk}/"), {"amount": "86.40", "reason": "没有出差。"})
    assert client.get(path(own, f"costs/{travel.pk}/")).status_code == 404  # nothing is left of it


@pytest.mark.parametrize("amount", ["0", "-3", "1e9", "abc", "", "NaN", "1.234"])
def test_cost_that_is_no_amount_is_refused(client, own, amount):
    words = {"kind": "travel", "amount": amount, "spent_on": "2026-09-14", "spent_by": handler_of(own).pk}
    assert client.post(path(own, "costs/"), words).status_code == 200
    assert not Cost.objects.exists()


def test_who_declares_loses_the_case_and_lands_in_the_queue(client, own):
    assert "理由" in client.post(path(own, "recuse/"), {"ground": "other"}).content.decode()
    assert client.post(path(own, "recuse/"), {"ground": "kin"}).headers["Location"] == "/staff/"
    assert own.number in client.get("/staff/").content.decode()  # the message that says so
    assert client.get(path(own)).status_code == 404


def test_a_leader_orders_and_another_lifts(client):
    case, gone, leader = case_at(Status.RECEIVED), officer(), office_leader()
    client.force_login(leader)
    client.post(path(case, "order-recusal/"), {"user": gone.pk, "ground": "interest"})
    row = Recusal.objects.get()
    assert client.get(f"/staff/recusals/{row.pk}/lift/").status_code == 200
    assert client.post(f"/staff/recusals/{row.pk}/lift/", {"reason": ""}).status_code == 200
    client.post(f"/staff/recusals/{row.pk}/lift/", {"reason": "查明无关系。"})
    assert Case.objects.visible_to(gone).exists()
    client.force_login(officer())
    assert client.get(path(case, "order-recusal/")).status_code == 404


def test_the_portal_finds_who_holds_a_post_in_the_agency(client):
    from tests.factories import PostFactory

    case = case_at(Status.RECEIVED)
    both = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER], full_name="双职")
    PostFactory.create(agency=case.agency, user=both)
    client.force_login(officer())
    text = client.get(path(case, "inquiry/")).content.decode()
    assert "双职" in text
    assert "系统自动发现" in text


def test_a_disposition_is_proposed_and_decided_on_its_pages(client):
    case, row = case_at(Status.REPLIED), clause(DispositionKind.CRITICISM)
    client.force_login(handler_of(case))
    words = {"version": case.version, "agency": case.agency_id, "kind": "circular", "clause": row.pk, "words": "未一次性告知。"}
    assert "没有规定“通报批评”" in client.post(path(case, "dispositions/"), words).content.decode()
    named = client.post(path(case, "dispositions/"), words | {"kind": "criticism", "words": f"{NAME}反映"})
    assert NAME in named.content.decode()  # what was typed stays
    assert client.post(path(case, "dispositions/"), words | {"kind": "criticism"}).status_code == 302
    made = Disposition.objects.get()
    assert client.get(f"/staff/dispositions/{made.pk}/").status_code == 404  # not for who proposed it
    client.force_login(office_leader())
    assert "请写明不同意的理由" in client.post(f"/staff/dispositions/{made.pk}/", {"decision": "no"}).content.decode()
    client.post(f"/staff/dispositions/{made.pk}/", {"decision": "yes"})
    client.force_login(holder(case.agency))
    text = client.get(f"/staff/assignments/{the_assignment(case).pk}/").content.decode()
    assert "未一次性告知。" in text
    assert handler_of(case).full_name not in text


def test_without_clauses_the_page_says_who_enters_them(client):
    case = case_at(Status.REPLIED)
    client.force_login(handler_of(case))
    assert "请先由系统管理员录入" in client.get(path(case, "dispositions/")).content.decode()


def test_a_rectification_goes_to_the_agency_and_back(client):
    case = case_at(Status.REPLIED)
    by, liaison = handler_of(case), holder(case.agency)
    client.force_login(by)
    client.post(path(case, "rectification/"), {"version": case.version, "agency": case.agency_id, "demand": "请公示清单。"})
    row, mine = Rectification.objects.get(), f"/staff/assignments/{the_assignment(case).pk}/"
    client.force_login(liaison)
    assert f"{mine}rectification/" in client.get(mine).content.decode()
    bad = client.post(f"{mine}rectification/", {"text": "已公示。", "proofs": SimpleUploadedFile("a.exe", b"MZ")})
    assert "a.exe" in bad.content.decode()
    client.post(f"{mine}rectification/", {"text": "已公示。", "proofs": [SimpleUploadedFile("a.png", PNG)]})
    proof = row.answers.get().proofs.get()
    assert client.get(f"{mine}proofs/{proof.pk}/").status_code == 200
    assert client.get(f"/staff/rectifications/{row.pk}/proofs/{proof.pk}/").status_code == 404
    client.force_login(by)
    assert client.get(f"/staff/rectifications/{row.pk}/proofs/{proof.pk}/").status_code == 200
    judge = f"/staff/rectifications/{row.pk}/"
    assert "请填写欠缺之处" in client.post(judge, {"version": 1, "verdict": "no"}).content.decode()
    client.post(judge, {"version": 1, "verdict": "yes", "note": ""})
    row.refresh_from_db()
    assert row.accepted_by == by
    assert client.get(judge).status_code == 302


def test_no_other_agency_opens_a_proof(client):
    case, other = case_at(Status.REPLIED), case_at(Status.REPLIED)
    row = rectification(case)
    proof = files.examine(SimpleUploadedFile("a.png", PNG))
    answer = actions.answer_rectification(row, by=holder(case.agency), text="已改。", proofs=[proof], at=LATER)
    client.force_login(holder(other.agency))
    mine = f"/staff/assignments/{the_assignment(other).pk}/proofs/{answer.proofs.get().pk}/"
    assert client.get(mine).status_code == 404


def test_nothing_of_the_sheet_is_in_the_export(client):
    case = case_at(Status.REPLIED)
    full(case)
    client.force_login(handler_of(case))
    page = client.get("/staff/export/?view=all&format=csv")
    content = b"".join(page.streaming_content) if page.streaming else page.content
    assert "登记簿" not in content.decode("utf-8", "ignore")
    assert the_complaint(case).number
