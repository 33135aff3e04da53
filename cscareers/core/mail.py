"""Every mail goes through the queue: written with the business transaction, sent by the worker."""

import hashlib
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.db.models import Q

from cscareers.core.models import OutgoingMail
from cscareers.core.tasks import enqueue, enqueue_many

SUBJECT_LENGTH = 250
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_TURNING: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_HEADER: Final = re.compile(r"List-[A-Za-z-]{1,60}")
"""What a caller may add beside the headers that we write: those by which one leaves a list."""
_HEADER_VALUE: Final = re.compile(r"[\x20-\x7e]{1,1000}")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of many; the fields as `queue_mail` takes them."""

    to: str
    subject: str
    text: str
    html: str
    dedupe_key: str
    headers: Mapping[str, str]


class CannotQueue(ValueError):
    """The message has something that a stored mail can't carry."""


@transaction.atomic
def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    dedupe_key: str,
    sender: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> bool:
    """Write the mail and enqueue its sending; False when that key was written before.

    Without `html` the mail's HTML part is made of the text when it is sent.
    `dedupe_key` names kind, object and recipient, for example
    "posting-approved:8f3k2m:ann@example.org". `headers` are further ones, of which only List-…
    may be: CannotQueue for others, and for a value that is not one line of ASCII.
    """
    new = _row(Letter(to, subject, text, html or "", dedupe_key, headers or {}), sender)
    mail, created = OutgoingMail.objects.get_or_create(
        dedupe_key=new.dedupe_key,
        defaults={
            name: getattr(new, name)
            for name in ("recipient", "sender", "subject", "text", "html", "headers")
        },
    )
    if created:
        enqueue("core.send_mail", mail_id=mail.pk)
    return created


@transaction.atomic
def queue_mails(letters: Sequence[Letter]) -> int:
    """The same for many at once, each with a key of its own; how many are new."""
    rows = [_row(letter) for letter in letters]
    keys = [row.dedupe_key for row in rows]
    known = set(
        OutgoingMail.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True)
    )
    new = OutgoingMail.objects.bulk_create(row for row in rows if row.dedupe_key not in known)
    enqueue_many("core.send_mail", [{"mail_id": row.pk} for row in new])
    return len(new)


def _row(letter: Letter, sender: str | None = None) -> OutgoingMail:
    for name, value in letter.headers.items():
        if not _HEADER.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
            raise CannotQueue(f"A mail can't carry this header: {name!r}")
    return OutgoingMail(
        dedupe_key=_fitting(letter.dedupe_key),
        recipient=letter.to,
        sender=sender or settings.DEFAULT_FROM_EMAIL,
        subject=_one_line(letter.subject),
        text=_CONTROLS.sub(" ", letter.text),
        html=letter.html,
        headers=dict(letter.headers),
    )


def take_back(*, to: str, keys_begin: str) -> int:
    """Delete mail to `to` that waits still and whose key begins so; the number of mails.

    What a worker is handing over at this moment still arrives: no page waits for a mail server.
    """
    waiting = OutgoingMail.objects.filter(recipient=to, sent_at__isnull=True)
    deleted, _ = waiting.filter(dedupe_key__startswith=keys_begin).delete()
    return deleted


def forget_sent(*, before: datetime) -> int:
    """Delete the rows of mail that was sent, or given up, before that moment; their number."""
    over = Q(sent_at__lt=before) | Q(refused_at__lt=before) | Q(sent_at=None, handed_at__lt=before)
    deleted, _ = OutgoingMail.objects.filter(over).delete()
    return deleted


class QueueBackend(BaseEmailBackend):
    """Django's e-mail backend that queues: allauth's and Django's own mail take the same way."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue every message for each of its recipients; the number of messages."""
        with transaction.atomic():
            for message in email_messages:
                _queue_message(message)
        return len(email_messages)


def _queue_message(message: EmailMessage) -> None:
    if message.attachments:
        raise CannotQueue("Mail with attachments can't be queued: link to the file instead.")
    html = ""
    for alternative in getattr(message, "alternatives", []):
        content, mimetype = _parts(alternative)
        if mimetype == "text/html":
            html = content
    once = uuid.uuid4().hex
    for recipient in message.recipients():
        queue_mail(
            to=recipient,
            subject=str(message.subject),
            text=str(message.body),
            html=html,
            sender=message.from_email,
            dedupe_key=f"message:{once}:{recipient}",
        )


def _one_line(words: str) -> str:
    """Words that users typed, fit for a header: no line break that would forge another one, nothing
    that turns the direction of what follows, nothing that mail programs would decode once more."""
    plain = _TURNING.sub("", _CONTROLS.sub(" ", words)).replace("=?", "= ?")
    return " ".join(plain.split())[:SUBJECT_LENGTH].strip()


def _parts(alternative: Any) -> tuple[str, str]:
    content, mimetype = alternative
    return str(content), str(mimetype)


def _fitting(key: str) -> str:
    """The key itself, or its digest when it is longer than the column."""
    if len(key) <= 250:
        return key
    return f"{key[:180]}:{hashlib.sha256(key.encode()).hexdigest()}"
