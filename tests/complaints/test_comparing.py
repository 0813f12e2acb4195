"""Two texts side by side: nothing is lost, what differs is marked, and no text makes it slow."""

import time

from hypothesis import given
from hypothesis import strategies as st

from complaints.comparing import compared

texts = st.text(alphabet="窗口退件，。\n！ab 1", max_size=120)
ONE = "九月一日我去窗口办变更。窗口说材料不齐。请尽快办理。"


def marked(passages):
    return [one.text for one in passages if one.differs]


@given(texts, texts)
def test_each_side_is_its_text_again(left, right):
    mine, theirs = compared(left, right)
    assert "".join(one.text for one in mine) == left
    assert "".join(one.text for one in theirs) == right


@given(texts)
def test_the_same_text_has_nothing_marked(text):
    mine, theirs = compared(text, text)
    assert marked(mine) == marked(theirs) == []


def test_an_added_sentence_is_marked_on_its_side_alone():
    mine, theirs = compared(ONE, ONE.replace("请尽快", "还要交八百元。请尽快"))
    assert marked(mine) == []
    assert marked(theirs) == ["还要交八百元。"]


def test_within_a_passage_only_the_characters_that_differ_are_marked():
    mine, theirs = compared(ONE, ONE.replace("九月一日", "九月三日"))
    assert marked(mine) == ["一"]
    assert marked(theirs) == ["三"]


def test_passages_of_another_content_differ_as_a_whole():
    mine, _theirs = compared("路灯坏了半年没有人修。", "收了八百元不开票据。")
    assert marked(mine) == ["路灯坏了半年没有人修。"]


def test_a_text_made_to_be_slow_is_not():
    left, right = "".join("ab。"[i * i % 3] for i in range(5000)), "ab。ba。" * 830
    start = time.perf_counter()
    compared(left, right)
    assert time.perf_counter() - start < 5
