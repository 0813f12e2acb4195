"""Bad input: nothing crashes, nothing is corrupted, what was typed stays, the page says what to mend."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints import reading
from complaints.models import Complaint

from .citizen import NARRATIVE, Citizen, picture

pytestmark = pytest.mark.django_db
LONG = "长" * 2001


def begun() -> Citizen:
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心")
    citizen.answers("problem", category="4")
    return citizen


@pytest.mark.parametrize(
    ("slug", "fields", "kept"),
    [
        ("about", {"agency": "none", "agency_words": ""}, ""),
        ("about", {"agency": "999999999999999999999999", "q": "某某单位"}, "某某单位"),
        ("about", {"agency": "none", "agency_words": "字" * 201}, "字" * 201),
        ("about", {"agency": "none", "agency_words": "政务中心", "respondent": "字" * 201}, "字" * 201),
        ("problem", {"category": "8"}, ""),
        ("problem", {"category": "x", "behaviours": ["zz"]}, ""),
        ("events", Citizen.events(narrative=LONG), LONG),
        ("events", Citizen.events(narrative="\u200b" * 30), "\u200b"),
        ("events", Citizen.events(happened_on_month="13"), NARRATIVE),
        ("events", Citizen.events(happened_on_day="三"), NARRATIVE),
        ("events", Citizen.events(happened_on_year="2999"), NARRATIVE),
        ("events", Citizen.events(happened_on_year="0001"), NARRATIVE),
        ("events", Citizen.events(ongoing=""), NARRATIVE),
        ("events", Citizen.events(wish="愿" * 501), "愿" * 501),
        ("identity", {"identity": "both"}, ""),
    ],
)
def test_wrong_answers_are_shown_again_with_what_was_typed(slug, fields, kept):
    response = begun().answers(slug, **fields)
    assert kept in response.content.decode()
    assert "alert-sum" in response.content.decode()


def test_figures_of_other_scripts_are_figures():
    assert begun().answers("events", **Citizen.events(happened_on_year="٢٠٢٦")).status_code == 302


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"name": "字" * 41}, "字" * 41),
        ({"name": "\u202e\u202e"}, "138 0000 2071"),
        ({"phone": "0731-84586810"}, "0731-84586810"),
        ({"phone": "9" * 31}, "9" * 31),
        ({"email": "no at sign", "notify": ["email"]}, "no at sign"),
        ({"notify": ["email"]}, "138 0000 2071"),
        ({"notify": []}, "138 0000 2071"),
        ({"kind": "organisation"}, "138 0000 2071"),
    ],
)
def test_wrong_contacts_are_shown_again(changes, kept):
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.answers("identity", identity="real_name")
    page = citizen.answers("contact", **citizen.contact(**changes)).content.decode()
    assert kept in page
    assert "alert-sum" in page


def test_nul_and_bells_are_taken_out_and_told():
    citizen = begun()
    citizen.answers("events", **citizen.events(narrative=NARRATIVE + "\x00\x07尾巴"))
    assert citizen.walk().answers.first("events", "narrative") == NARRATIVE + "尾巴"
    assert "无法显示的字符" in citizen.sees("/complaints/new/evidence/")


def test_emoji_and_right_to_left_text_survive_but_not_in_the_title():
    text = "\u202eمرحبا 🙂👨‍👩‍👧 第一句话写得够长了。" + NARRATIVE
    citizen = Citizen()
    citizen.tells_the_matter(narrative=text)
    citizen.stays_anonymous()
    citizen.submits()
    complaint = Complaint.objects.get()
    assert reading.own_words(complaint).narrative == text
    assert "\u202e" not in complaint.title
    assert "🙂" in complaint.title


def test_markup_is_shown_as_text():
    citizen = Citizen()
    citizen.tells_the_matter(narrative="<script>alert(1)</script>" + NARRATIVE)
    citizen.stays_anonymous()
    page = citizen.sees("/complaints/new/check/")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_line_ends_count_once_as_on_the_page():
    citizen = begun()
    assert citizen.answers("events", **citizen.events(narrative="字\r\n" * 1000)).status_code == 302
    assert citizen.walk().answers.first("events", "narrative").count("\n") == 1000


def test_a_huge_post_is_refused_not_crashed_on():
    assert begun().answers("events", hidden={}, narrative="x" * 6_000_000).status_code == 400


def test_an_overlong_half_answer_is_cut_when_it_is_kept():
    citizen = begun()
    citizen.answers("events", narrative="长" * 50_000, save="1")
    assert citizen.client.get("/complaints/left/").status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("../../etc/passwd.png", picture().read(), True),
        ("C:\\照片\\甲.png", picture().read(), True),
        ("甲\u202egpj.exe", picture().read(), False),
        ("甲.png", b"", False),
        ("甲.png", b"MZ\x90\x00not a picture", False),
        ("甲.pdf", picture().read(), False),
        ("甲.svg", b"<svg onload='alert(1)'/>", False),
        (".png", picture().read(), False),
        ("字" * 300 + ".png", picture().read(), None),
    ],
)
def test_odd_files_are_taken_or_refused_in_words(name, content, taken):
    citizen = Citizen()
    citizen.tells_the_matter()
    response = citizen.answers("evidence", uploads=[SimpleUploadedFile(name, content)], add="1")
    assert response.status_code in {200, 302}
    assert taken is None or bool(citizen.walk().files) is taken
    if response.status_code == 200:
        assert "alert-sum" in response.content.decode()


def test_path_tricks_do_not_reach_the_name():
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.answers("evidence", uploads=[SimpleUploadedFile("../../etc/甲.png", picture().read())], add="1")
    page = citizen.sees("/complaints/new/evidence/")
    assert "甲.png" in page
    assert "etc" not in page.split("<main")[1]


@pytest.mark.parametrize("pk", ["0", "-1", "x", "9" * 40])
def test_removing_what_is_not_there_is_fine(pk):
    citizen = Citizen()
    citizen.tells_the_matter()
    assert citizen.answers("evidence", remove=pk).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_forged_version_files_nothing(version):
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.stays_anonymous()
    assert citizen.answers("check", hidden={}, version=version, truthful="on", privacy="on").status_code == 200
    assert not Complaint.objects.exists()


def test_not_confirming_the_truth_files_nothing():
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.stays_anonymous()
    assert "请确认内容属实" in citizen.answers("check").content.decode()
