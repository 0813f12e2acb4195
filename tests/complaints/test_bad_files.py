"""Hostile files, by the plain form and in pieces: refused in words, with nothing left behind, or taken without their sting."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from complaints.models import DraftFile, Upload
from complaints.uploads import name_of
from core import files
from tests.core import bombs, uploads

from .citizen import Citizen
from .sending import Sender, left_behind, photo, writing

pytestmark = pytest.mark.django_db
Way = Callable[[Citizen, str, bytes], str]


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def by_the_form(citizen: Citizen, name: str, content: bytes, kind: str = "image/png") -> str:
    """Send it whole; returns what is said about it, nothing when it was taken."""
    upload = SimpleUploadedFile(name, content, content_type=kind)
    response: HttpResponse = citizen.answers("evidence", uploads=[upload], add="1")
    return "" if response.status_code == 302 else response.content.decode().split('class="alert-sum')[1].split("</ul>")[0]


def in_pieces(citizen: Citizen, name: str, content: bytes) -> str:
    answer = Sender(citizen, name, content).delivers()
    return str(answer.json().get("error", ""))


both_ways = pytest.mark.parametrize("way", [by_the_form, in_pieces])

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a program that says it is a picture": ("照片.jpg", lambda: b"MZ\x90\x00" + bytes(100), "不符"),
    "a page that says it is a picture": ("照片.png", lambda: bombs.SCRIPT, "不符"),
    "a picture that says it is a document": ("通知.pdf", uploads.picture, "不符"),
    "an archive that says it is a letter": ("信.docx", bombs.archive, "损坏"),
    "an archive that says it is a picture": ("照片.jpg", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50), "压缩包"),
    "a page behind a picture's first bytes": ("照片.jpg", lambda: b"\xff\xd8\xff\xe0" + bombs.SCRIPT, "损坏"),
    "a page behind a document's first bytes": ("通知.pdf", lambda: b"%PDF-1.7\n" + bombs.SCRIPT, "损坏"),
    "a bomb inside a picture": ("照片.png", bombs.picture_with_a_bomb, "损坏"),
    "a bomb inside a letter": ("信.docx", bombs.word_with_a_bomb, "打开太费时间"),
    "a hundred megapixels": ("照片.png", bombs.picture_of_a_hundred_megapixels, "像素"),
    "ten thousand pages": ("通知.pdf", bombs.document_of_ten_thousand_pages, "500"),
    "a picture that was cut off": ("照片.png", lambda: photo()[:20_000], "损坏"),
}


@both_ways
@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(what, way):
    name, content, words = REFUSED[what]
    assert words in way(writing(), name, content())
    assert left_behind() == {}


@both_ways
@pytest.mark.parametrize(
    ("name", "content", "hidden"),
    [
        ("照片.jpg", bombs.picture_and_archive, b"Main-Class"),
        ("通知.pdf", bombs.document_and_archive, b"Main-Class"),
        ("照片.jpg", bombs.picture_with_a_page, b"<script>"),
        ("照片.png", lambda: bombs.png((b"tEXt", b"note\0" + bombs.SCRIPT)), b"<script>"),
    ],
)
def test_of_a_file_that_is_two_only_one_is_ever_handed_out(name, content, hidden, way):
    assert hidden in content()
    assert way(writing(), name, content()) == ""
    copy = files.clean_copy(DraftFile.objects.get().file)
    assert (hidden in copy, zipfile.is_zipfile(io.BytesIO(copy))) == (False, False)


@pytest.mark.parametrize(
    "kind", ["text/html", "application/x-msdownload", "image/svg+xml", "", "x" * 300, "image/png; charset=\x00"]
)
def test_what_the_browser_says_the_type_is_counts_for_nothing(kind):
    citizen = writing()
    assert by_the_form(citizen, "照片.png", uploads.picture("PNG"), kind) == ""
    key = DraftFile.objects.get().file_id
    shown = citizen.client.get(f"/complaints/new/evidence/{key}/preview/")
    assert (shown.headers["Content-Type"], Image.open(io.BytesIO(shown.content)).format) == ("image/jpeg", "JPEG")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/甲.png", "甲.png"),
        ("..\\..\\Windows\\甲.png", "甲.png"),
        ("/etc/passwd/甲.png", "甲.png"),
        ("甲\x00.png", "甲.png"),
        ("\u202egnp.甲.png", "gnp.甲.png"),
        ("\u200b\u200b甲.png", "甲.png"),
        ("字" * 300 + ".png", "字" * 196 + ".png"),
        ("<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"),
        ("CON.png", "CON.png"),
    ],
)
def test_tricks_in_a_name_end_at_the_door(name, kept):
    citizen = writing()
    assert Sender(citizen, name).begins().status_code == 201
    assert name_of(Upload.objects.get()) == kept
    assert by_the_form(citizen, name, uploads.picture("PNG")) == ""
    assert files.name_of(DraftFile.objects.get().file) == kept
    assert "onerror=alert(1)>" not in citizen.sees("/complaints/new/evidence/")


@both_ways
@pytest.mark.parametrize("name", ["照片.png.exe", "甲\u202egpj.exe", ".png", "照片.png ", "照片．png", "照片.png\u202e.exe"])
def test_an_ending_in_disguise_is_no_ending(name, way):
    assert "不能接收" in way(writing(), name, uploads.picture("PNG"))
    assert left_behind() == {}


def test_one_bad_file_among_good_ones_is_told_and_the_others_stay():
    citizen = writing()
    sent = [SimpleUploadedFile("好.png", uploads.picture("PNG")), SimpleUploadedFile("坏.png", bombs.SCRIPT)]
    page = citizen.answers("evidence", uploads=sent, add="1").content.decode()
    assert "坏.png" in page.split('class="alert-sum')[1].split("</ul>")[0]
    assert [files.name_of(item.file) for item in DraftFile.objects.all()] == ["好.png"]
