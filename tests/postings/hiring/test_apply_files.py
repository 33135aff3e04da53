"""The one file of an application: what is refused, how it is named, who gets it and how."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from cscareers.core.throttling import Limit
from postings.hiring.actions import drafts
from postings.hiring.engines import attachments
from postings.hiring.engines.attachments import MESSAGES, BadFile, check_pdf, clean_name
from postings.hiring.models import Application, ApplicationFile
from postings.models import Posting
from profiles.cv.pdf import Refusal
from profiles.enums import MemberRole
from profiles.models import User
from tests.factories.applications import make_draft, open_posting
from tests.factories.people import make_employer, make_member, make_user
from tests.profiles.cv.pdfs import document, locked, packed, stream, written

GOOD = document(stream(written("Jane Doe")))
PICTURES = document(stream(b"0 0 600 800 re f"))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Refusal.EMPTY),
        (b"MZ an executable", Refusal.NO_PDF),
        (b"<script>alert(1)</script>%PDF-1.7", Refusal.NO_PDF),
        (GOOD[:300], Refusal.BROKEN),
        (locked(GOOD, reader="secret"), Refusal.LOCKED),
        (document(packed(b" " * 40_000_000, times=3)), Refusal.HEAVY),
        (GOOD + b"\0" * (5 * 1024 * 1024), Refusal.LARGE),
    ],
    ids=["empty", "program", "page", "torn", "locked", "bomb", "large"],
)
def test_what_can_not_go_along_is_said_in_a_sentence(data: bytes, why: Refusal) -> None:
    with pytest.raises(BadFile) as caught:
        check_pdf(data)
    assert str(caught.value) == MESSAGES[why]


def test_each_refusal_has_its_words_but_pictures_that_people_can_read() -> None:
    assert set(MESSAGES) == set(Refusal) - {Refusal.PICTURES}
    assert len(check_pdf(PICTURES)) == 64


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("CV.pdf", "CV.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\My CV.PDF", "My CV.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ('a";\r\nSet-Cookie: x=1.pdf', "a Set-Cookie x=1.pdf"),
        ("Lebenslauf  Jürgen\u00a0Groß.pdf", "Lebenslauf Jürgen Groß.pdf"),
        ("", "attachment.pdf"),
        (".pdf", "attachment.pdf"),
        ("x" * 400 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_names_are_safe_to_show_and_to_save_under(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


# ---- with pages ----


@pytest.fixture
def posting() -> Posting:
    return open_posting()


@pytest.fixture
def person(db: None, client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def upload(client: Client, posting: Posting, data: bytes, **typed: str) -> HttpResponse:
    file = SimpleUploadedFile("../My CV.pdf", data, "application/pdf")
    sent = {"version": "1", "note": "", "file": file, **typed}
    return client.post(f"{posting.get_absolute_url()}apply/message/", sent)


@pytest.mark.django_db
def test_a_bad_file_keeps_the_words_and_a_good_one_survives_an_error(
    client: Client, posting: Posting, person: User
) -> None:
    draft = make_draft(posting, person)
    answer = upload(client, posting, b"no pdf", note="Hello")
    assert answer.context["form"].errors == {"file": [MESSAGES[Refusal.NO_PDF]]}
    assert "Hello" in answer.content.decode()
    answer = upload(client, posting, GOOD, note="x" * 2001)
    assert list(answer.context["form"].errors) == ["note"]
    assert "My CV.pdf" in answer.content.decode()
    assert upload(client, posting, PICTURES, note="Hello").status_code == 302
    kept = ApplicationFile.objects.get(draft=draft)
    assert (kept.name, bytes(kept.data)) == ("My CV.pdf", PICTURES)
    client.post(f"{posting.get_absolute_url()}apply/message/", {"version": "2", "drop_file": "on"})
    assert not ApplicationFile.objects.exists()


@pytest.mark.django_db
def test_so_many_files_an_hour(
    client: Client, posting: Posting, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_draft(posting, person)
    monkeypatch.setattr(drafts, "FILES", Limit("file", 1, drafts.FILES.per))
    monkeypatch.setattr(attachments, "text_of_pdf", lambda data: "text")
    assert upload(client, posting, GOOD).status_code == 302
    answer = upload(client, posting, GOOD, version="2")
    assert "Try again later" in answer.context["form"].errors["file"][0]


@pytest.mark.django_db
def test_the_file_goes_out_as_a_download_to_those_who_may_read(
    client: Client, posting: Posting, person: User
) -> None:
    draft = make_draft(posting, person)
    drafts.attach(draft=draft, name="Zeugnis Ü.pdf", data=GOOD, now=draft.opened_at)
    own_draft = f"{posting.get_absolute_url()}apply/file/"
    assert client.get(own_draft).content == GOOD
    check = f"{posting.get_absolute_url()}apply/check/"
    client.post(check, {"seen": client.get(check).context["form"]["seen"].value()})
    sent = Application.objects.get()
    theirs = (
        f"/hire/{posting.employer.slug}/postings/{posting.public_id}"
        f"/applications/{sent.public_id}/file/"
    )
    own = f"/me/applications/{sent.public_id}/file/"
    viewer = make_member(posting.employer, role=MemberRole.VIEWER)
    for user, url in ((person, own), (viewer, theirs)):
        client.force_login(user)
        answer = client.get(url)
        assert answer.content == GOOD
        assert {name: answer[name] for name in (
            "Content-Type", "Content-Disposition", "X-Content-Type-Options",
            "Content-Security-Policy",
        )} == {
            "Content-Type": "application/pdf",
            "Content-Disposition": "attachment; filename*=utf-8''Zeugnis%20%C3%9C.pdf",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }  # fmt: skip
    for stranger in (make_user(), make_member(make_employer())):
        client.force_login(stranger)
        assert {client.get(url).status_code for url in (own, theirs)} == {404}
        assert client.get(own_draft).status_code == 302
