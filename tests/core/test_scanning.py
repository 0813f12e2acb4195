"""The virus scanner: its protocol, quarantine until it has spoken, and what happens when it is away."""

import socket
import struct
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock, files, tasks
from core.files import NotViewable, clamd, scanning
from core.models import Event, StoredFile

from .uploads import picture


class Daemon:
    """Speaks as clamd does: reads the pieces up to the empty one, and answers."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.received = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        line, _peer = self.listener.accept()
        with line, line.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!L", stream.read(4))[0]:
                self.received += stream.read(length)
            line.sendall(self.answer)

    def close(self) -> None:
        self.thread.join(5)
        self.listener.close()


@pytest.fixture
def daemon():
    started = []

    def start(answer: bytes) -> Daemon:
        started.append(Daemon(answer))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture
def told(monkeypatch):
    infected: list = []
    monkeypatch.setattr(scanning.after_infection, "_answer", lambda stored, at: infected.append(stored.pk))
    return infected


@pytest.fixture
def waiting(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:9"
    monkeypatch.setattr(tasks, "wake_scan", lambda _pk: None)
    return files.store_upload(SimpleUploadedFile("a.png", picture("PNG")), at=clock.now())


@pytest.mark.parametrize(
    ("answer", "found"), [(b"stream: OK\0", ""), (b"stream: Eicar-Test-Signature FOUND\0", "Eicar-Test-Signature")]
)
def test_the_daemon_gets_the_whole_file_and_its_word_is_understood(daemon, answer, found):
    content = bytes(range(256)) * 1000
    server = daemon(answer)
    assert clamd.found_in(content, address=server.address) == found
    server.close()
    assert server.received == content


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"nonsense\0"])
def test_no_verdict_is_no_verdict(daemon, answer):
    with pytest.raises(clamd.ScannerAway):
        clamd.found_in(b"x", address=daemon(answer).address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "unix:///nowhere/clamd.sock"])
def test_a_daemon_that_is_away_is_told(address):
    with pytest.raises(clamd.ScannerAway):
        clamd.found_in(b"x", address=address)


@pytest.mark.django_db
def test_without_a_scanner_a_file_opens_at_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stored = files.store_upload(SimpleUploadedFile("a.png", picture("PNG")), at=clock.now())
    assert (stored.state, stored.is_viewable) == ("unscanned", True)


@pytest.mark.django_db
def test_nobody_opens_a_file_in_quarantine(waiting):
    assert waiting.state == StoredFile.State.WAITING
    for read in (files.clean_copy, files.preview, files.opened):
        with pytest.raises(NotViewable):
            read(waiting)


@pytest.mark.django_db
def test_a_clean_file_opens(settings, daemon, waiting, told):
    settings.CLAMD_ADDRESS = daemon(b"stream: OK\0").address
    tasks.scan_file(file_id=str(waiting.pk))
    waiting.refresh_from_db()
    assert (waiting.state, told) == ("clean", [])
    assert files.clean_copy(waiting).startswith(b"\x89PNG")


@pytest.mark.django_db
def test_an_infected_file_never_opens_and_is_told_once(settings, daemon, waiting, told):
    settings.CLAMD_ADDRESS = daemon(b"stream: Eicar FOUND\0").address
    tasks.scan_file(file_id=str(waiting.pk))
    scanning.conclude(waiting.pk, "Eicar", at=clock.now())
    waiting.refresh_from_db()
    assert (waiting.state, waiting.is_viewable, told) == ("infected", False, [waiting.pk])
    assert Event.objects.get(type="file.infected").facts == {"found": "Eicar"}


@pytest.mark.django_db
def test_a_file_waits_while_the_scanner_is_away(waiting):
    tasks.scan_file(file_id=str(waiting.pk))
    waiting.refresh_from_db()
    assert waiting.state == StoredFile.State.WAITING


@pytest.mark.django_db
def test_the_sweep_hands_out_what_waits(waiting, monkeypatch):
    handed: list = []
    monkeypatch.setattr(tasks, "wake_scan", handed.append)
    tasks.sweep_scans()
    scanning.conclude(waiting.pk, "", at=clock.now())
    tasks.sweep_scans()
    assert handed == [waiting.pk]


@pytest.mark.django_db
def test_the_scan_is_asked_for_after_commit(settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT, settings.CLAMD_ADDRESS = tmp_path, "tcp://127.0.0.1:9"
    asked: list = []
    monkeypatch.setattr(tasks, "wake_scan", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        stored = files.store_upload(SimpleUploadedFile("a.png", picture("PNG")), at=clock.now())
        assert asked == []
    assert asked == [stored.pk]
