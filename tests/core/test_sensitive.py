"""What looks like personal data by its pattern, what does not, and that the finder stands any text."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import sensitive
from core.masking import replace_spans


def found(text):
    return [(one.kind, text[one.start : one.end]) for one in sensitive.find(text)]


FOUND = [
    ("phone", "请打{}找我", "138-0000 2071"),
    ("phone", "请打{}找我", "１３８００００２０７１"),
    ("phone", "请打{}找我", "一三八零零零零二零七一"),
    ("phone", "请打{}找我", "+86 138 0000 2071"),
    ("phone", "座机 {}。", "0731-8888 1234"),
    ("phone", "座机{}。", "（0735）2345678"),
    ("phone", "电话：{}", "2345678"),
    ("id_number", "身份证{}，", "11010519491231002X"),
    ("id_number", "身份证{}，", "110105 19491231 002x"),
    ("id_number", "老证号{}，", "110105491231002"),
    ("passport", "护照 {}", "E12345678"),
    ("passport", "护照号码：{}", "AB123456"),
    ("uscc", "代码{}。", "91430100MA4L16JQ9B"),
    ("bank_card", "卡号 {}", "6222 0212 3456 7890 128"),
    ("plate", "车牌{}，", "湘A·12345"),
    ("plate", "车牌{}，", "湘AD12345"),
    ("plate", "车牌{}，", "湘A1234学"),
    ("plate", "车牌{}，", "湘A1234挂"),
    ("plate", "车牌{}，", "粤Z1234港"),
    ("plate", "车牌{}，", "使014578"),
    ("plate", "车牌{}，", "湘O1234警"),
    ("email", "发到{}吧", "li.a@example.com"),
    ("email", "发到{}吧", "li(at)example.com"),
    ("account", "微信号：{}", "zhangsan_88"),
    ("account", "QQ {}。", "12345678"),
    ("link", "见 {} 。", "https://example.com/a?token=abc"),
    ("address", "我住{}，", "某县青山镇人民路十八号3栋2单元501室"),
    ("address", "家在{}。", "青山村三组12号"),
    ("address", "家在{}。", "阳光小区5栋"),
    ("name", "我叫{}，", "张三丰"),
    ("name", "联系人：{}", "李四"),
    ("name", "我是{}，", "李明"),
    ("name", "听{}先生说", "王"),
    ("name", "找{}科长", "欧阳"),
    ("name", "问{}某某", "王"),
    ("name", "我叫{}，", "張三豐"),
    ("organisation", "我在{}上班", "某县恒达建材有限公司"),
    ("address", "我们希望修理{}的路。", "狮子村五组"),
    ("organisation", "强烈要求{}停工。", "恒达建材有限公司"),
    ("organisation", "这是{}。", "青山养殖专业合作社"),
]


@pytest.mark.parametrize(("kind", "text", "what"), FOUND)
def test_personal_data_is_found(kind, text, what):
    assert found(text.format(what)) == [(kind, what)]


@pytest.mark.parametrize(
    "text",
    [
        "办证要 5 个工作日，九月一日去了三次，2026-09-15 又去。",
        "政务中心二楼3号窗口不受理，1路公交 2 号线。",
        "投诉人没有收到。联系人不在。申请人张贴了通知。负责人方便时再说。",
        "我们公司、该公司、贵公司都说等领导回来。",
        "这是我的主张，经理不在；于是作罢。",
        "罚款 13800 元，单号 20260915000123。",
        "见 https://www.example.gov/news 。",
        "微信群里发了通知，QQ群也发了。",
        "小区300户业主找物业公司和电信公司，其他小区业主高出不少，代表业主向您反映。",
        "云南、新疆、吉林的企业也一样。",
    ],
)
def test_what_everybody_writes_is_left_alone(text):
    assert found(text) == []


def test_a_guess_is_told_from_what_the_text_announces():
    assert [one.guessed for one in sensitive.find("我叫张三丰，找王经理。")] == [False, True]


PIECES = [
    "138",
    "0000",
    "2071",
    "路",
    "3号",
    "村",
    "组",
    "我叫",
    "张",
    "三",
    "经理",
    "公司",
    "@",
    "a.com",
    "微信",
    " ",
    "，",
    "\u200b",
    "一",
    "百",
    "湘A",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
@example("İ\U0010ffff\u202e张")
def test_finds_are_disjoint_places_of_any_text_and_can_all_be_taken_out(text):
    finds = sensitive.find(text)
    places = [(one.start, one.end) for one in finds]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(first[1] <= second[0] for first, second in zip(places, places[1:], strict=False))
    for _round in range(6):
        text = replace_spans(text, [((one.start, one.end), "〔略〕") for one in sensitive.find(text)])
    assert sensitive.find(text) == []


ENDLESS = [
    "1",
    "1 ",
    "一",
    "1-",
    "a",
    "a.",
    "a@",
    "张",
    "某",
    "路1",
    "路0000",
    "村1组",
    "公司",
    "有限责任",
    "集团",
    "张总",
    "微信 ",
    "我叫",
    "号",
    "www.",
    "x",
    "*",
    "(1)",
]


@pytest.mark.parametrize("piece", ENDLESS)
def test_time_follows_the_length_of_the_text(piece):
    text = (piece * 5000)[:5000]
    sensitive.find("")  # builds the tables
    start = time.process_time()
    sensitive.find(text)
    assert time.process_time() - start < 0.5  # the slowest takes about 0.03; a pattern that doubles takes for ever
