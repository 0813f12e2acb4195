"""Check digits and dates of numbers."""

import pytest

from core import checksums


@pytest.mark.parametrize(
    ("number", "right"),
    [("11010519491231002x", True), ("110105194913310021", False), ("110105491231002", True), ("110105491331002", False)],
)
def test_an_id_number_has_a_date_of_birth(number, right):
    assert checksums.has_birth_date(number) is right


@pytest.mark.parametrize(("number", "right"), [("4111 1111 1111 1111", True), ("4111111111111112", False), ("", False)])
def test_luhn(number, right):
    assert checksums.luhn(number) is right
