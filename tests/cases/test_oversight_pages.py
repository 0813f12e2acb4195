"""The pages of supervision: what they show to whom in both languages, forms that keep what was typed, lists that stay cheap."""

import pytest
import time_machine

from accounts.roles import Role
from agencies.models import Post
from cases import actions
from cases.models import Card, Case, Chaser, SupervisionOrder
from cases.queue import Queue
from cases.workflow import Status
from core import calendars
from core.models import CalendarDay, Event
from tests.factories import (
    NAME,
    PHONE,
    UserFactory,
    case_at,
    handler_of,
    holder,
    office_leader,
    officer,
    staffed_agency,
    the_assignment,
)

from .test_cards import NOON, REASON, appealed, issued, late_case, leaders, the_card
from .test_overseeing import cards, morning, sweep
from .test_pages import page_of, text_of
from .test_supervising import DEMAND, answered, chased, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_that_week():
    with time_machine.travel(NOON, tick=False):
        yield


def everything():
    """A case with a card under appeal, a chaser and an answered order."""
    card = appealed(issued())
    case = Case.objects.get(pk=card.case_id)
    chased(case, at=NOON)
    answered(ordered(case, leaders()[0], at=NOON), at=NOON)
    return case


# Sheets, lists and forms in both languages.


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_sheet_shows_all_that_was_done(client, language):
    client.cookies["django_language"] = language
    case = everything()
    page = text_of(client, f"/staff/cases/{case.pk}/oversight/", user=leaders()[1])
    missing = [words for words in (REASON, DEMAND, "请尽快办理", "系统故障", "已当面听取意见") if words not in page]
    assert missing == []
    assert f"/staff/cards/{the_card(case).pk}/decide/" in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("show", ["waiting", "appealed", "force", "year", "over", "orders", "answered", "done", "nonsense"])
def test_each_list_opens(client, language, show):
    client.cookies["django_language"] = language
    case = everything()
    page = text_of(client, f"/staff/oversight/?show={show}", user=leaders()[1])
    assert (case.number in page) is (show in {"appealed", "force", "year", "orders", "answered"})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_form_of_the_office_opens(client, language):
    client.cookies["django_language"] = language
    case, by = everything(), leaders()[1]
    sweep(morning(18))
    own, order = f"/staff/cases/{case.pk}/oversight", SupervisionOrder.objects.get().pk
    red, yellow = the_card(colour="red").pk, the_card().pk
    paths = [
        f"{own}/card/",
        f"{own}/chaser/",
        f"{own}/order/",
        f"/staff/orders/{order}/decide/",
        f"/staff/orders/{order}/cancel/",
    ]
    paths += [f"/staff/cards/{red}/issue/", f"/staff/cards/{red}/dismiss/"]
    paths += [f"/staff/cards/{yellow}/withdraw/", f"/staff/cards/{yellow}/decide/"]
    assert {path: page_of(client, path, user=by).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_page_of_the_agency_opens(client, language):
    client.cookies["django_language"] = language
    card = issued()
    order = ordered(Case.objects.get(pk=card.case_id), leaders()[0], at=NOON)
    desk = holder(card.agency)
    paths = ["/staff/assignments/", f"/staff/assignments/{the_assignment(card.case).pk}/", "/staff/cards/"]
    paths += [f"/staff/cards/{card.pk}/appeal/", f"/staff/orders/{order.pk}/answer/"]
    pages = {path: text_of(client, path, user=desk) for path in paths}
    assert [path for path, page in pages.items() if card.case.number not in page] == []
    assert [value for value in (NAME, PHONE, card.case.title, leaders()[0].full_name) if value in "".join(pages.values())] == []


def test_an_agency_does_not_see_a_suggestion_or_what_another_was_given(client):
    case = late_case()
    page = text_of(client, f"/staff/assignments/{the_assignment(case).pk}/", user=holder(case.agency))
    assert "card-" not in page
    assert page_of(client, f"/staff/cards/{the_card(case).pk}/appeal/", user=holder(case.agency)).status_code == 404
    issued_one = actions.issue_card(the_card(case), by=leaders()[0], reason=REASON, at=NOON)
    assert page_of(client, f"/staff/cards/{issued_one.pk}/appeal/", user=holder(staffed_agency())).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICER, Role.OFFICE_LEADER}])
