"""Uploads: three checks, a cleaned copy, a preview, a sealed original, and nothing left of what is refused."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from core import clock, files, vault
from core.files import FileRefused

from . import uploads
from .uploads import ALL_KINDS, POSITION, SECRET, document, picture

pytestmark = pytest.mark.django_db


def store(name, content):
    return files.store_upload(SimpleUploadedFile(name, content), at=clock.now())


def stored_files():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _empty_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize("name", ALL_KINDS)
def test_the_cleaned_copy_names_nobody_and_the_original_is_kept(name):
    content = ALL_KINDS[name]()
    stored = store(name, content)
    copy = files.clean_copy(stored)
    assert (SECRET.encode() in copy, POSITION.encode() in copy) == (False, False)
    original = Path(settings.MEDIA_ROOT, stored.original).read_bytes()
    assert vault.open_bytes(original, row=f"file:{stored.pk}", column="original") == content


@pytest.mark.parametrize("name", ["照片.jpg", "截图.png", "手机.heic", "通知.pdf"])
def test_what_can_be_looked_at_has_a_small_preview(name):
    content = ALL_KINDS[name]()
    preview = files.preview(store(name, content))
    assert preview is not None
    with Image.open(io.BytesIO(preview)) as shown:
        assert (shown.format, max(shown.size) <= 1280, dict(shown.getexif())) == ("JPEG", True, {})


def test_a_preview_is_at_most_1280_pixels_wide():
    preview = files.preview(store("large.png", picture("PNG", size=(4000, 1000))))
    with Image.open(io.BytesIO(preview or b"")) as shown:
        assert shown.size == (1280, 320)


def test_a_recording_has_no_preview():
    assert files.preview(store("a.wav", uploads.sound("wav", "pcm_s16le"))) is None


def test_heic_is_handed_out_as_jpeg():
    opened = files.opened(store("手机.heic", uploads.heic()))
    assert (opened.name, opened.media_type, opened.content[:3]) == ("手机.jpg", "image/jpeg", b"\xff\xd8\xff")


def test_nothing_is_readable_on_the_disk():
    store("张三的证据.png", picture("PNG"))
    assert len(stored_files()) == 3
    heads = (b"\x89PNG", b"\xff\xd8\xff")
    assert not any(path.read_bytes().startswith(heads) or "张三" in path.name for path in stored_files())


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("empty.jpg", b"", "空"),
        ("program.exe", b"MZ", "不能接收"),
        ("really-a-program.jpg", b"MZ\x90\x00", "不符"),
        ("really-a-pdf.png", b"%PDF-1.7", "不符"),
        ("cut-off.png", picture("PNG")[:60], "损坏"),
        ("no-document.pdf", b"%PDF-1.7 nothing more", "损坏"),
        ("page.html", b"<script>", "不能接收"),
        ("drawing.svg", b"<svg onload='alert(1)'/>", "不能接收"),
        ("no-ending", picture(), "不能接收"),
        ("archive.zip", b"PK\x03\x04", "压缩包"),
        ("archive.rar", b"Rar!\x1a\x07", "压缩包"),
        ("archive-in-disguise.jpg", b"7z\xbc\xaf\x27\x1c", "压缩包"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "密码"),
        ("macros.docm", b"PK\x03\x04", "宏"),
        ("only-a-zip.docx", uploads.packed({"a.txt": "a"}), "损坏"),
        ("a-sheet.docx", uploads.sheet(), "损坏"),
        ("silence.mp3", b"ID3" + bytes(2000), "损坏"),
        ("no-film.mp4", b"\0\0\0\x18ftypmp42" + bytes(100), "损坏"),
        ("no-film-but-sound.mov", uploads.sound("ipod", "aac"), "损坏"),
        ("photo-in-a-film.heic", uploads.film(), "不符"),
    ],
)
def test_a_wrong_file_is_refused_with_advice_and_leaves_nothing(name, content, advice):
    with pytest.raises(FileRefused, match=advice):
        store(name, content)
    assert stored_files() == []


def test_a_picture_of_a_hundred_megapixels_is_refused_before_it_is_decoded():
    with pytest.raises(FileRefused, match="像素"):
        store("bomb.png", picture("PNG", size=(10_000, 10_000)))
    assert stored_files() == []


def test_a_document_of_ten_thousand_pages_is_refused():
    with pytest.raises(FileRefused, match="500"):
        store("long.pdf", document(10_000))
    assert stored_files() == []


def test_a_document_under_a_password_is_refused():
    pdf = pikepdf.new()
    pdf.add_blank_page()
    with pytest.raises(FileRefused, match="密码"):
        store("locked.pdf", uploads.written(pdf, encryption=pikepdf.Encryption(owner="a", user="b")))


@pytest.mark.parametrize("behind", [b"PK\x03\x04 an archive", b"<script>alert(1)</script>", b"%PDF-1.7 another"])
@pytest.mark.parametrize("name", ["照片.jpg", "截图.png", "通知.pdf"])
def test_what_hangs_on_behind_a_file_is_gone_from_the_copy(name, behind):
    stored = store(name, ALL_KINDS[name]() + b"\n" + behind)
    assert behind not in files.clean_copy(stored)


def test_a_file_over_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 100
    with pytest.raises(FileRefused, match="20 MB"):
        store("big.jpg", picture())


@pytest.mark.parametrize("name", ["../../etc/passwd.jpg", "C:\\Windows\\x.jpg", "/abs/olute.jpg"])
def test_a_path_in_the_name_is_cut_off(name):
    stored = store(name, picture())
    assert "/" not in files.name_of(stored)
    assert "\\" not in files.name_of(stored)


def test_erase_removes_row_and_files(django_capture_on_commit_callbacks):
    stored = store("a.jpg", picture())
    with django_capture_on_commit_callbacks(execute=True):
        files.erase(stored)
    assert stored_files() == []


def test_what_cannot_be_kept_leaves_nothing(monkeypatch):
    monkeypatch.setattr("core.files.storing.StoredFile.objects.create", lambda **_fields: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store("a.jpg", picture())
    assert stored_files() == []
