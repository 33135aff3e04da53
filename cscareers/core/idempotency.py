"""One row from one form, however often it arrives; and the same answer each time."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.db import connection, transaction
from django.http import Http404, HttpRequest

from cscareers.core.models import FormSubmission

SAID_LENGTH: Final = 2000
"""Characters of one thing that is said."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a form did: where to go on, and what the page there says of it."""

    location: str
    said: tuple[tuple[int, str], ...] = ()
    """Levels of Django's messages, each with its words."""

    def saying(self, words: str, level: int = messages.SUCCESS) -> "Done":
        """The same, with one thing more to say."""
        # A slice is plain text, whatever it is of: a page escapes it the first time and again.
        kept = words[:SAID_LENGTH]
        if len(words) > SAID_LENGTH:
            kept = kept[:-1] + "…"
        return replace(self, said=(*self.said, (level, kept)))


def once(
    request: HttpRequest, *, key: uuid.UUID, now: datetime, perform: Callable[[], Done]
) -> str:
    """The location that `perform` answered for this `key`: carried out the first time, repeated
    after that. What is to be said goes into the messages of the `request` every time: a browser
    drops the answer to the first of two clicks, and with it the page that said so.

    Runs in one transaction with what `perform` writes. A second sender waits for the first to
    commit; when the first failed, the second carries it out. Raises Http404 for a key under which
    somebody else sent a form.
    """
    user_id = request.user.pk
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_formsubmission (key, user_id, location, said, at)"
                " VALUES (%s, %s, '', '[]', %s) ON CONFLICT (key) DO NOTHING",
                [key, user_id, now],
            )
            first = cursor.rowcount == 1
        if first:
            done = perform()
            sent = FormSubmission.objects.filter(key=key)
            sent.update(location=done.location, said=done.said)
        else:
            found = _done(key, user_id)
            if found is None:
                raise Http404
            done = found
    return _told(request, done)


def answered(request: HttpRequest, *, key: uuid.UUID) -> str:
    """The location that `once` answered for this `key` of this person, whom it is said again what
    was done; "" when it never was sent.

    For a form that is refused because its first sending was carried out: the row is there already.
    """
    done = _done(key, request.user.pk)
    return _told(request, done) if done else ""


def _done(key: uuid.UUID, user_id: int | None) -> Done | None:
    sent = FormSubmission.objects.filter(key=key, user_id=user_id).first()
    return Done(sent.location, tuple(map(tuple, sent.said))) if sent else None


def _told(request: HttpRequest, done: Done) -> str:
    for level, words in done.said:
        messages.add_message(request, level, words)
    return done.location


def hush(*, before: datetime) -> int:
    """Forget what was said of forms that were sent before that moment, for it may name somebody;
    the number of those forms."""
    return FormSubmission.objects.filter(at__lt=before).exclude(said=[]).update(said=[])


def forget(*, before: datetime) -> int:
    """Delete the keys of forms that were sent before that moment; their number."""
    deleted, _ = FormSubmission.objects.filter(at__lt=before).delete()
    return deleted
