"""One row from one form, however often it arrives."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.http import Http404

from cscareers.core.models import FormSubmission


def once(*, key: uuid.UUID, user_id: int | None, now: datetime, perform: Callable[[], str]) -> str:
    """The location that `perform` answered for this `key`: carried out the first time, repeated
    after that.

    Runs in one transaction with what `perform` writes. A second sender waits for the first to
    commit; when the first failed, the second carries it out. Raises Http404 for a key under which
    somebody else sent a form.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_formsubmission (key, user_id, location, at)"
                " VALUES (%s, %s, '', %s) ON CONFLICT (key) DO NOTHING",
                [key, user_id, now],
            )
            first = cursor.rowcount == 1
        if not first:
            sent = FormSubmission.objects.filter(key=key, user_id=user_id).first()
            if sent is None:
                raise Http404
            return sent.location
        location = perform()
        FormSubmission.objects.filter(key=key).update(location=location)
        return location


def answered(*, key: uuid.UUID, user_id: int | None) -> str:
    """The location that `once` answered for this `key` of this person; "" when it never was sent.

    For a form that is refused because its first sending was carried out: the row is there already.
    """
    sent = FormSubmission.objects.filter(key=key, user_id=user_id).first()
    return sent.location if sent else ""


def forget(*, before: datetime) -> int:
    """Delete the keys of forms that were sent before that moment; their number."""
    deleted, _ = FormSubmission.objects.filter(at__lt=before).delete()
    return deleted
