"""Files as they come: encodings, quotation marks, workbooks, damage."""

from datetime import datetime

import pytest
from openpyxl import Workbook

from cases.importing import tables
from cases.importing.refusals import FileRefused

TEXT = "编号,内容,日期\n1,“窗口”没有人，等了很久,2019/4/25\n"


def rows_of(path, **options):
    return [row.cells for row in tables.read(path, **options).rows]


@pytest.fixture
def written(tmp_path):
    """Write bytes to a file and return its path."""

    def write(content, name="messages.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def workbook(path, **sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_is_read_in_its_usual_encodings(written, encoding):
    assert rows_of(written(TEXT.encode(encoding)))[1] == ["1", "“窗口”没有人，等了很久", "2019/4/25"]


def test_a_named_encoding_is_used(written):
    assert rows_of(written("門難進\n".encode("big5")), encoding="big5") == [["門難進"]]


def test_damaged_utf8_is_not_taken_for_another_encoding(written):
    content = TEXT.encode() + ("2,等了很久，没有人来。" * 10).encode() + b"\xe7\x95,2019/4/26\n"
    with pytest.raises(FileRefused, match="3"):
        rows_of(written(content))


def test_an_unknown_encoding_is_refused(written):
    with pytest.raises(FileRefused, match="klingon"):
        rows_of(written(TEXT.encode()), encoding="klingon")


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_delimiters_are_seen_in_the_headings(written, delimiter):
    content = "二季度来件汇总\n" + TEXT.replace(",", delimiter)
    assert rows_of(written(content.encode()))[1] == ["编号", "内容", "日期"]


def test_lines_are_those_that_an_editor_shows(written):
    content = '编号,内容\r\n1,"两行\r\n文字"\r\n\r\n2,后面\r\n'.encode()
    assert [row.line for row in tables.read(written(content)).rows] == [1, 2, 5]


def test_a_lost_quotation_mark_stops_the_file(written):
    with pytest.raises(FileRefused, match="3"):
        rows_of(written('编号,内容\n1,好\n2,"没有结束\n3,后面\n'.encode()))


def test_a_long_field_fits(written):
    assert len(rows_of(written(f"内容\n{'字' * 200_000}\n".encode()))[1][0]) == 200_000


def test_a_workbook_gives_dates_and_whole_numbers_as_text(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        留言=[
            ["编号", "时间", "日期"],
            [2549, datetime.fromisoformat("2019-04-25 09:32:09"), datetime.fromisoformat("2019-04-25")],
        ],
    )
    assert rows_of(path)[1] == ["2549", "2019-04-25 09:32:09", "2019-04-25"]


def test_a_workbook_is_known_by_its_content_and_not_its_name(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 留言=[["编号"], ["1"]]).rename(tmp_path / "a.csv")
    assert rows_of(path) == [["编号"], ["1"]]


def test_one_of_several_filled_sheets_must_be_chosen(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 一月=[["编号"], ["1"]], 二月=[["编号"], ["2"]], 空=[])
    with pytest.raises(FileRefused, match="一月、二月"):
        rows_of(path)
    assert rows_of(path, sheet="二月") == [["编号"], ["2"]]


def test_empty_sheets_need_no_choice(tmp_path):
    assert rows_of(workbook(tmp_path / "a.xlsx", 空=[], 留言=[["编号"]])) == [["编号"]]


def test_an_unknown_sheet_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(FileRefused, match="留言"):
        rows_of(workbook(tmp_path / "a.xlsx", 留言=[["编号"]]), sheet="三月")


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 an old workbook", TEXT.encode() + b"\xff\xff\xff"],
    ids=["damaged", "old", "binary"],
)
def test_what_is_no_table_is_refused(written, content):
    with pytest.raises(FileRefused):
        rows_of(written(content))


def test_a_cut_workbook_is_refused(tmp_path, written):
    whole = workbook(tmp_path / "a.xlsx", 留言=[["编号"], ["1"]]).read_bytes()
    with pytest.raises(FileRefused):
        rows_of(written(whole[: len(whole) // 2]))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(FileRefused):
        rows_of(tmp_path / "nothing.csv")
