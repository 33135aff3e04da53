"""Runs: what is new, what is still open, each job once, whoever is killed meanwhile."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection

from cscareers.core.models import OutgoingMail
from postings.actions import lifecycle, moderation, reposts
from postings.actions.reposts import Answer
from postings.actions.shelf import mark
from postings.content import RequirementRow
from postings.enums import Importance, Level, Mark, RequirementKind
from postings.hiring import alert_mail
from postings.hiring.actions import alert_runs, alerts
from postings.hiring.enums import AlertEnd, AlertKind, Cadence
from postings.hiring.models import AlertedPosting, AlertRun, Subscription
from tests.factories.alerts import make_alert, make_reader
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer
from tests.factories.postings import asks, draft_posting, published_posting, published_postings

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 11, 2, 12, tzinfo=UTC)
"""A Monday."""
DUE = datetime(2026, 11, 3, 6, tzinfo=UTC)
"""7 in the morning in Berlin."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def run(now: datetime = DUE) -> AlertRun | None:
    """Begin a run and carry out its jobs, as workers would at that moment."""
    begun = alert_runs.begin(now=now)
    if begun is None:
        return None
    ids = list(Subscription.objects.due(now=now).order_by("kind", "query", "pk"))
    alert_runs.send(run_id=begun.pk, ids=[alert.pk for alert in ids], now=now)
    begun.refresh_from_db()
    return begun


def mails() -> list[tuple[str, str]]:
    """Subject and text of what waits, oldest first."""
    return list(OutgoingMail.objects.order_by("pk").values_list("subject", "text"))


def figures(done: AlertRun | None) -> tuple[int, int, int, int]:
    assert done is not None
    assert done.ended_at is not None
    return done.due, done.sent, done.postings, done.failures


def test_a_mail_holds_what_is_new_since_the_alert_began():
    published_posting(title="Too early", now=BEGAN - HOUR)
    alert = make_alert(query="level=manager", now=BEGAN)
    employer = make_employer("Lark")
    published_posting(title="First", employer=employer, now=BEGAN + HOUR)
    published_posting(title="Second", employer=employer, now=BEGAN + 2 * HOUR)
    published_posting(title="Other level", level=Level.VP, now=BEGAN + HOUR)
    assert figures(run()) == (1, 1, 2, 0)
    [(subject, text)] = mails()
    assert subject == "2 new jobs: My jobs"
    assert [line for line in text.splitlines() if line in ("First", "Second")] == [
        "Second",
        "First",
    ]
    assert ("Too early" in text, "Other level" in text) == (False, False)
    assert "open when we wrote this on 3 Nov 2026 at 07:00, Berlin time." in text
    assert "It passes: Manager." in text
    alert.refresh_from_db()
    assert (alert.last_sent_at, alert.last_period_at) == (DUE, DUE)
    assert alert.next_at == DUE + DAY


def test_nothing_new_sends_nothing_and_nothing_goes_twice():
    make_alert(now=BEGAN)
    published_posting(now=BEGAN + HOUR)
    found = [figures(run(DUE + n * DAY)) for n in range(3)]
    published_posting(title="Later", now=DUE + 2 * DAY + HOUR)
    found.append(figures(run(DUE + 3 * DAY)))
    assert found == [(1, 1, 1, 0), (1, 0, 0, 0), (1, 0, 0, 0), (1, 1, 1, 0)]
    assert "Later" in mails()[1][1]
    assert run(DUE + 3 * DAY + HOUR) is None


def test_what_was_closed_meanwhile_is_in_no_mail():
    make_alert(now=BEGAN)
    gone = published_posting(title="Gone", now=BEGAN + HOUR)
    published_posting(title="Here", now=BEGAN + HOUR)
    lifecycle.close(posting=gone, actor=None, now=BEGAN + 2 * HOUR)
    assert figures(run()) == (1, 1, 1, 0)
    assert "Gone" not in mails()[0][1]


def test_what_was_paused_comes_when_it_is_open_again():
    make_alert(now=BEGAN)
    posting = published_posting(now=BEGAN + HOUR)
    lifecycle.pause(posting=posting, actor=None, now=BEGAN + 2 * HOUR)
    first = figures(run())
    posting.refresh_from_db()
    lifecycle.resume(posting=posting, actor=None, now=DUE + HOUR)
    assert [first, figures(run(DUE + DAY))] == [(1, 0, 0, 0), (1, 1, 1, 0)]


def test_no_more_than_twenty_stand_in_a_mail():
    make_alert(now=BEGAN, query="q=lead")
    published_postings(22, now=BEGAN + HOUR, title="Lead {number}")
    assert figures(run()) == (1, 1, 20, 0)
    [(subject, text)] = mails()
    assert (subject, "2 more are new as well." in text) == ("22 new jobs: My jobs", True)
    assert text.count("/jobs/lead-") == 20
    assert "http://localhost:8000/jobs/?q=lead" in text


