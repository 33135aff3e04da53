"""A plain browser for torture: cookies, forms with their tokens, and the patience of somebody who
sends a form again when no answer came."""

import http.client
import re
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlencode

PATIENCE = 60.0
PAUSE = 0.05
AWAY = (http.client.HTTPException, OSError)


@dataclass
class Tally:
    """What all browsers met: statuses, and answers that never came."""

    statuses: Counter[int] = field(default_factory=Counter)
    cut: int = 0
    odd: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def met(self, status: int, what: str) -> None:
        with self.lock:
            self.statuses[status] += 1
            if status >= 400 and status != 503:
                self.odd.append(f"{status} {what}")

    def cut_off(self) -> None:
        with self.lock:
            self.cut += 1


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page."""
        for tag in re.findall(r"<input[^>]*>", self.text):
            if f'name="{name}"' in tag and (found := re.search(r'value="([^"]*)"', tag)):
                return found[1]
        return ""


class Browser:
    """One person's browser at 127.0.0.1."""

    def __init__(self, port: int, tally: Tally) -> None:
        self.port, self.tally = port, tally
        self.cookies: dict[str, str] = {}
        self.wire: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        return self._until_answered("GET", path, b"")

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form; the same again, with the same key in it, until there is an answer."""
        token = self.cookies.get("csrftoken", "")
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self._until_answered("POST", path, body)

    def close(self) -> None:
        if self.wire is not None:
            self.wire.close()
            self.wire = None

    def sign_in(self, email: str, password: str) -> None:
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", {"login": email, "password": password})
        if answer.status != 302 or "sessionid" not in self.cookies:
            raise RuntimeError(f"{email} can't sign in: {answer.status}")

    def _until_answered(self, method: str, path: str, body: bytes) -> Answer:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self.once(method, path, body)
            except AWAY:
                self.tally.cut_off()
                self.close()
            else:
                self.tally.met(answer.status, f"{method} {path}")
                if answer.status != 503:
                    return answer
            if time.monotonic() > until:
                raise RuntimeError(f"no answer to {method} {path} for {PATIENCE:.0f} s")
            time.sleep(PAUSE)

    def once(self, method: str, path: str, body: bytes) -> Answer:
        """The answer to one request; one of AWAY is raised when there is none."""
        if self.wire is None:
            self.wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers["Host"] = f"localhost:{self.port}"
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.wire.request(method, path, body or None, headers)
        reply = self.wire.getresponse()
        text = reply.read().decode(errors="replace")
        for name, value in reply.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        if reply.will_close:
            self.close()
        return Answer(reply.status, reply.getheader("Location") or "", text)
