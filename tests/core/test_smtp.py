"""Mail through a real mail server on loopback: one that takes it, refuses it, is slow or silent."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attr import evolve
from django.conf import settings
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from cscareers.core import delivery, mail
from cscareers.core.jobs import MAIL_RETRY
from cscareers.core.models import OutgoingMail
from cscareers.env import ENV, mail_transport
from tests.smtp_sink import Sink, sink, talker

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def transport(settings: Any) -> Any:
    """A function that makes the settings send to this port."""

    def point(port: int, seconds: float = 0.2) -> None:
        settings.EMAIL_TRANSPORT = "cscareers.core.mail_transport.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = seconds

    return point


@pytest.fixture
def server(transport: Any) -> Iterator[Sink]:
    with sink() as running:
        transport(running.port, seconds=5)
        yield running


def queued(name: str = "ann", **more: Any) -> OutgoingMail:
    to = f"{name}@example.org"
    text = "Hello\n.\n.. two dots\n\nYou get this mail because you asked."
    mail.queue_mail(
        **{"to": to, "subject": f"For {name}", "text": text, "dedupe_key": f"test:{to}", **more}
    )
    return OutgoingMail.objects.latest("pk")


@contextmanager
def silent_after(greeting: bytes, transport: Any) -> Iterator[None]:
    with talker(greeting) as port:
        transport(port)
        yield


@pytest.mark.parametrize("address", ["smtp://127.0.0.1:2525", "smtp+tls://me:secret@mail:587"])
def test_the_address_of_a_server_means_our_transport(address: str) -> None:
    config = ENV.email_url_config(address)
    assert mail_transport(config["EMAIL_BACKEND"]) == "cscareers.core.mail_transport.Backend"
    console = ENV.email_url_config("consolemail://")["EMAIL_BACKEND"]
    assert mail_transport(console) == console
    assert settings.EMAIL_TIMEOUT <= 10


@pytest.mark.django_db
def test_a_mail_arrives_with_both_parts_and_is_forgotten(server: Sink) -> None:
    row = queued(subject="Für Zoë – 客服")
    delivery.deliver(mail_id=row.pk, now=NOW)
    delivery.deliver(mail_id=row.pk, now=NOW)
    (letter,) = server.letters
    assert letter.recipients == [row.recipient]
    assert letter.sender == "no-reply@localhost"
    assert letter.message["Subject"] == "Für Zoë – 客服"
    assert letter.message["To"] == row.recipient
    parts = [part.get_content_type() for part in letter.message.iter_parts()]
    assert parts == ["text/plain", "text/html"]
    text, html = (part.get_content() for part in letter.message.iter_parts())
    assert text.splitlines()[:3] == ["Hello", ".", ".. two dots"]
    assert "You get this mail because you asked." in html
    row.refresh_from_db()
    assert (row.sent_at, row.handed_at, row.text, row.attempts) == (NOW, NOW, "", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("greeting", [b"", b"220 hello\r\n", b"421 too busy\r\n"])
def test_a_silent_or_busy_server_is_left_after_the_timeout(greeting: bytes, transport: Any) -> None:
    row = queued()
    with silent_after(greeting, transport):
        begun = time.monotonic()
        with pytest.raises(delivery.NotSent):
            delivery.deliver(mail_id=row.pk, now=NOW)
        assert time.monotonic() - begun < 5
    row.refresh_from_db()
    assert (row.sent_at, row.refused_at, row.handed_at, row.attempts) == (None, None, None, 1)
    assert row.text.startswith("Hello")
    assert row.answer in ("TimeoutError", "SMTPServerDisconnected", "421")


@pytest.mark.django_db
def test_a_closed_port_is_no_end_either(transport: Any) -> None:
    with talker(b"") as port:
        pass
    transport(port)
    row = queued()
    with pytest.raises(delivery.NotSent, match="ConnectionRefusedError"):
        delivery.deliver(mail_id=row.pk, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refused", "after", "for_good", "answer"),
    [
        ("550 5.1.1 no such user ann@example.org", "250 OK", True, "550"),
        ("451 4.7.1 greylisted", "250 OK", False, "451"),
        ("", "554 5.7.1 spam", True, "554"),
        ("", "452 4.3.1 disk full", False, "452"),
    ],
)
def test_a_refusal_for_good_is_kept_and_another_is_tried_again(
    refused: str, after: str, for_good: bool, answer: str, server: Sink
) -> None:
    server.after = after
    if refused:
        server.refused["ann@example.org"] = refused
    row = queued()
    if for_good:
        delivery.deliver(mail_id=row.pk, now=NOW)
        delivery.deliver(mail_id=row.pk, now=NOW)
    else:
        with pytest.raises(delivery.NotSent, match=f"^{answer}$"):
            delivery.deliver(mail_id=row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.refused_at, row.answer) == (NOW if for_good else None, answer)
    assert (row.sent_at, row.handed_at, row.attempts, server.letters) == (None, None, 1, [])
    # A person looked into it: it goes out after all.
    server.after, server.refused = "250 OK", {}
    assert delivery.send_again(mail_id=row.pk) is for_good
    delivery.deliver(mail_id=row.pk, now=NOW)
    assert [letter.recipients for letter in server.letters] == [["ann@example.org"]]
    assert delivery.send_again(mail_id=row.pk) is False


@pytest.mark.django_db
def test_a_mail_that_was_handed_over_before_a_kill_is_not_sent_by_itself(server: Sink) -> None:
    row = queued()
    OutgoingMail.objects.update(handed_at=NOW)
    delivery.deliver(mail_id=row.pk, now=NOW)
    assert server.letters == []
    assert delivery.send_again(mail_id=row.pk) is True
    delivery.deliver(mail_id=row.pk, now=NOW)
    assert len(server.letters) == 1


@pytest.mark.django_db
def test_the_trace_of_a_mail_is_on_its_way_before_the_server_has_all_of_it(
    server: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, seen = queued(), []
    write = delivery._write

    def looking(mail_id: int, **values: object) -> None:
        seen.append((sorted(values), len(server.letters)))
        write(mail_id, **values)

    monkeypatch.setattr(delivery, "_write", looking)
    delivery.deliver(mail_id=row.pk, now=NOW)
    assert seen == [
        (["attempts"], 0),
        (["handed_at"], 0),
        (["answer", "headers", "html", "sent_at", "text"], 1),
    ]


@pytest.mark.django_db(transaction=True)
def test_one_refused_recipient_does_not_stop_the_others(server: Sink) -> None:
    server.refused["no2@example.org"] = "550 no such user"
    for number in range(5):
        queued(f"no{number}")
    begun = time.monotonic()
    call_command("run_worker", "--once")
    assert time.monotonic() - begun < 30
    arrived = sorted(letter.recipients[0] for letter in server.letters)
    assert arrived == [f"no{number}@example.org" for number in (0, 1, 3, 4)]
    refused = OutgoingMail.objects.get(refused_at__isnull=False)
    assert (refused.recipient, refused.answer) == ("no2@example.org", "550")
    jobs = ProcrastinateJob.objects.filter(task_name="core.send_mail")
    assert set(jobs.values_list("status", flat=True)) == {"succeeded"}


@pytest.mark.django_db(transaction=True)
def test_a_page_never_waits_for_the_server_and_tries_grow_apart(transport: Any) -> None:
    with silent_after(b"", transport):
        settings.EMAIL_TIMEOUT = 60
        begun = time.monotonic()
        queued()
        assert time.monotonic() - begun < 30  # giving up on the server would take longer
        settings.EMAIL_TIMEOUT = 0.2
        call_command("run_worker", "--once")
    job = ProcrastinateJob.objects.get(task_name="core.send_mail")
    assert (job.status, job.attempts) == ("todo", 1)
    first = job.scheduled_at - datetime.now(UTC)
    assert timedelta(0) < first <= timedelta(seconds=16)


def test_the_last_of_the_tries_comes_within_a_day_and_each_later_than_the_one_before() -> None:
    failed = delivery.NotSent()
    waits = []
    for tries in range(MAIL_RETRY.max_attempts or 0):
        job = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=tries)
        decision = MAIL_RETRY.get_retry_decision(exception=failed, job=job)
        assert decision is not None
        waits.append(round((decision.retry_at - datetime.now(UTC)).total_seconds()))
    assert waits == [4**power for power in range(1, 9)]
    assert MAIL_RETRY.get_retry_decision(exception=failed, job=evolve(job, attempts=8)) is None
