"""Uploads: three checks, a cleaned copy, a sealed original, and nothing left of what is refused."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import clock, files, vault
from core.files import FileRefused

pytestmark = pytest.mark.django_db
SECRET = "Zhang-San-was-here"


def picture(kind="JPEG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def picture_with_author():
    exif = Image.Exif()
    exif[0x013B] = SECRET
    return picture(exif=exif)


def document(pages=1):
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page()
    pdf.docinfo["/Author"] = SECRET
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def store(name, content):
    return files.store_upload(SimpleUploadedFile(name, content), at=clock.now())


def stored_files():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _empty_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(("name", "make"), [("a.jpg", picture_with_author), ("b.pdf", document)])
def test_the_cleaned_copy_has_no_author_and_the_original_is_kept(name, make):
    content = make()
    stored = store(name, content)
    assert SECRET.encode() in content
    assert SECRET.encode() not in files.clean_copy(stored)
    original = Path(settings.MEDIA_ROOT, stored.original).read_bytes()
    assert vault.open_bytes(original, row=f"file:{stored.pk}", column="original") == content


def test_nothing_is_readable_on_the_disk():
    store("张三的证据.png", picture("PNG"))
    assert len(stored_files()) == 2
    assert not any(path.read_bytes().startswith(b"\x89PNG") or "张三" in path.name for path in stored_files())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.jpg", b""),
        ("program.exe", b"MZ"),
        ("really-a-program.jpg", b"MZ\x90\x00"),
        ("really-a-pdf.png", b"%PDF-1.7"),
        ("cut-off.png", picture("PNG")[:60]),
        ("no-document.pdf", b"%PDF-1.7 nothing more"),
        ("page.html", b"<script>"),
        ("archive.zip", b"PK\x03\x04"),
        ("no-ending", picture()),
    ],
)
def test_a_wrong_file_is_refused_and_leaves_nothing(name, content):
    with pytest.raises(FileRefused):
        store(name, content)
    assert stored_files() == []


def test_a_bomb_of_pixels_is_refused_before_it_is_decoded():
    with pytest.raises(FileRefused, match="像素"):
        store("bomb.png", picture("PNG", size=(10_000, 10_000)))


def test_a_document_with_too_many_pages_is_refused():
    with pytest.raises(FileRefused, match="500"):
        store("long.pdf", document(files.MAX_PAGES + 1))


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
