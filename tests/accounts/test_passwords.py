"""Passwords that people here try first are refused; odd ones and long phrases are taken."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.passwords import is_guessed

PERSON = User(username="zhoumin", full_name="周敏", phone="13900001234")


@pytest.mark.parametrize(
    "weak",
    [
        "woaini5201314",
        "13812345678ab",
        "19880808zm",
        "1qaz2wsx3edc",
        "qwertyuiop123",
        "poiuytrewq",
        "qinghexian2026",
        "Qinghe@2026!",
        "zhoumin19880808",
        "minzhou888888",
        "13900001234x",
        "aaaaaaaaaaaa",
        "abababababab",
        "Admin@123456",
    ],
)
def test_what_everybody_here_tries_is_refused(weak):
    with pytest.raises(ValidationError):
        validate_password(weak, PERSON)


@pytest.mark.parametrize("good", ["correct-horse-battery", "三棵白杨树下的旧自行车", "k7#Vr!m2xQ", "huangjiaoshu xia de lan men"])
def test_phrases_and_odd_ones_are_taken(good):
    validate_password(good, PERSON)


def test_own_words_count_for_their_owner_only():
    assert is_guessed("lanmenzi-x1", ("lanmenzi",))
    assert not is_guessed("lanmenzi-x1")
