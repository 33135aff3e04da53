"""What a team writes about applications for itself: notes, tags, saved replies."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from postings.hiring.enums import ReplyKind
from postings.hiring.models import (
    Application,
    ApplicationNote,
    ReplyTemplate,
    Tag,
    TaggedApplication,
)
from profiles.models import Employer, User


class NameTaken(Exception):
    """There is a saved reply of this kind and name already."""


def add_note(*, application: Application, author: User, text: str, now: datetime) -> None:
    """Write a note, which stays as it is."""
    ApplicationNote.objects.create(
        application=application, author=author, author_label=author.label, text=text, at=now
    )


@transaction.atomic
def add_tag(*, application: Application, name: str) -> Tag:
    """Tag an application; the tag that its employer has by that name, however it is written, or a
    new one."""
    with connection.cursor() as cursor:
        # The update changes nothing but holds the row, so that nobody takes the tag away meanwhile.
        cursor.execute(
            "INSERT INTO postings_tag (employer_id, name) VALUES (%s, %s)"
            " ON CONFLICT (employer_id, lower(name)) DO UPDATE SET name = postings_tag.name"
            " RETURNING id",
            [application.posting.employer_id, name],
        )
        [pk] = cursor.fetchone()
    tag = Tag.objects.get(pk=pk)
    TaggedApplication.objects.bulk_create(
        [TaggedApplication(application=application, tag=tag)], ignore_conflicts=True
    )
    return tag


@transaction.atomic
def remove_tag(*, application: Application, name: str) -> None:
    """Take the tag of this very name off an application; its last use takes the tag along."""
    named = Tag.objects.filter(employer=application.posting.employer_id, name=name)
    tag = named.select_for_update(no_key=True).first()
    if tag is None:
        return
    TaggedApplication.objects.filter(application=application, tag=tag).delete()
    if not TaggedApplication.objects.filter(tag=tag).exists():
        tag.delete()


def save_reply(
    *,
    employer: Employer,
    kind: ReplyKind,
    name: str,
    text: str,
    now: datetime,
    reply: ReplyTemplate | None = None,
) -> ReplyTemplate:
    """Save words for answers: `reply` anew, or a new one. Raises NameTaken."""
    reply = reply or ReplyTemplate(employer=employer)
    reply.kind, reply.name, reply.text, reply.updated_at = kind, name, text, now
    try:
        with transaction.atomic():
            reply.save()
    except IntegrityError as error:
        raise NameTaken from error
    return reply


def remove_reply(*, reply: ReplyTemplate) -> None:
    """Delete saved words; what was sent with them stays."""
    reply.delete()
