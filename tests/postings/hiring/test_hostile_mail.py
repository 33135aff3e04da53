"""Whatever people write into names, titles, notes and addresses: no mail gets another header or
another recipient (S14), through our own actions and a real mail server."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from typing import Any
from unicodedata import category

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from cscareers.core import delivery, mail
from cscareers.core.models import OutgoingMail
from postings.hiring.actions import decisions
from postings.hiring.actions.applications import apply
from postings.hiring.enums import RejectReason
from postings.hiring.models import ApplicationDraft
from postings.models import Posting
from profiles.enums import MemberRole
from profiles.models import Employer, User
from tests.factories.applications import make_draft, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_user
from tests.smtp_sink import Letter, Sink, sink

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVE = "eve@evil.example"
BREAKS = (
    "\r\n",
    "\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    "\r\n ",
    "\n\t",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "%0d%0a",
    "\\r\\n",
    "\u560a\u560d",
)
FORGED = (
    f"Bcc: {EVE}",
    f"To: {EVE}",
    "Content-Type: text/html; charset=utf-8\r\n\r\n<script>alert(1)</script>",
    f"\r\n.\r\nMAIL FROM:<{EVE}>\r\nRCPT TO:<{EVE}>\r\nDATA",
)
WORDS = (
    *(f"Team lead{end}{line}" for end, line in zip(BREAKS, cycle(FORGED))),
    f"=?utf-8?q?=0D=0ABcc:_{EVE}?=",
    f"=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?= {EVE}",
    "=?utf-8?q?Your_password?= =?utf-8?q?_is_wanted?=",
    "\u202egnp.drow\u202c \u2066x\u2069 \u202bשלום",
    "שלום עולם, فريق الدعم",
    "x" * 5_000,
    "客" * 3_000,
    "word " * 2_000,
    "<img src=x onerror=alert(1)>\"'&amp;",
    "{{ settings.SECRET_KEY }}{% debug %}",
    ".",
    "..\r\n.\r\nQUIT",
    "From me\r\nFrom you",
    "e\u0301\u200d\ufeff\u00ad",
)
ADDRESSES = (
    *(f"ann@example.org{end}Bcc: {EVE}" for end in BREAKS),
    *(f"ann@example.org{join}{EVE}" for join in (",", ", ", ";", " ", "\t", ">,<", "\x00")),
    f"ann@example.org>\r\nRCPT TO:<{EVE}",
    f'"{EVE}" <ann@example.org>',
    f"<ann@example.org> {EVE}",
    f"ann@example.org ({EVE})",
    f"group: ann@example.org, {EVE};",
    f"=?utf-8?q?ann?= <{EVE}>, ann@example.org",
)
HEADERS = [
    "Content-Type",
    "MIME-Version",
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
]


@pytest.fixture
def server(settings: Any) -> Iterator[Sink]:
    with sink() as running:
        settings.EMAIL_TRANSPORT = "cscareers.core.mail_transport.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield running


def sent(server: Sink) -> list[Letter]:
    """What arrived of all that waits."""
    server.letters.clear()
    for pk in OutgoingMail.objects.filter(sent_at=None).order_by("pk").values_list("pk", flat=True):
        delivery.deliver(mail_id=pk, now=NOW)
    return list(server.letters)


def judge(letter: Letter, recipient: str) -> None:
    """One recipient, our headers alone, one line each, two parts, and words that are only words."""
    assert letter.recipients == [recipient]
    message = letter.message
    assert message.keys() == HEADERS
    assert message["To"] == recipient
    assert message["From"] == django_settings.DEFAULT_FROM_EMAIL
    assert message.get_content_type() == "multipart/alternative"
    subject = str(message["Subject"])
    assert {category(sign) for sign in subject} & {"Cc", "Zl", "Zp", "Cs"} == set()
    assert len(subject) <= mail.SUBJECT_LENGTH
    assert not set(subject) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
    assert message.defects == []
    text, html = message.iter_parts()
    assert [part.get_content_type() for part in (text, html)] == ["text/plain", "text/html"]
    assert [part.is_attachment() for part in (text, html)] == [False, False]
    assert "\x00" not in text.get_content()
    assert "<script" not in html.get_content()
    assert "onerror=alert(1)>" not in html.get_content()


@pytest.fixture(scope="module")
def scene(kept_rows: None) -> tuple[Posting, ApplicationDraft, User]:
    """A job, an application that is being written for it, and who decides on it."""
    posting = open_posting(now=NOW - timedelta(days=1))
    candidate = make_user(email="cara@example.org")
    make_candidate(candidate, skills={"complaint-handling": 3})
    owner = make_user(email="owner@example.org")
    posting.employer.memberships.create(user=owner, role=MemberRole.OWNER, joined_at=NOW)
    return posting, make_draft(posting, candidate, NOW), owner


def rolled_back(act: Callable[[], None]) -> None:
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_titles_names_notes_and_replies_stay_what_they_are(
    server: Sink, scene: tuple[Posting, ApplicationDraft, User]
) -> None:
    posting, kept, owner = scene
    draft_pk, candidate = kept.pk, kept.user
    assert candidate is not None
    inputs = mails = 0
    for words in WORDS:

        def act(words: str = words) -> None:
            nonlocal inputs, mails
            OutgoingMail.objects.all().delete()
            Posting.objects.filter(pk=posting.pk).update(title=words[:200])
            Employer.objects.filter(pk=posting.employer_id).update(name=words[:120])
            draft = ApplicationDraft.objects.get(pk=draft_pk)
            draft.note = words[:2_000]
            application = apply(draft=draft, candidate=candidate, now=NOW)
            decisions.reject(
                application=application,
                actor=owner,
                now=NOW,
                reasons=[RejectReason.OTHERS_CLOSER],
                note=words[:5_000],
            )
            arrived = sent(server)
            for letter in arrived:
                judge(letter, letter.recipients[0])
            to = sorted(letter.recipients[0] for letter in arrived)
            assert to.count("cara@example.org") == 2
            assert set(to) - {"cara@example.org"} == set(
                posting.employer.memberships.values_list("user__email", flat=True)
            )
            inputs += 4  # title, name, note, reply
            mails += len(arrived)

        rolled_back(act)
    # With the addresses below, and the subject and text beside each: more than 200 inputs.
    assert inputs + 3 * len(ADDRESSES) > 200
    assert (inputs, mails) == (4 * len(WORDS), 3 * len(WORDS))


@pytest.mark.django_db
def test_no_address_makes_two_recipients(server: Sink) -> None:
    numbers = count()
    refused = 0
    for address in ADDRESSES:
        clean = address.replace("\x00", "")  # no column holds one
        mail.queue_mail(
            to=clean, subject="He\0llo", text="He\0llo", dedupe_key=f"test:{next(numbers)}"
        )
        arrived = sent(server)
        assert [letter for letter in arrived if EVE in letter.recipients] == []
        for letter in arrived:
            assert letter.recipients == ["ann@example.org"]
            assert letter.message.keys() == HEADERS
            assert letter.message["Bcc"] is None
        refused += not arrived
    marked = OutgoingMail.objects.filter(refused_at__isnull=False).count()
    assert refused == marked
    assert refused >= len(ADDRESSES) - 3
