"""Phone numbers as people type them."""

import pytest

from complaints import phones
from core import masking


@pytest.mark.parametrize(
    "typed", ["13800002071", "138 0000 2071", "138-0000-2071", "+86 138 0000 2071", "１３８００００２０７１", "008613800002071"]
)
def test_mobile_is_understood(typed):
    assert phones.mobile(typed) == "+8613800002071"


@pytest.mark.parametrize("typed", ["", "123", "0731-84586810", "not a number", "1" * 40, "🙂", "12345678901"])
def test_mobile_refuses(typed):
    with pytest.raises(phones.NotAPhoneNumber):
        phones.mobile(typed)


def test_fixed_numbers_are_fine_where_any_number_is():
    assert phones.any_number("0731-84586810") == "+8673184586810"


def test_shown_at_home_without_country_code():
    assert (phones.shown("+8613800002071"), phones.shown("+85251234567")) == ("138 0000 2071", "+852 5123 4567")


@pytest.mark.parametrize(
    "text", ["电话 138-0000 2071", "+86 13800002071", "１３８００００２０７１", "8613800002071", "138.0000.2071"]
)
def test_every_spelling_is_masked(text):
    assert "2071" not in masking.mask_values(
        text.replace("１３８００００２０７１", "13800002071"), phones.spellings("+8613800002071")
    )
    assert masking.found_values(text, phones.spellings("+8613800002071"))
