"""The care of the queue: what a killed worker held is done after all."""

from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from cscareers.core import jobs, mail
from cscareers.core.models import FormSubmission, OutgoingMail
from cscareers.core.tasks import enqueue

pytestmark = pytest.mark.django_db(transaction=True)


def hold_by_a_worker(silent_seconds: int) -> None:
    """Every waiting job becomes one that a worker took and has been silent since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - %s * interval '1 second') RETURNING id",
            [silent_seconds],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE status = 'todo'",
            [worker],
        )


def retry_stalled() -> int:
    app.perform_import_paths()

    class Context:
        pass

    context = Context()
    context.app = app
    return async_to_sync(app.tasks["core.retry_stalled"].func)(context, timestamp=0)


def states() -> list[str]:
    # The worker's own periodic jobs may stand beside them.
    mails = ProcrastinateJob.objects.filter(task_name="core.send_mail")
    return list(mails.order_by("id").values_list("status", flat=True))


def test_a_job_of_a_killed_worker_waits_again():
    enqueue("core.send_mail", mail_id=1)
    hold_by_a_worker(silent_seconds=60)
    assert retry_stalled() == 1
    assert states() == ["todo"]


def test_the_care_of_the_queue_goes_before_all_that_waits():
    app.perform_import_paths()
    before = {name for name, task in app.tasks.items() if (task.priority or 0) > 0}
    assert before == {"core.retry_stalled"}


def test_a_job_of_a_living_worker_is_left_alone():
    enqueue("core.send_mail", mail_id=1)
    hold_by_a_worker(silent_seconds=5)
    assert retry_stalled() == 0
    assert states() == ["doing"]


def test_a_stalled_job_whose_twin_waits_is_given_up():
    enqueue("core.send_mail", queueing_lock="one", mail_id=1)
    hold_by_a_worker(silent_seconds=60)
    enqueue("core.send_mail", queueing_lock="one", mail_id=1)
    assert retry_stalled() == 0
    assert states() == ["failed", "todo"]


def test_the_worker_sends_what_waits(settings, tmp_path):
    settings.EMAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    mail.queue_mail(to="ann@example.org", subject="Hello", text="Text", dedupe_key="hello:ann")
    call_command("run_worker", "--once")
    assert states() == ["succeeded"]
    assert [b"To: ann@example.org" in file.read_bytes() for file in tmp_path.iterdir()] == [True]


def test_a_mail_that_fails_waits_for_another_try(settings):
    settings.EMAIL_TRANSPORT = "no.such.Backend"
    mail.queue_mail(to="ann@example.org", subject="Hello", text="Text", dedupe_key="hello:ann")
    call_command("run_worker", "--once")
    job = ProcrastinateJob.objects.get(task_name="core.send_mail")
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at > datetime.now(UTC)
    assert OutgoingMail.objects.get().text == "Text"


def test_old_traces_of_sent_mail_are_deleted():
    now = datetime(2026, 3, 1, tzinfo=UTC)
    for key, sent_at in [("old", now - timedelta(days=91)), ("new", now), ("unsent", None)]:
        OutgoingMail.objects.create(
            dedupe_key=key, recipient="a@example.org", sender="b@example.org", sent_at=sent_at
        )
    assert mail.forget_sent(before=now - timedelta(days=90)) == 1
    kept = OutgoingMail.objects.order_by("dedupe_key").values_list("dedupe_key", flat=True)
    assert list(kept) == ["new", "unsent"]


def test_old_keys_of_forms_are_deleted_and_before_them_what_was_said():
    now = datetime(2026, 3, 1, tzinfo=UTC)
    said = [[25, "Ann is rejected."]]
    for days in (31, 2, 0):
        sent = now - timedelta(days=days)
        FormSubmission.objects.create(user_id=1, location="/", said=said, at=sent)
    assert jobs.forget_forms(now=now) == 1
    kept = FormSubmission.objects.order_by("at").values_list("at", "said")
    assert list(kept) == [(now - timedelta(days=2), []), (now, said)]