@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_find_nothing(client, role, method):
    case = everything()
    card, order = the_card(case).pk, SupervisionOrder.objects.get().pk
    client.force_login(UserFactory.create(roles=[role]))
    paths = [f"/staff/cases/{case.pk}/oversight/{act}" for act in ("", "card/", "chaser/", "order/")]
    paths += [f"/staff/cards/{card}/{act}/" for act in ("issue", "dismiss", "withdraw", "decide", "appeal")]
    paths += [f"/staff/orders/{order}/{act}/" for act in ("answer", "decide", "cancel")]
    paths += ["/staff/oversight/", "/staff/oversight/agencies/"]
    assert {getattr(client, method)(path).status_code for path in paths} <= {404, 405}


def test_who_issued_a_card_finds_no_page_to_decide_on_it_and_reads_who_can(client):
    case = everything()
    issuer, other = leaders()
    assert page_of(client, f"/staff/cards/{the_card(case).pk}/decide/", user=issuer).status_code == 404
    assert other.full_name in text_of(client, f"/staff/cases/{case.pk}/oversight/", user=issuer)


# Acting.


def post(client, path, data, user):
    return page_of(client, path, data, user=user)


def test_the_reason_of_a_late_card_is_drafted_in_the_portals_language(client):
    client.cookies["django_language"] = "en"
    card = the_card(late_case())
    draft = page_of(client, f"/staff/cards/{card.pk}/issue/", user=leaders()[0]).context["form"]["reason"].value()
    assert draft == "“签收”时限于 2026 年 9 月 15 日到期，已逾期 2 个工作日。依据：本办公室办理时限规定（试行）。"


def test_issuing_leads_back_to_the_card(client):
    card = the_card(late_case())
    response = post(client, f"/staff/cards/{card.pk}/issue/", {"reason": REASON}, leaders()[0])
    assert response["Location"] == f"/staff/cases/{card.case_id}/oversight/#card-{card.pk}"
    assert cards() == [("yellow", "issued")]


def test_a_refused_reason_keeps_what_was_typed_and_is_noted(client):
    card = the_card(late_case())
    response = post(client, f"/staff/cards/{card.pk}/issue/", {"reason": f"{NAME}反映"}, leaders()[0])
    assert response.context["form"]["reason"].value() == f"{NAME}反映"
    assert list(response.context["form"].errors) == ["reason"]
    assert Event.objects.filter(type="vault.words_checked").count() == 1


@pytest.mark.parametrize("reason", ["", " ", "x" * 2001, "a\x00b"])
@pytest.mark.parametrize("act", ["issue", "dismiss"])
def test_bad_reasons_are_refused_beside_the_field(client, reason, act):
    card = the_card(late_case())
    response = post(client, f"/staff/cards/{card.pk}/{act}/", {"reason": reason}, leaders()[0])
    assert list(response.context["form"].errors) == ["reason"]
    assert cards() == [("yellow", "suggested")]


def test_a_decided_card_leads_to_its_place_and_a_late_click_says_so(client):
    card = issued()
    assert page_of(client, f"/staff/cards/{card.pk}/issue/", user=leaders()[1]).status_code == 302
    response = post(client, f"/staff/cards/{card.pk}/issue/", {"reason": REASON}, leaders()[1])
    assert "生效中" in str(response.context["form"].non_field_errors())


@pytest.mark.parametrize(("by", "state"), [(office_leader, "issued"), (officer, "suggested")])
def test_a_leader_issues_and_an_officer_proposes_on_the_same_page(client, by, state):
    office_leader()
    case = case_at(Status.RECEIVED)
    data = {"colour": "yellow", "ground": "perfunctory", "reason": "调查流于形式。"}
    assert post(client, f"/staff/cases/{case.pk}/oversight/card/", data, by()).status_code == 302
    assert cards() == [("yellow", state)]


@pytest.mark.parametrize("field", ["colour", "ground", "reason"])
def test_a_card_by_hand_needs_every_answer(client, field):
    case = case_at(Status.RECEIVED)
    data = {"colour": "yellow", "ground": "perfunctory", "reason": "调查流于形式。"} | {field: ""}
    response = post(client, f"/staff/cases/{case.pk}/oversight/card/", data, office_leader())
    assert list(response.context["form"].errors) == [field]


