"""SMTP that says when a mail becomes the server's.

The server takes a mail with the line that ends it. That line goes out inside of the caller's
`around_end`, which writes down that it does; a worker that is killed later leaves a trace of it.
"""

import contextlib
import smtplib
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

LAST_LINE = b".\r\n"
AroundEnd = Callable[[], AbstractContextManager[None]]


class _Careful:
    """Mixed into smtplib's classes: the last line of a mail goes out inside of `around_end`."""

    def __init__(self, *args: Any, around_end: AroundEnd, **kwargs: Any) -> None:
        self.around_end = around_end
        super().__init__(*args, **kwargs)

    def data(self: Any, msg: Any) -> tuple[int, bytes]:
        """DATA as smtplib has it, in two steps."""
        self.putcmd("data")
        code, answer = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, answer)
        whole = smtplib._quote_periods(msg)  # type: ignore[attr-defined]
        self.send(whole if whole.endswith(b"\r\n") else whole + b"\r\n")
        with self.around_end():
            self.send(LAST_LINE)
        code, answer = self.getreply()
        return code, answer


class _Plain(_Careful, smtplib.SMTP):
    """SMTP, also with STARTTLS."""


class _Tls(_Careful, smtplib.SMTP_SSL):
    """SMTP inside TLS."""


class Backend(EmailBackend):
    """Django's SMTP backend; each mail's last line goes out inside of `around_end`."""

    around_end: AroundEnd = contextlib.nullcontext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._partial_connection: smtplib.SMTP | None = None

    @property
    def connection_class(self) -> Any:
        """smtplib's class, with our step in it."""
        return partial(_Tls if self.use_ssl else _Plain, around_end=self.around_end)

    def hang_up(self) -> None:
        """Say goodbye and close, without waiting for an answer: it would change nothing."""
        for held in (self.connection, self._partial_connection):
            if held is not None:
                with contextlib.suppress(OSError):
                    held.putcmd("quit")
                held.close()
        self.connection = self._partial_connection = None
