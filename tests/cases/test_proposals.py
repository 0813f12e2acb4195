"""What is proposed to be taken out of a text for an agency, without telling what the vault holds."""

import pytest
from django.utils import translation

from cases import proposals
from complaints.models import Disclosure
from core.masking import MASK
from tests.factories import EMAIL, NAME, PHONE, filer, new_case, the_complaint

pytestmark = pytest.mark.django_db
TEXT = f"{NAME}（{PHONE}）说：张经理的电话是 138-0000 2071。"


def test_the_vaults_data_is_proposed_without_being_shown():
    found = proposals.check(TEXT, new_case(), {})
    assert [(one.what, one.shown, one.source) for one in found.certain] == [
        ("投诉人的姓名", MASK, "vault"),
        ("投诉人的电话", MASK, "vault"),
    ]
    told = repr([(one.key, one.shown, one.before, one.after) for one in found.proposals])
    assert NAME not in told
    assert PHONE not in told


def test_what_a_pattern_finds_is_shown_as_the_officer_typed_it():
    found = proposals.check(TEXT, new_case(), {})
    shown = [(one.what, one.shown, one.word, one.ticked) for one in found.to_confirm]
    assert shown == [("姓名", "张", "〔姓名〕", False), ("电话号码", "138-0000 2071", "〔电话〕", True)]


def test_context_masks_the_vaults_data_that_only_reaches_into_it():
    found = proposals.check(f"{PHONE}找张经理", new_case(), {})
    (one,) = found.to_confirm
    assert one.before == f"{MASK}找"


def test_the_same_find_is_proposed_once_and_taken_out_everywhere():
    case, text = new_case(), "打13800002071，再打13800002071。"
    (one,) = proposals.check(text, case, {}).proposals
    assert one.times == 2
    assert proposals.take_out(text, case, {}, [one.key]) == "打〔电话〕，再打〔电话〕。"


def test_only_what_is_ticked_is_taken_out():
    case = new_case()
    key = proposals.check(TEXT, case, {}).certain[0].key
    assert proposals.take_out(TEXT, case, {}, [key]) == TEXT.replace(NAME, "〔姓名〕")


def test_a_key_means_nothing_in_another_case():
    key = proposals.check(TEXT, new_case(), {}).certain[0].key
    assert proposals.take_out(TEXT, new_case(), {}, [key]) == TEXT


def test_what_consent_covers_is_not_proposed():
    case = new_case()
    found = proposals.check(f"{NAME}来过。", case, {the_complaint(case).pk: {Disclosure.NAME}})
    assert found.proposals == []


def test_draft_takes_everything_out_but_the_respondent():
    narrative = f"我是{NAME}，电话 {PHONE}，邮箱 {EMAIL}。赵科长退了三次，我老公叫李大明（车牌湘A12345）在旁边。王科长也在。"
    case = new_case(narrative=narrative, respondent="窗口的赵科长", wish="请打13800002071答复。")
    made = proposals.draft(case)
    assert "赵科长" in made
    assert made.endswith("诉求：请打〔电话〕答复。")
    assert not any(word in made for word in (NAME, PHONE, EMAIL, "湘A12345", "王科长"))


def test_draft_masks_the_company_that_officers_may_read():
    company = filer(organisation="清河县宏达建材有限公司")
    made = proposals.draft(new_case(filer=company, narrative="宏达建材的许可三次被退。"))
    assert made.startswith(f"{MASK}的许可")
    assert proposals.check(made, new_case(filer=company), {}).certain == []


def test_draft_is_in_the_agencys_language():
    with translation.override("en"):
        assert "〔电话〕" in proposals.draft(new_case(narrative="请打13800002071答复。"))


def test_a_name_that_is_a_word_is_for_the_officer_to_decide():
    case = new_case(filer=filer(name="高兴"), narrative="窗口不受理。")
    found = proposals.check("他们办成了很高兴。", case, {})
    assert (found.certain, [one.source for one in found.to_confirm]) == ([], ["doubtful"])
    assert proposals.check("我叫高兴。", case, {}).certain


def test_columns_say_which_data_a_text_holds():
    assert proposals.check(TEXT, new_case(), {}).columns == ["name", "phone"]