def test_the_agency_appeals_and_another_leader_decides(client):
    card = issued()
    post(client, f"/staff/cards/{card.pk}/appeal/", {"reason": "系统故障。"}, holder(card.agency, Post.Kind.PRINCIPAL))
    data = {"decision": "withdrawn", "reason": "申诉成立。"}
    assert post(client, f"/staff/cards/{card.pk}/decide/", data, leaders()[1]).status_code == 302
    assert cards() == [("yellow", "withdrawn")]


def test_a_chaser_is_drafted_sent_and_read(client):
    case, by = case_at(Status.RECEIVED), officer()
    path = f"/staff/cases/{case.pk}/oversight/chaser/"
    assert "2026 年 10 月 14 日" in page_of(client, path, user=by).context["form"]["words"].value()
    post(client, path, {"words": "请尽快办理。"}, by)
    assert Chaser.objects.get().sent_by == by
    assert "请尽快办理。" in text_of(client, f"/staff/assignments/{the_assignment(case).pk}/", user=holder(case.agency))


def test_an_order_goes_there_and_back(client):
    case = case_at(Status.RECEIVED)
    post(client, f"/staff/cases/{case.pk}/oversight/order/", {"demand": DEMAND}, office_leader())
    order = SupervisionOrder.objects.get()
    answer = {"text": "已当面听取意见。"}
    assert post(client, f"/staff/orders/{order.pk}/answer/", answer, holder(case.agency)).status_code == 302
    path, by = f"/staff/orders/{order.pk}/decide/", handler_of(case)
    assert list(post(client, path, {"decision": "sent_back", "reason": ""}, by).context["form"].errors) == ["reason"]
    post(client, path, {"decision": "sent_back", "reason": "没有书面答复。"}, by)
    post(client, f"/staff/orders/{order.pk}/answer/", answer, holder(case.agency))
    post(client, path, {"decision": "accepted", "reason": ""}, by)
    order.refresh_from_db()
    assert (order.state, order.replies.count()) == ("accepted", 2)


def test_an_order_stands_first_in_the_agencys_list_until_it_is_answered(client):
    order = ordered(case_at(Status.REPORTED))
    desk, path = holder(order.agency), "/staff/assignments/"
    assert [line.row for line, _assignment in page_of(client, path, user=desk).context["page"].day.orders] == [order]
    answered(order, at=NOON)
    assert page_of(client, path, user=desk).context["page"].day.orders == []


# Chips, counts, and what they cost.


def test_the_queue_shows_a_card_that_was_issued_and_says_no_more_that_it_is_due():
    case = late_case()
    assert _in_queue(case) == ("", "达黄牌", "yellow")
    actions.issue_card(the_card(case), by=leaders()[0], reason=REASON, at=NOON)
    assert _in_queue(case) == ("已亮黄牌", "逾期", "yellow")


def _in_queue(case):
    row = next(row for row in Queue(leaders()[0], {}).page().rows if row.case == case)
    assert row.due
    return row.card, row.due.text, row.due.state


def test_the_case_page_says_that_a_card_waits_until_it_is_decided(client):
    case = late_case()
    path, by = f"/staff/cases/{case.pk}/", leaders()[1]
    assert page_of(client, path, user=by).context["page"].card_waits
    sweep(morning(18))
    actions.issue_card(the_card(colour="red"), by=leaders()[0], reason=REASON, at=morning(18))
    page = page_of(client, path, user=by).context["page"]
    assert (page.card_waits, page.card) == (False, "已亮红牌")
    appealed(the_card(colour="red"), at=morning(18))
    assert page_of(client, path, user=by).context["page"].card_waits


def test_the_side_of_the_queue_counts_what_waits(client):
    everything()
    sweep(morning(18))
    page = page_of(client, "/staff/", user=leaders()[0]).context["page"]
    assert [link.count for link in page.groups[-1].links] == ["1", "1", "1"]


def test_the_sheet_warns_of_a_card_that_has_lost_its_ground(client):
    card = issued()
    CalendarDay.objects.create(day="2026-09-16", is_workday=False)
    calendars.forget()
    page = text_of(client, f"/staff/cases/{card.case_id}/oversight/", user=leaders()[0])
    assert "该牌已失去依据" in page


