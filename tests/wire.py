"""A mail server of the tests' own on loopback: keeps every message that arrives and can hold back its answer."""

import socketserver
import threading
from email import message_from_bytes
from email.message import Message
from types import TracebackType
from typing import Self


class _Conversation(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as Django's mail backend asks for."""

    server: "_Server"

    def handle(self) -> None:
        self._say("220 wire")
        while line := self.rfile.readline():
            command = line[:4].upper().strip()
            if command == b"DATA":
                self._say("354 go on")
                if not self._take_message():
                    return None
            elif command == b"QUIT":
                return self._say("221 bye")
            self._say("250 ok")
        return None

    def _take_message(self) -> bool:
        """Keep the message, then wait for permission to answer; the sender may be killed meanwhile."""
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        self.server.arrived.append(message_from_bytes(b"".join(lines)))
        self.server.something_arrived.set()
        return self.server.may_answer.wait(timeout=30)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.arrived: list[Message] = []
        self.something_arrived = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()
        super().__init__(("127.0.0.1", 0), _Conversation)

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed breaks the line; that is what these tests are about."""


class Wire:
    """The mail server as a test sees it."""

    def __init__(self) -> None:
        self._server = _Server()
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.may_answer.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def message_ids(self) -> list[str]:
        """The Message-IDs in the order of arrival, repeats included."""
        return [message["Message-ID"] for message in self._server.arrived]

    def wait_for_a_message(self, timeout: float) -> bool:
        found = self._server.something_arrived.wait(timeout)
        self._server.something_arrived.clear()
        return found

    def hold_answers(self) -> None:
        """Take messages, but do not say so to the sender."""
        self._server.may_answer.clear()

    def answer_from_now_on(self) -> None:
        self._server.may_answer.set()
