"""Which column is taken for what."""

import pytest

from cases.importing import columns
from cases.importing.refusals import FileRefused
from cases.importing.tables import Row, Table


def table(*rows):
    return Table([Row(line, list(cells)) for line, cells in enumerate(rows, 1)])


def found(headings, *pairs):
    place_of = columns.find(table(headings), columns.parse_overrides(list(pairs))).positions
    return {field: headings[place] for field, place in place_of.items()}


def test_usual_chinese_headings_are_known():
    headings = ["留言编号", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间", "被投诉单位", "类别", "姓名", "电话"]
    assert list(found(headings).values()) == [
        "留言编号",
        "留言主题",
        "留言详情",
        "留言时间",
        "答复意见",
        "答复时间",
        "被投诉单位",
        "类别",
        "姓名",
        "电话",
    ]


def test_english_headings_are_known():
    assert found(["ID", "Received at", "Body", "Reply", "Reply date"]) == {
        "id": "ID",
        "body": "Body",
        "received": "Received at",
        "reply": "Reply",
        "replied": "Reply date",
    }


def test_blanks_colons_and_width_do_not_matter():
    assert found(["\ufeff内 容：", "＊日期*"])["body"] == "\ufeff内 容："


def test_the_surer_heading_wins():
    assert found(["日期", "受理时间", "内容", "反映内容"]) == {"body": "反映内容", "received": "受理时间"}


def test_the_operators_word_wins():
    assert found(["内容", "日期", "经过"], "body=经过")["body"] == "经过"


def test_a_field_can_be_left_out():
    assert "reply" not in found(["内容", "日期", "答复"], "reply=")


def test_headings_may_stand_below_a_title_line():
    below = columns.find(table(["2019 年来件汇总"], ["内容", "日期"], ["没有人", "2019/4/25"]), {})
    assert [row.line for row in below.rows] == [3]


@pytest.mark.parametrize("headings", [["内容", "编号"], ["日期", "编号"], ["甲", "乙"]])
def test_text_and_date_of_receipt_must_be_there(headings):
    with pytest.raises(FileRefused, match=headings[1]):
        columns.find(table(headings), {})


def test_an_empty_file_is_refused():
    with pytest.raises(FileRefused):
        columns.find(table(), {})


def test_an_unknown_column_is_refused():
    with pytest.raises(FileRefused, match="答覆"):
        found(["内容", "日期"], "reply=答覆")


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(FileRefused, match="内容"):
        found(["内容", "日期", "内容"])


@pytest.mark.parametrize("pair", ["body", "words=内容", "=内容"])
def test_a_wrong_pair_is_refused(pair):
    with pytest.raises(FileRefused, match="body"):
        columns.parse_overrides([pair])


def test_a_short_row_has_empty_cells_and_a_long_one_stray_ones():
    here = columns.find(table(["日期", "内容"]), {})
    assert here.values(Row(2, ["2019/4/25"]))["body"] == ""
    assert [here.has_stray_cells(Row(2, ["", "", cell])) for cell in (" ", "多出来的")] == [False, True]
