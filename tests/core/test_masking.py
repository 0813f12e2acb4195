"""How personal data looks to people who may not see it."""

import pytest

from core.masking import MASK, found_values, mask_email, mask_name, mask_phone, mask_values


def test_masks_keep_what_tells_people_apart():
    assert (mask_name("欧阳修"), mask_name("")) == ("欧**", "")
    assert (mask_phone("+86 138 0000 0001"), mask_phone("12")) == ("138****0001", "****")
    assert (mask_email("li@example.com"), mask_email("no address")) == ("l***@example.com", "***")


@pytest.mark.parametrize("spelling", ["13800000001", "138 0000 0001", "138-0000-0001", "１３８００００0001", "138.0000.0001"])
def test_mask_values_finds_every_spelling_of_a_number(spelling):
    assert mask_values(f"打我电话{spelling}。", ["13800000001"]) == f"打我电话{MASK}。"


def test_mask_values_finds_a_name_with_blanks_and_in_any_case():
    assert mask_values("我叫张 三 丰，英文 ZHANG San", ["张三丰", "Zhang San"]) == f"我叫{MASK}，英文 {MASK}"


def test_mask_values_leaves_single_characters_alone():
    assert mask_values("王某", ["王"]) == "王某"


def test_found_values_names_what_is_left():
    assert found_values("请联系 138 0000 0001", ["张三丰", "13800000001"]) == ["13800000001"]


@pytest.mark.parametrize(
    "spelling",
    [
        "138，0000，0001",
        "138_0000/0001",
        "1380\u200b0000001",
        "一三八零零零零零零零一",
        "壹叁捌 〇〇〇〇 〇〇〇幺",
        "l38OOOOOOOl",
        "①③⑧00000001",
        "𝟏𝟑𝟖00000001",
    ],
)
def test_a_number_is_found_however_it_is_disguised(spelling):
    assert found_values(f"请打{spelling}，下午在。", ["13800000001"])
    assert mask_values(f"请打{spelling}，下午在。", ["13800000001"]) == f"请打{MASK}，下午在。"


@pytest.mark.parametrize("spelling", ["张\u200b三丰", "张_三_丰", "张*三*丰", "张\u202e三\ufeff丰", "【张】【三】【丰"])
def test_a_name_is_found_behind_invisible_marks(spelling):
    assert mask_values(f"我叫{spelling}", ["张三丰"]).startswith("我叫")
    assert found_values(f"我叫{spelling}", ["张三丰"]) == ["张三丰"]


@pytest.mark.parametrize("spelling", ["ＬＩ＠example．com", "li @ Example . com", "li(at)example(dot)com", "li艾特example点com"])
def test_an_address_is_found_however_it_is_disguised(spelling):
    assert mask_values(f"发到{spelling}吧", ["li@example.com"]) == f"发到{MASK}吧"


def test_a_name_is_not_found_across_two_sentences():
    assert mask_values("这是我的主张。三次去都没人。", ["张三"]) == "这是我的主张。三次去都没人。"


def test_values_that_overlap_are_masked_once():
    assert mask_values("8613800000001 在", ["8613800000001", "13800000001"]) == f"{MASK} 在"
