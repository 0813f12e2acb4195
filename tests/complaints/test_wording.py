"""Cleaning what people type, and titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.wording import TITLE_LENGTH, cleaned, one_line, title_from


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\r\nb\rc", "a\nb\nc"), ("空\x00字符\x07", "空字符"), ("\t表情🙂", "\t表情🙂"), ("a\ud800b", "ab"), ("مرحبا", "مرحبا")],
)
def test_cleaned_keeps_what_a_keyboard_types(typed, kept):
    assert cleaned(typed) == kept


@pytest.mark.parametrize(("typed", "kept"), [("a\u202eb\u2066c", "abc"), (" a \n b ", "a b"), ("零\u200b宽", "零宽")])
def test_one_line_has_nothing_invisible(typed, kept):
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    ("narrative", "title"),
    [
        ("您好。窗口三次退回我的材料。没有理由。", "窗口三次退回我的材料"),
        ("尊敬的领导：您好！我去办许可，窗口不受理。", "我去办许可，窗口不受理"),
        ("短。", "短"),
        ("They kept my papers for five weeks and nobody answers the phone.", "They kept my papers for five weeks and…"),
        ("字" * 60, "字" * 39 + "…"),
        ("您好", "您好"),
    ],
)
def test_title_is_the_first_sentence_that_says_something(narrative, title):
    assert title_from(narrative) == title


@given(st.text(min_size=1, max_size=300))
def test_title_is_always_short_and_visible(text):
    title = title_from(cleaned(text))
    assert len(title) <= TITLE_LENGTH
    assert title == one_line(title) or title.endswith("…")