@pytest.mark.parametrize("number", [1, 6])
def test_lists_cost_the_same_however_long(client, django_assert_max_num_queries, number):
    for _one in range(number):
        late_case()
    client.force_login(leaders()[0])
    client.get("/staff/oversight/")
    with django_assert_max_num_queries(6):
        assert len(client.get("/staff/oversight/").context["page"].cards) == number


@pytest.mark.parametrize("number", [1, 4])
def test_the_sheet_costs_the_same_however_much_happened(client, django_assert_max_num_queries, number):
    case = everything()
    order, by = SupervisionOrder.objects.get(), leaders()[1]
    for _one in range(number):
        actions.send_answer_back(order, by=handler_of(case), reason="不完整。", at=NOON)
        answered(order, at=NOON)
    client.force_login(by)
    client.get(f"/staff/cases/{case.pk}/oversight/")
    with django_assert_max_num_queries(20):
        client.get(f"/staff/cases/{case.pk}/oversight/")


@pytest.mark.parametrize("number", [1, 5])
def test_own_cards_cost_the_same_however_many(client, django_assert_max_num_queries, number):
    agency = staffed_agency()
    for _one in range(number):
        case = late_case(agency=agency)
        actions.issue_card(the_card(case), by=leaders()[0], reason=REASON, at=NOON)
    client.force_login(holder(agency))
    client.get("/staff/cards/")
    with django_assert_max_num_queries(8):
        assert len(client.get("/staff/cards/").context["own"].rows) == number


def test_long_lists_go_by_pages(client, monkeypatch):
    monkeypatch.setattr("cases.oversight.lists.PAGE_SIZE", 2)
    made = [late_case() for _one in range(3)]
    by, agency = leaders()[0], made[0].agency_id
    first = page_of(client, "/staff/oversight/", user=by).context["page"]
    assert [line.row.case for line in first.cards] == [made[2], made[1]]
    second = page_of(client, f"/staff/oversight/{first.next_url}", user=by).context["page"]
    assert ([line.row.case for line in second.cards], second.next_url) == ([made[0]], "")
    narrowed = page_of(client, f"/staff/oversight/?show=waiting&agency={agency}&colour=yellow", user=by).context["page"]
    assert [line.row.case for line in narrowed.cards] == [made[0]]


# The board.


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_number_of_the_board_leads_to_what_it_counts(client, language):
    client.cookies["django_language"] = language
    everything()
    late_case()
    late_case(agency=Card.objects.earliest("pk").agency)
    response = page_of(client, "/staff/oversight/agencies/", user=leaders()[0])
    board = response.context["board"]
    assert [[number for number, _url in row.cells] for row in board.rows] == [[2, 1, 1, 0, 1], [1, 1, 0, 0, 0]]
    for row in board.rows:
        for number, url in row.cells:
            page = client.get(url).context["page"]
            assert len(getattr(page, "rows", None) or [*getattr(page, "cards", []), *getattr(page, "orders", [])]) == number, url


def test_the_board_costs_the_same_however_many_agencies(client, django_assert_max_num_queries):
    for _one in range(4):
        late_case()
    client.force_login(leaders()[0])
    client.get("/staff/oversight/agencies/")
    with django_assert_max_num_queries(8):
        assert len(client.get("/staff/oversight/agencies/").context["board"].rows) == 4


def test_a_leader_with_a_post_in_an_agency_does_not_see_its_numbers(client):
    case = late_case()
    leader = holder(case.agency)
    leader.roles = [Role.OFFICE_LEADER, Role.LIAISON_OFFICER]
    leader.save()
    assert page_of(client, "/staff/oversight/agencies/", user=leader).context["board"].rows == []


@pytest.mark.parametrize("asked", ["agency=x", "agency=99999999999999999999", "agency=²", "colour=blue", "before=x", "show=\x00"])
def test_nonsense_in_the_address_is_left_out(client, asked):
    late_case()
    assert page_of(client, f"/staff/oversight/?{asked}", user=leaders()[0]).status_code == 200


def test_words_for_the_agency_are_looked_at_before_they_are_sent(client):
    case, by = case_at(Status.RECEIVED), officer()
    path = f"/staff/cases/{case.pk}/oversight/chaser/"
    response = post(client, path, {"words": f"请回 {PHONE}", "do": "look"}, by)
    assert response.context["form"].checked.certain
    assert not Chaser.objects.exists()