def test_a_hidden_job_is_left_out_for_whoever_hid_it():
    reader = make_reader()
    make_alert(reader, now=BEGAN)
    make_alert(now=BEGAN)
    posting = published_posting(now=BEGAN + HOUR)
    mark(user=reader, posting=posting, as_=Mark.HIDDEN, now=BEGAN + HOUR)
    assert figures(run()) == (2, 1, 1, 0)


def test_the_match_sends_all_met_and_one_gap_and_says_which():
    reader = make_reader()
    make_candidate(reader, skills={"coaching": 3, "zendesk": 3})
    make_candidate(skills={"forecasting": 1, "payroll": 1})
    make_alert(reader, kind=AlertKind.MATCH, now=BEGAN)
    nice = RequirementRow(
        id="r9", kind=RequirementKind.SKILL, importance=Importance.NICE, skill="payroll"
    )
    rows = {
        "All met": (asks("coaching", 1), asks("zendesk", 2), nice),
        "One gap": (asks("coaching", 1), asks("forecasting", 2, min_level=3)),
        "Two gaps": (asks("forecasting", 1), asks("payroll", 2)),
    }
    for title, requirements in rows.items():
        published_posting(title=title, requirements=requirements, now=BEGAN + HOUR)
    assert figures(run()) == (1, 1, 2, 0)
    text = mails()[0][1]
    assert [line for line in text.splitlines() if line.startswith("Match ")] == [
        "Match 85. You meet all 2 must-haves.",
        "Match 50. You meet 1 of 2 must-haves. The gap: Forecasting, level 3.",
    ]
    assert "Two gaps" not in text


def test_a_killed_worker_leaves_whole_chunks_and_its_job_is_taken_up_again(monkeypatch):
    monkeypatch.setattr(alert_runs, "IN_A_CHUNK", 2)
    for _ in range(5):
        make_alert(now=BEGAN)
    published_posting(now=BEGAN + HOUR)
    begun = alert_runs.begin(now=DUE)
    ids = list(Subscription.objects.order_by("pk").values_list("pk", flat=True))
    alert_runs.send(run_id=begun.pk, ids=ids[:3], now=DUE)
    begun.refresh_from_db()
    assert (begun.sent, begun.ended_at) == (3, None)
    assert alert_runs.begin(now=DUE + timedelta(minutes=15)) is None
    for _ in range(2):
        alert_runs.send(run_id=begun.pk, ids=ids, now=DUE + HOUR)
    begun.refresh_from_db()
    assert figures(begun) == (5, 5, 5, 0)
    recipients = OutgoingMail.objects.values_list("recipient", flat=True)
    assert (len(recipients), len(set(recipients))) == (5, 5)


