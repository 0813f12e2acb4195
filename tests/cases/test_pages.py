"""The pages of the office and of the agencies: what they show, what they hide, and forms that keep what was typed."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Post
from cases import actions
from cases.models import Case
from cases.workflow import Status
from complaints.models import Disclosure
from core import files
from core.models import Event
from tests.factories import (
    EMAIL,
    MONDAY,
    NAME,
    NARRATIVE,
    PHONE,
    SUMMARY,
    case_at,
    consent,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    staffed_agency,
    the_assignment,
    the_complaint,
)

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def page_of(client, path, data=None, *, user):
    client.force_login(user)
    return client.get(path) if data is None else client.post(path, data)


def text_of(client, path, *, user):
    return page_of(client, path, user=user).content.decode()


ACCEPT = {"category": "4", "behaviours": ["4a", "1a"], "mode": "assign", "summary": SUMMARY, "version": "1"}


def accepting(case, by, **more):
    return ACCEPT | {"agency": str(case.respondent_agency_id), "handler": str(by.pk)} | more


def test_accepting_assigns_and_returns_to_the_case(client):
    case, by = new_case(), officer()
    response = page_of(client, f"/staff/cases/{case.pk}/accept/", accepting(case, by), user=by)
    assert response["Location"] == f"/staff/cases/{case.pk}/"
    case.refresh_from_db()
    assert (case.status, case.handler, case.behaviours) == (Status.DISPATCHED, by, ["4a"])


def test_the_form_suggests_what_the_complaint_says(client):
    case, by = new_case(), officer()
    form = page_of(client, f"/staff/cases/{case.pk}/accept/", user=by).context["form"]
    assert (form["category"].value(), form["agency"].value(), form["handler"].value()) == (4, case.respondent_agency_id, by.pk)


def test_boxes_of_consent_exist_only_where_there_is_consent(client):
    case, by = new_case(), officer()
    path = f"/staff/cases/{case.pk}/accept/"
    assert "disclose" not in page_of(client, path, user=by).context["form"].fields
    consent(the_complaint(case), Disclosure.WORDS)
    assert [label for _value, label in page_of(client, path, user=by).context["form"].fields["disclose"].choices]


def test_a_made_up_tick_of_consent_discloses_nothing(client):
    case, by = new_case(), officer()
    page_of(client, f"/staff/cases/{case.pk}/accept/", accepting(case, by, disclose=f"{case.respondent_agency_id}:name"), user=by)
    assert the_assignment(case).disclosed == []


def test_refused_summary_keeps_what_was_typed_and_repeats_nothing_in_the_message(client):
    case, by = new_case(), officer()
    typed = f"请联系 {PHONE}。核查三次退件。"
    response = page_of(client, f"/staff/cases/{case.pk}/accept/", accepting(case, by, summary=typed), user=by)
    assert response.context["form"]["summary"].value() == typed
    assert PHONE not in str(response.context["form"].errors["summary"])
    assert Case.objects.get(pk=case.pk).status == Status.TRIAGE


@pytest.mark.parametrize("field", ["category", "mode", "agency", "summary", "handler"])
def test_missing_answers_are_named_beside_their_field(client, field):
    case, by = new_case(), officer()
    response = page_of(client, f"/staff/cases/{case.pk}/accept/", accepting(case, by, **{field: ""}), user=by)
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize("summary", ["x" * 5001, "a\x00b"])
def test_overlong_and_binary_text_is_refused_with_a_message(client, summary):
    case, by = new_case(), officer()
    response = page_of(client, f"/staff/cases/{case.pk}/accept/", accepting(case, by, summary=summary), user=by)
    assert list(response.context["form"].errors) == ["summary"]


def test_stale_page_says_what_changed_and_keeps_what_was_typed(client):
    case, by = new_case(), officer()
    actions.accept(case, by=officer(), version=1, ruling=actions.Ruling(2), at=MONDAY)
    response = page_of(client, f"/staff/cases/{case.pk}/accept/", accepting(case, by), user=by)
    page = response.content.decode()
    assert "页面已过时" in page
    assert "本办公室自办" in page
    assert SUMMARY in page
    assert Case.objects.get(pk=case.pk).category == 2


def test_act_that_is_over_leads_back_to_the_case(client):
    case = case_at(Status.HANDLING, own=True)
    response = page_of(client, f"/staff/cases/{case.pk}/accept/", user=officer())
    assert response["Location"] == f"/staff/cases/{case.pk}/"


def test_whole_case_by_forms_alone(client):
    case, by, leader = new_case(), officer(), office_leader()
    post = lambda path, user, **data: page_of(client, path, {"version": Case.objects.get().version, **data}, user=user)  # noqa: E731
    post(f"/staff/cases/{case.pk}/accept/", by, **{key: value for key, value in accepting(case, by).items() if key != "version"})
    desk, assignment = holder(case.respondent_agency), the_assignment(case)
    post(f"/staff/assignments/{assignment.pk}/receive/", desk)
    post(f"/staff/assignments/{assignment.pk}/report/", desk, finding="upheld", facts_found="属实。", measures="已补办。")
    post(f"/staff/cases/{case.pk}/send-back/", leader, reason="请写明依据。")
    post(
        f"/staff/assignments/{assignment.pk}/report/",
        desk,
        finding="upheld",
        facts_found="属实，依据第六条。",
        measures="已补办。",
    )
    post(f"/staff/cases/{case.pk}/approve/", leader, reply="已经办好。")
    post(f"/staff/cases/{case.pk}/follow-up/", by, satisfaction="dissatisfied", note="嫌慢。")
    post(f"/staff/cases/{case.pk}/close/", by, reason="已依规办理。")
    case.refresh_from_db()
    assert (case.status, case.reply) == (Status.CLOSED, "已经办好。")


def test_own_case_and_declining_by_forms(client):
    first, second, by = new_case(), new_case(), officer()
    page_of(client, f"/staff/cases/{first.pk}/accept/", accepting(first, by, mode="handle", summary=""), user=by)
    page_of(
        client, f"/staff/cases/{first.pk}/report/", {"version": 3, "finding": "not_upheld", "facts_found": "不属实。"}, user=by
    )
    words = {"version": 1, "reason": "不属于机关效能问题。", "advice": "other", "advice_text": "县仲裁院"}
    page_of(client, f"/staff/cases/{second.pk}/decline/", words, user=by)
    assert [Case.objects.get(pk=case.pk).status for case in (first, second)] == [Status.REPORTED, Status.DECLINED]


def test_reply_is_drafted_from_the_report(client):
    case = case_at(Status.REPORTED)
    form = page_of(client, f"/staff/cases/{case.pk}/approve/", user=office_leader()).context["form"]
    assert (
        form["reply"].value()
        == "您反映的问题，我们已经调查核实，情况属实。\n\n三次退件均未出具书面告知。\n\n已补办，并约谈窗口人员。"
    )


def test_upheld_report_needs_measures(client):
    case = case_at(Status.RECEIVED)
    path = f"/staff/assignments/{the_assignment(case).pk}/report/"
    words = {"version": case.version, "finding": "upheld", "facts_found": "属实。"}
    assert list(page_of(client, path, words, user=holder(case.agency)).context["form"].errors) == ["measures"]


@pytest.mark.parametrize(
    "status", [Status.TRIAGE, Status.DECLINED, Status.RECEIVED, Status.REPORTED, Status.REPLIED, Status.CLOSED]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_case_page_shows_the_masked_complainant_only(client, status, language):
    client.cookies["django_language"] = language
    case = case_at(status)
    page = text_of(client, f"/staff/cases/{case.pk}/", user=officer())
    assert "甲** · 139****1234" in page
    assert [value for value in (NAME, PHONE, EMAIL) if value in page] == []


ONE_INK_BUTTON = [
    (Status.TRIAGE, "accept"),
    (Status.REPLIED, "follow_up"),
    (Status.FOLLOWED_UP, "close"),
]


@pytest.mark.parametrize(("status", "name"), ONE_INK_BUTTON)
def test_next_action_is_the_one_ink_button(client, status, name):
    case = case_at(status)
    acts = page_of(client, f"/staff/cases/{case.pk}/", user=officer()).context["page"].next_step.acts
    assert [act.primary for act in acts] == [True] + [False] * (len(acts) - 1)
    assert name.replace("_", "-") in acts[0].url


def test_who_cannot_act_is_told_whose_turn_it_is(client):
    case = case_at(Status.REPORTED)
    step = page_of(client, f"/staff/cases/{case.pk}/", user=officer()).context["page"].next_step
    assert (step.acts, "领导" in step.text) == ([], True)


def test_number_is_shown_once_and_logged(client):
    case, by = new_case(), officer()
    response = page_of(client, f"/staff/cases/{case.pk}/phone/", {"purpose": "facts"}, user=by)
    assert "139 0000 1234" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "139 0000 1234" not in text_of(client, f"/staff/cases/{case.pk}/", user=by)
    assert Event.objects.filter(type="vault.revealed").count() == 1


def test_number_needs_a_purpose(client):
    case = new_case()
    response = page_of(client, f"/staff/cases/{case.pk}/phone/", {"purpose": "consent"}, user=officer())
    assert list(response.context["call"].errors) == ["purpose"]
    assert not Event.objects.filter(type="vault.revealed").exists()


def test_number_is_not_for_another_officer(client):
    case = case_at(Status.RECEIVED)
    assert page_of(client, f"/staff/cases/{case.pk}/phone/", {"purpose": "facts"}, user=officer()).status_code == 404


def test_history_names_who_acted_and_reminders_name_who_was_told(client):
    case = case_at(Status.DISPATCHED)
    actions.remind(case.deadlines.open().get().pk, at=MONDAY.replace(day=15))
    page = text_of(client, f"/staff/cases/{case.pk}/", user=officer())
    assert handler_of(case).full_name in page
    assert page.count(holder(case.agency).full_name) >= 3
    assert "接下来的提醒" in page


def test_earlier_matters_of_the_same_number_and_agency_are_linked(client):
    agency = staffed_agency()
    first, second = new_case(agency=agency), new_case(agency=agency)
    shown = page_of(client, f"/staff/cases/{second.pk}/", user=officer()).context["page"]
    assert (shown.same_person.times, shown.same_person.cases, shown.same_agency) == (2, [first], [first])


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return files.store_upload(SimpleUploadedFile("收据 1.png", PNG, "image/png"), at=MONDAY)


def test_evidence_is_opened_by_the_office_alone(client, stored):
    case = new_case(files=(stored,))
    path = f"/staff/cases/{case.pk}/evidence/{stored.evidence.pk}/"
    response = page_of(client, path, user=officer())
    assert (response.status_code, response["Content-Type"], "sandbox" in response["Content-Security-Policy"]) == (
        200,
        "image/png",
        True,
    )
    assert page_of(client, path, user=holder(case.respondent_agency)).status_code == 404
    assert page_of(client, path.replace(f"/{case.pk}/", f"/{new_case().pk}/"), user=officer()).status_code == 404


def test_name_of_a_file_does_not_tell_an_officer_who_filed(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    named = files.store_upload(SimpleUploadedFile(f"{NAME} {PHONE}.png", PNG, "image/png"), at=MONDAY)
    case, by = new_case(files=(named,)), officer()
    page = text_of(client, f"/staff/cases/{case.pk}/", user=by)
    opened = page_of(client, f"/staff/cases/{case.pk}/evidence/{named.evidence.pk}/", user=by)
    assert "＊＊＊ ＊＊＊.png" in page
    assert [value for value in (NAME, PHONE) if value in page or value in unquote(opened["Content-Disposition"])] == []


def test_case_page_costs_the_same_whatever_happened(client, django_assert_num_queries):
    case = case_at(Status.CLOSED)
    client.force_login(officer())
    client.get(f"/staff/cases/{case.pk}/")
    with django_assert_num_queries(20):  # one of them asks until when the data of an ended case is kept
        client.get(f"/staff/cases/{case.pk}/")


STATUSES = [Status.DISPATCHED, Status.RECEIVED, Status.REPORTED, Status.REPLIED, Status.CLOSED]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_agency_never_learns_who_filed(client, status, language):
    client.cookies["django_language"] = language
    case = case_at(status, narrative=NARRATIVE + "我叫甲乙丙。")
    desk = holder(case.agency)
    pages = [f"/staff/assignments/{the_assignment(case).pk}/", "/staff/assignments/", "/inbox/"]
    text = "".join(text_of(client, path, user=desk) for path in pages)
    assert [
        value for value in (NAME, PHONE, f"****{PHONE[-4:]}", EMAIL, "甲**", case.title, "领导回来再说") if value in text
    ] == []


@pytest.mark.parametrize("kind", ["", "accept/", "decline/", "approve/", "phone/"])
def test_agency_has_no_case_pages(client, kind):
    case = case_at(Status.DISPATCHED)
    for user in (holder(case.agency), holder(case.agency, Post.Kind.PRINCIPAL)):
        assert page_of(client, f"/staff/cases/{case.pk}/{kind}", user=user).status_code == 404


def test_another_agency_finds_nothing(client):
    assignment = the_assignment(case_at(Status.DISPATCHED))
    stranger = holder(staffed_agency())
    assert page_of(client, f"/staff/assignments/{assignment.pk}/", user=stranger).status_code == 404
    assert page_of(client, f"/staff/assignments/{assignment.pk}/receive/", {"version": 3}, user=stranger).status_code == 404


def test_leader_of_the_agency_reads_without_buttons(client):
    assignment = the_assignment(case_at(Status.DISPATCHED))
    leader = holder(assignment.agency, Post.Kind.PRINCIPAL)
    page = text_of(client, f"/staff/assignments/{assignment.pk}/", user=leader)
    assert SUMMARY in page
    assert f"/staff/assignments/{assignment.pk}/receive/" not in page
    assert page_of(client, f"/staff/assignments/{assignment.pk}/receive/", {"version": 3}, user=leader).status_code == 404


def test_stale_receipt_is_told(client):
    case = case_at(Status.DISPATCHED)
    assignment = the_assignment(case)
    response = page_of(client, f"/staff/assignments/{assignment.pk}/receive/", {"version": 1}, user=holder(case.agency))
    assert "页面已过时" in response.content.decode()


def disclosed_case(*fields):
    case = new_case()
    consent(the_complaint(case), *fields)
    dispatch = actions.Dispatch(case.respondent_agency, SUMMARY, tuple(fields))  # type: ignore[arg-type]
    actions.accept(case, by=officer(), version=1, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)
    case.refresh_from_db()
    return case


def test_disclosed_words_are_shown_masked(client):
    case = disclosed_case(Disclosure.WORDS)
    page = text_of(client, f"/staff/assignments/{the_assignment(case).pk}/", user=holder(case.agency))
    assert "领导回来再说" in page
    assert (NAME in page, PHONE in page) == (False, False)


def test_disclosed_number_is_shown_on_asking_and_logged(client):
    case = disclosed_case(Disclosure.PHONE)
    path, desk = f"/staff/assignments/{the_assignment(case).pk}/", holder(case.agency)
    assert PHONE not in text_of(client, path, user=desk)
    page = page_of(client, f"{path}disclosed/", {}, user=desk).content.decode()
    assert "139 0000 1234" in page
    assert NAME not in page
    assert Event.objects.filter(type="vault.revealed", actor=f"user:{desk.pk}").count() == 1


def test_agency_list_puts_first_what_is_to_be_done(client):
    agency = staffed_agency()
    reported, waiting = case_at(Status.REPORTED, agency=agency), case_at(Status.DISPATCHED, agency=agency)
    shown = page_of(client, "/staff/assignments/", user=holder(agency)).context["page"].day
    assert [row.assignment.case for row in shown.to_do] == [waiting]
    assert [row.assignment.case for row in shown.others] == [reported]


@pytest.mark.parametrize("rows", [1, 8])
def test_agency_list_queries_do_not_grow(client, django_assert_max_num_queries, rows):
    agency = staffed_agency()
    for _row in range(rows):
        case_at(Status.DISPATCHED, agency=agency)
    client.force_login(holder(agency))
    client.get("/staff/assignments/")
    with django_assert_max_num_queries(10):
        client.get("/staff/assignments/")


@pytest.mark.parametrize(
    ("make", "start"),
    [(officer, "/staff/"), (office_leader, "/staff/"), (lambda: holder(staffed_agency()), "/staff/assignments/")],
)
def test_everybody_starts_where_the_work_is(client, make, start):
    assert page_of(client, "/accounts/landing/", user=make())["Location"] == start


def test_reply_is_drafted_in_the_complainants_language(client):
    case = case_at(Status.REPORTED)
    client.cookies["django_language"] = "en"
    page = page_of(client, f"/staff/cases/{case.pk}/approve/", user=office_leader())
    assert page.context["form"].initial["reply"].startswith("您反映的问题")


def test_agency_reads_of_the_complainants_data_in_the_third_person(client):
    case = new_case()
    consent(the_complaint(case), Disclosure.NAME, agency=case.agency)
    page = page_of(client, f"/staff/cases/{case.pk}/accept/", user=officer()).content.decode()
    assert "我的姓名" not in page
    assert "姓名，只告诉" in page
