"""What a row says, and why some rows are refused."""

from datetime import datetime
from typing import Any

import pytest

from cases.importing import columns, matters
from cases.importing.refusals import RowRefused
from complaints.models import Channel
from core.clock import SHANGHAI
from tests.factories import NAME, PHONE, AgencyFactory

NOW = datetime(2026, 9, 14, 10, 0, tzinfo=SHANGHAI)
ROW = {"id": "17", "body": "窗口没有人，等了很久。", "received": "2019/4/25 9:32:09"}


def read(agencies: dict[str, Any] | None = None, **values: str) -> matters.Matter:
    known = matters.Vocabulary(now=NOW, channel=Channel.LETTER, source="letter", agencies=agencies or {})
    return matters.read(2, dict.fromkeys(columns.HEADINGS, "") | ROW | values, known)


@pytest.mark.parametrize(
    "values",
    [
        {"body": " \n"},
        {"body": "字" * 100_001},
        {"received": ""},
        {"received": "昨天"},
        {"received": "2026-09-14 10:01"},
        {"reply": "已收悉"},
        {"replied": "2019/5/1"},
        {"reply": "已收悉", "replied": "2019/4/25 9:32:08"},
        {"reply": "已收悉", "replied": "2019/4/24"},
        {"reply": "已收悉", "replied": "2026/9/15"},
        {"name": NAME, "phone": "见附件"},
        {"name": "字" * 201},
    ],
)
def test_a_row_that_contradicts_itself_is_refused(values):
    with pytest.raises(RowRefused):
        read(**values)


def test_a_row_without_reply_is_open():
    assert (read().reply, read().replied_at) == ("", None)


@pytest.mark.parametrize("replied", ["2019/4/25", "2019/4/25 9:32:09"])
def test_a_reply_of_the_same_day_is_never_before_its_message(replied):
    assert read(reply="已收悉", replied=replied).replied_at == datetime(2019, 4, 25, 9, 32, 9, tzinfo=SHANGHAI)


def test_long_texts_stay_whole():
    matter = read(body="字" * 3_000, reply="答" * 7_800, replied="2019/5/1")
    assert (len(matter.filing.narrative), len(matter.reply)) == (3_000, 7_800)


def test_control_characters_are_cleaned():
    assert read(body="窗口\x00没有\x07人\r\n等了很久\ufeff").filing.narrative.startswith("窗口没有人\n等了很久")


def test_titles_cannot_turn_the_reading_direction():
    assert read(title="窗口\u202e没有\u2066人\n\x00等").filing.title == "窗口没有人 等"


def test_a_title_too_long_stands_whole_above_the_text():
    assert read(title="长" * 121).filing.narrative == f"{'长' * 121}\n\n{ROW['body']}"


@pytest.mark.parametrize(
    ("text", "category"), [("4", 4), ("办事效率低下", 4), (" 服务态度差 ", 3), ("城乡建设", 0), ("8", 0), ("", 0), ("4a", 0)]
)
def test_only_the_seven_categories_are_known(text, category):
    assert read(category=text).filing.category == category


def test_a_known_agency_is_linked_and_another_kept_in_words():
    agency = AgencyFactory.build(name="县住建局")
    known = {matters.plain(agency.name): agency}
    assert (read(known, agency=" 县住建局").filing.agency, read(known, agency="县水务站").filing.agency_words) == (
        agency,
        "县水务站",
    )


def test_a_name_makes_a_matter_real_name():
    filer = read(name=NAME, phone="139-0000-1234").filing.filer
    assert filer
    assert (filer.name, filer.phone, filer.verification) == (NAME, f"+86{PHONE}", "none")


@pytest.mark.parametrize("name", ["", "匿名", " 不详 "])
def test_a_phone_number_alone_is_masked_and_not_kept(name):
    matter = read(name=name, phone=PHONE, body=f"请打 {PHONE}")
    assert matter.filing.filer is None
    assert PHONE not in matter.masked(matter.filing.narrative)


def test_only_the_filers_own_values_are_masked():
    matter = read(name=NAME, phone=PHONE)
    assert matter.masked(f"{NAME} 139 0000 1234，局长电话 13900005678") == "＊＊＊ ＊＊＊，局长电话 13900005678"


def test_the_number_where_it_came_from_names_a_row():
    assert read().key == read(body="别的内容").key == "letter:17"


def test_without_a_number_text_and_date_name_a_row():
    assert read(id="").key == read(id="").key
    assert len({read(id="").key, read(id="", body="别的内容").key, read(id="", received="2019/4/26").key}) == 3


def test_a_key_fits_its_column():
    assert len(read(id="9" * 200).key) <= 80
