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
