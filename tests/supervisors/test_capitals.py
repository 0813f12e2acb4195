"""Amounts in figures and capitals, by the rules of the banks."""

import pytest

from supervisors.payouts.capitals import MOST_FEN, capitals, figures, parsed_fen


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (1, "壹分"),
        (10, "壹角整"),
        (11, "壹角壹分"),
        (100, "壹元整"),
        (101, "壹元零壹分"),
        (110, "壹元壹角整"),
        (1_000, "壹拾元整"),
        (50_000, "伍佰元整"),
        (100_500, "壹仟零伍元整"),
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (10_000_000, "壹拾万元整"),
        (10_010_000_000, "壹亿零壹拾万元整"),
        (MOST_FEN - 1, "玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals_follow_the_rules_of_the_banks(fen, words):
    assert capitals(fen) == words


@pytest.mark.parametrize("fen", [0, -1, MOST_FEN])
def test_capitals_refuse_what_nobody_pays(fen):
    with pytest.raises(ValueError, match=str(fen)):
        capitals(fen)


@pytest.mark.parametrize("fen", [1, 9, 10, 99, 100, 101, 123_456, 100_000_001])
def test_figures_are_read_back(fen):
    assert parsed_fen(figures(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [("1,234.50", 123_450), ("￥500", 50_000), ("５００．００", 50_000), ("500元", 50_000), ("0.010", 1), (" 7 ", 700)],
)
def test_amounts_are_read_as_banks_write_them(text, fen):
    assert parsed_fen(text) == fen


@pytest.mark.parametrize("text", ["", "-5", "0.015", "1e3", "12,34", "五百", "1.2.3", "NaN", "9" * 30, "٣"])
def test_what_is_no_amount_is_not_read(text):
    assert parsed_fen(text) is None
