"""When a name may be an ordinary word."""

import pytest

from core.ordinary import is_a_word_here


@pytest.mark.parametrize(
    ("text", "name", "word"),
    [
        ("办成了很高兴。", "高兴", True),
        ("我叫高兴，来投诉。", "高兴", False),
        ("高兴先生来投诉。", "高兴", False),
        ("他主张三次都退。", "张三", True),
        ("是张三来的。", "张三", False),
        ("这里很文明。", "文明", True),
        ("找周全办理。", "周全", True),
        ("张三丰来了。", "张三丰", False),
    ],
)
def test_a_name_is_a_word_where_people_would_say_it(text, name, word):
    start = text.index(name)
    assert is_a_word_here(text, start, start + len(name)) is word