def test_one_that_fails_keeps_no_other_from_its_mail(monkeypatch):
    broken, fine = make_alert(now=BEGAN), make_alert(now=BEGAN)
    published_posting(now=BEGAN + HOUR)
    whole = alert_mail.digest

    def digest(alert, *rest, **more):
        if alert.pk == broken.pk:
            raise ZeroDivisionError
        return whole(alert, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(alert_mail, "digest", digest)
        assert figures(run()) == (2, 1, 1, 1)
    assert OutgoingMail.objects.get().recipient == fine.address
    # What it missed is new the next time.
    assert figures(run(DUE + DAY)) == (2, 1, 1, 0)


def test_a_run_that_sends_nothing_of_what_is_new_is_flagged():
    make_alert(query="level=vp", now=BEGAN)
    quiet = run()
    published_posting(now=DUE + HOUR)
    silent = run(DUE + DAY)
    assert [quiet.is_silent, silent.is_silent] == [False, True]


def test_a_search_that_names_what_is_no_more_sends_nothing():
    employer = make_employer()
    make_alert(query=f"employer={employer.slug}", now=BEGAN)
    employer.delete()
    published_posting(now=BEGAN + HOUR)
    assert figures(run()) == (1, 0, 0, 0)


def test_a_job_posted_again_is_new_unless_the_one_before_was_sent():
    make_alert(now=BEGAN)
    first = published_posting(now=BEGAN + HOUR)
    run()
    make_alert(now=DUE + HOUR)
    again = draft_posting(employer=first.employer, now=DUE + 2 * HOUR)
    said = Answer(follows=first.public_id)
    revision = again.revisions.get()
    reposts.submit(posting=again, revision=revision, actor=None, now=DUE + 2 * HOUR, answer=said)
    moderation.approve(revision=revision, actor=None, now=DUE + 2 * HOUR)
    assert figures(run(DUE + DAY)) == (2, 1, 1, 0)


def test_a_week_of_its_own_and_one_mail_after_a_worker_was_away():
    weekly = make_alert(now=BEGAN)
    Subscription.objects.filter(pk=weekly.pk).update(cadence=Cadence.WEEKLY, weekday=2)
    weekly.refresh_from_db()
    late = DUE + 9 * DAY
    published_posting(now=BEGAN + HOUR)
    assert figures(run(late)) == (1, 1, 1, 0)
    weekly.refresh_from_db()
    assert weekly.next_at == datetime(2026, 11, 18, 6, tzinfo=UTC)


def test_no_mail_to_an_account_that_is_shut():
    alert = make_alert(now=BEGAN)
    type(alert.user).objects.filter(pk=alert.user_id).update(is_active=False)
    assert run() is None


def test_the_mail_as_it_arrives(run_jobs, mailoutbox, settings):
    settings.UNSUBSCRIBE_ADDRESS = "stop@example.test"
    settings.SITE_URL = "https://cs.example"
    alert = make_alert(now=BEGAN, name="Evil\r\nBcc: eve@example.test")
    published_posting(title="Lead <b>&", now=BEGAN + HOUR)
    run()
    OutgoingMail.objects.update(created_at=DUE)
    run_jobs()
    [sent] = mailoutbox
    mail = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    stop = f"https://cs.example/alerts/{alert_mail.manage_token(alert.public_id)}/stop/"
    assert mail["List-Unsubscribe"].strip() == (
        f"<{stop}>, <mailto:stop@example.test?subject=stop%20{alert.public_id}>"
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (mail["Bcc"], mail["To"]) == (None, alert.address)
    assert mail["Subject"] == "1 new job: Evil Bcc: eve@example.test"
    parts = {part.get_content_type(): part.get_content() for part in mail.iter_parts()}
    assert sorted(parts) == ["text/html", "text/plain"]
    assert "Lead &lt;b&gt;&amp;</a>" in parts["text/html"]
    assert stop in parts["text/plain"]
    assert f'href="{stop}"' in parts["text/html"]


# --- once a day -----------------------------------------------------------------------------


def test_after_a_year_we_ask_and_after_another_month_it_ends():
    kept, silent = make_alert(now=BEGAN), make_alert(now=BEGAN)
    year = BEGAN + timedelta(days=365)
    asked = [alert_runs.ask_if_wanted(now=now) for now in (year - DAY, year, year + DAY)]
    assert asked == [0, 2, 0]
    subject, text = mails()[0]
    assert subject == "Do you still want these jobs? My jobs"
    assert "it ends on 2 Dec 2027." in text
    alerts.keep(alert=kept, now=year + DAY)
    ended = [alert_runs.end_silent(now=year + timedelta(days=days)) for days in (29, 30)]
    assert ended == [0, 1]
    for alert in (kept, silent):
        alert.refresh_from_db()
    assert (kept.ended_at, silent.ended_why) == (None, AlertEnd.SILENT)
    assert alert_runs.ask_if_wanted(now=year + timedelta(days=40)) == 0


def test_who_answers_while_the_silent_are_ended_is_kept():
    silent, kept, deleted = (make_alert(now=BEGAN) for _ in range(3))
    year = BEGAN + timedelta(days=365)
    month_later = year + timedelta(days=30)
    assert alert_runs.ask_if_wanted(now=year) == 3
    meanwhile = iter([None])

    def answers_come(execute, sql, *rest):
        if "UPDATE OF" in sql and next(meanwhile, "over") is None:
            alerts.keep(alert=kept, now=month_later)
            alerts.delete(alert=deleted)
        return execute(sql, *rest)

    with connection.execute_wrapper(answers_come):
        assert alert_runs.end_silent(now=month_later) == 1
    kept.refresh_from_db()
    silent.refresh_from_db()
    assert (kept.ended_at, silent.ended_why) == (None, AlertEnd.SILENT)


def test_what_is_old_is_forgotten():
    alert = make_alert(now=BEGAN)
    posting = published_posting(now=BEGAN)
    AlertedPosting.objects.create(subscription=alert, posting=posting, at=BEGAN)
    stopped = alerts.end(alert=make_alert(now=BEGAN), now=BEGAN)
    assert alert_runs.forget(now=BEGAN + timedelta(days=30)) == 0
    assert alert_runs.forget(now=BEGAN + timedelta(days=31)) == 1
    assert not Subscription.objects.filter(pk=stopped.pk).exists()
    assert alert_runs.forget(now=BEGAN + timedelta(days=366)) == 1
    assert AlertedPosting.objects.count() == 0
