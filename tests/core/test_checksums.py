"""Check digits and dates of numbers."""

import pytest

from core import checksums


@pytest.mark.parametrize(
    ("number", "right"), [("11010519491231002x", True), ("110105194912310021", False), ("110105491231002", False), ("", False)]
)
def test_id_weights(number, right):
    assert checksums.id_weights(number) is right


@pytest.mark.parametrize(
    ("number", "right"),
    [("11010519491231002x", True), ("110105194913310021", False), ("110105491231002", True), ("110105491331002", False)],
)
def test_an_id_number_has_a_date_of_birth(number, right):
    assert checksums.has_birth_date(number) is right


@pytest.mark.parametrize(("number", "right"), [("4111 1111 1111 1111", True), ("4111111111111112", False), ("", False)])
def test_luhn(number, right):
    assert checksums.luhn(number) is right


@pytest.mark.parametrize(("code", "right"), [("91350100m000100y43", True), ("91350100m000100y44", False), ("9135", False)])
def test_credit_code(code, right):
    assert checksums.credit_code(code) is right
