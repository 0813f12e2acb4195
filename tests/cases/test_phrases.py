"""What is looked for: numbers, terms, grams; and that the database makes the same grams of the same text."""

import pytest
from django.db import connection

from cases.phrases import codes, folded, gram_of, grams, phrase

TEXTS = [
    "窗口三次退回材料，没有书面告知。",
    "ＡＢＣ Permit №5，收费８００元！《通知》（第二号）…",
    "第一行\n第二行\t第三行\r\n“引号”·—•¥￥～",
    "𠮷野家 𠀀𠀁 é ß İ",
    "",
    "一",
]


@pytest.mark.django_db
@pytest.mark.parametrize("text", TEXTS)
def test_database_makes_the_same_grams(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT t, portal_grams(t) FROM portal_search_text(%s, '', '', '', '', '') AS t", [text])
        words, found = cursor.fetchone()
    assert words.rstrip("\n") == folded(text).rstrip("\n")
    assert sorted(set(found)) == codes(grams(folded(text)))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2026-0341", "2026-0341"),
        ("２０２６-0341", "2026-0341"),
        ("341", "341"),
        ("12345 热线", ""),
        ("2026-", ""),
        ("1" * 8, ""),
    ],
)
def test_number_is_recognised(typed, number):
    assert phrase(typed).number == number


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("退回", [{"退回"}]),
        ("三次退回", [{"三次", "次退", "退回"}]),
        ("退回 ABC", [{"退回"}, {"ab", "bc"}]),
        ("收费,退回", [{"收费", "退回"}]),
        ("煤", [set()]),
        ("，", [set()]),
    ],
)
def test_terms_have_their_grams(typed, found):
    assert [term.grams for term in phrase(typed).terms] == found


def test_only_two_characters_are_their_gram():
    assert [term.is_its_gram for term in phrase("退回 三次退 煤 𠮷野").terms] == [True, False, False, False]


def test_gram_comes_back_from_its_number():
    assert [gram_of(code) for code in codes({"退回", "ab"})] == ["ab", "退回"]


def test_what_is_typed_has_an_end():
    assert len(phrase("退 " * 200).terms) == 1
    assert len(phrase(" ".join(f"第{number}件" for number in range(30))).terms) == 6
