"""What the portal sends stays on the outside: private addresses, changed names and redirects are refused."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import apprise
import pytest

from core import outgoing
from core.channels import ChannelError, Message, WebhookSmsBackend, send_chat
from core.recipients import Address

MESSAGE = Message(Address(phone="+8613900001234"), "标题", "正文", "<1@portal>")

IMAGES = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # apprise asks for it


@pytest.fixture
def gateway():
    """A gateway on this machine that sends every request on to itself, and counts what arrives."""
    arrived: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            arrived.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(302 if self.path == "/away" else 200)
            self.send_header("Location", "/inside")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", arrived
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),  # noqa: S104 looked at, not bound
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_what_is_outside(address, outside):
    assert outgoing.is_outside(address) is outside


def test_a_gateway_of_the_inside_is_refused_unless_named(settings, gateway):
    address, arrived = gateway
    settings.SMS_WEBHOOK_URL, settings.OUTGOING_HOSTS = f"{address}/sms", []
    with pytest.raises(ChannelError):
        WebhookSmsBackend().send(MESSAGE)
    assert arrived == []
    settings.OUTGOING_HOSTS = ["127.0.0.1"]
    WebhookSmsBackend().send(MESSAGE)
    assert arrived == ["/sms"]


def test_a_name_that_leads_inside_is_refused(settings, gateway, monkeypatch):
    address, arrived = gateway
    place = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(address.rpartition(":")[2])))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [place])  # the second answer of a rebinding name
    settings.SMS_WEBHOOK_URL, settings.OUTGOING_HOSTS = "http://sms.example/", []
    with pytest.raises(ChannelError):
        WebhookSmsBackend().send(MESSAGE)
    assert arrived == []


def test_a_gateway_that_sends_elsewhere_is_not_followed(settings, gateway):
    address, arrived = gateway
    settings.SMS_WEBHOOK_URL, settings.OUTGOING_HOSTS = f"{address}/away", ["127.0.0.1"]
    with pytest.raises(ChannelError):
        WebhookSmsBackend().send(MESSAGE)
    assert arrived == ["/away"]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://sms.example/", ""])
def test_only_web_addresses_are_called(settings, url):
    settings.SMS_WEBHOOK_URL = url
    with pytest.raises(ChannelError, match="no web address"):
        WebhookSmsBackend().send(MESSAGE)


@IMAGES
def test_a_group_chat_of_the_inside_is_refused_unless_named(settings, gateway):
    address, arrived = gateway
    settings.CHAT_URLS, settings.OUTGOING_HOSTS = [address.replace("http://", "json://") + "/chat"], []
    with pytest.raises(ChannelError):
        send_chat(MESSAGE)
    assert arrived == []
    settings.OUTGOING_HOSTS = ["127.0.0.1"]
    send_chat(MESSAGE)
    assert arrived == ["/chat"]


@IMAGES
def test_the_guard_ends_with_its_request(settings, gateway):
    address, arrived = gateway
    settings.OUTGOING_HOSTS = []
    with outgoing.outside_only():
        pass
    assert apprise.Apprise(address.replace("http://", "json://")).notify(body="x")
    assert arrived == ["/"]
