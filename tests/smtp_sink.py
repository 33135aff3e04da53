"""A mail server on loopback that keeps what it takes, and some that don't take anything."""

import contextlib
import email
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Letter:
    """What arrived: the envelope and the message as one reads it."""

    sender: str
    recipients: list[str]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.data, policy=default)  # type: ignore[return-value]


@dataclass
class Sink:
    """Takes mail; `refused` says what it answers to a recipient instead, `after` to a mail."""

    refused: dict[str, str] = field(default_factory=dict)
    after: str = "250 OK"
    seconds: float = 0.0
    letters: list[Letter] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.after.startswith("250"):
            self.letters.append(
                Letter(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content)
            )
        time.sleep(self.seconds)  # taken already: as a server that is slow to say so
        return self.after


@contextlib.contextmanager
def sink(**options: Any) -> Iterator[Sink]:
    """A running server."""
    kept = Sink(**options)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        kept.port = probe.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=kept.port, enable_SMTPUTF8=True)
    server.start()
    try:
        yield kept
    finally:
        server.stop()


@contextlib.contextmanager
def talker(greeting: bytes) -> Iterator[int]:
    """The port of a server that accepts, says this, and then nothing more."""
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    client, _ = listening.accept()
                    held.append(client)
                    client.sendall(greeting)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=2)
            for client in held:
                client.close()
