"""How alike texts are: the same text whatever its spelling, nearly the same after real edits, strangers never; and the prints."""

import random
import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.likeness import BANDS, NEARLY, SHORTEST, bands_of, is_same, likeness, pairs_of
from core.masking import MASK

LETTER = (
    "八月二十日，我到政务中心七号窗口申请变更许可，窗口承诺五个工作日办结。此后我去了三次，每次都说等领导回来再说，"
    "材料退回也没有书面说明。第四次去的时候，工作人员说系统坏了，让我下个星期再来。我的店已经停业两个多星期，"
    "房租和工资每天都在付。请按承诺的时限办理，并说明退件的依据。"
)
OTHER = (
    "我家门口的路灯坏了半年，晚上什么也看不见，老人摔过两次。打电话给街道，街道说归城管，城管说归电力公司，"
    "电力公司说没有收到通知。请你们协调一下，到底谁来修，哪一天修好，给我们一个准信。"
)
texts = st.text(alphabet=LETTER[:60] + string.ascii_letters + string.digits + " ，。\n＊", max_size=300)


def alike(one, other):
    return likeness(pairs_of(one), pairs_of(other))


def found(one, other):
    return bool(set(bands_of(one)) & set(bands_of(other)))


def retyped(text, every):
    """Every so many characters one is left out, one is doubled, one is another."""
    chosen = random.Random(7)
    pieces = [text[at : at + every] for at in range(0, len(text), every)]
    return "".join(chosen.choice([piece[:-1], piece + piece[-1:], piece[:-1] + "的"]) for piece in pieces)


SPELLINGS = [
    LETTER.replace("，", ","),
    LETTER.replace("。", "\n\n"),
    "  " + " ".join(LETTER),
    LETTER.translate({ord("七"): "七"}) + "！！",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spelling_makes_no_difference(spelling):
    assert is_same(LETTER, spelling)
    assert alike(LETTER, spelling) == 1


def test_width_and_case_make_no_difference():
    assert is_same("车牌 Ｘ１２３ 的执法车乱停在门口不走", "车牌x123的执法车乱停在门口，不走。")


def test_masks_are_one_sign_however_long():
    assert is_same(f"我是{MASK}，住在这里，窗口三次退回材料", "我是***，住在这里，窗口三次退回材料")


def test_another_figure_is_another_text():
    assert not is_same("收了我 800 元加急费不开票据，请退还", "收了我 900 元加急费不开票据，请退还")


EDITS = {
    "retyped": retyped(LETTER, 14),
    "shortened": LETTER[: len(LETTER) * 2 // 3],
    "a paragraph added": LETTER + "另外，大厅的取号机也坏了一个月，没有人修，大家都站着排队，老人受不了。",
    "template with another shop": "清河好味小吃店的情况如下：" + LETTER.replace("七号窗口", "三号窗口"),
    "sentences turned round": "。".join(reversed(LETTER.split("。"))),
}


@pytest.mark.parametrize("edit", EDITS)
def test_real_edits_stay_nearly_the_same_and_are_found(edit):
    assert NEARLY <= alike(LETTER, EDITS[edit]) < 1
    assert found(LETTER, EDITS[edit])


def test_strangers_are_neither_alike_nor_found():
    assert alike(LETTER, OTHER) < 0.1
    assert not found(LETTER, OTHER)


def test_english_is_compared_by_words_not_by_letters():
    one = "The window at the tax office was closed the whole morning and nobody told us when it would open again."
    two = "My licence has been waiting for eleven weeks and the officer at the counter always says come back later."
    assert alike(one, two) < 0.1


@pytest.mark.parametrize("short", ["请尽快办理", "收费不开票", "1234567890"])
def test_short_texts_are_like_their_equals_alone(short):
    assert len(short) < SHORTEST
    assert alike(short, f"{short}。") == 1
    assert found(short, f" {short}")
    assert alike(short, f"{short}吧") == 0


@pytest.mark.parametrize("nothing", ["", "。。。", " \n", "＊＊＊", "***，***"])
def test_a_text_that_says_nothing_is_like_no_other(nothing):
    assert bands_of(nothing) == []
    assert not is_same(nothing, nothing)


@given(texts)
def test_a_print_is_small_and_fits_the_column(text):
    bands = bands_of(text)
    assert len(bands) <= BANDS
    assert all(-(2**63) <= band < 2**63 for band in bands)


@given(texts, texts)
def test_likeness_is_the_same_both_ways_and_whole_for_itself(one, other):
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1
    assert alike(one, one) == (1 if bands_of(one) else 0)


@given(texts)
def test_the_same_text_is_always_found(text):
    assert bands_of(text) == bands_of(f" {text.swapcase()}。")


def test_prints_agree_between_processes():
    code = "import sys; from complaints.likeness import bands_of; print(bands_of(sys.argv[1]))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, LETTER], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2")
    ]
    assert [run.stdout.strip() for run in runs] == [str(bands_of(LETTER))] * 2


def test_prints_do_not_change_between_versions():
    """What is stored must match what is asked for; a changed way needs `print_texts --again` and a new number here."""
    assert bands_of("请尽快办理") == bands_of("请 尽 快 办 理！")
    assert bands_of(LETTER)[:2] == [-9025674366690613315, -5422884655323316265]
