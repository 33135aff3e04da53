"""Mail takes the way through the queue, once."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from cscareers.core import delivery, mail
from cscareers.core.models import OutgoingMail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LETTER = {
    "to": "ann@example.org",
    "subject": "Your job is public",
    "text": "It is.",
    "dedupe_key": "posting-approved:8f3k2m:ann@example.org",
}


def test_a_queued_mail_is_sent_by_the_worker(run_jobs, mailoutbox):
    assert mail.queue_mail(**LETTER, html="<p>It is.</p>") is True
    assert mailoutbox == []
    assert run_jobs() == ["core.send_mail"]
    sent = mailoutbox[0]
    assert (sent.to, sent.subject, sent.body) == (
        ["ann@example.org"],
        "Your job is public",
        "It is.",
    )
    assert tuple(sent.alternatives[0]) == ("<p>It is.</p>", "text/html")


def test_the_same_key_is_written_once(run_jobs, mailoutbox):
    assert [mail.queue_mail(**LETTER), mail.queue_mail(**LETTER)] == [True, False]
    run_jobs()
    assert len(mailoutbox) == 1


def test_delivering_again_sends_nothing_and_keeps_no_text(run_jobs, mailoutbox):
    mail.queue_mail(**LETTER)
    run_jobs()
    row = OutgoingMail.objects.get()
    delivery.deliver(mail_id=row.pk, now=NOW)
    assert len(mailoutbox) == 1
    assert (row.text, row.html, row.sent_at is None) == ("", "", False)


def test_a_deleted_mail_is_not_an_error(mailoutbox):
    delivery.deliver(mail_id=1, now=NOW)
    assert mailoutbox == []


def test_a_rolled_back_action_sends_nothing(run_jobs, mailoutbox):
    @transaction.atomic
    def act():
        mail.queue_mail(**LETTER)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert run_jobs() == []
    assert OutgoingMail.objects.count() == 0


def test_a_line_break_in_the_subject_forges_no_header(run_jobs, mailoutbox):
    mail.queue_mail(**LETTER | {"subject": "Hello\r\nBcc: eve@example.org"})
    run_jobs()
    assert mailoutbox[0].subject == "Hello Bcc: eve@example.org"
    assert mailoutbox[0].recipients() == ["ann@example.org"]


def test_a_long_key_still_tells_mails_apart():
    for end in "ab":
        mail.queue_mail(**LETTER | {"dedupe_key": "k" * 300 + end})
    assert OutgoingMail.objects.count() == 2


def test_djangos_own_mail_is_queued_for_each_recipient(run_jobs, mailoutbox):
    backend = get_connection("cscareers.core.mail.QueueBackend")
    message = EmailMultiAlternatives("Confirm", "Text", None, ["a@example.org", "b@example.org"])
    message.attach_alternative("<p>Text</p>", "text/html")
    assert backend.send_messages([message]) == 1
    assert OutgoingMail.objects.count() == 2
    run_jobs()
    assert sorted(sent.to[0] for sent in mailoutbox) == ["a@example.org", "b@example.org"]
    assert mailoutbox[0].from_email == settings.DEFAULT_FROM_EMAIL


def test_mail_with_attachments_is_refused():
    message = EmailMultiAlternatives("Confirm", "Text", None, ["a@example.org"])
    message.attach("cv.txt", "secret", "text/plain")
    with pytest.raises(mail.CannotQueue):
        mail.QueueBackend().send_messages([message])


def test_the_message_id_is_the_same_at_every_try(run_jobs, mailoutbox):
    mail.queue_mail(**LETTER)
    run_jobs()
    OutgoingMail.objects.update(sent_at=None, text="Text")
    delivery.deliver(mail_id=OutgoingMail.objects.get().pk, now=NOW)
    ids = {sent.extra_headers["Message-ID"] for sent in django_mail.outbox}
    assert (len(django_mail.outbox), len(ids)) == (2, 1)


def test_a_list_header_goes_along_and_is_forgotten_when_sent(run_jobs, mailoutbox):
    headers = {"List-Unsubscribe": "<https://example.org/x>, <mailto:stop@example.org>"}
    mail.queue_mail(**LETTER, headers=headers)
    run_jobs()
    sent = mailoutbox[0].extra_headers
    assert {name: sent[name] for name in headers} == headers
    assert OutgoingMail.objects.get().headers == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Bcc", "eve@example.org"),
        ("List-Unsubscribe:", "x"),
        ("List-Id\n", "x"),
        ("List-Unsubscribe", "<https://example.org/>\r\nBcc: eve@example.org"),
        ("List-Unsubscribe", "a\u2028b"),
        ("List-Unsubscribe", ""),
    ],
)
def test_no_other_header_is_taken(name, value):
    with pytest.raises(mail.CannotQueue):
        mail.queue_mail(**LETTER, headers={name: value})
    assert OutgoingMail.objects.count() == 0


def test_mail_that_waits_can_be_taken_back(run_jobs, mailoutbox):
    mail.queue_mail(**LETTER | {"dedupe_key": "alert:a:1"})
    run_jobs()
    for key in ("alert:a:2", "alert:a:3", "alert:b:1"):
        mail.queue_mail(**LETTER | {"dedupe_key": key})
    mail.queue_mail(**LETTER | {"dedupe_key": "alert:a:4", "to": "bob@example.org"})
    assert mail.take_back(to="ann@example.org", keys_begin="alert:a:") == 2
    run_jobs()
    left = OutgoingMail.objects.order_by("pk").values_list("dedupe_key", flat=True)
    assert list(left) == ["alert:a:1", "alert:b:1", "alert:a:4"]
    assert len(mailoutbox) == 3


def test_many_are_written_at_once_each_once(run_jobs, mailoutbox):
    mail.queue_mail(**LETTER | {"dedupe_key": "digest:1"})
    letters = [
        mail.Letter(f"a{n}@example.org", "New\njobs", "Text", "", f"digest:{n}", {})
        for n in range(1, 4)
    ]
    assert (mail.queue_mails(letters), mail.queue_mails(letters)) == (2, 0)
    run_jobs()
    assert [(sent.to, sent.subject) for sent in mailoutbox] == [
        (["ann@example.org"], "Your job is public"),
        (["a2@example.org"], "New jobs"),
        (["a3@example.org"], "New jobs"),
    ]
