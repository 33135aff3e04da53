"""Jobs, mails and periodic work in the admin."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from cscareers.core import mail
from cscareers.core.models import OutgoingMail, PeriodRun
from cscareers.core.tasks import enqueue
from tests.factories.alerts import make_alert
from tests.postings.admin.deciding import decide

pytestmark = pytest.mark.django_db
JOBS = "admin:procrastinate_procrastinatejob_changelist"
MAILS = "admin:core_outgoingmail_changelist"
ALERTS = "admin:postings_subscription_changelist"
RUNS = "admin:core_periodrun_changelist"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def fail(job: ProcrastinateJob) -> None:
    with connection.cursor() as cursor:
        for status in ("doing", "failed"):
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job.pk]
            )


def test_jobs_that_failed_are_tried_again_and_others_are_not(client, moderator):
    for number in (1, 2):
        enqueue("core.send_mail", mail_id=number)
    failed, waiting = ProcrastinateJob.objects.order_by("pk")
    fail(failed)
    head = client.get(reverse("admin:index")).content.decode()
    assert re.search(r"1 waiting, the oldest for \d s; 1 failed within a day\.", head)
    page = decide(client, JOBS, "try_again", [failed, waiting])
    assert "Try again: 1 of 2 done." in page
    assert "It did not fail, or the same waits already." in page
    assert list(ProcrastinateJob.objects.values_list("status", flat=True)) == ["todo", "todo"]


def test_a_failed_job_whose_twin_waits_is_left(client, moderator):
    enqueue("core.send_mail", queueing_lock="one", mail_id=1)
    failed = ProcrastinateJob.objects.get()
    fail(failed)
    enqueue("core.send_mail", queueing_lock="one", mail_id=1)
    page = decide(client, JOBS, "try_again", [failed])
    assert "the same waits already." in page
    failed.refresh_from_db()
    assert failed.status == "failed"


def test_moderators_stop_the_alert_of_whoever_asks_by_mail(client, moderator):
    alerts = [make_alert(name=name) for name in ("One", "Two")]
    found = client.get(reverse(ALERTS), {"q": alerts[0].public_id}).text
    assert [alert.public_id in found for alert in alerts] == [True, False]
    assert "Stop: 1 of 1 done." in decide(client, ALERTS, "stop", [alerts[0]])
    for alert in alerts:
        alert.refresh_from_db()
    assert [alert.ended_at is None for alert in alerts] == [False, True]
    assert client.get(reverse("admin:postings_alertrun_changelist")).status_code == 200


def test_mails_that_were_refused_or_are_unclear_are_sent_again(client, moderator):
    for name in ("refused", "unclear", "sent"):
        mail.queue_mail(to=f"{name}@example.org", subject="S", text="secret", dedupe_key=name)
    rows = {row.dedupe_key: row for row in OutgoingMail.objects.all()}
    OutgoingMail.objects.filter(dedupe_key="refused").update(refused_at=NOON, answer="550")
    OutgoingMail.objects.filter(dedupe_key="unclear").update(handed_at=NOON)
    OutgoingMail.objects.filter(dedupe_key="sent").update(handed_at=NOON, sent_at=NOON)
    listed = client.get(reverse(MAILS), {"end": "unclear"}).content.decode()
    assert ("unclear@example.org" in listed, "refused@example.org" in listed) == (True, False)
    assert "1 refused, 1 unclear." in listed
    page = client.get(reverse("admin:core_outgoingmail_change", args=(rows["refused"].pk,)))
    assert (b"550" in page.content, b"secret" in page.content) == (True, False)
    jobs = ProcrastinateJob.objects.count()
    told = decide(client, MAILS, "send_again", list(rows.values()))
    assert "Send again: 2 of 3 done." in told
    assert "This mail was sent, or waits still." in told
    assert ProcrastinateJob.objects.count() == jobs + 2
    again = OutgoingMail.objects.filter(refused_at=None, handed_at=None, answer="")
    assert set(again.values_list("dedupe_key", flat=True)) == {"refused", "unclear"}


def test_the_last_run_of_each_work_stands_first(client, moderator):
    for hours, outcome in ((3, "failed"), (2, "ok"), (1, "")):
        at = NOON - timedelta(hours=hours)
        PeriodRun.objects.create(
            name="test.work",
            period=at,
            begun_at=at,
            ended_at=at + timedelta(seconds=2.5) if outcome else None,
            outcome=outcome,
            counts={"mails": 1_200} if outcome == "ok" else {},
            error="LookupError in jobs.py:7" if outcome == "failed" else "",
        )
    last = client.get(reverse(RUNS)).content.decode()
    assert ("running, or killed" in last, "LookupError" in last) == (True, False)
    every = client.get(reverse(RUNS), {"runs": "all"}).content.decode()
    assert ("mails 1,200" in every, "2.5 s" in every) == (True, True)
    failed = client.get(reverse(RUNS), {"runs": "failed"}).content.decode()
    assert ("LookupError in jobs.py:7" in failed, "mails 1,200" in failed) == (True, False)


def test_the_page_of_a_run_and_of_a_job_opens(client, moderator):
    run = PeriodRun.objects.create(name="test.work", period=NOON, begun_at=NOON)
    enqueue("core.send_mail", mail_id=1)
    job = ProcrastinateJob.objects.get()
    for url in (
        reverse("admin:core_periodrun_change", args=(run.pk,)),
        reverse("admin:procrastinate_procrastinatejob_change", args=(job.pk,)),
    ):
        assert client.get(url).status_code == 200
