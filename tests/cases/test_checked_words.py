"""The acceptance page prepares the summary: draft, look, replace, confirm; plain posts that lose nothing. Sending back too."""

import pytest

from cases.models import Assignment, Report
from cases.workflow import Status
from core.models import Event
from tests.factories import EMAIL, MONDAY, NAME, PHONE, SUMMARY, case_at, filer, new_case, office_leader, officer

from .test_pages import accepting, page_of

pytestmark = pytest.mark.django_db
PATTERN = "请找张经理，电话 138-0000 2071。"


def posted(client, case, by, **data):
    return page_of(client, f"/staff/cases/{case.pk}/accept/", accepting(case, by, **data), user=by)


def summary_of(response):
    return response.context["form"]["summary"].value()


def confirmed(response):
    return {"stays": "on", "seen": response.context["form"].seen}


def test_draft_fills_the_summary_and_keeps_everything_else(client):
    case, by = new_case(), officer()
    response = posted(client, case, by, summary="", category="2", behaviours=["2a"], secondary=["3"], do="draft")
    form = response.context["form"]
    assert "窗口三次退回材料" in summary_of(response)
    assert (form["category"].value(), form["behaviours"].value(), form["secondary"].value()) == ("2", ["2a"], ["3"])
    assert not form.errors
    assert not Assignment.objects.exists()


def test_draft_comes_after_what_was_typed_already_and_only_once(client):
    case, by = new_case(), officer()
    first = summary_of(posted(client, case, by, summary="先写的话。", do="draft"))
    again = summary_of(posted(client, case, by, summary=first, do="draft"))
    assert first.startswith("先写的话。\n\n")
    assert again == first


def test_look_shows_kind_and_place_but_never_the_value(client):
    case, by = new_case(), officer()
    response = posted(client, case, by, summary=f"请打{PHONE}找她，{EMAIL}", do="look")
    shown = response.content.decode().split('class="found"')[1].split("</section>")[0]
    assert "投诉人的电话" in shown
    assert "请打<mark>＊＊＊</mark>找她，＊＊＊" in shown
    assert PHONE not in shown
    assert EMAIL not in shown


def test_replace_takes_out_what_is_ticked(client):
    case, by = new_case(), officer()
    found = posted(client, case, by, summary=PATTERN, do="look").context["form"].checked.proposals
    response = posted(client, case, by, summary=PATTERN, do="replace", replace=[one.key for one in found if one.ticked])
    assert summary_of(response) == "请找张经理，电话 〔电话〕。"


def test_replace_without_a_tick_or_with_an_invented_key_changes_nothing(client):
    case, by = new_case(), officer()
    assert summary_of(posted(client, case, by, summary=PATTERN, do="replace", replace=["0" * 16])) == PATTERN


def test_patterns_left_ask_once_for_a_confirmation(client):
    case, by = new_case(), officer()
    asked = posted(client, case, by, summary=PATTERN)
    assert list(asked.context["form"].errors) == ["stays"]
    assert summary_of(asked) == PATTERN
    assert posted(client, case, by, summary=PATTERN, **confirmed(asked)).status_code == 302
    assert Assignment.objects.get().summary == PATTERN


def test_a_confirmation_does_not_cover_what_came_later(client):
    case, by = new_case(), officer()
    asked = posted(client, case, by, summary=PATTERN)
    response = posted(client, case, by, summary=f"{PATTERN}车牌湘A12345。", **confirmed(asked))
    assert list(response.context["form"].errors) == ["stays"]
    assert 'name="stays" id="id_stays" checked' not in response.content.decode()


def test_a_confirmation_covers_a_text_whose_other_words_were_changed(client):
    case, by = new_case(), officer()
    asked = posted(client, case, by, summary=PATTERN)
    assert posted(client, case, by, summary=f"另请核查。{PATTERN}", **confirmed(asked)).status_code == 302


def test_no_confirmation_lets_the_vaults_data_through(client):
    case, by = new_case(), officer()
    looked = posted(client, case, by, summary=f"{NAME}，{PATTERN}", do="look")
    response = posted(client, case, by, summary=f"{NAME}，{PATTERN}", **confirmed(looked))
    assert "summary" in response.context["form"].errors
    assert not Assignment.objects.exists()


def test_a_name_that_is_a_word_passes_once_it_was_looked_at(client):
    case, by = new_case(filer=filer(name="高兴"), narrative="窗口不受理。"), officer()
    asked = posted(client, case, by, summary="群众很不高兴，请核查。")
    assert list(asked.context["form"].errors) == ["stays"]
    assert posted(client, case, by, summary="群众很不高兴，请核查。", **confirmed(asked)).status_code == 302


def test_a_clean_summary_asks_nothing(client):
    case, by = new_case(), officer()
    assert "没有发现" in posted(client, case, by, do="look").content.decode()
    assert posted(client, case, by).status_code == 302


def test_what_the_office_handles_itself_is_not_checked(client):
    case, by = new_case(), officer()
    assert posted(client, case, by, mode="handle", summary=PATTERN).status_code == 302


def test_each_try_that_meets_a_complainants_data_leaves_a_line_in_the_log(client):
    case, by = new_case(), officer()
    posted(client, case, by, summary=f"{NAME} {PHONE}", do="look")
    posted(client, case, by, summary="什么也没有。", do="look")
    (event,) = Event.objects.of(case.subject).filter(type="vault.words_checked")
    assert (event.actor, event.facts) == (f"user:{by.pk}", {"columns": ["name", "phone"]})
    assert "其中有投诉人的信息" in page_of(client, f"/staff/cases/{case.pk}/", user=by).content.decode()


@pytest.mark.parametrize("do", ["draft", "look", "replace", "other", "\u202e" * 50])
def test_odd_posts_are_answered(client, do):
    case, by = new_case(), officer()
    odd = {"agency": "x", "disclose": ["nonsense", "1:name:2:3"], "mode": "assign", "seen": "\x01 " * 900, "stays": "?"}
    assert page_of(client, f"/staff/cases/{case.pk}/accept/", {"do": do, "replace": ["", "é"]} | odd, user=by).status_code == 200


def test_the_button_for_the_enter_key_accepts(client):
    case, by = new_case(), officer()
    page = page_of(client, f"/staff/cases/{case.pk}/accept/", user=by).content.decode()
    assert page.index('<button class="visually-hidden" tabindex="-1"') < page.index('name="do" value="draft"')


def sent_back(client, case, **data):
    return page_of(client, f"/staff/cases/{case.pk}/send-back/", {"version": case.version} | data, user=office_leader())


def test_the_reason_for_sending_back_is_checked_in_the_same_way(client):
    case = case_at(Status.REPORTED)
    asked = sent_back(client, case, reason=PATTERN)
    assert list(asked.context["form"].errors) == ["stays"]
    assert "reason" in sent_back(client, case, reason=f"请联系{NAME}核实。").context["form"].errors
    assert not Report.objects.exclude(decision="").exists()
    assert sent_back(client, case, reason=PATTERN, **confirmed(asked)).status_code == 302


def test_the_reason_to_the_offices_own_handler_is_not_checked(client):
    case = case_at(Status.REPORTED, own=True)
    assert sent_back(client, case, reason=f"请联系{NAME}核实。{PATTERN}").status_code == 302


def test_looking_costs_a_fixed_number_of_queries(client, django_assert_num_queries):
    case, by = new_case(at=MONDAY), officer()
    posted(client, case, by, do="look")
    with django_assert_num_queries(27):
        posted(client, case, by, summary=SUMMARY, do="look")
