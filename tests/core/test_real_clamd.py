"""Against a real ClamAV daemon, where one is installed, with one signature of our own: no database to download."""

import io
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import files
from core.files import clamd, scanning
from core.models import StoredFile
from tests.factories import MONDAY

CLAMD = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(CLAMD is None, reason="no clamd here (Debian: clamav-daemon); its answers are played elsewhere")
HARMFUL = b"PORTAL-TEST-OF-THE-SCANNER-this-is-harmful-by-agreement"
STARTS = 60  # seconds


@pytest.fixture(scope="module")
def scanner() -> Iterator[str]:
    """A daemon of the tests' own; the folder's name is short, because a socket's path must be."""
    folder = Path(tempfile.mkdtemp(prefix="clam"))
    (folder / "own.ndb").write_text(f"Portal.Test:0:*:{HARMFUL.hex()}\n")
    (folder / "conf").write_text(f"DatabaseDirectory {folder}\nLocalSocket {folder}/socket\nForeground yes\n")
    daemon = subprocess.Popen([str(CLAMD), "-c", str(folder / "conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address, until = f"unix://{folder}/socket", time.monotonic() + STARTS
    while not (folder / "socket").exists() and time.monotonic() < until and daemon.poll() is None:
        time.sleep(0.1)
    yield address
    daemon.kill()
    daemon.wait()
    shutil.rmtree(folder)


def pdf_with(content: bytes) -> SimpleUploadedFile:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page().Contents = pdf.make_stream(content)
    pdf.save(out, compress_streams=False)
    return SimpleUploadedFile("a.pdf", out.getvalue(), "application/pdf")


def test_daemon_tells_clean_from_harmful(scanner):
    assert clamd.found_in(b"nothing " * 100_000, address=scanner) == ""
    assert "Portal.Test" in clamd.found_in(HARMFUL, address=scanner)


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "state"), [(b"BT ET", "clean"), (HARMFUL, "infected")], ids=["clean", "harmful"])
def test_upload_waits_and_opens_only_when_clean(scanner, settings, tmp_path, content, state):
    settings.CLAMD_ADDRESS, settings.MEDIA_ROOT = scanner, str(tmp_path)
    stored = files.store_upload(pdf_with(content), at=MONDAY)
    assert not stored.is_viewable
    scanning.scan(stored.pk, at=MONDAY)
    stored = StoredFile.objects.get()
    assert (stored.state, stored.is_viewable) == (state, state == "clean")
