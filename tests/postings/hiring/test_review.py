"""What a team writes for itself: notes, tags, saved replies."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from postings.hiring.actions import review
from postings.hiring.enums import ReplyKind
from postings.hiring.models import Application, ReplyTemplate, Tag
from profiles.enums import MemberRole
from profiles.models import User
from tests.factories.applications import make_application
from tests.factories.people import make_employer, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(kept_rows: None) -> dict[str, int]:
    sent = make_application()
    people = {role: make_member(sent.posting.employer, role=role).pk for role in MemberRole}
    return {"sent": sent.pk, **people}


@pytest.fixture
def sent(made: dict[str, int]) -> Application:
    return Application.objects.select_related("posting__employer").get(pk=made["sent"])


def sign_in(client: Client, made: dict[str, int], role: MemberRole) -> User:
    found = User.objects.get(pk=made[role])
    client.force_login(found)
    return found


def url(sent: Application, name: str) -> str:
    return reverse(
        f"hiring:{name}",
        args=[sent.posting.employer.slug, sent.posting.public_id, sent.public_id],
    )


def test_an_interviewer_writes_a_note_once(made, sent, client) -> None:
    author = sign_in(client, made, MemberRole.INTERVIEWER)
    typed = {"text": "Calm on the phone.", "key": str(uuid.uuid4())}
    for _ in range(2):
        client.post(url(sent, "note"), typed)
    [note] = sent.notes.all()
    assert (note.text, note.author, note.author_label) == (typed["text"], author, author.label)
    page = client.get(url(sent, "application")).content.decode()
    assert "Calm on the phone." in page
    assert url(sent, "move") not in page
    empty = client.post(url(sent, "note"), {"text": " "})
    assert "Write the note first." in empty.content.decode()
    sign_in(client, made, MemberRole.VIEWER)
    assert "Calm on the phone." in client.get(url(sent, "application")).content.decode()


def test_the_candidate_sees_no_note_and_no_tag(made, sent, client) -> None:
    author = User.objects.get(pk=made[MemberRole.OWNER])
    review.add_note(application=sent, author=author, text="Too quiet?", now=datetime.now(UTC))
    review.add_tag(application=sent, name="maybe-later")
    assert sent.candidate
    client.force_login(sent.candidate)
    page = client.get(reverse("me:application", args=[sent.public_id])).content.decode()
    assert "Too quiet?" not in page
    assert "maybe-later" not in page


def test_a_tag_is_one_however_it_is_written(made, sent, client) -> None:
    sign_in(client, made, MemberRole.RECRUITER)
    for name in ("Night  shift", "night shift", "NIGHT SHIFT"):
        client.post(url(sent, "tag"), {"name": name})
    other = make_application(sent.posting)
    assert review.add_tag(application=other, name="night SHIFT").name == "Night shift"
    assert [tag.name for tag in sent.tags.all()] == ["Night shift"]
    elsewhere = make_application()
    review.add_tag(application=elsewhere, name="night shift")
    assert Tag.objects.count() == 2
    client.post(url(sent, "tag"), {"remove": "Night shift"})
    assert list(sent.tags.all()) == []
    assert Tag.objects.filter(employer=sent.posting.employer).count() == 1
    review.remove_tag(application=other, name="Night shift")
    assert Tag.objects.filter(employer=sent.posting.employer).count() == 0


def test_saved_replies_are_written_changed_and_deleted(made, sent, client) -> None:
    sign_in(client, made, MemberRole.RECRUITER)
    slug = sent.posting.employer.slug
    new = reverse("hiring:new_reply", args=[slug])
    typed: dict[str, Any] = {"kind": "reject", "name": " Kind  no ", "text": "Dear {candidate}"}
    key = str(uuid.uuid4())
    for _ in range(2):
        assert client.post(new, {**typed, "key": key}).status_code == 302
    reply = ReplyTemplate.objects.get(employer=sent.posting.employer)
    assert (reply.kind, reply.name, reply.text) == ("reject", "Kind no", "Dear {candidate}")
    taken = client.post(new, {**typed, "name": "KIND NO"})
    assert "There is a reply of this name for this answer already." in taken.content.decode()
    slip = client.post(new, {**typed, "name": "Other", "text": "Dear {Name}"})
    assert "We can’t fill in {Name}." in slip.content.decode()
    page = reverse("hiring:reply", args=[slug, reply.public_id])
    client.post(page, {**typed, "text": "Hello {candidate}"})
    assert ReplyTemplate.objects.get().text == "Hello {candidate}"
    assert "Kind no" in client.get(reverse("hiring:replies", args=[slug])).content.decode()
    remove = reverse("hiring:remove_reply", args=[slug, reply.public_id])
    assert client.get(remove).status_code == 200
    assert ReplyTemplate.objects.count() == 1
    client.post(remove)
    assert ReplyTemplate.objects.count() == 0


def test_replies_of_another_employer_are_missing(made, sent, client) -> None:
    sign_in(client, made, MemberRole.OWNER)
    theirs = review.save_reply(
        employer=make_employer(), kind=ReplyKind.OFFER, name="a", text="b", now=datetime.now(UTC)
    )
    page = reverse("hiring:reply", args=[sent.posting.employer.slug, theirs.public_id])
    assert client.get(page).status_code == 404
