"""Sending of a stored mail: once, whatever happens to the worker or the server in between.

A mail waits, then it is handed over, then it was sent or refused, and each step is committed by
itself. A worker that is killed before it hands the mail over leaves it waiting. One that is killed
after that leaves it handed over without an answer: the server has it, so nobody sends it again
by itself; it stands in the admin as unclear, where a person may. docs/assurance/R2.md has figures.
"""

import hashlib
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import F

from cscareers.core import mail_html
from cscareers.core.mail_transport import Backend
from cscareers.core.models import OutgoingMail
from cscareers.core.tasks import enqueue

log = structlog.get_logger(__name__)
_LOCKS: Final = 0x4D41494C << 32
"""Where the advisory locks of mails begin, away from those of others."""


class NotSent(Exception):
    """The server could not be reached or did not take the mail this time: to be tried again."""


def deliver(*, mail_id: int, now: datetime) -> None:
    """Send the stored mail through EMAIL_URL's transport, unless its end is known.

    NotSent when it should be tried again later. A mail that the server refuses for good is
    marked; that is no error of the job.
    """
    with _alone(mail_id):
        mail = OutgoingMail.objects.filter(pk=mail_id).first()
        if mail is None or mail.sent_at is not None or mail.refused_at is not None:
            return
        if mail.handed_at is not None:
            log.warning("mail_unclear", mail_id=mail_id)
            return
        _write(mail_id, attempts=F("attempts") + 1)
        transport = _transport(mail_id, now)
        message = _message(mail, transport)
        try:
            transport.open()
            message.send()
        except Exception as error:
            _failed(mail_id, error, now)
        else:
            _write(mail_id, sent_at=now, text="", html="", headers={}, answer="")
        finally:
            _hang_up(transport)


@transaction.atomic
def send_again(*, mail_id: int) -> bool:
    """Put a mail that was refused, or whose end is unclear, into the queue; False for others."""
    ended = OutgoingMail.objects.filter(pk=mail_id, sent_at=None).exclude(
        refused_at=None, handed_at=None
    )
    if not ended.update(refused_at=None, handed_at=None, answer=""):
        return False
    enqueue("core.send_mail", mail_id=mail_id)
    return True


@contextmanager
def _alone(mail_id: int) -> Iterator[None]:
    """One worker at a time has this mail; a second one waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCKS + mail_id])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCKS + mail_id])


def _transport(mail_id: int, now: datetime) -> BaseEmailBackend:
    transport: BaseEmailBackend = get_connection(settings.EMAIL_TRANSPORT)
    if isinstance(transport, Backend):
        transport.around_end = lambda: _handing(mail_id, now)
    return transport


@contextmanager
def _handing(mail_id: int, now: datetime) -> Iterator[None]:
    """Note that the mail is handed over; the last line goes out right before the commit.

    A kill between the two doubles the mail: there is nothing but a system call between them.
    The other way round a commit would lie between them, and a kill there would lose the mail.
    """
    with transaction.atomic():
        _write(mail_id, handed_at=now)
        yield


def _hang_up(transport: BaseEmailBackend) -> None:
    if isinstance(transport, Backend):
        transport.hang_up()
    else:
        transport.close()


def _message(mail: OutgoingMail, transport: BaseEmailBackend) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender,
        to=[mail.recipient],
        headers={**mail.headers, "Message-ID": _message_id(mail)},
        connection=transport,
    )
    html = mail.html or mail_html.of_text(subject=mail.subject, text=mail.text)
    message.attach_alternative(html, "text/html")
    return message


def _failed(mail_id: int, error: Exception, now: datetime) -> None:
    """Note why; NotSent unless no later try could go better."""
    code = _code(error)
    answer = str(code) if code else type(error).__name__
    for_good = isinstance(error, ValueError) or (
        isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
        and 500 <= code < 600
    )
    log.warning("mail_refused" if for_good else "mail_not_sent", mail_id=mail_id, answer=answer)
    # The server answered, or was given up: whatever it was handed is not ours to wait for.
    _write(mail_id, handed_at=None, refused_at=now if for_good else None, answer=answer)
    if not for_good:
        # Without the error's own words: they may hold the address.
        raise NotSent(answer) from None


def _code(error: Exception) -> int:
    """The server's code in the error, or 0."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _write(mail_id: int, **values: object) -> None:
    OutgoingMail.objects.filter(pk=mail_id).update(**values)


def _message_id(mail: OutgoingMail) -> str:
    digest = hashlib.sha256(mail.dedupe_key.encode()).hexdigest()[:32]
    domain = mail.sender.rpartition("@")[2].rstrip("> ") or "localhost"
    return f"<{digest}@{domain}>"
